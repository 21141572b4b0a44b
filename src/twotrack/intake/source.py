"""A file, a web address or standard input -> Report. The only module that opens files and connections for reports."""

import sys
from pathlib import Path

from twotrack.errors import UnreadableReport
from twotrack.intake.html import is_html, report_of_html
from twotrack.intake.text import report_of_text
from twotrack.model import Report

MAX_BYTES = 20_000_000  # of one file or page; the largest pages of news sites have 5 MB
TIMEOUT = 20.0  # seconds until a server counts as not answering
# First bytes of what people hand over instead of text, and what to do then.
BINARY = {
    b"%PDF": "a PDF; save its text and give that",
    b"PK\x03\x04": "a Word document or an archive; save the report as plain text",
    b"\xd0\xcf\x11\xe0": "an old Office document; save the report as plain text",
    b"{\\rtf": "rich text; save the report as plain text",
    b"\x89PNG": "a picture; give the report's text",
    b"\xff\xd8\xff": "a picture; give the report's text",
    b"GIF8": "a picture; give the report's text",
    b"\x1f\x8b": "compressed; unpack it first",
}


def report_of_source(source: str, *, published: str | None = None, outlet: str | None = None) -> Report:
    """The report in a file, at a web address, or on standard input ("-"). Raises UnreadableReport where there is none."""
    url = source if source.startswith(("http://", "https://")) else None
    raw = _fetched(source) if url else _from_stdin() if source == "-" else _from_file(source)
    text = decoded(raw, "The page" if url else "The input" if source == "-" else source)
    if url or is_html(text):
        return report_of_html(text, published=published, outlet=outlet, url=url)
    return report_of_text(text, published=published, outlet=outlet)


def _from_stdin() -> bytes:
    return _within_limit(sys.stdin.buffer.read(MAX_BYTES + 1), "The input")


def _from_file(source: str) -> bytes:
    path = Path(source)
    try:
        if path.is_dir():
            raise UnreadableReport(f"{source} is a folder; give one file.")
        with path.open("rb") as file:
            return _within_limit(file.read(MAX_BYTES + 1), source)
    except FileNotFoundError:
        raise UnreadableReport(f"{source} does not exist; check the path, or begin a web address with https://.") from None
    except (OSError, ValueError) as error:
        raise UnreadableReport(f"{source} cannot be opened ({error}); check the path and the rights.") from None


def _within_limit(raw: bytes, name: str) -> bytes:
    if len(raw) > MAX_BYTES:
        raise UnreadableReport(f"{name} is larger than {MAX_BYTES // 1_000_000} MB; give one report, as text or HTML.")
    return raw


def _fetched(url: str) -> bytes:
    import urllib3

    advice = "check the address, or save the page and give the file"
    http = urllib3.PoolManager(timeout=TIMEOUT, retries=urllib3.Retry(total=2, redirect=5, backoff_factor=0.2))
    try:
        answer = http.request(
            "GET", url, headers={"User-Agent": "twotrack", "Accept": "text/html,text/plain"}, preload_content=False
        )
        raw = answer.read(MAX_BYTES + 1)
    except (urllib3.exceptions.HTTPError, ValueError, OSError):
        raise UnreadableReport(f"{url} does not answer; {advice}.") from None
    if answer.status >= 400:
        raise UnreadableReport(f"{url} answers with error {answer.status}; {advice}.")
    return _within_limit(raw, url)


def decoded(raw: bytes, name: str) -> str:
    """Bytes as text: by byte order mark, else as UTF-8, else in the encoding that they most likely have."""
    for start, advice in BINARY.items():
        if raw.startswith(start):
            raise UnreadableReport(f"{name} is {advice}.")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace")
    if b"\x00" in raw:
        raise UnreadableReport(f"{name} is not text; give the report as text or HTML.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _guessed(raw, name)


def _guessed(raw: bytes, name: str) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(raw[:100_000]).best()
    if best is None:
        raise UnreadableReport(f"{name} is not text in a known encoding; save it as UTF-8.")
    return raw.decode(best.encoding, errors="replace")
