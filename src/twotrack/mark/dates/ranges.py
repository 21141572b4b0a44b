"""Ranges and lists: "January 10-13", "from Monday to Wednesday", "1992-1995"; "January 10, 12 and 13" is three dates."""

from collections.abc import Iterator
from datetime import date

from twotrack.mark.dates import calendar
from twotrack.mark.dates.calendar import Stretch
from twotrack.mark.dates.days import calendar_date
from twotrack.mark.dates.senses import Context, Sense, dated, numbers
from twotrack.mark.dates.timewords import Expression, Word, value_of
from twotrack.mark.dates.years import year


def stretch(expression: Expression, context: Context) -> Sense | None:
    """ "January 10-13", "between March and May", "from Monday to Wednesday", "1992-1995"."""
    (_, left), (_, right) = ends_of(expression)
    if not numbers(expression, "MONTH", "WEEKDAY", "WEEKDAYSHORT"):
        return _years(left, right)
    first, last = _place(left, context), _place(right, context)
    if not first or not last:
        return None
    if not first.stretch or not last.stretch:
        return Sense("DATE", f"{first.value}/{last.value}", None, True)
    return _joined(first.stretch, last.stretch, right)


def ends_of(expression: Expression) -> tuple[tuple[tuple[Word, ...], Expression], tuple[tuple[Word, ...], Expression]]:
    """Both ends of a range: the words of each, and an expression with the month and the year that it shares with the other."""
    words = expression.words
    at = max(n for n, word in enumerate(words[:-1]) if n and word.lower in ("to", "through", "until", "and", "-", "–", "/"))
    left, right = expression._replace(words=words[:at]), expression._replace(words=words[at + 1 :])
    months = tuple(word for word in words if value_of("MONTH", word.lower))
    year = tuple(word for word in right.words if value_of("YEAR", word.lower))
    if not numbers(left, "MONTH") and numbers(left, "DAY", "NTHDAY"):
        left = left._replace(words=(*left.words, *months[-1:]))
    if not numbers(right, "MONTH") and numbers(right, "DAY", "NTHDAY"):
        right = right._replace(words=(*months[:1], *right.words))
    if not numbers(left, "YEAR") and numbers(left, "MONTH"):
        left = left._replace(words=(*left.words, *year))
    return (words[:at], left), (words[at + 1 :], right)


def ends_apart(expression: Expression, context: Context) -> Iterator[tuple[tuple[Word, ...], Sense]]:
    """ "Postponed from January 12 to January 19": two dates, each with its words."""
    for words, end in ends_of(expression):
        if sense := _place(end, context):
            yield words, sense


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
    if not numbers(expression, "MONTH", "WEEKDAY", "WEEKDAYSHORT"):
        return year(expression, context)
    return calendar_date(expression, context)


def _joined(first: Stretch, last: Stretch, right: Expression) -> Sense | None:
    """From the start of the first to the end of the last; a last one that came out before the first is the next of its name."""
    if last.end < first.start:
        if numbers(right, "YEAR"):
            return None
        weekly = not numbers(right, "MONTH")
        last = calendar.like(last, "D", 7) if weekly else calendar.like(last, "Y", 1)
        if last.granularity == "year" and not weekly:
            return None
    return dated(Stretch(first.start, last.end, last.granularity, f"{first.value}/{last.value}"))


def _years(left: Expression, right: Expression) -> Sense | None:
    first, last = int(left.words[-1].lower), right.words[-1].lower
    second = int(last) if len(last) == 4 else int(str(first)[: 4 - len(last)] + last) if len(last) == 2 else 0
    if not (1800 <= first < second <= 2100):
        return None
    whole = Stretch(date(first, 1, 1), date(second, 12, 31), "year", f"{first}/{second}")
    return dated(whole)
