"""Distances and durations: "two weeks ago", "three days later", "next month", "the coming days", "within 10 days".

What is counted from publication is dated from it; "the next day" and "two days after the call" from the date before them.
"""

from datetime import date, timedelta
from math import ceil

from twotrack.mark.dates import calendar
from twotrack.mark.dates.calendar import Stretch
from twotrack.mark.dates.quantities import most, number_in, period, quantity, unit_of
from twotrack.mark.dates.senses import BACK, NARRATIVE, ON, Context, Sense, dated, narrowed, numbers, step_of, told
from twotrack.mark.dates.timewords import Expression, value_of

# How many units "the coming days" and the like reach: they mean several, so up to six; a bound, not a guess at a day.
VAGUE_REACH = 6
HOURS = {"TH": 1.0, "TM": 1 / 60, "TS": 1 / 3600}
LIMITS = frozenset({"deadline", "ultimatum"})  # "a 48-hour ultimatum" is to be met in that time


def from_event(expression: Expression, context: Context) -> Sense | None:
    """ "Two days after the call", "the day before the vote": dated when the whole report has been seen."""
    unit = unit_of(expression)
    if expression.lowers()[0] == "the" and value_of("SPAN", expression.words[-1].lower):
        return Sense("DATE", unknown(unit))
    plural = len(expression.words) == 1 and value_of("PLURAL", expression.words[0].lower) is not None
    return Sense("DURATION", period(None if plural else quantity(expression), unit))


def counted_from(day: Stretch, expression: Expression) -> Stretch | None:
    """The days that "two days after" gives, counted from the day of the event; None for hours and for "days after"."""
    number, unit = quantity(expression), unit_of(expression)
    if number is None or unit.startswith("T") or (len(expression.words) == 1 and value_of("PLURAL", expression.words[0].lower)):
        return None
    sense = _distant(day, None, unit, -number if expression.after == "before" else number)
    return sense.stretch if sense else None


def distance(expression: Expression, context: Context) -> Sense | None:
    """ "Two weeks ago", "three days later", "a year earlier", "two days after the call", "a month from now"."""
    lowers, unit = expression.lowers(), unit_of(expression)
    back = bool({"ago", "earlier", "before", "prior", "previously"} & set(lowers))
    number = None if len(lowers) == 2 and value_of("PLURAL", lowers[0]) else quantity(expression)
    if "from" in lowers and number is not None:
        return _from_day(expression, context, unit, number)
    anchored = not {"ago", "hence", "now", "today", "tomorrow"} & set(lowers)
    if number is None:
        return Sense("DATE", "PAST_REF" if back else "FUTURE_REF")
    before = context.anchor if context.here or unit != "Y" else None  # "a year earlier" is not said of another paragraph's date
    if anchored and before is None and not (unit == "Y" and back):
        return Sense("DATE", "XXXX-XX-XX")
    base = before if anchored else None
    if unit == "Y" and number == 1 and back:  # in a report on a quarter, "a year ago" is that quarter a year before
        of_quarter = before is not None and before.granularity == "quarter"
        base = before if of_quarter else context.quarter if before is None else base
    if base is None and context.published is None:
        return Sense("DATE", "XXXX-XX-XX", None, True)
    return told(_distant(base, context.published, unit, -number if back else number), base is not None)


def _from_day(expression: Expression, context: Context, unit: str, number: float) -> Sense | None:
    """ "A week from Monday", "two years from now": counted from a day to come."""
    now = context.published
    if now is None or unit.startswith("T"):
        return Sense("DATE", "XXXX-XX-XX", None, now is None)
    weekdays = numbers(expression, "WEEKDAY")
    named = {"today": 0, "tomorrow": 1}
    days = next((named[word] for word in expression.lowers() if word in named), None)
    if not weekdays and days is None:
        return _distant(None, now, unit, number)
    if days is None:
        days = (weekdays[0] - now.weekday()) % 7 or 7
    return dated(calendar.day_of(calendar.same_day(now + timedelta(days=days), unit, number)))


def _distant(base: Stretch | None, published: date | None, unit: str, number: float) -> Sense | None:
    if unit.startswith("T"):
        day = base.start if base else published
        hours = number * {"TH": 60, "TM": 1}.get(unit, 0)
        return dated(calendar.day_of(day)) if day and abs(hours) < 24 * 60 else Sense("DATE", "XXXX-XX-XX")
    if base is not None and base.granularity in ("day", "quarter", "month"):
        return dated(calendar.like(base, unit, round(number)))
    day = base.start if base else published
    if day is None:
        return None
    if number % 1:
        return dated(calendar.month_of(*calendar.same_day(day, unit, number).timetuple()[:2]))
    return dated(calendar.shifted(day, unit, round(number)))


def shift(expression: Expression, context: Context) -> Sense | None:
    """ "Next month", "earlier this week", "the next day", "by the end of the year", "the following week", "the quarter"."""
    lowers = expression.lowers()
    units = [str(v) for v in expression.values("SPAN")]
    unit = units[-1] if units else "N" if expression.values("PART") else "Q" if "quarter" in lowers else ""
    step = step_of(lowers) or 0
    if unit == "C" and "turn" in lowers:
        now = context.published
        return dated(calendar.year_of(now.year - now.year % 100)) if now else Sense("DATE", "XXXX", None, True)
    narrative = bool(NARRATIVE & set(lowers)) or ("the" in lowers and "next" in lowers and unit in ("D", "N"))
    if unit == "Q" and "latest" in lowers and context.published:
        return dated(calendar.shifted(context.published, "Q", -1))
    if unit == "Q" and context.quarter and "the" in lowers and "current" not in lowers:
        return dated(calendar.like(context.quarter, "Q", step))
    if unit == "" or (unit == "Q" and "the" in lowers and step == 0 and "current" not in lowers):
        return Sense("DATE", f"{context.published.year}-QX" if context.published else "XXXX-QX") if unit else None
    base = context.anchor.start if narrative and context.anchor else None if narrative else context.published
    if base is None:
        return Sense("DATE", unknown(unit), None, not narrative)
    found = narrowed(expression, calendar.shifted(base, unit, step))
    if unit == "WE" and step == 0 and not narrative:
        found = _weekend(base, context)
    parts = expression.values("PART")
    sense = Sense("TIME", f"{found.value}T{parts[0]}", found) if parts else dated(found)
    return told(sense, narrative)


def _weekend(published: date, context: Context) -> Stretch:
    """The weekend past or coming, by the tense; on a Saturday or Sunday it is this one."""
    if published.weekday() > 4 or context.direction()[0] > 0:
        return calendar.weekend_of(published)
    return calendar.weekend_of(published - timedelta(days=7))


def unknown(unit: str) -> str:
    """The value of a unit that cannot be placed: unknown("M") is "XXXX-XX"."""
    return {"W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Q": "XXXX-QX", "Y": "XXXX"}.get(unit, "XXXX-XX-XX")


def span(expression: Expression, context: Context) -> Sense | None:
    """ "The past two months", "the coming days", "the first nine months": durations, the first two of them dated."""
    lowers, unit = expression.lowers(), unit_of(expression)
    at = next((n for n, lower in enumerate(lowers) if value_of("UNIT", lower) is not None), 0)
    if lowers[-2:] == ["or", "so"] and lowers[at - 1] in (*BACK, *ON) and context.published:
        return dated(calendar.shifted(context.published, unit, step_of(lowers) or 0))  # "the next year or so"
    if lowers[-2:] == ["or", "two"]:
        lowers[at:at] = ["few"]
        at += 1
    if lowers[-1] == "year":
        return Sense("DURATION", "P1Y")
    plural = (
        at
        and value_of("PLURAL", lowers[at])
        and lowers[at - 1] in (*BACK, *ON, "recent", "first", "final", "the", "initial", "opening", "closing")
    )
    number = None if plural else number_in([w for w in lowers[:at] if w not in ("the", "these", "this", "first")])
    value = period(number, unit)
    if context.published is None:
        return Sense("DURATION", value, None, not unit.startswith("T"))
    step = -1 if "recent" in lowers else 1 if {"ahead", "come"} & set(lowers) else step_of(lowers) or 0
    if not step:
        return Sense("DURATION", value)
    return Sense("DURATION", value, _reach(context.published, unit, number, step, value))


def _reach(published: date, unit: str, number: float | None, step: int, value: str) -> Stretch:
    """The days from publication that a span reaches, back or on; hours reach to the day in which they end."""
    if unit in HOURS:
        unit, number = "D", ceil((VAGUE_REACH if number is None else number) * HOURS[unit] / 24)
    other = calendar.same_day(published, unit, step * (VAGUE_REACH if number is None else number))
    granularity = "vague" if number is None else calendar.UNITS[unit]
    return Stretch(min(published, other), max(published, other), granularity, value)


def duration(expression: Expression, context: Context) -> Sense | None:
    """ "For 50 minutes", "a two-week truce", "for weeks"; "within 10 days", "a 48-hour ultimatum" reach on from publication."""
    lowers, unit = expression.lowers(), unit_of(expression)
    unsaid = value_of("PLURAL", lowers[0]) or "many" in lowers
    value = period(None if unsaid else quantity(expression, least=True), unit)
    number = None if unsaid else most(expression)
    given = expression.after in LIMITS
    if context.published and (given or (expression.before in ("within", "in") and context.direction()[0] > 0)):
        if given or expression.before == "within":
            return Sense("DURATION", value, _reach(context.published, unit, number, 1, value))
        if number is not None and number % 1 == 0 and not unit.startswith("T") and "to" not in lowers:
            return Sense("DURATION", value, calendar.shifted(context.published, unit, round(number)))
    return Sense("DURATION", value)


def fixed(expression: Expression, context: Context) -> Sense | None:
    """ "A quarter of a century": the value that its rule has."""
    return Sense("DURATION", expression.rule.value)
