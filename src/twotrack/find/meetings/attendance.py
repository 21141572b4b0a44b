"""Who meets: the parties of talks, calls, visits and summits, and not who hosts them, brokers them, or is only spoken of.

"Oman will host talks between Iran and Kuwait" has Iran and Kuwait; "US-Russian talks" the United States and Russia.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from twotrack.find.meetings.fates import fate_by_noun, fate_of
from twotrack.find.meetings.fatewords import is_attended, words_with_status
from twotrack.find.meetings.gatherings import PHONES, actors_at, actors_of_subject, format_of, is_person
from twotrack.find.meetings.governing import travel_verbs, travels_to
from twotrack.find.meetings.venues import state_at, states_after
from twotrack.lexicon import actor_names, rows
from twotrack.model import Actor, ActorMark
from twotrack.reading import Reading
from twotrack.syntax import (
    Tokens,
    children,
    conjuncts,
    governors,
    is_passive,
    is_verb,
    objects,
    prep_objects,
    subjects,
    subtree,
)

PARTY_PREPOSITIONS = ("between", "of", "with", "among", "to", "by", "from")
CALLED_OFF = frozenset({"cancelled", "postponed"})
CALLING = frozenset({"call", "urge", "demand", "push", "press", "appeal", "announce", "expect"})  # one may do so for others
HOSTING = frozenset({"host", "mediate", "broker", "facilitate", "sponsor", "organize", "organise"})
BROKERED = frozenset({"broker", "mediate", "host", "sponsor", "back", "facilitate", "chair", "lead"})
WHOLE = frozenset({"both", "two", "side", "sides"})  # "the two sides": those that the sentence names
TO_VISIT = frozenset({"visit", "trip", "tour"})


def parties_of(reading: Reading, i: int, chain: Sequence[int]) -> tuple[Actor, ...]:
    """Who meets: named with the noun ("US-Russian talks", "talks between A and B"), and the subject of its verb."""
    tokens = reading.tokens
    found = [*_actors_below(reading, i), *_proposers(reading, i, chain), *_visited(reading, i, chain)]
    for verb in chain[:2]:
        if verb == i:
            met = [*_objects_of_verb(reading, i), *_hosts(reading, i)]
            found = met if _only_hosts(reading, i, met) else [*_of_subjects(reading, i), *met]
        elif tokens[verb].lemma == "invite" and not is_passive(tokens, verb):
            found = [*found, *_invited(reading, verb)]
            break
        elif tokens[verb].lemma in HOSTING:
            between = [a for n in prep_objects(tokens, verb, "between") for a in actors_at(reading, n)]
            found = [*found, *between, *_with(reading, verb)] or actors_of_subject(reading, verb)
            break
        elif _is_for_others(tokens, i, verb, found):
            break
        elif _names_parties(tokens, i, verb) or travels_to(reading, i, verb):
            found = [*(_of_subjects(reading, verb) or actors_of_subject(reading, verb)), *found, *_with(reading, verb)]
    found = found or _told_otherwise(reading, i, chain)
    if chain and _is_occasion(tokens, i) and not is_passive(tokens, chain[0]):
        found = [*actors_of_subject(reading, chain[0]), *found]
    return tuple(_said_together(reading, i, [actor for actor in found if not _is_broker(reading, actor)]))


def _visited(reading: Reading, i: int, chain: Sequence[int]) -> Iterator[Actor]:
    """The state that a visit goes to: "a trip to Kyiv", "arrived in Warsaw for a visit", "is due in Kiev for a visit"."""
    tokens = reading.tokens
    if tokens[i].lemma not in TO_VISIT:
        return
    yield from states_after(reading, i, "to", "of")
    for verb in chain[:1]:
        for at in (verb, *children(tokens, verb, "acomp")):
            yield from states_after(reading, at, "in", "to") if tokens[at].lemma in travel_verbs() else ()


def _told_otherwise(reading: Reading, i: int, chain: Sequence[int]) -> list[Actor]:
    """Who meets where neither the meeting's word nor its verbs tell: by the owner of a subject, by "they", by "between"."""
    tokens = reading.tokens
    found: list[Actor] = []
    if is_verb(tokens[i]):
        found = [a for n in subjects(tokens, i) for c in children(tokens, n, "poss", "compound") for a in actors_at(reading, c)]
    if not found and chain and any(tokens[n].lower == "they" for n in subjects(tokens, chain[0])):
        found = _pair_before(reading, min(chain[0], i))
    if not found and chain:  # "the talks ended without a deal between Chile and Peru"
        found = [a for n in _between(tokens, chain[0]) for a in actors_at(reading, n)]
    return found


def _is_for_others(tokens: Tokens, i: int, verb: int, found: Sequence[Actor]) -> bool:
    """ "Oman has proposed a meeting of the Kyrgyz and Tajik presidents": two sides that are named, and Oman is none."""
    states = {actor.state for actor in found if actor.id}
    return len(states) > 1 and fate_of(tokens, i, verb) == "proposed"


def _of_subjects(reading: Reading, verb: int) -> list[Actor]:
    """The actors of a subject, those of the joined ones that only an adjective names among them: "and Armenian commissions"."""
    found = actors_of_subject(reading, verb)
    if not found:
        return []
    apart = [n for n in subjects(reading.tokens, verb) if not actors_at(reading, n)]
    return [*found, *(a for n in apart for c in children(reading.tokens, n, "amod", "poss") for a in actors_at(reading, c))]


def _invited(reading: Reading, verb: int) -> list[Actor]:
    """ "Invited Chad's government and the rebels to talks": they; whoever invites one side is the other."""
    guests = [a for n in objects(reading.tokens, verb) for a in actors_at(reading, n)]
    return guests if len(guests) > 1 else [*actors_of_subject(reading, verb), *guests]


def _only_hosts(reading: Reading, verb: int, met: Sequence[Actor]) -> bool:
    """ "Rome will host the leaders of Tunisia and Libya": a state that has two sides at its table is no third one."""
    hosts = actors_of_subject(reading, verb)
    several = len({(actor.id or actor.words).split(".")[0] for actor in met}) > 1
    return reading.tokens[verb].lemma == "host" and several and not any(is_person(actor) for actor in hosts)


def _proposers(reading: Reading, i: int, chain: Sequence[int]) -> list[Actor]:
    """ "A Polish proposal for talks": who made it would take part; so would who accepts a proposal to hold them."""
    tokens = reading.tokens
    if chain and tokens[chain[0]].dep == "acl" and tokens[tokens[chain[0]].head].lemma in words_with_status("noun"):
        noun = tokens[chain[0]].head
        own = [a for c in children(tokens, noun, "amod", "poss", "compound", "nmod") for a in actors_at(reading, c)]
        return [*own, *actors_of_subject(reading, tokens[noun].head)] if own else []
    if not fate_by_noun(tokens, i):
        return []
    noun = tokens[tokens[i].head].head
    return [a for c in children(tokens, noun, "amod", "poss", "compound", "nmod") for a in actors_at(reading, c)]


def _is_occasion(tokens: Tokens, i: int) -> bool:
    """ "After a meeting with the Turkish president, the NATO chief said": who speaks took part."""
    above = tokens[tokens[i].head]
    one_sided = any(tokens[c].lower == "with" for c in tokens[i].children)
    return one_sided and above.dep == "prep" and above.lower in ("after", "during", "at", "following", "before", "in")


def _said_together(reading: Reading, i: int, found: list[Actor]) -> list[Actor]:
    """ "The two sides will meet, Chile and Peru said": where the parties are unresolved, the two sides of the sentence."""
    if not any(actor.id is None and WHOLE & set(actor.words.lower().split()) for actor in found):
        return found
    if any(actor.id for actor in found):
        return [actor for actor in found if actor.id]
    sentence = reading.tokens[i].sentence
    named = [a for m in _actors_of(reading, sentence) if m.via != "place" for a in m.actors]
    sides = {actor.state: actor for actor in reversed(named) if actor.id}
    return list(reversed(sides.values())) if len(sides) == 2 else found


def _pair_before(reading: Reading, i: int) -> list[Actor]:
    """The two sides that a sentence joins before "they", by "and" or a meeting: "both spoke, and they agreed to meet"."""
    tokens = reading.tokens
    marks = [m for m in _actors_of(reading, tokens[i].sentence) if m.via != "place" and m.head < i]
    named = [(m.head, a) for m in marks for a in m.actors if a.id]
    sides = {actor.state: (head, actor) for head, actor in reversed(named)}
    if len(sides) != 2:
        return []
    (first, _), (last, _) = sorted(sides.values(), key=lambda pair: pair[0])
    together = first == last or tokens[last].dep == "conj" or any(format_of(reading, n) for n in range(first, last))
    return [actor for _, actor in sides.values()] if together else []


def _actors_of(reading: Reading, sentence: int) -> Sequence[ActorMark]:
    whole = reading.sentences[sentence]
    first, end = (bisect_left(reading.actors, place, key=lambda mark: mark.start) for place in (whole.start, whole.end))
    return reading.actors[first:end]


def _is_broker(reading: Reading, actor: Actor) -> bool:
    """ "UN-brokered talks": who brokers them is not between whom they are held."""
    i = reading.token_starts.get(actor.start)
    if i is None:
        return False
    following = [t for t in reading.tokens[i + 1 : i + 5] if t.start <= actor.end + 12]
    return any(
        t.lower == "-" and t.start == actor.end and n.lower.endswith("ed") and _verb_of(n.lower) in BROKERED
        for t, n in pairwise(following)
    )


def _verb_of(participle: str) -> str:
    return next(
        (verb for verb in BROKERED if participle in (verb + "ed", verb + "d") or participle == "led" == verb[:-2] + "d"), ""
    )


def _names_parties(tokens: Tokens, i: int, verb: int) -> bool:
    """Whether the verb's subject takes part: "Iran agreed to hold talks" as against "Iran was told of the talks"."""
    if is_passive(tokens, verb):
        return False
    attended = is_attended(tokens, verb)
    fate = "held" if attended else fate_of(tokens, i, verb) or fate_by_noun(tokens, i)
    if fate is None or (tokens[verb].lemma in CALLING and fate not in CALLED_OFF):
        return False
    below = i
    for g in governors(tokens, i):
        if g == verb:
            return tokens[below].dep in ("dobj", "xcomp", "prep", "pobj", "ccomp", "acomp")
        below = g
    return False


def _objects_of_verb(reading: Reading, verb: int) -> list[Actor]:
    """Whom a verb of meeting meets; a visited place stands for its state: "will visit Kyiv". What is discussed meets nobody."""
    tokens = reading.tokens
    if tokens[verb].lemma in ("discuss", "negotiate"):
        return _with(reading, verb, "with")
    visits = tokens[verb].lemma in ("visit", "tour")
    met: list[Actor] = []
    for n in objects(tokens, verb):
        mark = reading.actors_at.get(n)
        if mark and (mark.via != "place" or visits):
            met.extend(mark.actors)
        elif visits and (state := state_at(reading, n)):
            met.append(state)
    return [*met, *_with(reading, verb)]


def _hosts(reading: Reading, verb: int) -> list[Actor]:
    """ "Was received by the premier": who receives takes part."""
    agents = children(reading.tokens, verb, "agent") if is_passive(reading.tokens, verb) else []
    return [actor for c in agents for n in children(reading.tokens, c, "pobj") for actor in actors_at(reading, n)]


def _with(reading: Reading, verb: int, *prepositions: str) -> list[Actor]:
    """Actors after these prepositions, else "with" or "to", below the verb or its means: "spoke by telephone with"."""
    tokens = reading.tokens
    means = [
        n
        for c in children(tokens, verb, "prep")
        if tokens[c].lower in ("by", "on", "over")
        for n in children(tokens, c, "pobj")
        if tokens[n].lemma in PHONES
    ]
    found = [n for at in (verb, *means) for n in prep_objects(tokens, at, *(prepositions or ("with", "to")))]
    for preposition in children(tokens, verb, "prep"):  # "met with visiting Minister Chang": the parse has a verb there
        if tokens[preposition].lower == "with":
            found += [n for v in children(tokens, preposition, "pcomp") for n in objects(tokens, v)]
    return [actor for n in found for actor in actors_at(reading, n) or _actors_below(reading, n)]


def _actors_below(reading: Reading, i: int) -> Iterator[Actor]:
    """Actors that the noun itself names, before it or after a preposition of parties."""
    tokens = reading.tokens
    for c in tokens[i].children:
        if tokens[c].tag == "WP$":  # "Syria and Turkey, whose meeting fell through"
            clause = next((g for g in governors(tokens, i) if tokens[g].dep == "relcl"), None)
            yield from actors_at(reading, tokens[clause].head) if clause is not None else ()
        elif c < i and tokens[c].dep in ("compound", "amod", "poss", "nmod"):
            for n in subtree(tokens, c):
                yield from actors_at(reading, n)
        elif tokens[c].tag == "VBN" and tokens[c].dep == "acl" and tokens[c].lemma in BROKERED:  # "brokered by Oman between"
            yield from (a for n in _between(tokens, c) for a in actors_at(reading, n) or _actors_below(reading, n))
        elif tokens[c].lower in PARTY_PREPOSITIONS:
            for one in children(tokens, c, "pobj"):
                for n in conjuncts(tokens, one):
                    yield from actors_at(reading, n) or _actors_below(reading, n)


def _between(tokens: Tokens, verb: int) -> list[int]:
    """What follows "between" anywhere below a participle: parses hang it on the broker."""
    return [
        m
        for n in subtree(tokens, verb)
        if tokens[n].lower == "between"
        for one in children(tokens, n, "pobj")
        for m in conjuncts(tokens, one)
    ]


def sides_of(reading: Reading, actors: Sequence[Actor]) -> tuple[Actor, ...]:
    """Each party once; a joint body stands for its sides, "diplomats from Iran" for Iran."""
    found: dict[str, Actor] = {}
    for actor in _of_origin(reading, actors):
        for side in _members().get(actor.id or "", ()):
            found.setdefault(side, replace(actor, id=side, name=actor_names()[side]))
        if actor.id not in _members():
            found.setdefault(actor.id or actor.words, actor)
    return tuple(found.values())


def _of_origin(reading: Reading, actors: Sequence[Actor]) -> Iterator[Actor]:
    """Actors, with those whom "from" names in place of the unresolved: "diplomats from Iran and Oman"."""
    for actor in actors:
        at = bisect_left(reading.actors, actor.start, key=lambda mark: mark.start) if actor.id is None else len(reading.actors)
        head = next((mark.head for mark in reading.actors[at : at + 1] if mark.start == actor.start), None)
        origin = prep_objects(reading.tokens, head, "from") if head is not None else []
        yield from [a for n in origin for a in actors_at(reading, n)] or [actor]


@lru_cache
def _members() -> dict[str, tuple[str, ...]]:
    """Joint bodies whose sessions are meetings of their sides: the NATO-Russia Council -> NATO, Russia."""
    return {row["id"]: tuple(row["parties"]) for row in rows("organizations", "organization", "id") if "parties" in row}
