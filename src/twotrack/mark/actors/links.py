"""Joins the phrases of a sentence that mention one actor, and tells actors from places.

"the head of the Ukrainian delegation", "Sergei Lavrov, Russia's foreign minister," and "Russian and Ukrainian officials" are
one mention each; the Tehran of "in Tehran" is a place, that of "talks with Tehran" is an actor.
"""

from collections.abc import Sequence
from functools import lru_cache

from twotrack.lexicon import rows
from twotrack.mark.actors.mention import Mention
from twotrack.model import Token
from twotrack.syntax import conjunction_head

Tokens = Sequence[Token]
NOT_OF_PLACE = frozenset({"diplomat", "ambassador", "envoy", "troop", "soldier", "force", "negotiator", "delegation"})
BELONGING = {
    "of": frozenset({"office", "member", "body", "group", ""}),
    "for": frozenset({"member"}),
    "at": frozenset({"member"}),
    "from": frozenset({"member", "group", "office"}),
    "with": frozenset({"member"}),
    "in": frozenset({"member", "body"}),
    "to": frozenset({"member"}),
}
LOOSE = frozenset({"npadvmod", "dep", "punct"})  # what the parse makes of a name that it finds no place for
ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "dative", "pobj"})
MOST_BETWEEN = 8  # tokens between a role and the comma before its name
NEEDS_COMMA = (",", ".", ";", ":", ")", "-", "—", "–", "--", '"')


@lru_cache
def place_words(kind: str) -> frozenset[str]:
    """The words of places.toml of one kind: place_words("visited") -> {"visit", "bomb", ...}."""
    return frozenset(word for row in rows("places", "place", "kind", "words") if row["kind"] == kind for word in row["words"])


def linked(tokens: Tokens, mentions: list[Mention]) -> list[Mention]:
    """The mentions of one sentence, in text order, with what belongs together joined; the inner ones are left out."""
    starting = {m.first: m for m in mentions}
    for m in reversed(mentions):
        _take_of(tokens, m, starting)
    after = None
    for before in reversed(mentions):
        if after is None or not _share_role(tokens, before, after):
            after = before
    for m in mentions:
        if not m.inner:
            _appose(tokens, m, starting)
    for m in mentions:
        m.head = head_of(tokens, m)
    return [m for m in mentions if not m.inner]


def head_of(tokens: Tokens, m: Mention) -> int:
    """The token of the phrase by which its clause sees it: the one that hangs on a word outside; else the core."""
    core = tokens[m.core]
    inside = range(m.first, m.core + 1)
    if core.dep in LOOSE:  # "will meet his counterpart, Mr X": the parse hangs the name on the verb
        told = (i for i in inside if tokens[i].dep in ARGUMENTS and tokens[i].head not in inside and tokens[i].pos == "NOUN")
        if (role := next(told, None)) is not None:
            return role
    if core.head not in inside or core.head == core.i:
        return m.core
    for i in reversed(inside):
        if tokens[i].head not in inside and tokens[i].pos in ("NOUN", "PROPN", "ADJ") and tokens[i].dep not in ("punct", "det"):
            return i
    return m.core


def _take_of(tokens: Tokens, m: Mention, starting: dict[int, Mention]) -> None:
    """ "officials in Seoul", "a spokesman for the Kremlin", "the presidents of Russia and Ukraine", "X of Norway"."""
    after = m.last + 1
    if m.inner or after + 1 >= len(tokens) or tokens[after].sentence != tokens[m.last].sentence:
        return
    preposition, n = tokens[after].lower, starting.get(after + 1)
    if n is None or n.inner or not m.role or m.of or (preposition == "of" and _title_of(m, n)):
        return
    if m.role.kind not in BELONGING.get(preposition, ()) or not _can_own(n) or not _belongs(m, n, preposition):
        return
    joined = [n, *_and(tokens, n, starting)] if m.many else [n]
    for one in joined:
        one.inner = one.inner or preposition != "in" or any(x.kind == "capital" for x in one.names)
    m.of.extend(joined)
    if preposition != "in":
        m.last = joined[-1].last


def _can_own(n: Mention) -> bool:
    """Whether a role can belong to it: a state, a body, a person, but not "officials" or "he"."""
    if n.sort == "role":
        return n.role is not None and n.role.kind in ("body", "group", "common")
    return n.sort in ("name", "person")


def _belongs(m: Mention, n: Mention, preposition: str) -> bool:
    """Whether those in or from a place are of it: lawmakers in Tehran are, troops and diplomats in Tehran need not be."""
    if preposition == "to":  # "an aide to the president", but "the envoy to Chile"
        return m.role_word.rpartition(" ")[2] in ("aide", "adviser", "advisor", "assistant")
    if preposition == "of":
        return True
    if m.sort == "person":
        return False
    settled = not m.code.startswith("MIL") and m.role_word not in NOT_OF_PLACE and n.sort in ("name", "role")
    return settled or preposition not in ("in", "at", "from")


def _title_of(m: Mention, n: Mention) -> bool:
    """ "President of Russia Vladimir Putin": the state before the name belongs to the title."""
    if m.sort != "role" or n.sort != "person" or n.role or not n.beside:
        return False
    n.role, n.body, n.of, n.first = m.role, m.body, n.beside[:1], m.first
    n.former, n.then, n.determiner = m.former, m.then, m.determiner
    m.inner = True
    return True


def _and(tokens: Tokens, n: Mention, starting: dict[int, Mention]) -> list[Mention]:
    """What is joined to a mention by commas and "and": "France" and "Germany" after "Britain"."""
    found: list[Mention] = []
    while n.last + 2 < len(tokens) and tokens[n.last + 1].lower in ("and", ",", "or"):
        after = n.last + (3 if tokens[n.last + 1].text == "," and tokens[n.last + 2].lower in ("and", "or") else 2)
        other = starting.get(after)
        if other is None and after < len(tokens) and tokens[after].lower == "of":  # "the ministers of Rwanda and of Angola"
            other = starting.get(after + 1)
        if other is None or not (other.sort == "name" or (other.sort == "role" and other.code == "=COUNTRY" and other.of)):
            break
        found.append(other)
        n = other
    return found if found and tokens[found[-1].first - 1].lower in ("and", "or", "of") else []


def _share_role(tokens: Tokens, before: Mention, after: Mention) -> bool:
    """ "Russian and Ukrainian officials": the first adjective shares the role that follows."""
    if before.inner or before.sort not in ("adjective", "name") or not after.role or not after.of or after.sort != "role":
        return False
    between = [t.lower for t in tokens[before.last + 1 : after.first]]
    if between not in (["and"], [","], ["or"], [",", "and"], ["/"]):
        return False
    own, first = tokens[before.core], after.of[0]
    shares = own.dep in ("amod", "compound", "nmod", "poss") and after.first <= own.head <= after.last
    if shares or (tokens[first.core].dep == "conj" and tokens[first.core].head == before.core and own.dep != "nsubj"):
        before.inner = True
        after.of.insert(0, before)
        after.first, after.many = before.first, True
    return before.inner


def _appose(tokens: Tokens, m: Mention, starting: dict[int, Mention]) -> None:
    """Joins a name with the role beside it, whichever comes first, and a body with its letters in brackets."""
    after = _past_preposition(tokens, m)
    if after + 1 >= len(tokens):
        return
    mark, n = tokens[after].text, starting.get(after + 1)
    if n is None or n.inner or n is m:
        return
    if mark == "(" and m.sort == "name" == n.sort and {x.id for x in m.names} & {x.id for x in n.names}:
        n.inner = True
        m.last = n.last + 1 if n.last + 1 < len(tokens) and tokens[n.last + 1].text == ")" else n.last
        return
    if mark not in (",", "(", "—", "–", "-", "--") or not _titles(m, n):
        return
    closed = n.last + 1 >= len(tokens) or tokens[n.last + 1].text in NEEDS_COMMA or tokens[n.last + 1].tag in ("WP", "WDT")
    if not closed and tokens[n.core].dep != "appos":
        return
    name, role = (m, n) if m.sort == "person" else (n, m)
    n.inner = True
    m.spelled, m.names, m.role, m.body = name.spelled, name.names, role.role, role.body
    m.of, m.owner, m.gender = role.of or name.of, role.owner, name.gender or role.gender
    m.former, m.then, m.many = role.former, role.then, False
    m.core = m.core if m is name else n.core
    m.determiner, m.last, m.sort = role.determiner, n.last, "person"
    if m is not name:
        m.head = n.core


def _past_preposition(tokens: Tokens, m: Mention) -> int:
    """The token after a phrase, or after what its role is for: the comma of "Russia's envoy to the talks, Jane Roe,"."""
    after = m.last + 1
    if m.sort != "role" or after >= len(tokens) or tokens[after].tag not in ("IN", "TO"):
        return after
    for i in range(after + 1, min(after + MOST_BETWEEN, len(tokens))):
        if tokens[i].text == ",":
            return i
        if tokens[i].tag[:2] in ("VB", "MD", "PR", "IN") or tokens[i].sentence != tokens[after].sentence:
            break
    return after


def _titles(m: Mention, n: Mention) -> bool:
    """Whether one is a name and the other a role that one person can hold, and neither has what the other gives."""
    name, role = (m, n) if m.sort == "person" else (n, m)
    return (
        name.sort == "person"
        and role.sort == "role"
        and role.role is not None
        and role.role.kind in ("office", "member")
        and not role.many
        and (name.role is None or not name.of)
    )


def is_place(tokens: Tokens, m: Mention, capital: bool = False) -> bool:
    """Whether the name of a state or capital stands for a place: "in Ukraine", "arrived in Geneva", "left Moscow"."""
    token = tokens[m.head]
    if token.dep == "pobj" or (token.dep in ("appos", "conj") and tokens[token.head].dep == "pobj"):
        preposition = tokens[token.head] if token.dep == "pobj" else tokens[tokens[token.head].head]
        return _after(tokens, preposition, capital)
    before = tokens[m.first - 1] if m.first else None
    return before is not None and before.sentence == token.sentence and before.lower in ("in", "near", "inside", "outside")


def _after(tokens: Tokens, preposition: Token, capital: bool) -> bool:
    if preposition.lower in place_words("within"):
        return tokens[preposition.head].lemma not in ("interest", "believe", "confidence", "trust", "fear", "anger")
    governor = tokens[preposition.head]
    if governor.dep == "prep":
        governor = tokens[governor.head]
    if preposition.lower == "to" and governor.lemma in ("send", "dispatch"):
        return not any(tokens[c].dep == "dobj" and tokens[c].lemma in place_words("message") for c in governor.children)
    if preposition.lower in ("to", "from", "toward", "towards", "for", "out"):
        return governor.lemma in place_words("motion") and not (preposition.lower == "for" and governor.lemma == "be")
    if preposition.lower in ("on", "against") and capital:
        return governor.lemma in place_words("attack")
    return preposition.lower == "of" and governor.lower in place_words("part")


def is_city(tokens: Tokens, m: Mention) -> bool:
    """Whether a capital is a city and no government: where it is a place, a goal, or followed by its state."""
    if is_place(tokens, m, capital=True):
        return True
    token = tokens[conjunction_head(tokens, m.head)]
    after = tokens[m.last + 1] if m.last + 1 < len(tokens) else token
    governor = tokens[token.head]
    if token.dep == "dobj" and governor.lemma in place_words("visited"):
        return True
    if token.dep in ("npadvmod", "ROOT", "dep", "punct"):
        return True
    if token.dep == "poss":
        return governor.lower in place_words("part")
    following = tokens[after.i + 1] if after.i + 1 < len(tokens) else after
    if (
        after.text == ","
        and following.ent == "GPE"
        and following.sentence == token.sentence
        and following.dep in ("appos", "npadvmod")
    ):
        return True
    return after.text == "-" and after.start == token.end
