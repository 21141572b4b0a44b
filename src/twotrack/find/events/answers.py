"""Whose offer, demand or threat an answer is to: "Iceland turned the offer down" rejects Britain, who made it.

An answer that names nobody is to whoever made, not long before in the report, what such a word can mean.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from twotrack.find.events.spans import trigger_of
from twotrack.model import Event
from twotrack.reading import Reading
from twotrack.syntax import Tokens, children, objects, prep_objects

ANSWERS = frozenset({"REJECT", "AGREE", "CONCEDE", "SUPPORT"})
MADE = {
    "offer": ("AGREE", "REQUEST"),
    "proposal": ("AGREE", "REQUEST"),
    "plan": ("AGREE", "REQUEST"),
    "invitation": ("AGREE", "REQUEST"),
    "demand": ("REQUEST",),
    "request": ("REQUEST",),
    "appeal": ("REQUEST",),
    "call": ("REQUEST",),
    "ultimatum": ("THREATEN", "REQUEST"),
    "threat": ("THREATEN",),
    "warning": ("THREATEN",),
    "accusation": ("ACCUSE",),
    "charge": ("ACCUSE",),
    "allegation": ("ACCUSE",),
    "complaint": ("ACCUSE",),
}  # what an answer is to, by the types of the events that make it
POINTING = frozenset({"the", "this", "that", "these", "those"})
NEAR = 3  # sentences back


def addressed(reading: Reading, events: Iterable[Event]) -> Iterator[Event]:
    """The events of a report in text order, answers without a target with that of what they answer."""
    before: list[tuple[int, Event]] = []
    for event in events:
        trigger = trigger_of(reading, event)
        sentence = reading.tokens[trigger].sentence
        kinds = _answered(reading.tokens, trigger) if event.type in ANSWERS and event.source and not event.target else ()
        if maker := _maker(before, sentence, kinds, event):
            event = replace(event, target=maker.source)
        before.append((sentence, event))
        yield event


def _maker(before: Sequence[tuple[int, Event]], sentence: int, kinds: tuple[str, ...], answer: Event) -> Event | None:
    """The last event near before an answer by which somebody else made what it answers."""
    near = takewhile(lambda told: sentence - told[0] <= NEAR, reversed(before))
    made = (e for _, e in near if e.type in kinds and e.status != "denied" and e.source)
    return next((e for e in made if _is_other(e, answer)), None)


def _answered(tokens: Tokens, trigger: int) -> tuple[str, ...]:
    """The types of what "the offer" at an answer can point to."""
    for n in (*objects(tokens, trigger), *prep_objects(tokens, trigger, "to", "with"), *children(tokens, trigger, "nsubjpass")):
        below = [tokens[c] for c in tokens[n].children]
        bare = not any(c.dep in ("amod", "poss", "prep", "acl", "relcl", "compound") for c in below)
        if tokens[n].lemma in MADE and bare and any(c.lower in POINTING for c in below):
            return MADE[tokens[n].lemma]
    return ()


def _is_other(made: Event, answer: Event) -> bool:
    """Whether somebody known made it who is not the one that answers."""
    own = {actor.state or actor.words for actor in answer.source}
    return all(actor.id and (actor.state or actor.words) not in own for actor in made.source)
