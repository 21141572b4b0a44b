"""A web page -> Report: the article's text and metadata, by trafilatura and htmldate. No script of the page is run."""

import re
from datetime import date

from twotrack.errors import UnreadableReport
from twotrack.intake.outlets import outlet_of_url
from twotrack.intake.text import report_of_text
from twotrack.model import Report

MARKUP = re.compile(r"<(?:!doctype html|html|head|body|article|div|p|h1|meta|section|main)\b", re.IGNORECASE)
SNIFFED = 4_000  # characters looked at for markup


def is_html(text: str) -> bool:
    """Whether a text is a web page: markup near its start."""
    head = text[:SNIFFED].lstrip()
    return head[:1] == "<" and MARKUP.search(head) is not None


def report_of_html(
    html: str, *, published: date | str | None = None, outlet: str | None = None, url: str | None = None
) -> Report:
    """A report from a page's HTML. What the caller gives wins over the page's own metadata.

    Raises UnreadableReport for a page without an article.
    """
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    found = bare_extraction(
        html, url=url, with_metadata=True, include_comments=False, include_tables=False, favor_precision=True
    )
    if not isinstance(found, Document) or not (found.text or "").strip():
        raise UnreadableReport("The page holds no article; copy its text and give that.")
    address = url or found.url
    named = outlet or (outlet_of_url(address) if address else None) or found.sitename
    return report_of_text(
        _with_title(found.text or "", found.title),
        published=published or _publication_date(html, address),
        outlet=named,
        title=found.title,
        byline=found.author,
        url=address,
    )


def _with_title(text: str, title: str | None) -> str:
    """The article with its headline as the first line, since a headline can be cited too."""
    body = re.sub(r"\n+", "\n\n", text).strip()
    return body if not title or body.startswith(title) else f"{title}\n\n{body}"


def _publication_date(html: str, url: str | None) -> str | None:
    from htmldate import find_date

    return find_date(html, url=url, original_date=True, extensive_search=True)
