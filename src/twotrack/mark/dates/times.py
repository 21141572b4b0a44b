"""Clock times, repeated times and references: "3 p.m. GMT", "noon on Friday", "every Tuesday", "now", "recently", "soon"."""

from twotrack.mark.dates import calendar
from twotrack.mark.dates.days import calendar_date, near
from twotrack.mark.dates.quantities import number_in, period, unit_of
from twotrack.mark.dates.senses import Context, Sense, dated, numbers
from twotrack.mark.dates.timewords import Expression, Word, value_of


def clock(expression: Expression, context: Context) -> Sense | None:
    """ "3 p.m. GMT", "9 a.m. EST Tuesday", "noon on Friday": a TIME; its days are the day's."""
    lowers = expression.lowers()
    time = _time_of_day(expression)
    if time is None:
        return None
    inner = [n for n, w in enumerate(expression.words) if _names_day(w)]
    if {"today", "tomorrow", "yesterday", "this"} & set(lowers):
        sense = near(expression._replace(words=tuple(w for w in expression.words if not value_of("PART", w.lower))), context)
    elif inner:
        at = max(n for n, w in enumerate(lowers) if n < inner[0] and (n == 0 or not w[0].isdigit()))
        sense = calendar_date(expression._replace(words=expression.words[min(at + 1, inner[0]) :]), context)
    else:
        anchor = context.anchor if context.here and context.anchor and context.anchor.granularity == "day" else None
        day = anchor.start if anchor else context.published
        found = dated(calendar.day_of(day)) if day else Sense("DATE", "XXXX-XX-XX", None, True)
        return found._replace(type="TIME", value=f"{found.value}T{time}", loose=True)
    return sense and sense._replace(type="TIME", value=f"{sense.value[:10]}T{time}")


def _names_day(word: Word) -> bool:
    return any(value_of(kind, word.lower) is not None for kind in ("MONTH", "WEEKDAY", "WEEKDAYSHORT"))


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
    zone = next((str(v) for v in (*expression.values("ZONE"), *expression.values("CLOCKTOWN"))), "")
    valid = hours <= 24 and (not minute or int(minute) < 60)
    return f"{hours:02d}:{minute or '00'}{zone}" if valid else None


def repeated(expression: Expression, context: Context) -> Sense | None:
    """ "Every Tuesday", "each month", "weekly", "on Tuesdays", "every two weeks": a SET."""
    lowers = expression.lowers()
    if values := expression.values("REPEATED"):
        return Sense("SET", str(values[0]))
    part = next((f"T{v}" for v in expression.values("PART")), "")
    if weekdays := numbers(expression, "WEEKDAY", "WEEKDAYS"):
        return Sense("SET", f"XXXX-WXX-{weekdays[0] + 1}{part}")
    if months := numbers(expression, "MONTH"):
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


def nothing(expression: Expression, context: Context) -> Sense | None:
    """What only looks like a date: "a 6-year-old boy", "three-quarters of the food"."""
    return None
