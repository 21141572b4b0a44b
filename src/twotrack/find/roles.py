"""Who did it, and to whom: the actors of an event by syntax.

"Britain, France and Israel attacked Egypt" has three sources; in "talks between Serbia and Kosovo" both are source; in
"Israeli strikes on Gaza" the adjective is the source. Where the head of a phrase is no actor, the actors within the phrase
count: "rejected a proposal by Turkey" has the target Turkey.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from twotrack.find.coding import Match
from twotrack.find.eventwords import classes, word_list
from twotrack.find.fitting import clauses_below, undergoes
from twotrack.lexicon import Row
from twotrack.model import Actor
from twotrack.reading import Reading
from twotrack.syntax import Tokens, conjuncts, is_verb, phrase_span, subjects

OWNERS = frozenset({"poss", "compound", "amod", "nmod"})
PREPOSITIONS = frozenset(
    {
        "by",
        "of",
        "from",
        "between",
        "against",
        "on",
        "with",
        "to",
        "in",
        "into",
        "at",
        "for",
        "near",
        "over",
        "along",
        "among",
        "outside",
        "toward",
        "towards",
        "within",
        "around",
        "across",
        "off",
        "inside",
    }
)
EVERYWHERE = ("object", "clause", "against", "on", "with", "to", "from", "at", "into", "for", "toward", "towards", "in", "of")
COMPANY = ("object", "with", "between", "to")
INNER = frozenset({"of", "by", "from", "in", "with", "between", "against", "on", "near", "along", "inside"})
MAX_DEPTH = 4  # prepositions and owners within one phrase: "the border of the territory of Ukraine"
MAX_ACTORS = 12  # of one role; longer lists are enumerations of other things


class Roles(NamedTuple):
    """The actors of an event. A reciprocal event has all of them as source."""

    source: tuple[Actor, ...]
    target: tuple[Actor, ...]


def roles_of(reading: Reading, match: Match) -> Roles:
    """Source and target of a matched verb or noun."""
    found = _noun_roles(reading, match) if match.kind in ("light", "noun") else _verb_roles(reading, match)
    source, target = _distinct(found.source), _distinct(found.target)
    target = tuple(actor for actor in target if not _among(actor, source))
    if match.row.get("reciprocal"):
        return Roles((*source, *target), ())
    return Roles(source, target)


# --- verbs ------------------------------------------------------------------------------------------------------------


def _verb_roles(reading: Reading, match: Match) -> Roles:
    source = _subject_actors(reading, match.carrier)
    for slot in _slots(match.row):
        if target := [a for a in _slot(reading, match, slot) if not _among(a, source)]:
            return Roles(tuple(source), tuple(target))
    return Roles(tuple(source), ())


def _slots(row: Row) -> Iterable[str]:
    """Where a target may stand, in the order of trying."""
    if "target" in row:
        slots: list[str] = row["target"]
        return slots
    return COMPANY if row.get("reciprocal") else EVERYWHERE


def _subject_actors(reading: Reading, verb: int) -> list[Actor]:
    """Who acts: the subject, in the passive the phrase after "by"."""
    tokens = reading.tokens
    if undergoes(tokens, verb):
        agents = [
            g for c in tokens[verb].children if tokens[c].dep == "agent" or tokens[c].lower == "by" for g in tokens[c].children
        ]
        heads = [n for g in agents if tokens[g].dep == "pobj" for n in conjuncts(tokens, g)]
    else:
        heads = _urged(tokens, verb) or subjects(tokens, verb)
    return [actor for head in heads for actor in actors_in(reading, head, ("by", "of", "from", "in"), places=False)]


def _urged(tokens: Tokens, verb: int) -> list[int]:
    """ "China called on India to resume talks": who is called on is to do it."""
    head = tokens[verb].head
    if tokens[verb].dep not in ("xcomp", "advcl") or tokens[head].lemma not in ("call", "appeal", "plead", "prevail"):
        return []
    if any(tokens[c].dep in ("nsubj", "nsubjpass") for c in tokens[verb].children):
        return []
    called = [
        g
        for c in tokens[head].children
        if tokens[c].dep == "prep" and tokens[c].lower in ("on", "upon", "to", "with")
        for g in tokens[c].children
    ]
    return [n for g in called if tokens[g].dep == "pobj" for n in conjuncts(tokens, g)]


def _slot(reading: Reading, match: Match, slot: str) -> list[Actor]:
    tokens, verb = reading.tokens, match.trigger
    places = _takes_places(match.row)
    if slot == "object":
        return [
            a
            for n in match.objects
            for a in actors_in(reading, n, PREPOSITIONS, places=places or match.preposition is not None)
        ]
    if slot == "dative":
        heads = [n for c in tokens[verb].children if tokens[c].dep == "dative" for n in _phrase_heads(tokens, c)]
        return [a for n in heads for a in actors_in(reading, n, (), places=True)]
    if slot in ("clause", "subject"):
        return _clause_actors(reading, match, slot, places=places)
    return _after(reading, match, slot, places=places or slot not in ("in", "at"))


def _phrase_heads(tokens: Tokens, c: int) -> list[int]:
    if tokens[c].tag == "IN" or tokens[c].tag == "TO":
        return [n for g in tokens[c].children if tokens[g].dep == "pobj" for n in conjuncts(tokens, g)]
    return conjuncts(tokens, c)


def _takes_places(row: Row) -> bool:
    return bool(row.get("places")) or row.get("type") in ("MOBILIZE", "ASSAULT", "COERCE", "AID", "RETREAT", "SANCTION")


def _clause_actors(reading: Reading, match: Match, slot: str, *, places: bool) -> list[Actor]:
    """The actors of the clause below: its own subject first ("demanded that Syria withdraw"), then its objects."""
    tokens = reading.tokens
    for c in clauses_below(tokens, match.trigger):
        own = [n for g in tokens[c].children if tokens[g].dep in ("nsubj", "nsubjpass") for n in conjuncts(tokens, g)]
        if found := [a for n in own for a in actors_in(reading, n, ("of", "by", "with", "in", "for"), places=True)]:
            return found
        if slot == "subject":
            continue
        inner = [g for g in tokens[c].children if tokens[g].dep in ("dobj", "dative", "prep", "pobj", "agent")]
        for g in inner:
            heads = (
                _phrase_heads(tokens, g)
                if tokens[g].dep != "prep"
                else [n for p in tokens[g].children if tokens[p].dep == "pobj" for n in conjuncts(tokens, p)]
            )
            if found := [a for n in heads for a in actors_in(reading, n, PREPOSITIONS, places=True)]:
                return found
        if found := _clause_actors(reading, match._replace(trigger=c), "clause", places=places):
            return found
    return []


def _after(reading: Reading, match: Match, preposition: str, *, places: bool) -> list[Actor]:
    """Actors after a preposition at the verb, at its particle or at its object: "imposed sanctions on Iraq"."""
    tokens = reading.tokens
    found: list[Actor] = []
    for at in (
        match.trigger,
        *match.objects,
        *(c for c in tokens[match.trigger].children if tokens[c].dep in ("prt", "prep", "advmod", "acomp", "oprd")),
    ):
        for c in tokens[at].children:
            if tokens[c].lower == preposition and tokens[c].dep in ("prep", "dative", "agent"):
                for g in tokens[c].children:
                    if tokens[g].dep == "pobj":
                        found += [a for n in conjuncts(tokens, g) for a in actors_in(reading, n, PREPOSITIONS, places=places)]
    return found


# --- nouns ------------------------------------------------------------------------------------------------------------


def _noun_roles(reading: Reading, match: Match) -> Roles:
    tokens, noun, row = reading.tokens, match.trigger, match.row
    source = [a for c in tokens[noun].children if tokens[c].dep in OWNERS for a in _deep(reading, c, (), places=False)]
    target: list[Actor] = []
    prepositions = PREPOSITIONS if row["type"] in ("AID", "SUPPORT", "REQUEST", "AGREE", "SANCTION") else PREPOSITIONS - {"for"}
    for at in {noun, match.carrier}:
        for c in tokens[at].children:
            if tokens[c].dep in ("prep", "agent", "dative") and tokens[c].lower in prepositions:
                if (
                    at == match.carrier
                    and at != noun
                    and tokens[c].lower not in ("against", "on", "with", "between", "into", "at", "to", "for", "in")
                ):
                    continue
                heads = [n for g in tokens[c].children if tokens[g].dep == "pobj" for n in conjuncts(tokens, g)]
                places = _takes_places(row) or tokens[c].lower not in ("in", "at", "near")
                actors = [a for n in heads for a in actors_in(reading, n, INNER, places=places)]
                is_source = tokens[c].lower == "by" or (tokens[c].lower == "of" and row.get("of") == "source")
                (source if is_source else target).extend(actors)
    if match.kind == "noun" and row.get("reciprocal"):
        source += _occasion(reading, noun)
    if match.kind == "light":
        acting = _subject_actors(reading, match.carrier)
        owned = source
        source = acting or source
        if acting and not row.get("reciprocal"):
            target = target or [a for a in owned if not _among(a, acting)]
        elif acting:
            source = [*acting, *owned]
    return Roles(tuple(source), tuple(target))


def _occasion(reading: Reading, noun: int) -> list[Actor]:
    """ "In a call with Xi, Biden raised Taiwan": who acts on the occasion takes part in it."""
    tokens, above = reading.tokens, reading.tokens[noun].head
    verb = tokens[above].head
    if (
        tokens[noun].dep == "pobj"
        and tokens[above].lower in ("in", "during", "after", "at", "following")
        and is_verb(tokens[verb])
    ):
        return _subject_actors(reading, verb)
    return []


# --- actors of a phrase -----------------------------------------------------------------------------------------------


def actors_in(reading: Reading, head: int, prepositions: Iterable[str], *, places: bool) -> list[Actor]:
    """The actors of a noun phrase: its head, else those within it ("the army of Chad", "Chad's army"), else people without a name."""
    if own := _own(reading, head, places=places):
        return _with_country(reading, head, own) if own[0].id is None else own
    return _within(reading, head, prepositions, places=places, depth=0) or _people(reading, head, places=places)


def _with_country(reading: Reading, head: int, own: list[Actor]) -> list[Actor]:
    """People without an id by what their phrase says of them: "soldiers of Chad" are Chad's, "teachers in Chad" of Chad."""
    if inner := [a for a in _within(reading, head, ("of", "from"), places=True, depth=0) if a.id]:
        return inner
    if reading.tokens[head].lemma in classes()["@civil"]:
        place = next((a for a in _within(reading, head, ("in",), places=True, depth=0) if a.id), None)
        return [replace(actor, id=place.id) if place else actor for actor in own]
    return own


def _own(reading: Reading, head: int, *, places: bool) -> list[Actor]:
    mark = reading.actors_at.get(head)
    return list(mark.actors) if mark and (places or mark.via != "place") else []


def _within(reading: Reading, head: int, prepositions: Iterable[str], *, places: bool, depth: int) -> list[Actor]:
    tokens, wanted = reading.tokens, frozenset(prepositions)
    if depth > MAX_DEPTH:
        return []
    owners: list[Actor] = []
    after: list[Actor] = []
    pronouns: list[Actor] = []
    for c in tokens[head].children:
        if tokens[c].tag == "PRP$":
            pronouns += _own(reading, c, places=True)
            continue
        if tokens[c].dep in OWNERS or tokens[c].dep == "appos":
            owners += _deep(reading, c, (), places=True, depth=depth + 1)
        elif tokens[c].dep in ("prep", "agent") and tokens[c].lower in wanted:
            for g in tokens[c].children:
                if tokens[g].dep == "pobj":
                    after += [
                        a for n in conjuncts(tokens, g) for a in _deep(reading, n, wanted, places=places, depth=depth + 1)
                    ]
    return [a for a in owners if a.id] or after or owners or [a for a in pronouns if a.id]


def _deep(reading: Reading, i: int, prepositions: Iterable[str], *, places: bool, depth: int = 0) -> list[Actor]:
    found = _own(reading, i, places=places) or _within(reading, i, prepositions, places=places, depth=depth + 1)
    if reading.tokens[i].pos == "ADJ":  # "US-Russian"
        found = [*(a for c in reading.tokens[i].children for a in _own(reading, c, places=True)), *found]
    for c in conjuncts(reading.tokens, i)[1:]:
        found = [*found, *_own(reading, c, places=places)]
    return found


def _people(reading: Reading, head: int, *, places: bool) -> list[Actor]:
    """An actor without id for people who act unnamed: "protesters", and for names that no mark covers."""
    token = reading.tokens[head]
    named = token.ent in ("PERSON", "ORG", "NORP") or (places and token.ent == "GPE")
    if token.lemma not in word_list("people", "nouns") and not named:
        return []
    span = phrase_span(reading.tokens, head)
    return [Actor(None, None, reading.report.text[span.start : span.end], span.start, span.end)]


def _among(actor: Actor, others: Iterable[Actor]) -> bool:
    return any(actor.id == other.id and (actor.id is not None or actor.start == other.start) for other in others)


def _distinct(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    """Each actor once, in text order of first mention, ids before the same id again."""
    found: list[Actor] = []
    for actor in actors:
        if not _among(actor, found):
            found.append(actor)
    return tuple(found[:MAX_ACTORS])


def is_known(actors: Iterable[Actor]) -> bool:
    """Whether one of them has an id."""
    return any(actor.id for actor in actors)


def named_in(reading: Reading, head: int) -> Iterator[Actor]:
    """The actors with an id in a phrase: for "Israeli strikes", Israel."""
    return (actor for actor in actors_in(reading, head, PREPOSITIONS, places=True) if actor.id)
