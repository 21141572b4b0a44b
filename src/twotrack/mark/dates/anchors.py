"""What a date is counted from, and how it came by its days: "two days after the call", "the next day", "tomorrow".

"They spoke on December 20. ... Two days after the call, troops moved": the call was on December 20, so that is December 22.
"""

from collections.abc import Sequence
from typing import NamedTuple

from twotrack.mark.dates.calendar import Stretch
from twotrack.mark.dates.senses import Sense
from twotrack.mark.dates.timewords import Expression, value_of
from twotrack.model import DateMark, How
from twotrack.reading import Reading
from twotrack.syntax import Tokens, children, governors

NEARBY = 3  # sentences back in which "the next day" finds its date: what news tell in a row; further back it is another story
EVENT_WORDS = 8  # tokens after "two days after" in which the event is named: "the long-awaited call between the presidents"
EVENT_MARKS = 20  # dates looked back over for the one of an event; a bound on long texts
EVENT_REACH = 60  # tokens on either side of a date in which its event is named: a long sentence, and a bound on broken ones
STEM = 4  # letters that "meeting" and "met with", "invasion" and "invaded" have in common at least
WHOLE = ("YEAR", "ISO", "SLASHED", "DECADE", "NINETIES")  # classes of words that name a year
KIN = {"meet": "talk", "speak": "call", "phone": "call", "telephone": "call", "negotiate": "talk", "kill": "attack"}


class Anchor(NamedTuple):
    """A date that later expressions are counted from, and where it stands."""

    stretch: Stretch
    start: int
    end: int
    sentence: int


def how_of(expression: Expression, sense: Sense, asked: bool, published: How) -> How:
    """How a sense came by its days; `asked` where it asked for the tense of its clause, `published` its day's own origin."""
    if sense.stretch is None:
        return "undated"
    if sense.how:
        return sense.how
    if asked and sense.type != "DURATION":
        return "tense"
    said = any(value_of(kind, word.lower) is not None for kind in WHOLE for word in expression.words)
    named = expression.rule.meaning in ("century", "year_in_words")
    return "stated" if said or named else published


def event_after(tokens: Tokens, last: int) -> int | None:
    """The token of the event in "two days after the call": the noun after "after", or the verb of its clause."""
    at = last + 1
    if at >= len(tokens) or tokens[at].lower not in ("after", "before"):
        return None
    if below := children(tokens, at, "pobj", "pcomp"):
        return below[0]
    if tokens[at].dep == "mark":
        return tokens[at].head
    return next((token.i for token in tokens[at + 1 : at + EVENT_WORDS] if token.pos in ("NOUN", "PROPN")), None)


def date_of_event(reading: Reading, event: int, marks: Sequence[DateMark], own: int) -> DateMark | None:
    """The date that the report gives an event: beside it ("the call on January 3"), or where it told of it before.

    `own` is the place in `marks` of the expression that is counted from the event.
    """
    tokens = reading.tokens
    for mark in marks[own + 1 : own + 3]:
        if _is_day(mark) and any(g == event for g in governors(tokens, mark.head)):
            return mark
    for mark in reversed(marks[max(0, own - EVENT_MARKS) : own]):
        sentence = reading.sentences[tokens[mark.head].sentence]
        if not _is_day(mark) or sentence.i == tokens[event].sentence:
            continue
        near = range(max(sentence.first, mark.head - EVENT_REACH), min(sentence.last, mark.head + EVENT_REACH))
        if any(_is_kin(tokens[n].lemma, tokens[event].lemma) for n in near):
            return mark
    return None


def _is_day(mark: DateMark) -> bool:
    return mark.type in ("DATE", "TIME") and mark.when.start is not None and mark.when.granularity != "vague"


def _is_kin(one: str, other: str) -> bool:
    """Whether two lemmas tell of one deed: "invasion" and "invade", "call" and "speak"."""
    if one == other or KIN.get(one) == other:
        return True
    shared = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return shared >= max(STEM, min(len(one), len(other)) - 2)


def nearest_before(marks: Sequence[DateMark], own: int, reading: Reading) -> DateMark | None:
    """The date before this one within a few sentences, in another sentence."""
    sentence = reading.tokens[marks[own].head].sentence
    for mark in reversed(marks[max(0, own - EVENT_MARKS) : own]):
        gap = sentence - reading.tokens[mark.head].sentence
        if gap > NEARBY:
            return None
        if gap and _is_day(mark):
            return mark
    return None


def stretch_of(mark: DateMark) -> Stretch:
    """The days of a mark that has some."""
    when = mark.when
    assert when.start is not None, "only marks with days are counted from"
    return Stretch(when.start, when.end or when.start, when.granularity, mark.value)
