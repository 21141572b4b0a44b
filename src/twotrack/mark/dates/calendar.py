"""The arithmetic of the calendar: days, weeks, months, quarters, seasons, years as stretches of days with TIMEX3 values.

"January 10" in 2022 is the stretch (2022-01-10, 2022-01-10, "day", "2022-01-10"); "the third quarter" (…-07-01, …-09-30).
Whatever leaves the years 1 to 9999 raises ValueError or OverflowError, which the marker turns into "unresolved".
"""

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from twotrack.model import Granularity

SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}  # first month; meteorological, in the north, as newspapers use them
UNITS: dict[str, Granularity] = {
    "D": "day", "N": "day", "W": "week", "F": "week", "WE": "week", "M": "month", "Q": "quarter", "H": "quarter", "Y": "year",
    "E": "decade", "C": "vague",
}  # fmt: skip
# First month and number of months of the parts of a year (four each) and of a decade (four, three and three years).
PARTS = {
    "year": {"early": (1, 4), "mid": (5, 4), "late": (9, 4)},
    "decade": {"early": (1, 48), "mid": (49, 36), "late": (85, 36)},
}


class Stretch(NamedTuple):
    """Days from `start` to `end`, both included, with the TIMEX3 value that names them."""

    start: date
    end: date
    granularity: Granularity
    value: str


def day_of(day: date) -> Stretch:
    """A day as a stretch."""
    return Stretch(day, day, "day", day.isoformat())


def week_of(day: date) -> Stretch:
    """The ISO week, Monday to Sunday, that holds a day."""
    monday = day - timedelta(days=day.weekday())
    year, week, _ = day.isocalendar()
    return Stretch(monday, monday + timedelta(days=6), "week", f"{year:04d}-W{week:02d}")


def weekend_of(day: date) -> Stretch:
    """Saturday and Sunday of the ISO week that holds a day."""
    week = week_of(day)
    return Stretch(week.start + timedelta(days=5), week.end, "week", f"{week.value}-WE")


def month_of(year: int, month: int) -> Stretch:
    """A month; months before 1 and after 12 count into the years beside: month_of(2022, 0) is December 2021."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return Stretch(date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month", f"{year:04d}-{month:02d}")


def months_of(year: int, first: int, count: int, granularity: Granularity, value: str) -> Stretch:
    """Whole months as one stretch, from the `first` of a year on."""
    return Stretch(month_of(year, first).start, month_of(year, first + count - 1).end, granularity, value)


def quarter_of(year: int, quarter: int) -> Stretch:
    """A quarter of the calendar year; quarter 0 is the last one of the year before."""
    year, quarter = year + (quarter - 1) // 4, (quarter - 1) % 4 + 1
    return months_of(year, 3 * quarter - 2, 3, "quarter", f"{year:04d}-Q{quarter}")


def half_of(year: int, half: int) -> Stretch:
    """The first or second half of a year."""
    return months_of(year, 6 * half - 5, 6, "quarter", f"{year:04d}-H{half}")


def season_of(year: int, season: str) -> Stretch:
    """A season by the year in which it begins: season_of(2021, "WI") ends in February 2022."""
    return months_of(year, SEASONS[season], 3, "season", f"{year:04d}-{season}")


def year_of(year: int) -> Stretch:
    """A calendar year."""
    return months_of(year, 1, 12, "year", f"{year:04d}")


def decade_of(year: int) -> Stretch:
    """The decade that holds a year: that of 1994 is "199"."""
    first = year - year % 10
    return Stretch(date(first, 1, 1), date(first + 9, 12, 31), "decade", f"{first // 10:03d}")


def century_of(year: int) -> Stretch:
    """The century that holds a year, from its first year, as the calendar counts: 1901 to 2000 is "19"."""
    number = (year - 1) // 100
    return Stretch(date(100 * number + 1, 1, 1), date(100 * number + 100, 12, 31), "vague", f"{number:02d}")


def shifted(day: date, unit: str, count: int) -> Stretch:
    """The unit that holds a day, `count` units on: shifted(date(2021, 12, 31), "M", 1) is January 2022."""
    if unit in ("D", "N"):
        return day_of(day + timedelta(days=count))
    if unit in ("W", "F"):
        return week_of(day + timedelta(days=count * (7 if unit == "W" else 14)))
    if unit == "WE":
        return weekend_of(day + timedelta(days=7 * count))
    if unit == "M":
        return month_of(day.year, day.month + count)
    if unit == "Q":
        return quarter_of(day.year, (day.month + 2) // 3 + count)
    if unit == "Y":
        return year_of(day.year + count)
    return decade_of(day.year + 10 * count) if unit == "E" else century_of(day.year + 100 * count)


def same_day(day: date, unit: str, count: float) -> date:
    """The day `count` units on, at the month's end where that month is shorter: 31 January and a month is 28 February."""
    if unit in ("D", "N", "W", "F"):
        return day + timedelta(days=round(count * {"W": 7, "F": 14}.get(unit, 1)))
    months = round(count * {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200}.get(unit, 0))
    month = month_of(day.year, day.month + months)
    return month.start.replace(day=min(day.day, month.end.day))


def like(stretch: Stretch, unit: str, count: int) -> Stretch:
    """A stretch of the same kind, `count` units on: the third quarter of 1989 less a year is the third quarter of 1988."""
    if stretch.granularity == "day" or unit in ("D", "N"):
        return day_of(same_day(stretch.start, unit, count))
    if stretch.granularity == "season" and unit == "Y":
        return season_of(stretch.start.year + count, stretch.value[-2:])
    own = {"week": "W", "month": "M", "quarter": "Q"}.get(stretch.granularity, unit)
    return shifted(same_day(stretch.start, unit, count), own, 0)


def narrowed(stretch: Stretch, part: str) -> Stretch:
    """A part of a stretch, by thirds: "early" and "start", "mid", "late" and "end"; a single day stays whole.

    "early April" -> 1 to 10 April; "early 2021" -> January to April; "the late 1980s" -> 1987 to 1989; "the end of the
    year" -> its last month, since plans for it mean December.
    """
    if stretch.granularity in ("year", "decade") and part in ("early", "mid", "late"):
        first, count = PARTS[stretch.granularity][part]
        return months_of(stretch.start.year, first, count, stretch.granularity, stretch.value)
    days = (stretch.end - stretch.start).days + 1
    third = max(1, days // 3)
    start, end = stretch.start, stretch.end
    if part in ("start", "end") and stretch.granularity == "year":
        month = month_of(start.year, 1 if part == "start" else 12)
        return stretch._replace(start=month.start, end=month.end)
    if part in ("early", "start"):
        end = start + timedelta(days=third - 1)
    elif part == "mid":
        start, end = start + timedelta(days=third), end - timedelta(days=third)
    elif part in ("late", "end"):
        start = end - timedelta(days=third - 1)
    return stretch._replace(start=start, end=end)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth weekday of a month (Monday 0), from its end where nth is negative: nth_weekday(2021, 11, 3, 4) = 25 November."""
    if nth > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    last = month_of(year, month).end
    return last - timedelta(days=(last.weekday() - weekday) % 7 + 7 * (-nth - 1))
