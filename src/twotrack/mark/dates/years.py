"""Quarters, halves, seasons, years, decades, centuries: "the third quarter of 2021", "last summer", "the 1990s"."""

from datetime import date

from twotrack.lexicon import Row, rows
from twotrack.mark.dates import calendar
from twotrack.mark.dates.quantities import number_in, period
from twotrack.mark.dates.senses import Context, Sense, dated, narrowed, numbers, step_of, year_said
from twotrack.mark.dates.timewords import Expression

NEW = 3  # months in which "the new year" is the one that has begun, as reports use it


def quarter(expression: Expression, context: Context) -> Sense | None:
    """ "The third quarter of 2021", "this year's third quarter", "third-quarter exports", "Q3 2021"."""
    lowers = expression.lowers()
    if lowers[1:4] in (["final", "quarter", "of"], ["last", "quarter", "of"]):
        last = year_said(expression._replace(words=expression.words[4:]), context)
        return dated(calendar.quarter_of(last, 4)) if last else None
    found = numbers(expression, "QUARTERNAME") or numbers(expression, "NTH")
    if not found or found[-1] > 4:
        return None
    year, now = year_said(expression, context), context.published
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
    return dated(narrowed(expression, calendar.quarter_of(year, found[-1])))


def year_before(expression: Expression, context: Context) -> Sense | None:
    """ "The year-earlier quarter": the one named last, a year before."""
    lowers = expression.lowers()
    if "months" in lowers:
        return Sense("DURATION", period(number_in(lowers[:-1]), "M"))
    if context.quarter and not {"week", "month", "day"} & set(lowers):
        return dated(calendar.like(context.quarter, "Y", -1))
    if context.published is None:
        return Sense("DATE", "XXXX", None, True)
    return dated(calendar.year_of(context.published.year - 1))


def quarter_of_year(expression: Expression, context: Context) -> Sense | None:
    """ "The 1988 quarter": the one named last, in another year."""
    year = numbers(expression, "YEAR")[0]
    found = (
        calendar.like(context.quarter, "Y", year - context.quarter.start.year) if context.quarter else calendar.year_of(year)
    )
    return dated(found)


def half(expression: Expression, context: Context) -> Sense | None:
    """ "The second half of 2021", "the first half of next year"."""
    lowers = expression.lowers()
    which = 2 if {"second", "last", "latter"} & set(lowers) else 1 if "first" in lowers else 0
    if not which or not ("year" in lowers or numbers(expression, "YEAR")):
        return None
    year = year_said(expression._replace(words=expression.words[2:]), context)
    return dated(calendar.half_of(year, which)) if year else Sense("DATE", f"XXXX-H{which}", None, True)


def fiscal(expression: Expression, context: Context) -> Sense | None:
    """ "Fiscal 2023", "FY2023": the budget year of the state that its sentence names, else the calendar year."""
    short = [2000 + n for n in numbers(expression, "NUM") if n < 100 and not numbers(expression, "YEAR")]
    year = year_said(expression, context) or next(iter(short), None)
    if year is None:
        return Sense("DATE", "XXXX", None, True)
    whole = calendar.year_of(year)
    row = _budget_of(context.sentence()) if len(expression.values("YEAR")) + len(short) else None
    if row is None:
        return dated(narrowed(expression, whole))
    first = year if row["named"] == "start" else year - 1
    found = calendar.months_of(first, row["month"], 13 - row["month"], "year", whole.value)
    end = calendar.month_of(first + 1, row["month"] - 1).end
    return dated(found._replace(end=end))


def _budget_of(words: frozenset[str]) -> Row | None:
    """The row of the one state among the words of a sentence whose budget year the lexicon has."""
    found = [row for row in rows("dates", "fiscal", "words", "month", "named", "examples") if words & set(row["words"])]
    return found[0] if len(found) == 1 else None


def new_year(expression: Expression, context: Context) -> Sense | None:
    """ "Before the New Year": its first day; "in the new year": the year, the coming one but for its first months."""
    now = context.published
    if now is None:
        return Sense("DATE", "XXXX", None, True)
    year = now.year + (1 if now.month > NEW else 0)
    if expression.lowers()[0] == "the" and expression.before in ("before", "by", "until", "till", "on", "after"):
        return dated(calendar.day_of(date(year, 1, 1)))
    return dated(narrowed(expression, calendar.year_of(year)))


def season(expression: Expression, context: Context) -> Sense | None:
    """ "The spring of 2023", "last summer", "in the spring" by tense."""
    which, lowers, now = str(expression.values("SEASON")[0]), expression.lowers(), context.published
    if year := year_said(expression, context):
        return dated(narrowed(expression, calendar.season_of(year, which)))
    if now is None:
        return Sense("DATE", f"XXXX-{which}", None, True)
    this = calendar.season_of(now.year, which)
    step = step_of(lowers)
    ahead = step > 0 if step else context.direction()[0] > 0
    if step == 0:
        found = calendar.season_of(now.year - 1, which) if which == "WI" and now.month < 4 else this
    elif ahead:
        found = this if this.start > now or (step is None and this.end >= now) else calendar.season_of(now.year + 1, which)
    else:
        found = this if (this.end if step else this.start) < now else calendar.season_of(now.year - 1, which)
    return dated(narrowed(expression, found))


def decade(expression: Expression, context: Context) -> Sense | None:
    """ "The 1990s", "the early '80s", "the nineties": of the century past where none is said."""
    if expression.before in ("his", "her", "their", "my", "our", "its"):
        return None
    named = expression.values("DECADE") or expression.values("NINETIES")
    digits = str(named[0]).strip("'’`s")
    digits = digits.removesuffix(".0")
    year = int(digits) if len(digits) == 4 else (1900 if int(digits) >= 30 else 2000) + int(digits)
    return dated(narrowed(expression, calendar.decade_of(year)))


def century(expression: Expression, context: Context) -> Sense | None:
    """ "The 19th century"."""
    nth = numbers(expression, "NTH")[-1]
    return dated(narrowed(expression, calendar.century_of(100 * nth))) if 1 <= nth < 30 else None


def year(expression: Expression, context: Context) -> Sense | None:
    """ "2014", "early 1990", "the end of 1990"."""
    said = numbers(expression, "YEAR")
    return dated(narrowed(expression, calendar.year_of(said[0]))) if said else None


def year_in_words(expression: Expression, context: Context) -> Sense | None:
    """ "Nineteen ninety-six", "January nineteen ninety-seven", "the year two thousand", as broadcasts have it."""
    lowers = [lower for lower in expression.lowers() if lower not in ("the", "year", "and", "-")]
    months, seasons = numbers(expression, "MONTH"), expression.values("SEASON")
    words = lowers[next((n for n, lower in enumerate(lowers) if lower in ("nineteen", "two")), 0) :]
    if words[0] == "two":
        if len(words) == 2 and "year" not in expression.lowers() and not months:
            return None
        year = 2000 + int(number_in(words[2:]) or 0 if len(words) > 2 else 0)
    else:
        year = 1900 + int(number_in(words[1:]) or 0)
    if seasons:
        return dated(calendar.season_of(year, str(seasons[0])))
    return dated(calendar.month_of(year, months[0]) if months else calendar.year_of(year))


def year_end(expression: Expression, context: Context) -> Sense | None:
    """ "By year-end": the last day of this year."""
    now = context.published
    return dated(calendar.day_of(date(now.year, 12, 31))) if now else Sense("DATE", "XXXX-12-31", None, True)
