"""Report -> Reading: the report with its layout, its parse and its marks, all as offsets into `report.text`.

A Reading is a value: markers and finders look at it and yield; `with_marks` and `with_claims` make the next one.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from twotrack.errors import Problem
from twotrack.layout import layout, quotes
from twotrack.model import (
    ActorMark,
    AttributionMark,
    Claim,
    ConditionMark,
    DateMark,
    Mark,
    Paragraph,
    Quote,
    Report,
    Section,
    Sentence,
    Token,
)
from twotrack.parse import DEFAULT_PIPELINE, parse

if TYPE_CHECKING:
    from twotrack.brief import Brief


@dataclass(frozen=True)
class Reading:
    """A report as read. Tokens, sentences and marks stand in text order."""

    report: Report
    paragraphs: tuple[Paragraph, ...]
    sections: tuple[Section, ...]
    quotes: tuple[Quote, ...]
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    actors: tuple[ActorMark, ...] = ()
    dates: tuple[DateMark, ...] = ()
    attributions: tuple[AttributionMark, ...] = ()
    conditions: tuple[ConditionMark, ...] = ()
    claims: tuple[Claim, ...] = ()
    problems: tuple[Problem, ...] = ()

    @cached_property
    def actors_at(self) -> dict[int, ActorMark]:
        """The actor mark whose phrase a token heads: reading.actors_at[subject]."""
        return {mark.head: mark for mark in self.actors}

    @cached_property
    def token_starts(self) -> dict[int, int]:
        """Token index by its first character."""
        return {token.start: token.i for token in self.tokens}

    def paragraph_of(self, sentence: Sentence) -> Paragraph:
        return self.paragraphs[sentence.paragraph]

    def sentence_at(self, start: int) -> int:
        """The index of the sentence in which a character stands, or of the last one before it; 0 before the first."""
        return max(bisect_right(self.sentences, start, key=lambda sentence: sentence.start) - 1, 0)

    def quote_at(self, start: int) -> Quote | None:
        """The quotation that holds the character at `start`."""
        after = bisect_right(self.quotes, start, key=lambda quote: quote.start)
        quote = self.quotes[after - 1] if after else None
        return quote if quote and start < quote.end else None

    def actor_over(self, start: int) -> ActorMark | None:
        """The actor mark that holds the character at `start`."""
        after = bisect_right(self.actors, start, key=lambda mark: mark.start)
        mark = self.actors[after - 1] if after else None
        return mark if mark and start < mark.end else None

    def brief(self) -> "Brief":
        """What the report says, as a brief in which every line has its cite."""
        from twotrack.brief import brief_of  # a brief is made from readings; this is the way back for its users

        return brief_of(self)


def parse_report(report: Report, pipeline: str = DEFAULT_PIPELINE, entities: bool = True) -> Reading:
    """Lays out and parses a report; no marks yet. Without `entities` it takes half the time, and no name is known for one."""
    paragraphs, sections = layout(report.text)
    tokens, sentences = parse(report.text, paragraphs, pipeline, entities)
    return Reading(report, paragraphs, sections, quotes(report.text, paragraphs), tokens, sentences)


def with_marks(reading: Reading, items: Iterable[Mark | Problem]) -> Reading:
    """The reading with these marks and problems added, marks in text order."""
    found = list(items)
    return replace(
        reading,
        actors=(*reading.actors, *sorted((m for m in found if isinstance(m, ActorMark)), key=_start)),
        dates=(*reading.dates, *sorted((m for m in found if isinstance(m, DateMark)), key=_start)),
        attributions=(*reading.attributions, *sorted((m for m in found if isinstance(m, AttributionMark)), key=_start)),
        conditions=(*reading.conditions, *sorted((m for m in found if isinstance(m, ConditionMark)), key=_start)),
        problems=(*reading.problems, *(p for p in found if isinstance(p, Problem))),
    )


def with_claims(reading: Reading, items: Iterable[Claim | Problem]) -> Reading:
    """The reading with these claims and problems added, claims in text order of what they cite."""
    found = list(items)
    claims = sorted((c for c in found if not isinstance(c, Problem)), key=lambda claim: claim.cites[0].start)
    return replace(
        reading,
        claims=(*reading.claims, *claims),
        problems=(*reading.problems, *(p for p in found if isinstance(p, Problem))),
    )


def _start(mark: Mark) -> int:
    return mark.cue.start if isinstance(mark, AttributionMark) else mark.start
