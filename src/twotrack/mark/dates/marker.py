"""Marks temporal expressions with TIMEX3's type and value, and dates them against the day of publication.

"The two presidents spoke on Thursday" in a report of Friday, 31 December 2021 gives a DATE 2021-12-30; "talks next month" the
January that follows; "within 10 days" a deadline. What cannot be dated keeps its words, with no days.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property

from twotrack.errors import Problem
from twotrack.mark.dates.anchors import (
    EVENT_REACH,
    NEARBY,
    Anchor,
    date_of_event,
    event_after,
    how_of,
    nearest_before,
    stretch_of,
)
from twotrack.mark.dates.calendar import Stretch
from twotrack.mark.dates.datetraps import is_trap
from twotrack.mark.dates.distances import LIMITS, counted_from
from twotrack.mark.dates.meanings import MEANINGS
from twotrack.mark.dates.origins import day_first, day_of_report
from twotrack.mark.dates.ranges import days_listed, ends_apart
from twotrack.mark.dates.senses import Context, Sense
from twotrack.mark.dates.tense import direction, is_limit, is_moved
from twotrack.mark.dates.timewords import Expression, Word, scan
from twotrack.model import Cite, DateMark, How, When
from twotrack.reading import Reading

NEEDS_DATE = "Dates such as {words!r} stay unresolved: give the day of publication with --published."
DEADLINE = frozenset({"by", "before"})


def mark_dates(reading: Reading) -> Iterator[DateMark | Problem]:
    """The temporal expressions of a report, in text order; one Problem where the day of publication is missing and needed."""
    starts = [token.start for token in reading.tokens]
    work = _Work(reading, starts, *day_of_report(reading))
    for paragraph in reading.paragraphs:
        if paragraph.kind not in ("byline", "dateline"):
            work.paragraph = paragraph.start
            scan(reading.report.text, paragraph.start, paragraph.end, work.read)
            work.settle()
    work.settle_events()
    yield from work.marks
    if work.missing:
        start, end = work.missing
        yield Problem(NEEDS_DATE.format(words=reading.report.text[start:end]), start, end)


@dataclass
class _Work:
    """One marking in progress: what was found, and the dates that later expressions hang on."""

    reading: Reading
    starts: list[int]
    published: date | None
    origin: How
    dateline: Cite | None
    marks: list[DateMark] = field(default_factory=list)
    loose: list[int] = field(default_factory=list)
    counted: list[tuple[int, Expression, int]] = field(default_factory=list)  # "two days after the call", to be dated last
    anchor: Anchor | None = None
    paragraph: int = 0  # where the paragraph at hand begins
    asked: bool = False  # whether the expression at hand asked for its tense
    quarter: Stretch | None = None
    missing: tuple[int, int] | None = None

    def read(self, expression: Expression) -> bool:
        """Marks one expression; False where it is none after all, so that the search goes on within it."""
        first, last = self._tokens(expression)
        if first is None or last is None or is_trap(self.reading.tokens, expression, first, last):
            return False
        head = self._head(first, last)
        context = self._context(first, head)
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
        how = how_of(expression, sense, self.asked, self.origin)
        self._add(expression, sense, how, head, self._is_deadline(expression, sense, context, head))
        if expression.rule.meaning == "from_event":
            self.counted.append((len(self.marks) - 1, expression, last))
        if expression.rule.name == "quarter" and sense.stretch and self._is_near(sense.stretch):
            self.quarter = sense.stretch
        return True

    def _context(self, first: int, head: int) -> Context:
        """What an expression from token `first` on is read against."""
        tokens, anchor = self.reading.tokens, self.anchor
        self.asked = False

        def ask() -> tuple[int, int]:
            self.asked = True
            return direction(tokens, first, head)

        here = anchor is not None and anchor.start >= self.paragraph
        near = here or (anchor is not None and tokens[first].sentence - anchor.sentence <= NEARBY)
        return Context(
            self.published,
            ask,
            anchor.stretch if anchor and near else None,
            self.quarter,
            here,
            lambda: self.day_first,
            lambda: self._sentence(first),
        )

    def _sentence(self, token: int) -> frozenset[str]:
        """The lower-cased words of the sentence of a token."""
        sentence = self.reading.sentences[self.reading.tokens[token].sentence]
        first, last = max(sentence.first, token - EVENT_REACH), min(sentence.last, token + EVENT_REACH)
        return frozenset(t.lower for t in self.reading.tokens[first:last])

    @cached_property
    def day_first(self) -> bool:
        """Whether the report writes 10/1 for 10 January."""
        return day_first(self.reading.report)

    def _list(self, expression: Expression, senses: Iterator[tuple[tuple[Word, ...], Sense]]) -> bool:
        """ "January 10, 12 and 13" is three dates, the first with its month."""
        found = list(senses)
        for words, sense in found:
            first, last = self._tokens(expression._replace(words=words))
            if first is not None and last is not None:
                part = expression._replace(words=words)
                whole = how_of(expression, sense, self.asked, self.origin)
                self._add(part, sense, whole, self._head(first, last), False)
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
                when = replace(mark.when, start=day.start, end=day.end, granularity="day", how="sentence", anchor=day.cite)
                self.marks[n] = replace(mark, when=when, value=f"{day.start}{mark.value[mark.value.index('T') :]}")
        self.loose.clear()

    def settle_events(self) -> None:
        """Dates what is counted from an event by the event's own date, else by the date told before it."""
        for n, expression, last in self.counted:
            mark, tokens = self.marks[n], self.reading.tokens
            event = event_after(tokens, last)
            found = date_of_event(self.reading, event, self.marks, n) if event is not None else None
            how: How = "event" if found else "narrative"
            found = found or nearest_before(self.marks, n, self.reading)
            stretch = counted_from(stretch_of(found), expression) if found else None
            if found and stretch:
                when = replace(mark.when, start=stretch.start, end=stretch.end, granularity=stretch.granularity)
                value = stretch.value if mark.type == "DATE" else mark.value
                self.marks[n] = replace(mark, when=replace(when, how=how, anchor=found.when.cite), value=value)

    def _add(self, expression: Expression, sense: Sense, how: How, head: int, deadline: bool) -> None:
        start, end = expression.words[0].start, expression.words[-1].end
        cite, stretch = self.reading.report.cite(start, end), sense.stretch
        counted = self.reading.report.cite(self.anchor.start, self.anchor.end) if self.anchor and how == "narrative" else None
        anchor = self.dateline if how == "dateline" else counted
        if stretch:
            when = When(stretch.start, stretch.end, cite.text, stretch.granularity, cite, how, anchor)
        else:
            when = When(None, None, cite.text, "vague", cite, how)
        if sense.loose:
            self.loose.append(len(self.marks))
        self.marks.append(DateMark(start, end, head, when, sense.type, sense.value, deadline, expression.rule.name))
        if sense.relative and self.missing is None and self.published is None:
            self.missing = (start, end)
        if stretch and sense.type in ("DATE", "TIME") and stretch.granularity != "vague":
            self.anchor = Anchor(stretch, start, end, self.reading.tokens[head].sentence)

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
            return expression.after in LIMITS or (expression.before == "within" and context.direction()[0] >= 0)
        due = expression.before in DEADLINE or expression.before == "than"
        if sense.type != "SET" and not due:
            due = is_limit(self.reading.tokens, head, expression.before)
        return due and not sense.value.endswith("_REF") and context.direction()[0] >= 0
