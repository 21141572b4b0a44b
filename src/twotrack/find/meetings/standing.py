"""How high a meeting is, who holds it, who brokers it: "Qatar hosts talks between the foreign ministers, mediated by Oman".

The level is that of the highest who take part: leaders before ministers before officials. Hosts and brokers are told by verbs
("hosted by", "brokered by", "will host"), by nouns ("under UN mediation", "with Oman as mediator") and by "UN-brokered".
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from twotrack.find.meetings.gatherings import actors_of_subject, level_words
from twotrack.lexicon import rows
from twotrack.model import Actor, Level, Sentence
from twotrack.reading import Reading
from twotrack.syntax import Tokens, children, conjuncts, governors, is_passive, is_verb, prep_objects, subtree

LEVELS: tuple[Level, ...] = ("leaders", "ministers", "officials")  # the highest first
OFFICES: Mapping[str, Level] = {"HOS": "leaders", "HOG": "leaders", "MFA": "ministers", "MOD": "ministers"}
DEPUTIES = frozenset({"deputy", "vice", "junior", "assistant", "former"})
NAMED_BY = frozenset({"compound", "amod", "poss", "nmod", "appos"})
RANKED = frozenset({"level", "rank"})  # "at the level of foreign ministers", "on ministerial level"
AGENTS = frozenset({"by", "with"})
REACH = 4  # tokens after an actor in which "-brokered" stands


class Standing(NamedTuple):
    """The level of a meeting, its host and its mediator, each None where the report does not say."""

    level: Level | None
    host: Actor | None
    mediator: Actor | None


@lru_cache
def _tasks() -> dict[str, str]:
    """Lemma of a verb, a noun or a participle -> "host" or "mediator"."""
    return {word: row["task"] for row in rows("meetings", "task", "task", "words", "examples") for word in row["words"]}


def standing_of(reading: Reading, i: int, chain: Sequence[int], parties: Sequence[Actor]) -> Standing:
    """The standing of the meeting that token i names, below the verbs of `chain`."""
    doers: dict[str, Actor] = {}
    for task, actor in _doers(reading, i, chain):
        doers.setdefault(task, actor)
    return Standing(level_of(reading, i, parties), doers.get("host"), doers.get("mediator"))


def level_of(reading: Reading, i: int, parties: Sequence[Actor]) -> Level | None:
    """The highest level among those who take part, or that the meeting's own words name: "ministerial talks"."""
    found = {level for actor in parties if (level := _level_of_actor(reading, i, actor))}
    if not found:
        found = {level for level in _levels(reading.tokens, _own_words(reading.tokens, i)) if level}
    return next((level for level in LEVELS if level in found), None)


def _level_of_actor(reading: Reading, i: int, actor: Actor) -> Level | None:
    """The level of one party, by the nouns that name it, else by the office that it holds."""
    levels = list(_levels(reading.tokens, _naming(reading, i, actor)))
    if levels:
        return min(levels, key=LEVELS.index)
    return OFFICES.get((actor.id or "").split(".")[-1])


def _naming(reading: Reading, i: int, actor: Actor) -> list[int]:
    """Tokens that name an actor: its own words, and the nouns that it hangs on ("the foreign ministers of Egypt")."""
    tokens, first = reading.tokens, reading.token_starts.get(actor.start)
    if first is None:
        return []
    own = []
    for token in tokens[first:]:
        if token.start >= actor.end:
            break
        own.append(token.i)
    found = list(own)
    for n in own:
        for g in governors(tokens, n):
            if g == i or is_verb(tokens[g]):
                break
            if tokens[g].pos in ("NOUN", "PROPN"):
                found.append(g)
    return list(dict.fromkeys(found))


def _own_words(tokens: Tokens, i: int) -> list[int]:
    """Tokens before the meeting's word and those of "at the level of deputy foreign ministers"."""
    below = [n for c in children(tokens, i, *NAMED_BY) for n in subtree(tokens, c)]
    ranks = [n for n in prep_objects(tokens, i, "at", "on") if tokens[n].lemma in RANKED]
    return [*below, *(n for rank in ranks for n in subtree(tokens, rank)), *prep_objects(tokens, i, "of", "between", "among")]


def _levels(tokens: Tokens, named: Sequence[int]) -> Iterator[Level]:
    """The levels of office nouns; a deputy's is that of officials."""
    for n in named:
        lemma, previous = tokens[n].lemma.lower(), tokens[n - 1].lower if n else ""
        level = level_words().get(f"{previous} {lemma}") or level_words().get(lemma) or level_words().get(tokens[n].lower)
        if level:
            before = {tokens[c].lower for c in tokens[n].children if c < n} | {previous}
            yield "officials" if before & DEPUTIES else level


# --- hosts and mediators ------------------------------------------------------------------------------------------------


def _doers(reading: Reading, i: int, chain: Sequence[int]) -> Iterator[tuple[str, Actor]]:
    """("host" or "mediator", who) by each way of saying it, the surest first."""
    tokens = reading.tokens
    for verb in (*chain[:3], *children(tokens, i, "acl", "relcl")):
        if task := _tasks().get(tokens[verb].lemma):
            yield from ((task, actor) for actor in _done_by(reading, verb)[:1])
    for at in (i, *chain[:1]):
        yield from _by_noun(reading, at)
    yield from _by_participle(reading, i)


def _done_by(reading: Reading, verb: int) -> list[Actor]:
    """Who hosts or mediates by a verb: by whom it is done, else its subject."""
    tokens = reading.tokens
    doers = _agents(tokens, verb) if is_passive(tokens, verb) or tokens[verb].tag == "VBN" else []
    if named := [actor for n in doers for actor in _actors(reading, n)]:
        return named
    return [] if is_passive(tokens, verb) else actors_of_subject(reading, verb) or _place_subject(reading, verb)


def _agents(tokens: Tokens, verb: int) -> list[int]:
    """By whom something is done: "brokered by Norway"."""
    return [
        n for c in children(tokens, verb, "agent", "prep") if tokens[c].lower in AGENTS for n in children(tokens, c, "pobj")
    ]


def _place_subject(reading: Reading, verb: int) -> list[Actor]:
    """ "Rome will host": a capital that is the subject."""
    return [a for n in children(reading.tokens, verb, "nsubj") for a in _actors(reading, n)]


def _by_noun(reading: Reading, at: int) -> Iterator[tuple[str, Actor]]:
    """ "Under UN mediation", "with Oman as mediator"."""
    tokens = reading.tokens
    for n in prep_objects(tokens, at, "under", "through", "with"):
        if task := _tasks().get(tokens[n].lemma):
            yield from ((task, actor) for actor in _named_with(reading, n, "of", "by"))
        for k in (k for one in conjuncts(tokens, n) for k in prep_objects(tokens, one, "as")):
            if task := _tasks().get(tokens[k].lemma):
                yield from ((task, actor) for actor in _actors(reading, n))
    for k in prep_objects(tokens, at, "as"):  # parses hang "as mediator" on the verb too
        if task := _tasks().get(tokens[k].lemma):
            for n in prep_objects(tokens, at, "with"):
                yield from ((task, actor) for actor in _actors(reading, n))


def _named_with(reading: Reading, n: int, *prepositions: str) -> Iterator[Actor]:
    """Whom a noun has before it or behind these prepositions: "UN mediation", "the mediation of Norway"."""
    tokens = reading.tokens
    inner = [m for c in children(tokens, n, *NAMED_BY) for m in subtree(tokens, c)]
    for m in (*inner, *prep_objects(tokens, n, *prepositions)):
        yield from _actors(reading, m)


def _by_participle(reading: Reading, i: int) -> Iterator[tuple[str, Actor]]:
    """ "UN-brokered talks"."""
    tokens = reading.tokens
    for c in children(tokens, i, "amod", "compound", "nmod"):
        for n in subtree(tokens, c):
            task = _tasks().get(tokens[n].lemma) or _tasks().get(_verb_of(tokens[n].lower))
            if task and n >= 2 and tokens[n - 1].lower == "-":
                yield from ((task, actor) for actor in _actors(reading, n - 2))


def _verb_of(participle: str) -> str:
    """ "brokered" -> "broker", "mediated" -> "mediate"."""
    return next((verb for verb in _tasks() if participle in (verb + "ed", verb + "d")), "")


def _actors(reading: Reading, n: int) -> tuple[Actor, ...]:
    """The actors whose phrase a token heads, a mere place's state among them."""
    mark = reading.actors_at.get(n)
    return mark.actors if mark else ()


def mediator_told(reading: Reading, sentence: Sentence) -> Actor | None:
    """Who mediates, as a sentence by itself tells: "Norway will mediate", "the UN mediator said", "Oman, the go-between"."""
    for token in reading.tokens[sentence.first : sentence.last]:
        if _tasks().get(token.lemma) == "mediator":
            found = _done_by(reading, token.i) if is_verb(token) else _called_mediator(reading, token.i)
            if known := next((actor for actor in found if actor.id), None):
                return known
    return None


def _called_mediator(reading: Reading, n: int) -> Iterator[Actor]:
    """Whom "mediator" means: its own mark, what it stands beside, whose it is, the subject of "acts as mediator"."""
    tokens = reading.tokens
    yield from _actors(reading, n)
    if tokens[n].dep == "appos":
        yield from _actors(reading, tokens[n].head)
    yield from _named_with(reading, n, "from", "of")
    if tokens[n].dep == "pobj" and tokens[tokens[n].head].lower == "as":
        above = tokens[tokens[n].head].head
        yield from _actors(reading, above) or (actors_of_subject(reading, above) if is_verb(tokens[above]) else ())
