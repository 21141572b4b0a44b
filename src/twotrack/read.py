"""One report from text to claims: intake, parse, every marker in turn, then every finder."""

from datetime import date

from twotrack.errors import Problem
from twotrack.find import FAST_FINDERS, FINDERS
from twotrack.intake.text import report_of_text
from twotrack.mark import FAST_MARKERS, MARKERS
from twotrack.model import Claim, Report
from twotrack.parse import DEFAULT_PIPELINE
from twotrack.reading import Reading, parse_report, with_claims, with_marks


def read(
    text: str,
    *,
    published: date | str | None = None,
    outlet: str | None = None,
    pipeline: str = DEFAULT_PIPELINE,
    fast: bool = False,
) -> Reading:
    """Reads a report's text: `read("Iran ...", published="2021-12-31").claims`. `fast` leaves the learned parts out.

    Raises TwotrackError for a text that is no report or a date that is none.
    """
    return read_report(report_of_text(text, published=published, outlet=outlet), pipeline, fast)


def read_report(report: Report, pipeline: str = DEFAULT_PIPELINE, fast: bool = False) -> Reading:
    """Reads a report that is taken in, `fast` by rules alone. Finders see all marks, and none of each other's claims."""
    reading = parse_report(report, pipeline)
    for mark in FAST_MARKERS if fast else MARKERS:
        reading = with_marks(reading, mark(reading))
    found = [item for find in (FAST_FINDERS if fast else FINDERS) for item in find(reading)]
    return with_claims(reading, [item for item in found if isinstance(item, Problem) or not _of_headline(reading, item)])


def _of_headline(reading: Reading, claim: Claim) -> bool:
    """A headline says again, shortened and in the present tense, what the report says; its claims would count twice."""
    first = reading.paragraphs[0]
    return first.kind == "headline" and claim.cites[0].start < first.end
