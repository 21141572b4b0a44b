"""What a temporal expression is read against, and what comes of it; the parts of meaning that all kinds share.

"Early next month" has the part "early" and the step 1, whatever unit it speaks of.
"""

from collections.abc import Callable
from datetime import date
from typing import Literal, NamedTuple

from twotrack.mark.dates import calendar
from twotrack.mark.dates.calendar import Stretch
from twotrack.mark.dates.timewords import Expression, value_of
from twotrack.model import How

TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
BACK = frozenset({"last", "past", "previous", "preceding", "prior"})
ON = frozenset({"next", "coming", "following", "upcoming", "subsequent"})
NARRATIVE = frozenset({"previous", "preceding", "prior", "following", "subsequent", "same", "that"})


class Context(NamedTuple):
    """What an expression is read against: the day of publication, its clause's direction, and what was dated before it."""

    published: date | None
    direction: Callable[[], tuple[int, int]]
    anchor: Stretch | None  # the nearest earlier date, a few sentences back at most
    quarter: Stretch | None  # the last quarter that the report named
    here: bool = False  # whether that stands in the same paragraph
    day_first: Callable[[], bool] = bool  # whether the report writes 10/1/2022 for 10 January
    sentence: Callable[[], frozenset[str]] = frozenset  # the lower-cased words of the sentence


class Sense(NamedTuple):
    """A reading of an expression. `stretch` is None where it cannot be dated, `relative` where publication would date it."""

    type: TimexType
    value: str
    stretch: Stretch | None = None
    relative: bool = False
    loose: bool = False  # a clock time whose day is another's: "at 3 p.m. GMT on January 10"
    how: How | None = None  # told where the meaning knows: "narrative" for what it counted from the date before


Meaning = Callable[[Expression, Context], Sense | None]


def dated(stretch: Stretch, kind: TimexType = "DATE", how: How | None = None) -> Sense:
    """A sense with its days: those of a stretch."""
    return Sense(kind, stretch.value, stretch, how=how)


def told(sense: Sense | None, narrative: bool) -> Sense | None:
    """A sense that says that it was counted from the date before it, where it was."""
    return sense._replace(how="narrative") if sense and sense.stretch and narrative else sense


def _part(expression: Expression) -> str:
    """ "early", "mid", "late", "start" or "end", where an expression opens with such a word."""
    first = expression.words[:3]
    found = [value_of("PARTWORD", w.lower) or value_of("VERGE", w.lower) for w in first]
    return next((str(part) for part in found if part), "")


def narrowed(expression: Expression, stretch: Stretch) -> Stretch:
    """A stretch cut to the part that an expression opens with: "early April"."""
    part = _part(expression)
    return calendar.narrowed(stretch, part) if part and stretch.granularity != "day" else stretch


def numbers(expression: Expression, *kinds: str) -> list[int]:
    """The numbers of its words of these classes: [10] for DAY in "January 10"."""
    return [int(v) for kind in kinds for v in expression.values(kind) if isinstance(v, (int, float))]


def step_of(lowers: list[str]) -> int | None:
    """-1, 0, 1 for "last", "this", "next"; None where there is no such word."""
    for lower in lowers:
        if lower in BACK or lower in ON:
            return -1 if lower in BACK else 1
        if lower in ("this", "current", "same", "that", "present"):
            return 1 if "coming" in lowers else -1 if "past" in lowers else 0
    return None


def year_said(expression: Expression, context: Context) -> int | None:
    """The year that an expression says: "March 2014", "April next year", "May of that year"; None where it says none."""
    if years := numbers(expression, "YEAR"):
        return years[0]
    lowers = expression.lowers()
    if "year" in lowers and context.published and "that" not in lowers:
        return context.published.year + (step_of(lowers) or 0)
    return context.anchor.start.year if "year" in lowers and context.anchor else None
