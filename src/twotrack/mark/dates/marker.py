"""Marks temporal expressions with TIMEX3's type and value, and dates them against the day of publication.

"The two presidents spoke on Thursday" in a report of Friday, 31 December 2021 gives a DATE 2021-12-30; "talks next month" the
January that follows; "within 10 days" a deadline. What cannot be dated keeps its words, with no days.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache

from twotrack.errors import Problem
from twotrack.lexicon import Row, rows
from twotrack.mark.dates.calendar import Stretch
from twotrack.mark.dates.datetraps import is_trap
from twotrack.mark.dates.meanings import MEANINGS
from twotrack.mark.dates.ranges import days_listed, ends_apart
from twotrack.mark.dates.senses import Context, Sense
from twotrack.mark.dates.tense import direction, is_limit, is_moved
from twotrack.mark.dates.timewords import Expression, Word, scan, value_of
from twotrack.model import DateMark, Paragraph, Report, When
from twotrack.reading import Reading

NEEDS_DATE = "Dates such as {words!r} stay unresolved: give the day of publication with --published."
DEADLINE = frozenset({"by", "before"})
FULL_DATE = re.compile(r"(?:([A-Z][a-z]{2,8})\.? (\d{1,2}),? (\d{4})|(\d{1,2}) ([A-Z][a-z]{2,8})\.?,? (\d{4}))\b")


def mark_dates(reading: Reading) -> Iterator[DateMark | Problem]:
    """The temporal expressions of a report, in text order; one Problem where the day of publication is missing and needed."""
    work = _Work(reading, [token.start for token in reading.tokens], published_of(reading))
    for paragraph in reading.paragraphs:
        if paragraph.kind not in ("byline", "dateline"):
            work.anchor = None
            scan(reading.report.text, paragraph.start, paragraph.end, work.read)
            work.settle()
    yield from work.marks
    if work.missing:
        start, end = work.missing
        yield Problem(NEEDS_DATE.format(words=reading.report.text[start:end]), start, end)


def published_of(reading: Reading) -> date | None:
    """The day of publication as given, or that of a dateline with a year: "Geneva, January 10, 2022"."""
    if reading.report.published:
        return reading.report.published
    datelines = (p for p in reading.paragraphs if p.kind in ("byline", "dateline"))
    return next((day for p in datelines if (day := _full_date(reading.report, p))), None)


def _full_date(report: Report, paragraph: Paragraph) -> date | None:
    m = FULL_DATE.search(report.text, paragraph.start, paragraph.end)
    month = value_of("MONTH", (m[1] or m[5]).lower()) if m else None
    if not m or month is None:
        return None
    try:
        return date(int(m[3] or m[6]), int(month), int(m[2] or m[4]))
    except ValueError:
        return None


@lru_cache
def _day_first(outlet: str | None) -> bool:
    """Whether an outlet writes 10 January as 10/1: as its row says, by its name, id or domain."""
    said = (outlet or "").lower()
    found = (row for row in rows("outlets", "outlet", "id", "name") if said and said in _called(row))
    return any(row.get("order") == "DMY" for row in found)


def _called(row: Row) -> set[str]:
    return {word.lower() for word in (row["id"], row["name"], *row.get("names", ()), *row.get("domains", ()))}


@dataclass
class _Work:
    """One marking in progress: what was found, and the dates that later expressions hang on."""

    reading: Reading
    starts: list[int]
    published: date | None
    marks: list[DateMark] = field(default_factory=list)
    loose: list[int] = field(default_factory=list)
    anchor: Stretch | None = None
    anchor_sentence: int = -1
    quarter: Stretch | None = None
    missing: tuple[int, int] | None = None

    def read(self, expression: Expression) -> bool:
        """Marks one expression; False where it is none after all, so that the search goes on within it."""
        first, last = self._tokens(expression)
        if first is None or last is None or is_trap(self.reading.tokens, expression, first, last):
            return False
        head = self._head(first, last)
        context = Context(
            self.published,
            lambda: direction(self.reading.tokens, first, head),
            self.anchor,
            self.quarter,
            _day_first(self.reading.report.outlet),
            self.anchor_sentence == self.reading.tokens[first].sentence,
        )
        try:
            if expression.rule.meaning == "days":
                return self._list(expression, days_listed(expression, context))
            if (
                expression.rule.meaning == "stretch"
                and expression.before == "from"
                and is_moved(self.reading.tokens, first - 1)
            ):
                return self._list(expression, ends_apart(expression, context))
            sense = MEANINGS[expression.rule.meaning](expression, context)
        except (ValueError, OverflowError):  # a day that no calendar has, a year beyond 9999
            return False
        if sense is None:
            return expression.rule.meaning == "nothing"
        self._add(expression.words, sense, head, self._is_deadline(expression, sense, context, head))
        if expression.rule.name == "quarter" and sense.stretch and self._is_near(sense.stretch):
            self.quarter = sense.stretch
        return True

    def _list(self, expression: Expression, senses: Iterator[tuple[tuple[Word, ...], Sense]]) -> bool:
        """ "January 10, 12 and 13" is three dates, the first with its month."""
        found = list(senses)
        for words, sense in found:
            first, last = self._tokens(expression._replace(words=words))
            if first is not None and last is not None:
                self._add(words, sense, self._head(first, last), False)
        return bool(found)

    def settle(self) -> None:
        """Gives the clock times of a paragraph the day that their sentence names: "at 3 p.m. (1430 GMT) on January 10"."""
        tokens = self.reading.tokens
        for n in self.loose:
            mark = self.marks[n]
            sentence = tokens[mark.head].sentence
            near = (m for m in self.marks[max(0, n - 3) : n + 4] if m.type == "DATE" and m.when.granularity == "day")
            days = [m for m in near if m.when.start and m.when.start == m.when.end and tokens[m.head].sentence == sentence]
            if days:
                day = min(days, key=lambda m: abs(m.start - mark.start)).when
                when = replace(mark.when, start=day.start, end=day.end, granularity="day")
                self.marks[n] = replace(mark, when=when, value=f"{day.start}{mark.value[mark.value.index('T') :]}")
        self.loose.clear()

    def _add(self, words: tuple[Word, ...], sense: Sense, head: int, deadline: bool) -> None:
        start, end = words[0].start, words[-1].end
        report = self.reading.report
        stretch = sense.stretch
        cite = report.cite(start, end)
        if stretch:
            when = When(stretch.start, stretch.end, cite.text, stretch.granularity, cite)
        else:
            when = When(None, None, cite.text, "vague", cite)
        if sense.loose:
            self.loose.append(len(self.marks))
        self.marks.append(DateMark(start, end, head, when, sense.type, sense.value, deadline))
        if sense.relative and self.missing is None and self.published is None:
            self.missing = (start, end)
        if stretch and sense.type in ("DATE", "TIME") and stretch.granularity != "vague":
            self.anchor, self.anchor_sentence = stretch, self.reading.tokens[head].sentence

    def _is_near(self, stretch: Stretch) -> bool:
        return self.published is None or abs(stretch.end - self.published) < timedelta(days=366)

    def _tokens(self, expression: Expression) -> tuple[int | None, int | None]:
        """First and last token index of an expression; None where the parse has none there."""
        first = bisect_left(self.starts, expression.words[0].start)
        last = bisect_left(self.starts, expression.words[-1].end) - 1
        if first >= len(self.starts) or self.starts[first] >= expression.words[-1].end:
            first = last  # the expression stands within a token: "mid-1990s"
        return (first, max(first, last)) if first >= 0 and self.starts else (None, None)

    def _head(self, first: int, last: int) -> int:
        """The token whose head lies outside of the expression."""
        tokens = self.reading.tokens
        outside = [i for i in range(first, last + 1) if tokens[i].head == i or not first <= tokens[i].head <= last]
        return next((i for i in outside if tokens[i].pos not in ("PUNCT", "DET", "SPACE")), outside[0] if outside else first)

    def _is_deadline(self, expression: Expression, sense: Sense, context: Context, head: int) -> bool:
        """ "By Sunday", "within 10 days", "no later than May 1", where the clause does not look back."""
        if sense.type == "DURATION":
            return expression.before == "within" and context.direction()[0] >= 0
        due = expression.before in DEADLINE or expression.before == "than"
        if sense.type != "SET" and not due:
            due = is_limit(self.reading.tokens, head, expression.before)
        return due and context.direction()[0] >= 0
