"""Days, weekdays, months, holidays: "January 10", "next Thursday", "the day after tomorrow", "early April", "Orthodox Easter".

A weekday or a day without its year is the last or the coming one, by the tense of its clause.
"""

from datetime import date, timedelta

from twotrack.lexicon import rows
from twotrack.mark.dates import calendar
from twotrack.mark.dates.calendar import Stretch
from twotrack.mark.dates.holidays import holiday_named, holidays_in
from twotrack.mark.dates.quantities import quantity, unit_of
from twotrack.mark.dates.senses import Context, Sense, dated, narrowed, numbers, step_of, told, year_said
from twotrack.mark.dates.tense import ADJACENT
from twotrack.mark.dates.timewords import Expression

# Further back than this, reports say "last March 12": a past tense that the date does not touch gives way to the coming one.
NEARLY_A_YEAR = timedelta(days=300)
LATELY = timedelta(days=45)  # "the talks planned for December 20" in a report of December 30
DAY_OPENERS = frozenset({"on", "by", "until", "till", "before", "after", "since", "from", "and", "to"})  # "the 15th" is a day
SOON = timedelta(days=60)  # what a coming event is about may lie back as far: "will discuss the attack of December 12"


def calendar_date(expression: Expression, context: Context) -> Sense | None:
    """ "January 10", "Monday, Oct. 26", "next Thursday", "early April", "March 2014"."""
    months, days = numbers(expression, "MONTH"), numbers(expression, "DAY") or numbers(expression, "NTHDAY")
    year = year_said(expression, context)
    if months and days:
        year = year or _famous_year(months[0], days[0], expression.after)
        sense = _day_of_month(months[0], days[0], year, context)
    elif months:
        sense = _month(months[0], year, step_of(expression.lowers()), context)
    else:
        sense = _weekday(expression, context)
    return _in_part_of_day(expression, sense)


def _famous_year(month: int, day: int, after: str) -> int | None:
    """The year of "the Sept. 11 attacks", whatever day the report is of."""
    for row in rows("dates", "famous", "month", "day", "year", "followed"):
        if (row["month"], row["day"]) == (month, day) and after in row["followed"]:
            return int(row["year"])
    return None


def weekday_of_month(expression: Expression, context: Context) -> Sense | None:
    """ "The first Monday of February", "the last Sunday in November"."""
    month = calendar_date(expression._replace(words=expression.words[4:]), context)
    nth, last = numbers(expression, "NTH"), "last" in expression.lowers()[:2]
    if not month or not month.stretch or not (last or 1 <= nth[0] <= 5):
        return month
    first = month.stretch.start
    day = calendar.nth_weekday(first.year, first.month, numbers(expression, "WEEKDAY")[0], -1 if last else nth[0])
    return dated(calendar.day_of(day)) if day <= month.stretch.end else None


def _in_part_of_day(expression: Expression, sense: Sense | None) -> Sense | None:
    """ "Thursday evening" is a TIME of its day."""
    parts = expression.values("PART")
    if sense and parts:
        return sense._replace(type="TIME", value=f"{sense.value}T{parts[0]}")
    if sense and sense.stretch:
        return sense._replace(stretch=narrowed(expression, sense.stretch))
    return sense


def _day_of_month(month: int, day: int, year: int | None, context: Context) -> Sense | None:
    if year is None and context.published is None:
        return Sense("DATE", f"XXXX-{month:02d}-{day:02d}", None, True) if _valid(2000, month, day) else None
    if year is None and context.published:
        years = (y for y in range(context.published.year - 4, context.published.year + 5) if _valid(y, month, day))
        found = _by_direction([date(y, month, day) for y in years], context.published, context.direction())
        return dated(calendar.day_of(found)) if found else None
    return dated(calendar.day_of(date(year or 1, month, day))) if _valid(year or 1, month, day) else None


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
        future = min((day for day in days if day >= published), default=nearest)
        just_past = future - published > NEARLY_A_YEAR and published - nearest < LATELY
        return nearest if just_past and strength == 0 else future
    past = max((day for day in days if day <= published), default=nearest)
    if strength < ADJACENT and nearest > published and published - past > NEARLY_A_YEAR:
        return nearest
    return past


def _month(month: int, year: int | None, step: int | None, context: Context) -> Sense:
    if year is not None:
        return dated(calendar.month_of(year, month))
    if context.published is None:
        return Sense("DATE", f"XXXX-{month:02d}", None, True)
    now = context.published
    if step == 0:
        return dated(calendar.month_of(now.year, month))
    if step:  # "last February" in March is not the month before, which is "last month"
        passed = month < now.month - 1 if step < 0 else month > now.month
        return dated(calendar.month_of(now.year if passed else now.year + step, month))
    ahead, strength = context.direction()
    last = now.year if month <= now.month else now.year - 1
    coming = now.year if month >= now.month else now.year + 1
    back, on = (now.year - last) * 12 + now.month - month, (coming - now.year) * 12 + month - now.month
    # A noun's month is the nearer one: "will discuss the attack in October", "set the stage for talks in January".
    nearer = on <= back + 3 * ahead if ahead >= 0 else strength == 0 and back >= 10 and on <= 2
    future = nearer or (ahead > 0 and strength > 0)
    return dated(calendar.month_of(coming if future else last, month))


def _weekday(expression: Expression, context: Context) -> Sense | None:
    found = numbers(expression, "WEEKDAY", "WEEKDAYSHORT")
    if not found:
        return None
    now, lowers = context.published, expression.lowers()
    if lowers[-1] == "week" and len(lowers) == 2 and now:  # "Friday week": the Friday after the next
        return dated(calendar.day_of(now + timedelta(days=(found[0] - now.weekday()) % 7 + 7)))
    if "week" in lowers and now:
        week = calendar.shifted(now, "W", step_of(lowers) or 0)
        return dated(calendar.day_of(week.start + timedelta(days=found[0])))
    step = step_of(lowers)
    if {"following", "previous", "same", "that"} & set(lowers) and step is not None and context.anchor:
        return told(_weekday_from(context.anchor.start, found[0], step, lowers, context), True)
    return _weekday_from(now, found[0], step, lowers, context)


def _weekday_from(now: date | None, weekday: int, step: int | None, lowers: list[str], context: Context) -> Sense | None:
    """A weekday seen from a day: "last Monday", "next Thursday", "Thursday" by its tense."""
    found = (weekday,)
    if now is None:
        return Sense("DATE", f"XXXX-WXX-{found[0] + 1}", None, True)
    back, on = (now.weekday() - found[0]) % 7, (found[0] - now.weekday()) % 7
    if step is None or step == 0:
        ahead = context.direction()[0] > 0 or "coming" in lowers
        return dated(calendar.day_of(now + timedelta(days=on) if ahead else now - timedelta(days=back)))
    if step < 0:
        return dated(calendar.day_of(now - timedelta(days=back or 7)))
    same_week = found[0] > now.weekday() and "coming" not in lowers and "following" not in lowers
    return dated(calendar.day_of(now + timedelta(days=(on or 7) + (7 if same_week else 0))))


def iso(expression: Expression, context: Context) -> Sense | None:
    """ "2022-01-10"."""
    year, month, day = map(int, expression.words[0].lower.split("-"))
    return dated(calendar.day_of(date(year, month, day)))


def slashed(expression: Expression, context: Context) -> Sense | None:
    """ "1/10/2022": the month first, as American papers have it; the day first with full stops, or where the outlet does."""
    words = expression.words[0].lower
    first, second, year = (int(part) for part in words.replace(".", "/").split("/"))
    year += 0 if year > 99 else 2000 if year < 50 else 1900
    day_first = first > 12 or (second <= 12 and ("." in words or context.day_first()))
    month, day = (second, first) if day_first else (first, second)
    return dated(calendar.day_of(date(year, month, day)))


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
    sense = Sense("TIME", f"{day.value}T{parts[0]}", day) if parts else dated(day)
    return told(sense, narrative and context.anchor is not None)


def week_of(expression: Expression, context: Context) -> Sense | None:
    """ "The week of March 6"."""
    sense = calendar_date(expression, context)
    return dated(calendar.week_of(sense.stretch.start)) if sense and sense.stretch else sense


def week_of_month(expression: Expression, context: Context) -> Sense | None:
    """ "The third week of January": its days 15 to 21; "the last week", its last seven."""
    months, nth = numbers(expression, "MONTH"), numbers(expression, "NTH")
    last = "last" in expression.lowers()[:2]
    sense = _month(months[0], year_said(expression, context), step_of(expression.lowers()[3:]), context)
    if not sense.stretch or not (last or 1 <= nth[0] <= 4):
        return sense if sense.stretch is None else None
    first = sense.stretch.end - timedelta(days=6) if last else sense.stretch.start + timedelta(days=7 * (nth[0] - 1))
    return dated(Stretch(first, first + timedelta(days=6), "week", sense.value))


def beside(expression: Expression, context: Context) -> Sense | None:
    """ "The day after tomorrow", "the week after next", "two days before January 10"."""
    lowers = expression.lowers()
    at = next(n for n, lower in enumerate(lowers) if lower in ("after", "before"))
    sign, unit, count = (1 if lowers[at] == "after" else -1), unit_of(expression), quantity(expression)
    rest = expression._replace(words=expression.words[at + 1 :])
    if rest.lowers() in (["next"], ["last"]):
        now = context.published
        return dated(calendar.shifted(now, unit, 2 * sign)) if now else Sense("DATE", "XXXX", None, True)
    sense = near(rest, context) if {"today", "tomorrow", "yesterday"} & set(rest.lowers()) else calendar_date(rest, context)
    if not sense or not sense.stretch or count is None or unit.startswith("T"):
        return sense._replace(value="XXXX-XX-XX", stretch=None) if sense else None
    return dated(calendar.like(sense.stretch, unit, sign * round(count)))


def eve(expression: Expression, context: Context) -> Sense | None:
    """ "The eve of Orthodox Christmas": the day before it."""
    rest = expression._replace(words=expression.words[3:])
    sense = holiday(rest, context) if holiday_named(rest.lowers()) else calendar_date(rest, context)
    if not sense or not sense.stretch:
        return sense
    return dated(calendar.day_of(sense.stretch.start - timedelta(days=1)))


def day_alone(expression: Expression, context: Context) -> Sense | None:
    """ "On the 15th", "by the 15th of next month": of this month, the last or the next, by the tense."""
    lowers, now = expression.lowers(), context.published
    if expression.before not in DAY_OPENERS:
        return None
    day, step = numbers(expression, "NTHDAY")[0], step_of(lowers[2:]) if "month" in lowers else None
    if now is None:
        return Sense("DATE", f"XXXX-XX-{day:02d}", None, True)
    months = [calendar.month_of(now.year, now.month + n).start for n in ((step,) if step is not None else (-1, 0, 1))]
    days = [date(m.year, m.month, day) for m in months if _valid(m.year, m.month, day)]
    chosen = _by_direction(days, now, context.direction())
    return dated(calendar.day_of(chosen)) if chosen else None


def holiday(expression: Expression, context: Context) -> Sense | None:
    """ "Christmas Day", "Orthodox Easter 2022", "last Thanksgiving"."""

    row, now = holiday_named(expression.lowers()), context.published
    if row is None:
        return None
    said = expression
    if not {"this", "last", "next"} & set(said.lowers()):  # the year of "New Year's Day" is not the year meant
        said = said._replace(words=tuple(w for w in said.words if w.lower != "year"))
    year = year_said(said, context)
    step = None if year else step_of(expression.lowers())
    if year is None and now is None:
        return Sense("DATE", "XXXX-XX-XX", None, True)
    years = range(now.year - 1, now.year + 2) if year is None and now else (year or 1,)
    days = {day: own for y in years for own, day in holidays_in(row, y)}
    found: date | None = min(days)
    if year is None and now:
        found = _by_direction(sorted(days), now, (step, ADJACENT) if step else context.direction())
    if found is None:
        return None
    if "days" in days[found]:
        length = days[found]["days"]
        last = found + timedelta(days=length - 1)
        return dated(Stretch(found, last, "vague" if length > 1 else "day", found.isoformat()))
    return dated(calendar.week_of(found) if "week" in expression.lowers() else calendar.day_of(found))
