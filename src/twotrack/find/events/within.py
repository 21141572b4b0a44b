"""The actors of a noun phrase: its head, else those within it.

"The army of Chad" and "Chad's army" are Chad's; "the border with Ukraine" holds Ukraine; "protesters" are nameless people.
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from twotrack.find.events.eventwords import classes, word_list
from twotrack.gazetteer import state_of_capital
from twotrack.lexicon import actor_names, rows
from twotrack.model import Actor
from twotrack.reading import Reading
from twotrack.syntax import Tokens, conjuncts, phrase_span

OWNERS = frozenset({"poss", "compound", "amod", "nmod"})
LOCATIVES = frozenset({"in", "at", "near", "outside", "around", "off", "across", "within", "inside", "along"})
COUNTED = frozenset({"dozen", "hundred", "thousand", "score", "number", "group", "ten", "million", "handful"})
COURTS = frozenset({"court", "police", "prosecutor", "tribunal", "judge", "authority", "official"})
MAX_DEPTH = 4  # prepositions and owners within one phrase: "the border of the territory of Ukraine"
MAX_ACTORS = 12  # of one role; longer lists are enumerations of other things


def actors_in(reading: Reading, head: int, prepositions: Iterable[str], *, places: bool) -> list[Actor]:
    """The actors of a noun phrase: its head, else those within it ("the army of Chad"), else people without a name."""
    if own := _own(reading, head, places=places):
        return _with_country(reading, head, own) if own[0].id is None else own
    return _within(reading, head, prepositions, places=places, depth=0) or _people(reading, head, places=places)


def _with_country(reading: Reading, head: int, own: list[Actor]) -> list[Actor]:
    """People without an id by what their phrase says of them: "soldiers of Chad" are Chad's, "teachers in Chad" of Chad."""
    if inner := [a for a in _within(reading, head, ("of", "from"), places=True, depth=0) if a.id]:
        return inner
    if reading.tokens[head].lemma in classes()["@civil"] | COURTS:
        place = next((a for a in _within(reading, head, ("in",), places=True, depth=0) if a.id), None)
        return [replace(actor, id=place.id) if place else actor for actor in own]
    return own


def _own(reading: Reading, head: int, *, places: bool) -> list[Actor]:
    mark = reading.actors_at.get(head)
    if mark is None and reading.tokens[head].dep == "appos":
        mark = reading.actor_over(reading.tokens[head].start)  # "Jane Roe, the Polish premier, who ..."
    return list(mark.actors) if mark and (places or mark.via != "place") else []


def _within(reading: Reading, head: int, prepositions: Iterable[str], *, places: bool, depth: int) -> list[Actor]:
    """Who stands before the head with an id, else who stands after it, else who its possessive pronoun means."""
    tokens = reading.tokens
    if depth > MAX_DEPTH:
        return []
    owners: list[Actor] = []
    pronouns: list[Actor] = []
    for c in tokens[head].children:
        if tokens[c].tag == "PRP$":
            pronouns += [a for a in _own(reading, c, places=True) if a.id]
        elif tokens[c].dep in OWNERS or tokens[c].dep == "appos":
            owners += actors_below(reading, c, (), places=True, depth=depth + 1)
    known = [a for a in owners if a.id]
    return known or _after(reading, head, frozenset(prepositions), places=places, depth=depth) or owners or pronouns


def _after(reading: Reading, head: int, prepositions: frozenset[str], *, places: bool, depth: int) -> list[Actor]:
    """Actors behind a noun's prepositions. "A visit to Japan" has Japan as a party, "a speech in Japan" as a place."""
    tokens = reading.tokens
    found: list[Actor] = []
    for c in tokens[head].children:
        if tokens[c].dep not in ("prep", "agent") or tokens[c].lower not in prepositions:
            continue
        also = places or tokens[c].lower not in LOCATIVES
        heads = brought_by(tokens, c)
        found += [a for n in heads for a in actors_below(reading, n, prepositions, places=also, depth=depth + 1)]
    return found


def brought_by(tokens: Tokens, preposition: int) -> list[int]:
    """The heads that a preposition brings; none in "according to officials", "in retaliation for a visit"."""
    asides, lower = _asides(), tokens[preposition].lower
    if tokens[tokens[preposition].head].lower in asides[""]:
        return []
    heads = [n for g in tokens[preposition].children if tokens[g].dep == "pobj" for n in conjuncts(tokens, g)]
    return [n for n in heads if tokens[n].lemma not in asides.get(lower, ())]


@lru_cache
def _asides() -> dict[str, frozenset[str]]:
    """Preposition -> nouns that make a phrase with it which names no party; "" -> first words such as "according"."""
    return {row["preposition"]: frozenset(row["words"]) for row in rows("verbs", "aside", "preposition", "words", "examples")}


def actors_below(reading: Reading, i: int, prepositions: Iterable[str], *, places: bool, depth: int = 0) -> list[Actor]:
    """The actors of a word and of what is joined to it: both of "US-Russian" and of "Indian and Chinese"."""
    found = _own(reading, i, places=places) or _within(reading, i, prepositions, places=places, depth=depth + 1)
    if reading.tokens[i].pos == "ADJ":  # "US-Russian"
        found = [*(a for c in reading.tokens[i].children for a in _own(reading, c, places=True)), *found]
    for c in conjuncts(reading.tokens, i)[1:]:
        found = [*found, *_own(reading, c, places=places)]
    return found


def _people(reading: Reading, head: int, *, places: bool) -> list[Actor]:
    """An actor without id for people who act unnamed: "protesters", and for names that no mark covers."""
    token = reading.tokens[head]
    if token.lemma in COUNTED:  # "dozens of civilians"
        inner = (g for c in token.children if reading.tokens[c].lower == "of" for g in reading.tokens[c].children)
        below = [g for g in inner if reading.tokens[g].dep == "pobj"]
        if below or token.dep != "nsubj" or token.tag not in ("NNS", "NNPS"):
            return [a for g in below for a in _people(reading, g, places=places)]
        span = phrase_span(reading.tokens, head)  # "thousands marched"
        return [Actor(None, None, reading.report.text[span.start : span.end], span.start, span.end)]
    named = token.ent in ("PERSON", "ORG", "NORP") or (places and token.ent == "GPE")
    if token.lemma not in word_list("people", "nouns") and not named:
        return []
    span = phrase_span(reading.tokens, head)
    words = reading.report.text[span.start : span.end]
    day = reading.report.published
    state = state_of_capital(words, day) or state_of_capital(token.text, day) if token.ent == "GPE" else None
    return [Actor(state, actor_names().get(state) if state else None, words, span.start, span.end)]


def is_city(reading: Reading, actor: Actor) -> bool:
    """Whether an actor is only a place, and so where a visit goes, not whom it is to: "arrived in Jeddah"."""
    if actor.id or actor.end == actor.start:
        return False
    inside = (reading.token_starts.get(n) for n in range(actor.start, actor.end))
    return any(i is not None and reading.tokens[i].ent in ("GPE", "LOC", "FAC") for i in inside)


def is_among(actor: Actor, others: Iterable[Actor]) -> bool:
    """Whether one of the others is the same actor: by id, without one by its words."""
    return any(actor.id == other.id and (actor.id is not None or actor.start == other.start) for other in others)


def distinct(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    """Each actor once, in text order of first mention, ids before the same id again."""
    found: list[Actor] = []
    for actor in actors:
        if not is_among(actor, found):
            found.append(actor)
    return tuple(found[:MAX_ACTORS])


def is_known(actors: Iterable[Actor]) -> bool:
    """Whether one of them has an id."""
    return any(actor.id for actor in actors)
