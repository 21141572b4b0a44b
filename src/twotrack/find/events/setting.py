"""The states of those whom a sentence calls by none: they are of the state in which the event takes place.

"Police fired tear gas at demonstrators in Tbilisi": both are Georgia's. "Crowds stoned the Danish embassy in Tehran": the
crowds are Iran's, and what they do is done to Denmark. Where a sentence names several states and no phrase tells, nobody is
given one.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import lru_cache

from twotrack.find.events.coding import Match
from twotrack.find.events.eventwords import classes, word_list
from twotrack.find.events.fitting import bounded_subtree, undergoes
from twotrack.find.events.roles import Roles
from twotrack.find.events.spans import head_of
from twotrack.find.events.within import LOCATIVES
from twotrack.gazetteer import state_of_city
from twotrack.lexicon import actor_names, rows
from twotrack.mark.actors.offices import composed
from twotrack.model import Actor, Sentence, Span
from twotrack.reading import Reading
from twotrack.syntax import governors, is_verb, phrase_span, subjects

DONE_TO_PLACES = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "AID"})  # a raid in Kenya, aid flown to Somalia
NOT_TO = frozenset(
    {"from", "with", "by", "after", "before", "since", "as", "during", "under", "amid", "despite", "over", "according"}
)
TO = NOT_TO - {"from"} | {"to", "into", "towards", "toward"}  # the same where something is left
ASIDE = frozenset({"advcl", "ccomp", "pcomp", "relcl", "parataxis", "acl", "conj"})  # clauses that tell of something else
MISTAKEN = frozenset({"", "PERSON", "LOC", "FAC"})  # what the parser may take a town for; "in March" is a date
AT_HOME = frozenset({"COP", "REB", "CVL", "JUD", "OPP"})  # whom a place tells, unlike soldiers, who may be anybody's
REACH = 80  # tokens on either side of an event, and of its clause, in which places count; a bound on broken sentences
CIVIL = "CVL"
LONG_NAME = 6  # words of the longest names of towns
NAME_LINKS = frozenset({"de", "del", "al", "el", "la", "las", "los", "da", "do", "di", "du"})  # within names of towns


def settled(reading: Reading, sentence: Sentence, match: Match, roles: Roles) -> Roles:
    """The roles of an event with states for people and places without one, and with whom a place stands for."""
    reciprocal = bool(match.row.get("reciprocal"))
    if all(actor.id for actor in (*roles.source, *roles.target)) and (reciprocal or (roles.source and roles.target)):
        return roles
    around = range(max(sentence.first, match.trigger - REACH), min(sentence.last, match.trigger + REACH))
    named = list(dict.fromkeys(state for _, state in _named(reading, around)))
    found = _with_states(reading, match, roles, named)
    return found if reciprocal else _completed(reading, match, found, named)


def _with_states(reading: Reading, match: Match, roles: Roles, named: list[str]) -> Roles:
    """The parties that have no state with the one that their phrase or the place of the event tells."""
    crowd, site = _town_of(reading, match), _site(reading, match)
    source = tuple(_placed(reading, actor, named, crowd, site) for actor in roles.source)
    target = tuple(_placed(reading, actor, named) for actor in roles.target)
    if match.row["type"] in DONE_TO_PLACES and source and target and not any(actor.id for actor in target):
        there = _through_place(reading, match, {actor.state for actor in source})
        target = tuple(replace(actor, id=there[0].id) for actor in target) if there else target
    return Roles(source, target)


def _completed(reading: Reading, match: Match, roles: Roles, named: list[str]) -> Roles:
    """The parties that no word names: who protests, to whose place something is done, who arrests somebody in a town."""
    (source, target), kind = roles, match.row["type"]
    if not source and kind == "PROTEST":
        source = _crowd(reading, match, named)
    if not target and source and (kind in DONE_TO_PLACES or _leaves(match)):
        target = _through_place(reading, match, {actor.state for actor in source})
    if not target and kind == "PROTEST" and source and named == [source[0].state]:
        target = (_of_state(composed(named[0], "GOV"), source[0]),)
    passive = match.kind.startswith("verb") and undergoes(reading.tokens, match.carrier)
    if not source and target and kind == "COERCE" and passive:
        source = _through_place(reading, match, set())[:1]
    return Roles(source, target)


def _leaves(match: Match) -> bool:
    """ "Pulled its troops out of Lebanon": it is Lebanon that they leave."""
    return match.row["type"] == "RETREAT" and match.row.get("mode") == "withdraw"


def _of_state(state: str, like: Actor) -> Actor:
    """A state at the words of another actor, which tell of it."""
    return Actor(state, actor_names().get(state), like.words, like.start, like.end)


@lru_cache
def _states() -> frozenset[str]:
    return frozenset(row["id"] for row in rows("states", "state", "id", "name"))


def _named(reading: Reading, places: Collection[int]) -> Iterator[tuple[int, str]]:
    """The states that tokens name, by token: marks of states and their people, and towns; "" for a place not known."""
    for n in sorted(places):
        mark = reading.actors_at.get(n)
        roots = [root for actor in mark.actors if (root := actor.state) in _states()] if mark else []
        if roots:
            yield from ((n, root) for root in roots)
            continue
        town = _of_town(reading, n) if reading.actor_over(reading.tokens[n].start) is None else None
        if town is not None and (town or not _is_part(reading, n)):
            yield n, town


def _is_part(reading: Reading, n: int) -> bool:
    """ "Russia's Dagestan region": a place whose state stands by it."""
    tokens = reading.tokens
    beside = (c for at in (n, tokens[n].head) for c in tokens[at].children if tokens[c].dep in ("poss", "amod", "compound"))
    return any(c in reading.actors_at for c in beside)


def _of_town(reading: Reading, n: int) -> str | None:
    """The state of the town whose name ends at a token, "Cape Town"; "" for one not known, None for what is no town."""
    tokens, first = reading.tokens, n
    if n > 1 and tokens[n - 1].lower in NAME_LINKS and tokens[n - 2].pos == "PROPN":  # "Barra del Colorado" is not Colorado
        return _linked_town(reading, n)
    if tokens[n].ent != "GPE":  # the parser takes small towns for persons, or for nothing
        somewhere = tokens[n].dep == "pobj" and tokens[tokens[n].head].lower in LOCATIVES and tokens[n].pos == "PROPN"
        return state_of_city(_name_to(reading, n)) if somewhere and tokens[n].ent in MISTAKEN else None
    if tokens[n].dep == "compound" and tokens[n].head == n + 1 and state_of_city(_name_to(reading, n + 1)) is not None:
        return None  # "Novi Sad"
    if n + 1 < len(tokens) and tokens[n + 1].ent == "GPE" and tokens[n + 1].sentence == tokens[n].sentence:
        return None
    while first > 0 and tokens[first - 1].ent == "GPE" and tokens[first - 1].sentence == tokens[n].sentence:
        first -= 1
    return state_of_city(reading.report.text[tokens[first].start : tokens[n].end]) or ""


def _linked_town(reading: Reading, n: int) -> str | None:
    """The state of a town whose name has links, "Santa Cruz de la Sierra", by the longest name known; "" for one not known."""
    tokens, first = reading.tokens, n
    while first > 0 and (tokens[first - 1].pos == "PROPN" or tokens[first - 1].lower in NAME_LINKS) and n - first < LONG_NAME:
        first -= 1
    names = (reading.report.text[tokens[i].start : tokens[n].end] for i in range(first, n - 1))
    found = next((state for name in names if (state := state_of_city(name))), None)
    return found or ("" if tokens[n].ent == "GPE" else None)


def _name_to(reading: Reading, n: int) -> str:
    """The words of a name that ends at a token: "Novi Sad" at "Sad"."""
    tokens = reading.tokens
    first = min([n, *(c for c in tokens[n].children if tokens[c].dep == "compound" and c < n)])
    return reading.report.text[tokens[first].start : tokens[n].end]


def _town_of(reading: Reading, match: Match) -> str:
    """The state of the town in which something is done: "stormed the embassy in Bissau"."""
    tokens = reading.tokens
    towns = [n for n in _clause(reading, match) if tokens[n].dep == "pobj" and tokens[tokens[n].head].lower == "in"]
    return next((state for n in sorted(towns) if n not in reading.actors_at and (state := _of_town(reading, n))), "")


def _site(reading: Reading, match: Match) -> str:
    """The state of the first place in which something is done: "abducted three Italians on a terminal in Nigeria's delta"."""
    tokens = reading.tokens
    below = (n for n in sorted(_clause(reading, match)) if tokens[n].dep == "pobj")
    within = (n for n in below if tokens[tokens[n].head].lower in LOCATIVES)
    states = (state for n in within for _, state in _named(reading, list(bounded_subtree(tokens, n))))
    return next((state for state in states if state), "")


def _placed(reading: Reading, actor: Actor, named: list[str], crowd: str = "", site: str = "") -> Actor:
    """An actor without id as one of the state that its phrase names, people else as of the only state of the sentence.

    `crowd` is the state of the town, whose people crowds are; `site` that of any place, whose gunmen and police are its own.
    """
    head = head_of(reading, Span(actor.start, actor.end)) if actor.id is None else None
    if head is None:
        return actor
    phrase = set(bounded_subtree(reading.tokens, head))
    for c in reading.tokens[head].children:
        if reading.tokens[c].dep in ASIDE:  # "the minister, who accused Moscow", is not of Moscow
            phrase -= set(bounded_subtree(reading.tokens, c))
    own = [state for _, state in _named(reading, phrase) if state]
    people = _is_people(reading, head)
    civil = reading.tokens[head].lemma in classes()["@civil"]
    code = _code(reading.tokens[head].lemma) if people else ""
    home = own[0] if own else named[0] if people and len(named) == 1 else crowd if civil else ""
    home = home or (site if code in AT_HOME else "")
    if not home:
        return actor
    return replace(actor, id=composed(home, code))


def _is_people(reading: Reading, head: int) -> bool:
    token = reading.tokens[head]
    return token.lemma in word_list("people", "nouns") or token.lemma in _codes() or token.ent == "PERSON"


@lru_cache
def _codes() -> dict[str, str]:
    """Noun -> the code of such people or bodies: {"police": "COP", ...}."""
    listed = [row for row in rows("roles", "role", "code", "kind", "words", "examples") if not row["code"].startswith("=")]
    return {word: row["code"] for row in reversed(listed) for word in row["words"]}


def _code(lemma: str) -> str:
    return _codes().get(lemma, CIVIL if lemma in word_list("people", "nouns") else "")


def _crowd(reading: Reading, match: Match, named: list[str]) -> tuple[Actor, ...]:
    """Who protests, where no word for people of a crisis says it: the subject of "a hundred thousand filled the squares"."""
    tokens = reading.tokens
    verb = next((n for n in (match.carrier, *governors(tokens, match.trigger)) if is_verb(tokens[n])), None)
    heads = subjects(tokens, verb) if verb is not None else []
    states = [state for _, state in _named(reading, list(bounded_subtree(tokens, verb)))] if verb is not None else []
    home = named[0] if len(named) == 1 else states[0] if len(set(states)) == 1 else ""
    if not heads or not home or tokens[heads[0]].pos not in ("NOUN", "NUM"):
        return ()
    span = phrase_span(tokens, heads[0])
    return (Actor(composed(home, CIVIL), actor_names().get(home), reading.report.text[slice(*span)], span.start, span.end),)


def _through_place(reading: Reading, match: Match, own: set[str]) -> tuple[Actor, ...]:
    """The state of the first place in the event's clause that is not the source's: "flew into Taiwan's zone"."""
    for n, state in _named(reading, list(_clause(reading, match))):
        if state and state not in own:
            mark, token = reading.actors_at.get(n), reading.tokens[n]
            start, end = (mark.start, mark.end) if mark else (token.start, token.end)
            return (Actor(state, actor_names().get(state), reading.report.text[start:end], start, end),)
    return ()


def _clause(reading: Reading, match: Match) -> Iterator[int]:
    """The words after an event's verb or noun that say where and to whom, without other clauses and "from"."""
    tokens = reading.tokens
    todo = [c for at in {match.carrier, match.trigger} for c in tokens[at].children if c > at]
    for _ in range(REACH):
        if not todo:
            return
        n = todo.pop()
        token = tokens[n]
        if token.dep in ASIDE or (token.dep in ("prep", "agent") and token.lower in (TO if _leaves(match) else NOT_TO)):
            continue
        yield n
        todo.extend(token.children)
