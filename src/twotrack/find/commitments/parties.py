"""Who commits whom: what can be a party, subjects and owners as actors, and whether one side may speak for another.

In "The FARC will lay down arms" the party of "lay down" is "The FARC"; in "the flood threatened the city" there is none.
"""

from twotrack.find.commitments.polarity import lemmas
from twotrack.model import Actor, ActorMark, Span
from twotrack.reading import Reading
from twotrack.syntax import Tokens, children, conjunction_head, conjuncts, is_verb, prep_objects, subjects

FIRST_PERSON = frozenset({"i", "we", "us", "our", "my", "me"})
THIRD_PERSON = frozenset({"he", "she", "it", "they"})
PARTY_ENTS = frozenset({"PERSON", "ORG", "GPE", "NORP"})
THING_ENTS = frozenset(
    {
        "DATE",
        "TIME",
        "EVENT",
        "LAW",
        "PRODUCT",
        "WORK_OF_ART",
        "MONEY",
        "CARDINAL",
        "PERCENT",
        "QUANTITY",
        "LANGUAGE",
        "ORDINAL",
    }
)
DETERMINERS = frozenset(
    {"the", "a", "an", "its", "their", "his", "her", "our", "this", "that", "these", "those", "some", "both", "even"}
)


def is_party(reading: Reading, head: int) -> bool:
    """Whether a noun can commit itself: a state, body, person or their pronoun, not "the strategy" or "sanctions"."""
    token = reading.tokens[head]
    if token.pos == "PRON":
        return token.lower in FIRST_PERSON | THIRD_PERSON | {"who"}
    if token.lemma in lemmas("people") or token.lower in lemmas("people"):
        return True
    if (token.ent in PARTY_ENTS and token.pos in ("PROPN", "NOUN", "ADJ")) or head in reading.actors_at:
        return True
    return token.pos == "PROPN" and token.ent not in THING_ENTS


def actors_of(reading: Reading, heads: tuple[int, ...]) -> tuple[Actor, ...]:
    """The actors that these tokens head: those of the marks, and unresolved ones where no mark stands."""
    found: list[Actor] = []
    for head in heads:
        mark = reading.actors_at.get(head) or _mark_over(reading, head)
        found.extend(mark.actors if mark else (unresolved(reading, head),))
    return tuple({(actor.start, actor.id, actor.name): actor for actor in found}.values())


def _mark_over(reading: Reading, head: int) -> ActorMark | None:
    """The mark whose phrase holds a token that heads none, if that phrase's head hangs on it."""
    token = reading.tokens[head]
    near = [
        n
        for n in (*token.children, token.head)
        if n in reading.actors_at and reading.tokens[n].dep in ("compound", "nmod", "appos", "flat")
    ]
    return next((m for n in near if (m := reading.actors_at[n]).start <= token.start and token.end <= m.end), None)


def unresolved(reading: Reading, head: int) -> Actor:
    """An actor by its words alone: "some 300 of the Finnish nurses"."""
    span = party_span(reading.tokens, head)
    return Actor(None, None, reading.report.text[span.start : span.end], span.start, span.end)


def party_span(tokens: Tokens, head: int) -> Span:
    """A party's noun phrase without article and relative clauses, with what "of" adds: "leaders of the opposition"."""
    first = last = head
    for c in tokens[head].children:
        if c < head and tokens[c].dep not in ("punct", "cc", "preconj", "relcl", "prep", "appos"):
            first = min(first, c, *(g for g in tokens[c].children))
        elif tokens[c].dep == "prep" and tokens[c].lower in ("of", "in") and c == head + 1:
            inner = children(tokens, c, "pobj")
            last = max(last, inner[0]) if inner and inner[0] - head < 15 and tokens[inner[0]].ent != "DATE" else last
    while first < head and (
        tokens[first].lower in DETERMINERS or tokens[first].pos in ("PUNCT", "ADP", "SCONJ", "ADV", "CCONJ")
    ):
        first += 1
    return Span(tokens[first].start, tokens[last].end)


def agents(tokens: Tokens, verb: int) -> tuple[int, ...]:
    """Who does what a passive verb tells: "was urged by Paris"."""
    by = children(tokens, verb, "agent")
    return tuple(n for c in by for one in children(tokens, c, "pobj") for n in conjuncts(tokens, one))


def doers(tokens: Tokens, verb: int) -> tuple[int, ...]:
    """The subjects of a verb, or the agents of a passive one."""
    if any(tokens[c].dep in ("auxpass", "nsubjpass") for c in tokens[verb].children):
        return agents(tokens, verb)
    return tuple(subjects(tokens, verb))


def is_watcher(reading: Reading, head: int) -> bool:
    """An analyst, a study: what they say that others will do binds nobody."""
    tokens = reading.tokens
    names = [head, *children(tokens, head, "appos", "compound")]
    return any(tokens[n].lemma in lemmas("watcher") for n in names)


def same_side(reading: Reading, one: int, other: int) -> bool:
    """Whether one may speak for the other: their ids share the state or body, or either is without one."""
    ids = [
        {".".join(a.id.split(".")[: 2 if a.id.startswith("IGO") else 1]) for a in actors_of(reading, (n,)) if a.id}
        for n in (one, other)
    ]
    if ids[0] and ids[1]:
        return bool(ids[0] & ids[1])
    tokens = reading.tokens
    places = [_states(tokens, n) for n in (one, other)]
    return not (places[0] and places[1]) or bool(places[0] & places[1])


def _states(tokens: Tokens, head: int) -> set[str]:
    """The names of states and peoples in a phrase, cut so that "Iran" and "Iranian" are one."""
    near = (head, *tokens[head].children)
    return {tokens[n].lower[:4] for n in near if tokens[n].ent in ("GPE", "NORP")}


def owner(reading: Reading, noun: int) -> tuple[int, ...]:
    """Whose a noun is: "Mandela's threat", "the Australian ultimatum", "demands by the rebels", "its demand"."""
    tokens = reading.tokens
    for c in tokens[noun].children:
        if tokens[c].dep == "poss" and tokens[c].pos == "PRON":
            verb = tokens[noun].head
            above = subjects(tokens, verb) if is_verb(tokens[verb]) else []
            known = c in reading.actors_at and any(actor.id for actor in reading.actors_at[c].actors)
            return tuple(n for n in above if is_party(reading, n)) or ((c,) if known else ())
        if tokens[c].dep == "poss" and is_party(reading, c):
            return tuple(conjuncts(tokens, c))
        if tokens[c].dep in ("amod", "compound", "nmod") and tokens[c].ent in ("NORP", "GPE", "ORG"):
            return (c,)
    return tuple(n for n in prep_objects(tokens, noun, "by", "from") if is_party(reading, n))


def doing_party(reading: Reading, i: int) -> tuple[int, ...] | None:
    """Who does the demanding, vowing, refusing: None where that is a thing ("the flood threatened the city")."""
    tokens = reading.tokens
    doing = doers(tokens, i)
    if not doing:
        passive = any(tokens[c].dep in ("auxpass", "nsubjpass") for c in tokens[i].children)
        noun = tokens[i].head if tokens[i].dep in ("acl", "pcomp") else None
        return (
            ()
            if (passive and tokens[i].dep != "acl") or (noun is not None and not passive and tokens[i].tag == "VBG")
            else None
        )
    kept = tuple(n for n in doing if is_party(reading, n))
    if kept or tokens[i].dep not in ("acl", "relcl", "advcl", "xcomp"):
        return kept or None
    while tokens[doing[0]].dep == "appos":  # "China and India, the biggest buyers, which vowed ..."
        doing = tuple(conjuncts(tokens, conjunction_head(tokens, tokens[doing[0]].head)))
    if is_party(reading, doing[0]):
        return tuple(n for n in doing if is_party(reading, n))
    if tokens[doing[0]].dep != "dobj":
        return owner(reading, doing[0]) or None
    issuers = owner(reading, doing[0]) or tuple(
        n for n in doers(tokens, tokens[doing[0]].head) if is_verb(tokens[tokens[doing[0]].head])
    )
    return tuple(n for n in issuers if is_party(reading, n)) or None


def is_question(reading: Reading, i: int) -> bool:
    """ "Has he called for talks?" calls for nothing."""
    sentence = reading.sentences[reading.tokens[i].sentence]
    return reading.report.text[max(sentence.start, sentence.end - 3) : sentence.end].rstrip("\"”’'").endswith("?")
