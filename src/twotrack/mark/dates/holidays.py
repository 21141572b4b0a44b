"""Holidays that reports date by: "a truce for Orthodox Christmas", "by Thanksgiving". Their rules stand in data/dates.toml.

Fixed dates, nth weekdays of a month, days from Easter of either calendar, American election days, and the feasts of the
Islamic, Hebrew, Persian and Chinese calendars. Islamic ones are vague: their days depend on the sighting of the moon.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from twotrack.lexicon import Row, rows
from twotrack.mark.dates import calendar, feasts
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


def holidays_in(holiday: Row, year: int) -> list[tuple[Row, date]]:
    """The days of a holiday in a year, each with its row: two for "Eid", which may be either feast."""
    named = [row for _, row in _by_words() if row["words"] in holiday.get("either", ())] or [holiday]
    return [(row, holiday_in(row, year)) for row in named]


def holiday_in(holiday: Row, year: int) -> date:
    """The day of a holiday in a year."""
    if "day" in holiday:
        month, day = map(int, holiday["day"].split("-"))
        return date(year, month, day)
    if "weekday" in holiday:
        return calendar.nth_weekday(year, *holiday["weekday"])
    if "election" in holiday:
        return calendar.nth_weekday(year, 11, 0, 1) + timedelta(days=1)  # the Tuesday after the first Monday
    if "orthodox_easter" in holiday:
        return feasts.orthodox_easter(year) + timedelta(days=holiday["orthodox_easter"])
    if "easter" in holiday:
        return feasts.easter(year) + timedelta(days=holiday["easter"])
    return _of_another_calendar(holiday, year)


def _of_another_calendar(holiday: Row, year: int) -> date:
    if "islamic" in holiday:
        return feasts.islamic_in(year, *holiday["islamic"])
    if "hebrew" in holiday:
        return feasts.hebrew_in(year, *holiday["hebrew"])
    return feasts.nowruz_in(year) if "persian" in holiday else feasts.lunar_new_year_in(year)
