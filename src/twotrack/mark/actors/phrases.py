"""Noun phrases that mention actors, put together from names and role words: "a senior U.S. official", "Kremlin spokesman X".

What a phrase mentions is only described here (a Mention); who it is, is resolved in coreference.py.
"""

from collections.abc import Iterator

from twotrack.mark.actors.mention import Mention
from twotrack.mark.actors.names import Meaning
from twotrack.mark.actors.runs import HONORIFICS, MODIFIERS, Atom, Tokens, first_of_name, is_honorific, is_proper
from twotrack.model import Token

FORMER = frozenset({"former", "ex", "onetime", "late", "ousted", "deposed", "outgoing-"})
PARTICIPLES = frozenset({"backed", "supported", "based", "born", "made", "speaking", "sponsored", "occupied", "held"})
OTHER_NAMES = frozenset({"ORG", "FAC", "WORK_OF_ART", "PRODUCT"})  # entities that take a nationality into their name
NO_ACTOR = frozenset({"DATE", "TIME", "GPE", "LOC", "FAC", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE", "MONEY", "PERCENT",
                      "CARDINAL", "ORDINAL", "QUANTITY", "PRODUCT"})  # fmt: skip
FOR_OR_AGAINST = frozenset({"pro", "anti"})


def mentions_of_run(tokens: Tokens, run: list[Atom], headline: bool) -> Iterator[Mention]:
    """The actors that a flat noun phrase mentions, each with what it belongs to.

    "Russia's foreign minister" -> one role of Russia; "Russia's border" -> Russia; "Russian gas" -> the adjective.
    """
    parts: list[list[Atom]] = [[]]
    for atom in run:
        if tokens[atom.first].tag == "POS" and not atom.meanings:
            parts.append([])
        else:
            parts[-1].append(atom)
    owner: list[Mention] = []
    for n, part in enumerate(parts):
        found = _part(tokens, part, owner, headline) if part else []
        used = any(m.first == owner[-1].first for m in found) if owner else True
        if not used:
            yield from owner
        owner = found
        if n < len(parts) - 1 and len(found) > 1:
            yield from found[:-1]
            owner = found[-1:]
    yield from owner


def _part(tokens: Tokens, part: list[Atom], owner: list[Mention], headline: bool) -> list[Mention]:
    """The mentions of one part of a run, between possessives; `owner` is whom the part belongs to."""
    part = _plain_commons(tokens, _whole_names(tokens, part), bool(owner))
    frame = _frame(tokens, part)
    core = _core(tokens, part)
    if core is None or core < len(part) - 1:
        return _attributive(tokens, part, owner, headline, core)
    atom = part[core]
    mention = _cored(tokens, part, core)
    if mention is None:
        return []
    mention.determiner, mention.owner, mention.count = frame
    before = part[: core if mention.sort != "person" else first_of_name(tokens, part, core)]
    mention.first = part[0].first
    if mention.sort == "person" and before and all(not a.meanings and tokens[a.first].tag == "JJ" for a in before[-1:]):
        mention.first = part[len(before)].first
    inner = _fill(tokens, mention, before)
    if owner and (mention.role or _same_root(mention, owner[-1])):
        if mention.role:
            mention.of.insert(0, owner[-1])
        mention.first = owner[-1].first
    if mention.role_word == "diplomat" and any(tokens[a.first].lower in ("top", "chief") for a in before) and mention.role:
        mention.role = mention.role._replace(kind="office", word="top diplomat")
    mention.many = mention.many or (atom.has("office", "member", "body", "group") and _is_plural(tokens, atom))
    return [*inner, mention]


def _is_plural(tokens: Tokens, atom: Atom) -> bool:
    """Whether the noun of a role is plural: "forces", not "minister of foreign affairs"."""
    phrase = range(atom.first, atom.last + 1)
    noun = next((i - 1 for i in phrase[1:] if tokens[i].lower in ("of", "for")), atom.last)
    return tokens[noun].tag in ("NNS", "NNPS")


def _whole_names(tokens: Tokens, part: list[Atom]) -> list[Atom]:
    """A known name with what the text adds to it as one atom: "King Salman bin Abdulaziz" + "Al Saud"."""
    joined: list[Atom] = []
    for atom in part:
        before = joined[-1] if joined else None
        same = before and tokens[atom.first].ent == tokens[before.last].ent == "PERSON"
        if before and same and before.has("person") and (is_proper(tokens, atom) or atom.has("surname")):
            joined[-1] = Atom(before.first, atom.last, before.meanings)
        else:
            joined.append(atom)
    return joined


def _plain_commons(tokens: Tokens, part: list[Atom], owned: bool) -> list[Atom]:
    """ "The alliance" may be NATO; "his office", "the Trump campaign" are ordinary nouns."""
    told = owned or any(
        tokens[a.first].tag == "PRP$" or (a.meanings and not a.is_role and not _backed(tokens, a.last)) for a in part
    )
    return [Atom(a.first, a.last, ()) if told and a.is_role and a.role.kind == "common" else a for a in part]


def _same_root(mention: Mention, owner: Mention) -> bool:
    """ "Iran's Revolutionary Guards": a name that belongs to its owner anyway."""
    roots = {n.id.split(".")[0] for n in owner.names if n.kind in ("state", "adjective")}
    return mention.sort == "name" and any(n.id.split(".")[0] in roots and "." in n.id for n in mention.names)


def _frame(tokens: Tokens, part: list[Atom]) -> tuple[str, int | None, str]:
    """Determiner, possessive pronoun and number word of a part: ("the", None, "two")."""
    determiner, owner, count = "", None, ""
    for atom in part[:4]:
        token = tokens[atom.first]
        if token.tag in ("DT", "PDT") and not determiner:
            determiner = token.lower
        elif token.tag == "PRP$":
            owner = token.i
        elif token.tag == "CD" and not count:
            count = token.lower
    return determiner, owner, count


def _core(tokens: Tokens, part: list[Atom]) -> int | None:
    """The last atom of a part that can name an actor: a name, a role, or words of a proper name."""
    for n in range(len(part) - 1, -1, -1):
        atom = part[n]
        if atom.meanings:
            return n
        if is_proper(tokens, atom) and (n == len(part) - 1):
            first = first_of_name(tokens, part, n)
            titled = first > 0 and (part[first - 1].is_role or is_honorific(tokens, part[first]))
            if titled or is_honorific(tokens, part[first]) or _unknown_name(tokens, part, first, n):
                return n
    return None


def _unknown_name(tokens: Tokens, part: list[Atom], first: int, last: int) -> bool:
    """Whether the words are a name of someone: by the parse's entity, or as the subject of a clause."""
    before = tokens[part[first].first - 1] if part[first].first else tokens[0]
    if before.ent == "ORG" and before.tag in ("IN", "CC", "DT", ",") and tokens[part[first].first].ent == "ORG":
        return False
    ents = {tokens[a.first].ent for a in part[first : last + 1]} - {""}
    if ents & {"PERSON", "ORG", "NORP"}:
        return True
    plain = tokens[part[0].first].lower not in ("a", "an") and tokens[part[last].last].dep not in MODIFIERS
    noun = tokens[min(part[last].last + 1, len(tokens) - 1)]
    if not ents and first == last and noun.tag in ("NN", "NNS"):
        return False
    return plain and not ents & NO_ACTOR and tokens[part[last].last].dep in ("nsubj", "nsubjpass")


def _cored(tokens: Tokens, part: list[Atom], core: int) -> Mention | None:
    """A bare mention of the part's core."""
    atom = part[core]
    first, last = part[0].first, atom.last
    if atom.is_role:
        role = atom.role
        return Mention(first, last, last, "role", names=atom.meanings, role=role, many=role.many)
    start = first_of_name(tokens, part, core)
    if not atom.meanings or _is_person(tokens, part, core, start):
        return _personal(tokens, part, core, start)
    if start < core and tokens[atom.first].ent in ("PERSON", "ORG", "FAC", "WORK_OF_ART"):
        return _unknown(tokens, part, core, start)
    if atom.has("adjective") and not atom.has("people", "state", "organization") and tokens[last].tag != "NNPS":
        return Mention(first, last, last, "adjective", names=atom.meanings)
    return Mention(first, last, last, "name", names=atom.meanings, many=tokens[last].tag in ("NNS", "NNPS"))


def _is_person(tokens: Tokens, part: list[Atom], core: int, start: int) -> bool:
    """Whether a known name is a person's here: "King Jordan" and "Mr. Chad" are, Jordan and Chad alone are states."""
    atom = part[core]
    if not atom.has("person", "surname"):
        return False
    if atom.has("person") or not atom.has("state", "organization", "capital", "metonym", "adjective", "region"):
        return True
    titled = start > 0 and part[start - 1].is_role
    return start < core or titled or tokens[atom.first].ent == "PERSON"


def _personal(tokens: Tokens, part: list[Atom], core: int, start: int) -> Mention | None:
    """A personal name, known or not: "Zarif", "Mr. Lavrov", "Jane Roe". Its title is filled in later."""
    atom = part[core]
    gender = ""
    while start <= core and is_honorific(tokens, part[start]):
        gender = HONORIFICS[tokens[part[start].first].lower.rstrip(".")] or gender or "?"
        start += 1
    if start > core:
        return None
    spelled = " ".join(tokens[i].text for i in range(part[start].first, atom.last + 1)).replace(" - ", "-")
    mention = Mention(part[0].first, atom.last, atom.last, "person", names=atom.meanings, spelled=spelled, gender=gender)
    titled = start > 0 and part[start - 1].is_role
    if not atom.meanings and not titled and not gender:
        ents = {tokens[a.first].ent for a in part[start : core + 1]}
        if "PERSON" not in ents:
            mention.sort, mention.spelled = "unknown", _org_words(tokens, part, core)
    return mention


def _org_words(tokens: Tokens, part: list[Atom], core: int) -> str:
    """All of an unknown body's name, the known name in it included: "Washington Post"."""
    first = core
    while first > 0 and tokens[part[first - 1].last].tag in ("NNP", "NNPS") and not part[first - 1].is_role:
        first -= 1
    return " ".join(tokens[i].text for i in range(part[first].first, part[core].last + 1))


def _unknown(tokens: Tokens, part: list[Atom], core: int, start: int) -> Mention:
    """A proper name that holds a known one but is another: "George Washington"."""
    spelled = " ".join(tokens[i].text for i in range(part[start].first, part[core].last + 1))
    sort = "person" if tokens[part[core].first].ent == "PERSON" else "unknown"
    return Mention(part[0].first, part[core].last, part[core].last, sort, spelled=spelled)


def _fill(tokens: Tokens, mention: Mention, before: list[Atom]) -> list[Mention]:
    """Takes up what stands before the core: roles, affiliations, "former". Returns mentions of their own among it."""
    roles: list[Meaning] = []
    named: list[Mention] = []
    for n, atom in enumerate(before):
        token = tokens[atom.first]
        if atom.is_role:
            roles.extend([atom.role] if atom.role.kind != "common" else [])
        elif atom.meanings:
            if not _backed(tokens, atom.last):
                named.append(_attribute(tokens, before, n))
        elif token.lower in FORMER:
            mention.former = True
    if tokens[mention.first].text == "-" and mention.first > 0:
        mention.then = tokens[mention.first - 1].lower == "then"
        mention.first += -1 if mention.then else 1
    _give_roles(mention, roles)
    if mention.role:
        return _affiliate(tokens, mention, named)
    mention.beside = named
    if mention.sort == "person" and named and named[-1].sort == "adjective":
        mention.of = named[-1:]  # "American Jane Roe" is one of the Americans
    if mention.sort in ("name", "person"):
        return [m for m in named if m.core + 1 < mention.core and tokens[m.core + 1].tag == "HYPH"]
    return []


def _give_roles(mention: Mention, roles: list[Meaning]) -> None:
    """The last role before a name is its title; a body before that is whom it speaks for: "foreign ministry spokeswoman X"."""
    if mention.sort == "person" and roles:
        mention.role = roles.pop()
    if (mention.role or mention.sort == "unknown") and roles:
        mention.body = next((r for r in reversed(roles) if r.kind == "body" or r.id != "GOV"), roles[-1])


def _affiliate(tokens: Tokens, mention: Mention, named: list[Mention]) -> list[Mention]:
    """Gives a role its state or body: the first before it, and those joined to it by a hyphen ("U.S.-South Korean forces")."""
    for m in named:
        if m.first >= 2 and tokens[m.first - 1].text == "-" and tokens[m.first - 2].lower in FOR_OR_AGAINST:
            continue  # "pro-Russian protesters" are not Russia's
        if not mention.of or tokens[m.first - 1].tag == "HYPH":
            m.inner = True
            mention.of.append(m)
    return []


def _backed(tokens: Tokens, i: int) -> bool:
    """ "Russian-backed": the word after the hyphen makes it no member of Russia."""
    return i + 2 < len(tokens) and tokens[i + 1].text == "-" and tokens[i + 2].lower in PARTICIPLES


def _attribute(tokens: Tokens, atoms: list[Atom], n: int) -> Mention:
    """A name within a phrase, as a mention of its own: the "Biden" of "Biden officials"."""
    atom = atoms[n]
    sort = "adjective" if atom.has("adjective") else "person" if _is_person(tokens, atoms, n, n) else "name"
    spelled = " ".join(tokens[i].text for i in range(atom.first, atom.last + 1))
    return Mention(atom.first, atom.last, atom.last, sort, names=atom.meanings, spelled=spelled)


def _attributive(tokens: Tokens, part: list[Atom], owner: list[Mention], headline: bool, core: int | None) -> list[Mention]:
    """Mentions in a phrase that is no actor itself: "the Biden-Putin phone call", "Russian gas"."""
    if core is None:
        return []
    found: list[Mention] = []
    head = tokens[part[-1].last]
    for n, atom in enumerate(part[: core + 1]):
        if not atom.meanings or _backed(tokens, atom.last):
            continue
        if atom.is_role:
            if atom.role.kind == "body" and not part[min(n + 1, len(part) - 1)].is_role:
                found.append(_body(tokens, part, n, found, owner))
            continue
        if headline or not _of_another_name(tokens, atom, head):
            found.append(_attribute(tokens, part, n))
    return [m for m in found if not m.inner]


def _of_another_name(tokens: Tokens, atom: Atom, head: Token) -> bool:
    """Whether a known name before a noun belongs to another name or place: "Washington Post", "Moscow airport"."""
    if atom.has("capital") and not atom.has("adjective", "state", "metonym", "organization"):
        return True
    if tokens[atom.last + 1].tag not in ("NNP", "NNPS"):
        return (
            atom.has("surname") and not atom.has("person", "state") and atom.first > 0 and tokens[atom.first - 1].tag == "NNP"
        )
    if atom.has("adjective"):
        return head.ent in OTHER_NAMES
    return head.tag in ("NNP", "NNPS") and not atom.has("person", "organization")


def _body(tokens: Tokens, part: list[Atom], n: int, found: list[Mention], owner: list[Mention]) -> Mention:
    """ "a Russian foreign ministry statement": the ministry, with the state named before it."""
    mention = Mention(part[n].first, part[n].last, part[n].last, "role", role=part[n].role)
    whose = [m for m in found if not m.inner] or owner
    if whose:
        mention.of, mention.first = [whose[-1]], whose[-1].first
        whose[-1].inner = True
    return mention
