"""Holidays that reports date by: "a truce for Orthodox Christmas", "by Thanksgiving". Their rules stand in data/dates.toml.

Fixed dates, nth weekdays of a month, days from Easter of either calendar, American election days, and the feasts of the tabular
Islamic calendar, whose days are vague: they depend on the sighting of the moon.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from twotrack.lexicon import Row, rows
from twotrack.mark.dates import calendar
from twotrack.mark.dates.timewords import words_of


@lru_cache
def _by_words() -> tuple[tuple[str, Row], ...]:
    """Holidays with their words, longest first, so that "orthodox christmas" is found before "christmas"."""
    found = (
        (" ".join(word.lower for word in words_of(row["words"])), row) for row in rows("dates", "holiday", "words", "examples")
    )
    return tuple(sorted(found, key=lambda pair: -len(pair[0])))


def holiday_named(lowers: Sequence[str]) -> Row | None:
    """The holiday among lower-cased words: ["christmas", "day"]."""
    said = " ".join(lowers)
    return next((row for words, row in _by_words() if words in said), None)


def holiday_in(holiday: Row, year: int) -> date:
    """The day of a holiday in a year."""
    if "day" in holiday:
        month, day = map(int, holiday["day"].split("-"))
        return date(year, month, day)
    if "weekday" in holiday:
        return calendar.nth_weekday(year, *holiday["weekday"])
    if "election" in holiday:
        return calendar.nth_weekday(year, 11, 0, 1) + timedelta(days=1)  # the Tuesday after the first Monday
    if "islamic" in holiday:
        return calendar.islamic_in(year, *holiday["islamic"])
    if "orthodox_easter" in holiday:
        return calendar.orthodox_easter(year) + timedelta(days=holiday["orthodox_easter"])
    return calendar.easter(year) + timedelta(days=holiday["easter"])
