"""What temporal expressions mean, given the day of publication and the dates before them: a TIMEX3 type and value, and days.

One function a meaning; the rules of data/dates.toml name them. "Two weeks ago" in a report of 31 December 2021 is the week
2021-W50; a relative expression without that day keeps its words and a value with X for what is not known.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Literal, NamedTuple

from twotrack.mark import calendar
from twotrack.mark.calendar import Stretch
from twotrack.mark.quantities import number_in, period, quantity, unit_of
from twotrack.mark.tense import ADJACENT
from twotrack.mark.timewords import Expression, Word, value_of

TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
BACK = frozenset({"last", "past", "previous", "preceding", "prior"})
ON = frozenset({"next", "coming", "following", "upcoming", "subsequent"})
NARRATIVE = frozenset({"previous", "preceding", "prior", "following", "subsequent", "same", "that"})
# Days that "the coming days" and the like reach, by unit: they mean several, so up to six of them; a bound, not a guess at a day.
VAGUE_REACH = 6
# Further back than this, reports say "last March 12": a past tense that the date does not touch gives way to the coming one.
NEARLY_A_YEAR = timedelta(days=300)
SOON = timedelta(days=60)  # what a coming event is about may lie back as far: "will discuss the attack of December 12"


class Context(NamedTuple):
    """What an expression is read against: the day of publication, its clause's direction, and what was dated before it."""

    published: date | None
    direction: Callable[[], tuple[int, int]]
    anchor: Stretch | None  # the nearest earlier date of the paragraph
    quarter: Stretch | None  # the last quarter that the report named


class Sense(NamedTuple):
    """A reading of an expression. `stretch` is None where it cannot be dated, `relative` where publication would date it."""

    type: TimexType
    value: str
    stretch: Stretch | None = None
    relative: bool = False


Meaning = Callable[[Expression, Context], Sense | None]


def _dated(stretch: Stretch, kind: TimexType = "DATE") -> Sense:
    return Sense(kind, stretch.value, stretch)


def _part(expression: Expression) -> str:
    """ "early", "mid", "late", "start" or "end", where an expression opens with such a word."""
    first = expression.words[:3]
    found = [value_of("PARTWORD", w.lower) or value_of("VERGE", w.lower) for w in first]
    return next((str(part) for part in found if part), "")


def _narrowed(expression: Expression, stretch: Stretch) -> Stretch:
    part = _part(expression)
    return calendar.narrowed(stretch, part) if part and stretch.granularity != "day" else stretch


def _ints(expression: Expression, *kinds: str) -> list[int]:
    return [int(v) for kind in kinds for v in expression.values(kind) if isinstance(v, (int, float))]


def _step(lowers: list[str]) -> int | None:
    """-1, 0, 1 for "last", "this", "next"; None where there is no such word."""
    for lower in lowers:
        if lower in BACK or lower in ON:
            return -1 if lower in BACK else 1
        if lower in ("this", "current", "same", "that", "present"):
            return 1 if "coming" in lowers else -1 if "past" in lowers else 0
    return None


# --- days, weekdays, months -------------------------------------------------------------------------------------------


def calendar_date(expression: Expression, context: Context) -> Sense | None:
    """ "January 10", "Monday, Oct. 26", "next Thursday", "early April", "March 2014"."""
    months, days = _ints(expression, "MONTH"), _ints(expression, "DAY") or _ints(expression, "NTHDAY")
    year = _year_said(expression, context)
    if months and days:
        sense = _day_of_month(months[0], days[0], year, context)
    elif months:
        sense = _month(months[0], year, _step(expression.lowers()), context)
    else:
        sense = _weekday(expression, context)
    return _in_part_of_day(expression, sense)


def _in_part_of_day(expression: Expression, sense: Sense | None) -> Sense | None:
    """ "Thursday evening" is a TIME of its day."""
    parts = expression.values("PART")
    if sense and parts:
        return sense._replace(type="TIME", value=f"{sense.value}T{parts[0]}")
    if sense and sense.stretch:
        return sense._replace(stretch=_narrowed(expression, sense.stretch))
    return sense


def _year_said(expression: Expression, context: Context) -> int | None:
    if years := _ints(expression, "YEAR"):
        return years[0]
    lowers = expression.lowers()
    if "year" in lowers and context.published and "that" not in lowers:
        return context.published.year + (_step(lowers) or 0)
    return context.anchor.start.year if "year" in lowers and context.anchor else None


def _day_of_month(month: int, day: int, year: int | None, context: Context) -> Sense | None:
    if year is None and context.published is None:
        return Sense("DATE", f"XXXX-{month:02d}-{day:02d}", None, True) if _valid(2000, month, day) else None
    if year is None and context.published:
        years = (y for y in range(context.published.year - 4, context.published.year + 5) if _valid(y, month, day))
        found = _by_direction([date(y, month, day) for y in years], context.published, context.direction())
        return _dated(calendar.day_of(found)) if found else None
    return _dated(calendar.day_of(date(year or 1, month, day))) if _valid(year or 1, month, day) else None


def _valid(year: int, month: int, day: int) -> bool:
    return 1 <= day <= calendar.month_of(year, month).end.day


def _by_direction(days: list[date], published: date, direction: tuple[int, int]) -> date | None:
    """The day meant of those that the same words name in several years.

    The tense decides where the date hangs on the verb; a date that hangs on a noun ("talks on January 10") is the nearest.
    """
    ahead, strength = direction
    nearest = min(days, key=lambda day: abs(day - published), default=None)
    if nearest is None or not ahead or (strength == 0 and ahead > 0 and nearest + SOON >= published):
        return nearest
    if ahead > 0:
        return min((day for day in days if day >= published), default=nearest)
    past = max((day for day in days if day <= published), default=nearest)
    if strength < ADJACENT and nearest > published and published - past > NEARLY_A_YEAR:
        return nearest
    return past


def _month(month: int, year: int | None, step: int | None, context: Context) -> Sense:
    if year is not None:
        return _dated(calendar.month_of(year, month))
    if context.published is None:
        return Sense("DATE", f"XXXX-{month:02d}", None, True)
    now = context.published
    if step == 0:
        return _dated(calendar.month_of(now.year, month))
    if step:  # "last February" in March is not the month before, which is "last month"
        passed = month < now.month - 1 if step < 0 else month > now.month
        return _dated(calendar.month_of(now.year if passed else now.year + step, month))
    ahead, strength = context.direction()
    last = now.year if month <= now.month else now.year - 1
    coming = now.year if month >= now.month else now.year + 1
    back, on = (now.year - last) * 12 + now.month - month, (coming - now.year) * 12 + month - now.month
    if ahead < 0:
        future = strength == 0 and back >= 10 and on <= 2
    else:
        future = (ahead > 0 and strength > 0) or on < back
    return _dated(calendar.month_of(coming if future else last, month))


def _weekday(expression: Expression, context: Context) -> Sense | None:
    found = _ints(expression, "WEEKDAY", "WEEKDAYSHORT")
    if not found:
        return None
    now, lowers = context.published, expression.lowers()
    if "week" in lowers and now:
        week = calendar.shifted(now, "W", _step(lowers) or 0)
        return _dated(calendar.day_of(week.start + timedelta(days=found[0])))
    step = _step(lowers)
    if {"following", "previous", "same", "that"} & set(lowers) and step is not None and context.anchor:
        now = context.anchor.start
    if now is None:
        return Sense("DATE", f"XXXX-WXX-{found[0] + 1}", None, True)
    back, on = (now.weekday() - found[0]) % 7, (found[0] - now.weekday()) % 7
    if step is None or step == 0:
        ahead = context.direction()[0] > 0 or "coming" in lowers
        return _dated(calendar.day_of(now + timedelta(days=on) if ahead else now - timedelta(days=back)))
    if step < 0:
        return _dated(calendar.day_of(now - timedelta(days=back or 7)))
    same_week = found[0] > now.weekday() and "coming" not in lowers and "following" not in lowers
    return _dated(calendar.day_of(now + timedelta(days=(on or 7) + (7 if same_week else 0))))


def iso(expression: Expression, context: Context) -> Sense | None:
    year, month, day = map(int, expression.words[0].lower.split("-"))
    return _dated(calendar.day_of(date(year, month, day)))


def slashed(expression: Expression, context: Context) -> Sense | None:
    """ "1/10/2022": the month first, as American papers have it, unless it cannot be one; with full stops the day first."""
    words = expression.words[0].lower
    first, second, year = (int(part) for part in words.replace(".", "/").split("/"))
    year += 0 if year > 99 else 2000 if year < 50 else 1900
    month, day = (second, first) if "." in words or first > 12 else (first, second)
    return _dated(calendar.day_of(date(year, month, day)))


def near(expression: Expression, context: Context) -> Sense | None:
    """ "Today", "tomorrow", "late yesterday", "tonight", "this morning", "last night", "in the morning"."""
    lowers = expression.lowers()
    shift = 1 if "tomorrow" in lowers else -1 if "yesterday" in lowers or "last" in lowers else 0
    parts = expression.values("PART") or (["NI"] if "tonight" in lowers else [])
    narrative = "that" in lowers or ("the" in lowers and "this" not in lowers)
    base = context.anchor.start if narrative and context.anchor else context.published
    if base is None:
        return Sense("TIME" if parts else "DATE", f"XXXX-XX-XX{'T' + str(parts[0]) if parts else ''}", None, True)
    day = calendar.day_of(base + timedelta(days=shift))
    return Sense("TIME", f"{day.value}T{parts[0]}", day) if parts else _dated(day)


def week_of(expression: Expression, context: Context) -> Sense | None:
    """ "The week of March 6"."""
    sense = calendar_date(expression, context)
    return _dated(calendar.week_of(sense.stretch.start)) if sense and sense.stretch else sense


def beside(expression: Expression, context: Context) -> Sense | None:
    """ "The day after tomorrow", "the week after next", "two days before January 10"."""
    lowers = expression.lowers()
    at = next(n for n, lower in enumerate(lowers) if lower in ("after", "before"))
    sign, unit, count = (1 if lowers[at] == "after" else -1), unit_of(expression), quantity(expression)
    rest = expression._replace(words=expression.words[at + 1 :])
    if rest.lowers() in (["next"], ["last"]):
        now = context.published
        return _dated(calendar.shifted(now, unit, 2 * sign)) if now else Sense("DATE", "XXXX", None, True)
    sense = near(rest, context) if {"today", "tomorrow", "yesterday"} & set(rest.lowers()) else calendar_date(rest, context)
    if not sense or not sense.stretch or count is None or unit.startswith("T"):
        return sense._replace(value="XXXX-XX-XX", stretch=None) if sense else None
    return _dated(calendar.like(sense.stretch, unit, sign * round(count)))


# --- several days -----------------------------------------------------------------------------------------------------


def stretch(expression: Expression, context: Context) -> Sense | None:
    """ "January 10-13", "between March and May", "from Monday to Wednesday", "1992-1995"."""
    lowers = expression.lowers()
    at = max(n for n, lower in enumerate(lowers[:-1]) if lower in ("to", "through", "until", "and", "-", "–", "/") and n)
    left = expression._replace(words=expression.words[:at])
    right = expression._replace(words=expression.words[at + 1 :])
    if not _ints(expression, "MONTH", "WEEKDAY", "WEEKDAYSHORT"):
        return _years(left, right)
    shared = tuple(w for w in (*left.words, *right.words) if value_of("MONTH", w.lower))
    year = tuple(w for w in right.words if value_of("YEAR", w.lower))
    if not _ints(left, "MONTH") and _ints(left, "DAY", "NTHDAY"):
        left = left._replace(words=(*left.words, *shared[-1:]))
    if not _ints(right, "MONTH") and _ints(right, "DAY", "NTHDAY"):
        right = right._replace(words=(*shared[:1], *right.words))
    if not _ints(left, "YEAR") and _ints(left, "MONTH"):
        left = left._replace(words=(*left.words, *year))
    first, last = _place(left, context), _place(right, context)
    if not first or not last:
        return None
    if not first.stretch or not last.stretch:
        return Sense("DATE", f"{first.value}/{last.value}", None, True)
    return _joined(first.stretch, last.stretch, right)


def days_listed(expression: Expression, context: Context) -> Iterator[tuple[tuple[Word, ...], Sense]]:
    """ "January 10, 12 and 13": each day with the words that name it, the month with the one beside it."""
    words = expression.words
    months = [n for n, w in enumerate(words) if value_of("MONTH", w.lower)]
    days = [n for n, w in enumerate(words) if value_of("DAY", w.lower)]
    year = tuple(w for w in words if value_of("YEAR", w.lower))
    if not months or not days:
        return
    for n in days:
        said = words[months[0] : n + 1] if n == days[0] > months[0] else words[n:] if n == days[-1] < months[0] else (words[n],)
        meant = tuple(dict.fromkeys((words[months[0]], words[n], *year)))
        sense = calendar_date(expression._replace(words=meant), context)
        if sense:
            yield said, sense


def _place(expression: Expression, context: Context) -> Sense | None:
    """One end of a range; a year alone is a year."""
    if not _ints(expression, "MONTH", "WEEKDAY", "WEEKDAYSHORT"):
        return year(expression, context)
    return calendar_date(expression, context)


def _joined(first: Stretch, last: Stretch, right: Expression) -> Sense | None:
    """From the start of the first to the end of the last; a last one that came out before the first is the next of its name."""
    if last.end < first.start:
        if _ints(right, "YEAR"):
            return None
        weekly = not _ints(right, "MONTH")
        last = calendar.like(last, "D", 7) if weekly else calendar.like(last, "Y", 1)
        if last.granularity == "year" and not weekly:
            return None
    return _dated(Stretch(first.start, last.end, last.granularity, f"{first.value}/{last.value}"))


def _years(left: Expression, right: Expression) -> Sense | None:
    first, last = int(left.words[-1].lower), right.words[-1].lower
    second = int(last) if len(last) == 4 else int(str(first)[: 4 - len(last)] + last) if len(last) == 2 else 0
    if not (1800 <= first < second <= 2100):
        return None
    whole = Stretch(date(first, 1, 1), date(second, 12, 31), "year", f"{first}/{second}")
    return _dated(whole)


# --- distances --------------------------------------------------------------------------------------------------------


def from_event(expression: Expression, context: Context) -> Sense | None:
    """ "Two days after the call": a duration, dated from the nearest earlier date of the paragraph where there is one."""
    number, unit = quantity(expression), unit_of(expression)
    value = period(number, unit)
    if context.anchor is None or number is None or unit.startswith("T"):
        return Sense("DURATION", value)
    sense = _distant(context.anchor, None, unit, -number if expression.after == "before" else number)
    return Sense("DURATION", value, sense.stretch if sense else None)


def distance(expression: Expression, context: Context) -> Sense | None:
    """ "Two weeks ago", "three days later", "a year earlier", "two days after the call", "a month from now"."""
    lowers, unit = expression.lowers(), unit_of(expression)
    back = bool({"ago", "earlier", "before", "prior", "previously"} & set(lowers))
    number = None if len(lowers) == 2 and value_of("PLURAL", lowers[0]) else quantity(expression)
    anchored = not {"ago", "hence", "now", "today", "tomorrow"} & set(lowers)
    if number is None:
        return Sense("DATE", "PAST_REF" if back else "FUTURE_REF")
    if anchored and context.anchor is None and not (unit == "Y" and back):
        return Sense("DATE", "XXXX-XX-XX")
    base = context.anchor if anchored else None
    if unit == "Y" and number == 1 and back:  # in a report on a quarter, "a year ago" is that quarter a year before
        of_quarter = context.anchor is not None and context.anchor.granularity == "quarter"
        base = context.anchor if of_quarter else context.quarter if context.anchor is None else base
    if base is None and context.published is None:
        return Sense("DATE", "XXXX-XX-XX", None, True)
    return _distant(base, context.published, unit, -number if back else number)


def _distant(base: Stretch | None, published: date | None, unit: str, number: float) -> Sense | None:
    if unit.startswith("T"):
        day = base.start if base else published
        hours = number * {"TH": 60, "TM": 1}.get(unit, 0)
        return _dated(calendar.day_of(day)) if day and abs(hours) < 24 * 60 else Sense("DATE", "XXXX-XX-XX")
    if base is not None and base.granularity in ("day", "quarter", "month"):
        return _dated(calendar.like(base, unit, round(number)))
    day = base.start if base else published
    if day is None:
        return None
    if number % 1:
        return _dated(calendar.month_of(*calendar.same_day(day, unit, number).timetuple()[:2]))
    return _dated(calendar.shifted(day, unit, round(number)))


def shift(expression: Expression, context: Context) -> Sense | None:
    """ "Next month", "earlier this week", "the next day", "by the end of the year", "the following week", "the quarter"."""
    lowers = expression.lowers()
    units = [str(v) for v in expression.values("SPAN")]
    unit = units[-1] if units else "N" if expression.values("PART") else "Q" if "quarter" in lowers else ""
    step = _step(lowers) or 0
    narrative = bool(NARRATIVE & set(lowers)) or ("the" in lowers and "next" in lowers and unit in ("D", "N"))
    if unit == "Q" and "latest" in lowers and context.published:
        return _dated(calendar.shifted(context.published, "Q", -1))
    if unit == "Q" and context.quarter and "the" in lowers and "current" not in lowers:
        return _dated(calendar.like(context.quarter, "Q", step))
    if unit == "" or (unit == "Q" and "the" in lowers and step == 0 and "current" not in lowers):
        return Sense("DATE", f"{context.published.year}-QX" if context.published else "XXXX-QX") if unit else None
    base = context.anchor.start if narrative and context.anchor else None if narrative else context.published
    if base is None:
        return Sense("DATE", _unknown(unit), None, not narrative)
    found = _narrowed(expression, calendar.shifted(base, unit, step))
    if unit == "WE" and step == 0 and not narrative:
        found = _weekend(base, context)
    if parts := expression.values("PART"):
        return Sense("TIME", f"{found.value}T{parts[0]}", found)
    return _dated(found)


def _weekend(published: date, context: Context) -> Stretch:
    """The weekend past or coming, by the tense; on a Saturday or Sunday it is this one."""
    if published.weekday() > 4 or context.direction()[0] > 0:
        return calendar.weekend_of(published)
    return calendar.weekend_of(published - timedelta(days=7))


def _unknown(unit: str) -> str:
    return {"W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Q": "XXXX-QX", "Y": "XXXX"}.get(unit, "XXXX-XX-XX")


def span(expression: Expression, context: Context) -> Sense | None:
    """ "The past two months", "the coming days", "the first nine months": durations, the first two of them dated."""
    lowers, unit = expression.lowers(), unit_of(expression)
    at = next((n for n, lower in enumerate(lowers) if value_of("UNIT", lower) is not None), 0)
    if lowers[-1] == "year":
        return Sense("DURATION", "P1Y")
    plural = at and lowers[at - 1] in (*BACK, *ON, "recent", "first", "final", "the", "initial", "opening", "closing")
    number = None if plural else number_in([w for w in lowers[:at] if w not in ("the", "these", "this", "first")])
    value = period(number, unit)
    if unit.startswith("T") or context.published is None:
        return Sense("DURATION", value, None, not unit.startswith("T"))
    step = -1 if "recent" in lowers else 1 if {"ahead", "come"} & set(lowers) else _step(lowers) or 0
    if not step:
        return Sense("DURATION", value)
    return Sense("DURATION", value, _reach(context.published, unit, number, step, value))


def _reach(published: date, unit: str, number: float | None, step: int, value: str) -> Stretch:
    """The days from publication that a span reaches, back or on."""
    other = calendar.same_day(published, unit, step * (VAGUE_REACH if number is None else number))
    granularity = "vague" if number is None else calendar.UNITS[unit]
    return Stretch(min(published, other), max(published, other), granularity, value)


def duration(expression: Expression, context: Context) -> Sense | None:
    """ "For 50 minutes", "a two-week truce", "for weeks"; "within 10 days" and "in two weeks" reach on from publication."""
    lowers, unit = expression.lowers(), unit_of(expression)
    number = None if value_of("PLURAL", lowers[0]) or "many" in lowers else quantity(expression)
    value = period(number, unit)
    if context.published and not unit.startswith("T") and expression.before in ("within", "in"):
        ahead = context.direction()[0] > 0
        if expression.before == "within" and ahead:
            return Sense("DURATION", value, _reach(context.published, unit, number, 1, value))
        if expression.before == "in" and ahead and number is not None and number % 1 == 0:
            return Sense("DURATION", value, calendar.shifted(context.published, unit, round(number)))
    return Sense("DURATION", value)


# --- quarters, seasons, years -----------------------------------------------------------------------------------------


def quarter(expression: Expression, context: Context) -> Sense | None:
    """ "The third quarter of 2021", "this year's third quarter", "third-quarter exports", "Q3 2021"."""
    lowers = expression.lowers()
    found = _ints(expression, "QUARTERNAME") or _ints(expression, "NTH")
    if not found or found[-1] > 4:
        return None
    year, now = _year_said(expression, context), context.published
    ago = bool({"ago", "earlier"} & set(lowers))
    if year is None or ago:
        if now is None:
            return Sense("DATE", f"XXXX-Q{found[-1]}", None, True)
        quarter = calendar.quarter_of(now.year, found[-1])
        if quarter.start > now and not context.direction()[0] > 0:
            quarter = calendar.quarter_of(now.year - 1, found[-1])
        if quarter.end < now and context.direction()[0] > 0 and (now - quarter.end).days > 120:
            quarter = calendar.quarter_of(now.year + 1, found[-1])
        year = quarter.start.year - (1 if ago else 0)
    return _dated(_narrowed(expression, calendar.quarter_of(year, found[-1])))


def year_before(expression: Expression, context: Context) -> Sense | None:
    """ "The year-earlier quarter": the one named last, a year before."""
    lowers = expression.lowers()
    if "months" in lowers:
        return Sense("DURATION", period(number_in(lowers[:-1]), "M"))
    if context.quarter and not {"week", "month", "day"} & set(lowers):
        return _dated(calendar.like(context.quarter, "Y", -1))
    if context.published is None:
        return Sense("DATE", "XXXX", None, True)
    return _dated(calendar.year_of(context.published.year - 1))


def quarter_of_year(expression: Expression, context: Context) -> Sense | None:
    """ "The 1988 quarter": the one named last, in another year."""
    year = _ints(expression, "YEAR")[0]
    found = calendar.like(context.quarter, "Y", year - context.quarter.start.year) if context.quarter else calendar.year_of(year)
    return _dated(found)


def nothing(expression: Expression, context: Context) -> Sense | None:
    """What only looks like a date: "a 6-year-old boy", "three-quarters of the food"."""
    return None


def half(expression: Expression, context: Context) -> Sense | None:
    lowers = expression.lowers()
    which = 2 if {"second", "last", "latter"} & set(lowers) else 1 if "first" in lowers else 0
    if not which or not ("year" in lowers or _ints(expression, "YEAR")):
        return None
    year = _year_said(expression._replace(words=expression.words[2:]), context)
    return _dated(calendar.half_of(year, which)) if year else Sense("DATE", f"XXXX-H{which}", None, True)


def fiscal(expression: Expression, context: Context) -> Sense | None:
    """ "Fiscal 1989", by the calendar year: when a budget year begins differs from state to state."""
    year = _year_said(expression, context)
    return _dated(calendar.year_of(year)) if year else Sense("DATE", "XXXX", None, True)


def season(expression: Expression, context: Context) -> Sense | None:
    """ "The spring of 2023", "last summer", "in the spring" by tense."""
    which, lowers, now = str(expression.values("SEASON")[0]), expression.lowers(), context.published
    if year := _year_said(expression, context):
        return _dated(_narrowed(expression, calendar.season_of(year, which)))
    if now is None:
        return Sense("DATE", f"XXXX-{which}", None, True)
    this = calendar.season_of(now.year, which)
    step = _step(lowers)
    ahead = step > 0 if step else context.direction()[0] > 0
    if step == 0:
        found = calendar.season_of(now.year - 1, which) if which == "WI" and now.month < 4 else this
    elif ahead:
        found = this if this.start > now or (step is None and this.end >= now) else calendar.season_of(now.year + 1, which)
    else:
        found = this if (this.end if step else this.start) < now else calendar.season_of(now.year - 1, which)
    return _dated(_narrowed(expression, found))


def decade(expression: Expression, context: Context) -> Sense | None:
    """ "The 1990s", "the early '80s", "the nineties": of the century past where none is said."""
    if expression.before in ("his", "her", "their", "my", "our", "its"):
        return None
    named = expression.values("DECADE") or expression.values("NINETIES")
    digits = str(named[0]).strip("'’`s")
    digits = digits.removesuffix(".0")
    year = int(digits) if len(digits) == 4 else (1900 if int(digits) >= 30 else 2000) + int(digits)
    return _dated(_narrowed(expression, calendar.decade_of(year)))


def century(expression: Expression, context: Context) -> Sense | None:
    nth = _ints(expression, "NTH")[-1]
    return _dated(_narrowed(expression, calendar.century_of(100 * nth))) if 1 <= nth < 30 else None


def year(expression: Expression, context: Context) -> Sense | None:
    said = _ints(expression, "YEAR")
    return _dated(_narrowed(expression, calendar.year_of(said[0]))) if said else None


def year_in_words(expression: Expression, context: Context) -> Sense | None:
    """ "Nineteen ninety-six", "January nineteen ninety-seven", "the year two thousand", as broadcasts have it."""
    lowers = [lower for lower in expression.lowers() if lower not in ("the", "year", "and", "-")]
    months, seasons = _ints(expression, "MONTH"), expression.values("SEASON")
    words = lowers[next((n for n, lower in enumerate(lowers) if lower in ("nineteen", "two")), 0) :]
    if words[0] == "two":
        if len(words) == 2 and "year" not in expression.lowers() and not months:
            return None
        year = 2000 + int(number_in(words[2:]) or 0 if len(words) > 2 else 0)
    else:
        year = 1900 + int(number_in(words[1:]) or 0)
    if seasons:
        return _dated(calendar.season_of(year, str(seasons[0])))
    return _dated(calendar.month_of(year, months[0]) if months else calendar.year_of(year))


def year_end(expression: Expression, context: Context) -> Sense | None:
    now = context.published
    return _dated(calendar.day_of(date(now.year, 12, 31))) if now else Sense("DATE", "XXXX-12-31", None, True)


# --- clock times, sets, references, holidays --------------------------------------------------------------------------


def clock(expression: Expression, context: Context) -> Sense | None:
    """ "3 p.m. GMT", "9 a.m. EST Tuesday", "noon on Friday": a TIME; its days are the day's."""
    lowers = expression.lowers()
    time = _time_of_day(expression)
    if time is None:
        return None
    inner = [n for n, w in enumerate(expression.words) if value_of("MONTH", w.lower) or value_of("WEEKDAY", w.lower)]
    if {"today", "tomorrow", "yesterday", "this"} & set(lowers):
        sense = near(expression._replace(words=tuple(w for w in expression.words if not value_of("PART", w.lower))), context)
    elif inner:
        at = max(n for n, w in enumerate(lowers) if n < inner[0] and (n == 0 or not w[0].isdigit()))
        sense = calendar_date(expression._replace(words=expression.words[min(at + 1, inner[0]) :]), context)
    else:
        anchor = context.anchor if context.anchor and context.anchor.granularity == "day" else None
        day = anchor.start if anchor else context.published
        sense = _dated(calendar.day_of(day)) if day else Sense("DATE", "XXXX-XX-XX", None, True)
    return sense and sense._replace(type="TIME", value=f"{sense.value[:10]}T{time}")


def _time_of_day(expression: Expression) -> str | None:
    """ "15:00" for "3 p.m.", "15:00Z" with GMT or UTC."""
    lowers = expression.lowers()
    if noon := expression.values("NOON"):
        return str(noon[0]).removesuffix(":00") if noon[0] == "24:00" else str(noon[0])
    at = next((n for n, lower in enumerate(lowers) if lower[0].isdigit()), None)
    if at is None:
        return None
    shown = lowers[at].replace(".", ":")
    if shown.isdecimal() and len(shown) in (3, 4):
        shown = f"{shown[:-2]}:{shown[-2:]}"
    hour, _, minute = shown.partition(":")
    half = next((str(v) for v in expression.values("MERIDIEM")), "")
    late = half == "pm" or bool({"evening", "afternoon"} & set(lowers))
    hours = int(hour) % 12 + (12 if late else 0) if half or late else int(hour)
    zone = next((str(v) for v in expression.values("ZONE")), "")
    valid = hours <= 24 and (not minute or int(minute) < 60)
    return f"{hours:02d}:{minute or '00'}{zone}" if valid else None


def repeated(expression: Expression, context: Context) -> Sense | None:
    """ "Every Tuesday", "each month", "weekly", "on Tuesdays", "every two weeks": a SET."""
    lowers = expression.lowers()
    if values := expression.values("REPEATED"):
        return Sense("SET", str(values[0]))
    part = next((f"T{v}" for v in expression.values("PART")), "")
    if weekdays := _ints(expression, "WEEKDAY", "WEEKDAYS"):
        return Sense("SET", f"XXXX-WXX-{weekdays[0] + 1}{part}")
    if months := _ints(expression, "MONTH"):
        return Sense("SET", f"XXXX-{months[0]:02d}")
    if seasons := expression.values("SEASON"):
        return Sense("SET", f"XXXX-{seasons[0]}")
    if part:
        return Sense("SET", f"XXXX-XX-XX{part}")
    number = 2 if "other" in lowers else None if "few" in lowers else number_in(lowers[1:-1])
    return Sense("SET", period(number, unit_of(expression)))


def reference(expression: Expression, context: Context) -> Sense | None:
    """ "Now", "recently", "soon"."""
    now, value = context.published, expression.rule.value
    return Sense("DATE", value, calendar.day_of(now)._replace(granularity="vague") if now and value == "PRESENT_REF" else None)


def holiday(expression: Expression, context: Context) -> Sense | None:
    """ "Christmas Day", "Orthodox Easter 2022", "last Thanksgiving"."""
    from twotrack.mark.holidays import holiday_in, holiday_named  # a table of its own

    row, now = holiday_named(expression.lowers()), context.published
    if row is None:
        return None
    year, step = _year_said(expression, context), _step(expression.lowers())
    if year is None and now is None:
        return Sense("DATE", "XXXX-XX-XX", None, True)
    if year is not None:
        found = holiday_in(row, year)
    else:
        days = [holiday_in(row, y) for y in range(now.year - 1, now.year + 2)] if now else []
        found = _by_direction(days, now, (step, ADJACENT) if step else context.direction()) if now else None
    if found is None:
        return None
    return _dated(calendar.week_of(found) if "week" in expression.lowers() else calendar.day_of(found))


MEANINGS: Mapping[str, Meaning] = {
    "beside": beside, "calendar": calendar_date, "century": century, "clock": clock, "decade": decade, "distance": distance,
    "duration": duration, "fiscal": fiscal, "from_event": from_event, "half": half, "holiday": holiday, "iso": iso, "near": near, "nothing": nothing, "quarter": quarter, "quarter_of_year": quarter_of_year,
    "reference": reference, "repeated": repeated, "season": season, "shift": shift, "slashed": slashed, "span": span,
    "stretch": stretch, "week_of": week_of, "year": year, "year_before": year_before, "year_end": year_end,
    "year_in_words": year_in_words,
}  # fmt: skip
