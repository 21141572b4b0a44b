"""Speakers whom their words alone do not tell, as those who spoke before tell them.

"Two diplomats said ... One of them added ...", "A ministry spokesman said ... The spokesman warned ...", "Sudan's army said ...
an army spokesman denied ...": the second speaker is known from the first. What stays unknown stays as it is written.
"""

from bisect import bisect_left
from dataclasses import replace
from typing import NamedTuple

from twotrack.find.statements.speakers import source_tokens
from twotrack.model import Actor, ActorMark, Span
from twotrack.reading import Reading
from twotrack.syntax import children

ONE_OF_MANY = frozenset({"one", "another", "both", "two", "some", "others"})
GROUPS = frozenset({"them", "other", "others", "officials", "diplomats", "sources"})
NUMBERS = frozenset({"two", "three", "four", "five", "several", "some", "many", "other", "officials", "diplomats", "sources"})
DEFINITE = frozenset({"the", "that", "this"})
PERSONAL = frozenset({"he", "she"})
IMPERSONAL = frozenset({"it", "they"})
SPOKEN_FOR = frozenset({"army", "navy", "military", "ministry", "government", "parliament", "police", "presidency"})
LONGEST = 3  # words; "the ministry spokesman" may be one named before, a longer phrase names somebody itself
LOOK_BACK = 50  # statements; no report of 924 articles has speakers that go back so far, and a bound for hostile text
STATE = 3  # letters of a state's id


class Said(NamedTuple):
    """A statement's speakers and the token of its cue."""

    speakers: tuple[Actor, ...]
    cue: int


def recalled(reading: Reading, speaker: Actor, said: list[Said]) -> Actor:
    """An unresolved speaker as resolved from what stands before, else as it is; an unnamed official stays unnamed as "he"."""
    last = said[-1].speakers if said else ()
    if speaker.words.lower() in PERSONAL and speaker.id is not None and speaker.person is None:
        again = len(last) == 1 and last[0].id == speaker.id and last[0].anonymous
        return replace(speaker, anonymous=speaker.anonymous or again)
    if speaker.id is not None or not (words := speaker.words.lower().split()):
        return speaker
    known = _known(reading, speaker, words, said)
    if known is None:
        return speaker
    return replace(known, words=speaker.words, start=speaker.start, end=speaker.end)


def _known(reading: Reading, speaker: Actor, words: list[str], said: list[Said]) -> Actor | None:
    before = [actor for one in reversed(said[-LOOK_BACK:]) for actor in one.speakers]
    if words[0] in ONE_OF_MANY and (len(words) == 1 or words[-1] in GROUPS):
        return next((actor for actor in before if _is_group(actor) or (words[0] == "another" and actor.anonymous)), None)
    if words[0] in PERSONAL and len(words) == 1:
        return next((actor for actor in before[:1] if _is_person(reading, actor)), None)
    if words[0] in IMPERSONAL and len(words) == 1:
        return _subject_before(reading, speaker, said)
    if words[0] in DEFINITE and len(words) <= LONGEST:
        return next((actor for actor in before if actor.id and words[-1] in actor.words.lower().split()), None)
    return _spoken_for(reading, speaker, words, said)


def _is_group(actor: Actor) -> bool:
    return actor.number == "many" or actor.words.split()[0].lower() in NUMBERS


def _is_person(reading: Reading, actor: Actor) -> bool:
    """Whether a speaker is one man or woman: named, or without a name and not several."""
    if actor.person is not None:
        return True
    named = any(reading.tokens[n].ent == "PERSON" for n in source_tokens(reading, Span(actor.start, actor.end)))
    return named or (actor.anonymous and not _is_group(actor))


def _subject_before(reading: Reading, speaker: Actor, said: list[Said]) -> Actor | None:
    """The body that spoke before in the sentence, or is the subject of the one before: "The ministry closed ... It said"."""
    i = reading.token_starts.get(speaker.start)
    if i is None:
        return None
    tokens, number = reading.tokens, reading.tokens[i].sentence
    found: list[Actor] = []
    if said and tokens[said[-1].cue].sentence == number:
        found = list(said[-1].speakers)
    elif number and reading.sentences[number - 1].paragraph == reading.sentences[number].paragraph:
        heads = children(tokens, reading.sentences[number - 1].root, "nsubj")
        found = [actor for n in heads if n in reading.actors_at for actor in reading.actors_at[n].actors]
    return found[0] if len(found) == 1 and found[0].id and found[0].person is None else None


def _spoken_for(reading: Reading, speaker: Actor, words: list[str], said: list[Said]) -> Actor | None:
    """The body of "army spokesman Nabil Abdallah": the army named before, or the government that spoke last beside it."""
    body = next((word for word in words if word in SPOKEN_FOR), None)
    if body is None:
        return None
    named = (actor for mark in _before(reading, speaker) for actor in mark.actors if actor.id)
    same = {actor.id: actor for actor in named if actor.words.lower().split()[-1:] == [body]}
    if len(same) == 1:
        return replace(next(iter(same.values())), person=None)
    return _government_beside(reading, speaker, said)


def _before(reading: Reading, speaker: Actor) -> tuple[ActorMark, ...]:
    n = bisect_left(reading.actors, speaker.start, key=lambda mark: mark.start)
    return reading.actors[max(0, n - 4 * LOOK_BACK) : n]


def _government_beside(reading: Reading, speaker: Actor, said: list[Said]) -> Actor | None:
    """The state whose government spoke last in the same paragraph."""
    if not said or len(said[-1].speakers) != 1:
        return None
    last, tokens = said[-1].speakers[0], reading.tokens
    here = next((p for p in reading.paragraphs if p.start <= speaker.start < p.end), None)
    if here is None or last.id is None or not here.start <= tokens[said[-1].cue].start:
        return None
    state, _, role = last.id.partition(".")
    if len(state) != STATE or not role.startswith("GOV"):
        return None
    return replace(last, id=f"{state}.GOV", name=None, person=None, anonymous=False)
