"""Plain and pasted text -> Report: cleaned once, with the headline and byline that its lines show."""

import hashlib
from datetime import date

from twotrack.errors import TwotrackError
from twotrack.layout import layout
from twotrack.model import Report


def report_of_text(text: str, *, published: date | str | None = None, outlet: str | None = None) -> Report:
    """A report from pasted text."""
    text = text.replace("\r\n", "\n")
    paragraphs, _ = layout(text)
    title = next((text[p.start : p.end] for p in paragraphs if p.kind == "headline"), None)
    byline = next((text[p.start : p.end] for p in paragraphs if p.kind == "byline"), None)
    if isinstance(published, str):
        try:
            published = date.fromisoformat(published)
        except ValueError as error:
            raise TwotrackError(f"{published!r} is no date; write it as 2021-12-31.") from error
    return Report(hashlib.sha256(text.encode()).hexdigest()[:12], text, title, outlet, byline, published)
