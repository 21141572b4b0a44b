"""The day that a report counts from and the order that it writes dates in: from its dateline, its outlet, its own dates."""

import re
from datetime import date, timedelta
from functools import lru_cache

from twotrack.lexicon import Row, rows
from twotrack.mark.dates.timewords import lexicon, value_of
from twotrack.model import Cite, How, Paragraph, Report
from twotrack.reading import Reading

FULL_DATE = re.compile(r"(?:([A-Z][a-z]{2,8})\.? (\d{1,2})(?:,? (\d{4}))?|(\d{1,2}) ([A-Z][a-z]{2,8})\.?(?:,? (\d{4}))?)\b")
LATE = timedelta(days=2)  # a report is published on the day of its dateline or the next; a day more over a weekend


def day_of_report(reading: Reading) -> tuple[date | None, How, Cite | None]:
    """The day that a report counts from, whose day that is, and the words of the dateline where it is the dateline's.

    A dateline a day or two before publication is when it was written: "VIENNA, Jan. 9 - ... tomorrow" read on January 10.
    """
    published = reading.report.published
    for paragraph in reading.paragraphs:
        if paragraph.kind in ("byline", "dateline") and (day := _dateline(reading.report, paragraph)):
            if published is None or timedelta(0) < published - day <= LATE:
                return day, "dateline", reading.report.cite(paragraph.start, paragraph.end)
            break
    return published, "published", None


def _dateline(report: Report, paragraph: Paragraph) -> date | None:
    """The day of a dateline: "Geneva, January 10, 2022"; one without its year is of the year of publication."""
    m = FULL_DATE.search(report.text, paragraph.start, paragraph.end)
    month = value_of("MONTH", (m[1] or m[5]).lower()) if m else None
    if not m or month is None:
        return None
    day, year = int(m[2] or m[4]), m[3] or m[6]
    try:
        if year or report.published is None:
            return date(int(year), int(month), day) if year else None
        return max(d for y in (-1, 0) if (d := date(report.published.year + y, int(month), day)) <= report.published)
    except ValueError:
        return None


def day_first(report: Report) -> bool:
    """Whether 10/1 is 10 January: as its outlet writes, else as the report's own dates are written ("10 January")."""
    orders = _orders(report.outlet)
    if orders:
        return "DMY" in orders
    before, after = _written()
    return len(before.findall(report.text)) > len(after.findall(report.text))


@lru_cache
def _orders(outlet: str | None) -> frozenset[str]:
    """The orders of the rows that an outlet's name, id or domain has; none where nobody knows it."""
    said = (outlet or "").lower()
    found = (row for row in rows("outlets", "outlet", "id", "name") if said and said in _called(row))
    return frozenset(row.get("order", "MDY") for row in found)


def _called(row: Row) -> set[str]:
    return {word.lower() for word in (row["id"], row["name"], *row.get("names", ()), *row.get("domains", ()))}


@lru_cache
def _written() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Dates with the day before the month, and after it."""
    months = "|".join(month.title() for month in lexicon()["MONTH"] if not month.endswith("."))
    return re.compile(rf"\b\d{{1,2}} (?:{months})\b"), re.compile(rf"\b(?:{months})\.? \d{{1,2}}\b")
