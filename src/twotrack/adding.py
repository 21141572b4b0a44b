"""Files, folders, web addresses and lines of JSON -> the ledger. The one place that joins taking in, reading and storing.

Reports are taken one at a time, so that memory does not grow with their number. What cannot be read is told; the rest goes on.
"""

import json
import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import Engine

from twotrack.errors import TwotrackError, UnreadableReport
from twotrack.intake.html import is_html, report_of_html
from twotrack.intake.outlets import outlet_of_url
from twotrack.intake.source import MAX_BYTES, decoded, report_of_source
from twotrack.intake.text import report_of_text
from twotrack.ledger.case import CASE_FILE, JUDGEMENTS_FILE, LEDGER_FILE
from twotrack.ledger.identity import completed, identified
from twotrack.ledger.store import Outcome, put_reading, reports_in, stored
from twotrack.model import Report
from twotrack.reading import Reading

JSON_LINES = (".jsonl", ".ndjson")
FIELDS = ("title", "outlet", "byline", "published", "url")
OWN_FILES = (CASE_FILE, JUDGEMENTS_FILE, LEDGER_FILE)
INSTANT = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:.*")  # "2021-12-31T18:40:00Z": the day is what counts
PAGE_SIZE = 50_000  # bytes that a web page counts for in the progress, since its size is known too late

Reader = Callable[[Report], Reading]


@dataclass(frozen=True, slots=True)
class Taken:
    """One report on its way in: where it came from, its share of the work in bytes, and the report or why there is none."""

    source: str
    size: int
    report: Report | TwotrackError


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one report: an outcome of the store, or the reason why it could not be read."""

    source: str
    size: int
    outcome: Outcome | TwotrackError


@lru_cache
def finder_version() -> str:
    """The Twotrack whose markers and finders read the reports: its version, and a digest of its words and weights."""
    digest = sha256()
    data = files("twotrack") / "data"
    for path in sorted(Path(str(data)).rglob("*")):
        if path.is_file():
            digest.update(path.read_bytes())
    return f"{version('twotrack')}+{digest.hexdigest()[:8]}"


def add(ledger: Engine, taken: Iterable[Taken], reader: Reader) -> Iterator[Added]:
    """Reads and stores reports as they come. Each is whole in the ledger when it is yielded.

    Raises TwotrackError where the ledger cannot be written; what was yielded before is kept.
    """
    for one in taken:
        outcome = one.report if isinstance(one.report, TwotrackError) else _add_report(ledger, one.report, reader)
        yield Added(one.source, one.size, outcome)


def _add_report(ledger: Engine, given: Report, reader: Reader) -> Outcome:
    report = identified(given)
    if held := stored(ledger, report.id):
        report = completed(held.report, report)
        if report == held.report:
            return "known"  # without reading it again
    return put_reading(ledger, reader(report), finder_version())


def reread(ledger: Engine, reader: Reader, *, everything: bool = False) -> Iterator[Outcome]:
    """Reads stored reports again that another Twotrack read, or all of them; yields what became of each."""
    for one in reports_in(ledger, every_version=True):
        if everything or one.finder != finder_version():
            yield put_reading(ledger, reader(one.report), finder_version())


# --- taking in ------------------------------------------------------------------------------------------------------------


def take(sources: Iterable[str], *, published: str | None = None, outlet: str | None = None) -> Iterator[Taken]:
    """The reports in files, folders (all their files, by name), web addresses and standard input ("-").

    A date or an outlet that is given wins over what pages and texts say; a line of JSON keeps its own.
    """
    for source in sources:
        if source == "-":
            yield from _from_stdin(published, outlet)
        elif os.path.isdir(source):
            for path in files_below(Path(source)):
                yield from _from_file(str(path), published, outlet)
        else:
            yield from _from_file(source, published, outlet)


def size_of(sources: Iterable[str]) -> int:
    """About how many bytes `take` will go through."""
    files = (path for source in sources for path in (files_below(Path(source)) if os.path.isdir(source) else (Path(source),)))
    return sum(os.path.getsize(path) if os.path.isfile(path) else PAGE_SIZE for path in files)


def files_below(folder: Path) -> Iterator[Path]:
    """The files of a folder and its folders, in the order of their names, without hidden ones and a case's own."""
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        of_case = CASE_FILE in names
        for name in sorted(names):
            if not (name.startswith(".") or (of_case and name.startswith(OWN_FILES))):
                yield Path(here, name)


def _from_file(source: str, published: str | None, outlet: str | None) -> Iterator[Taken]:
    if source.startswith(("http://", "https://")):
        yield _taken(source, PAGE_SIZE, lambda: report_of_source(source, published=published, outlet=outlet))
    elif Path(source).suffix.lower() in JSON_LINES and os.path.isfile(source):
        yield from _from_line_file(source, published, outlet)
    else:
        size = os.path.getsize(source) if os.path.isfile(source) else 0
        yield _taken(source, size, lambda: _report_of_file(source, published, outlet))


def _from_line_file(source: str, published: str | None, outlet: str | None) -> Iterator[Taken]:
    try:
        with open(source, "rb") as lines:
            yield from _from_lines(source, lines, published, outlet)
    except OSError as error:
        yield Taken(source, 0, UnreadableReport(f"{source} cannot be read ({error.strerror}); check the path and the rights."))


def _report_of_file(source: str, published: str | None, outlet: str | None) -> Report:
    if not os.path.exists(source):
        raise UnreadableReport(f"{source} does not exist; check the path, or begin a web address with https://.")
    if not os.path.isfile(source):
        raise UnreadableReport(f"{source} is no file but a device or a pipe; give a file, or - for standard input.")
    if source.lower().endswith(".json"):
        raise UnreadableReport(f'{source} is JSON; write one report a line, as {{"text": ...}}, and call the file .jsonl.')
    return report_of_source(source, published=published, outlet=outlet)


def _from_stdin(published: str | None, outlet: str | None) -> Iterator[Taken]:
    """Lines of JSON where the first line is one, else one report."""
    first = sys.stdin.buffer.readline(MAX_BYTES + 1)
    if _is_object(first):
        yield from _from_lines("-", sys.stdin.buffer, published, outlet, first)
        return
    raw = first + sys.stdin.buffer.read(MAX_BYTES + 1 - len(first))
    yield _taken("-", len(raw), lambda: _report_of_bytes(raw, published, outlet))


def _report_of_bytes(raw: bytes, published: str | None, outlet: str | None) -> Report:
    if len(raw) > MAX_BYTES:
        raise UnreadableReport(f"The input is larger than {MAX_BYTES // 1_000_000} MB; give one report, or lines of JSON.")
    text = decoded(raw, "The input")
    if is_html(text):
        return report_of_html(text, published=published, outlet=outlet)
    return report_of_text(text, published=published, outlet=outlet)


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _from_lines(source: str, lines: BinaryIO, published: str | None, outlet: str | None, first: bytes = b"") -> Iterator[Taken]:
    number = 0
    while raw := first or lines.readline(MAX_BYTES + 1):
        first, number, size = b"", number + 1, len(raw)
        while not raw.endswith(b"\n") and (rest := lines.readline(MAX_BYTES)):  # too long: passed over, not kept
            raw, size = rest[-1:], size + len(rest)
        if size > MAX_BYTES or raw.strip():
            name = f"{source}, line {number}"
            yield _taken(name, size, partial(_report_of_line, raw, size, published, outlet))


def _report_of_line(raw: bytes, size: int, published: str | None, outlet: str | None) -> Report:
    if size > MAX_BYTES:
        raise UnreadableReport(f"It is longer than {MAX_BYTES // 1_000_000} MB; give one report a line.")
    try:
        found = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UnreadableReport(f'It is no JSON ({error}); write one object a line, as {{"text": ...}}.') from None
    text, about = _checked_fields(found)
    return report_of_text(
        text,
        published=_day(about["published"]) or published,
        outlet=about["outlet"] or outlet or (outlet_of_url(about["url"]) if about["url"] else None),
        title=about["title"],
        byline=about["byline"],
        url=about["url"],
    )


def _checked_fields(found: Any) -> tuple[str, dict[str, str | None]]:
    if not isinstance(found, dict) or not isinstance(found.get("text"), str):
        raise UnreadableReport('It has no text; write one object a line, as {"text": ..., "outlet": ..., "published": ...}.')
    for key in FIELDS:
        if not isinstance(found.get(key), str | None):
            raise UnreadableReport(f"Its {key} is no text but {json.dumps(found[key])[:40]}; put it in quotes.")
    return found["text"], {key: " ".join((found.get(key) or "").split()) or None for key in FIELDS}


def _day(words: str | None) -> str | None:
    return INSTANT.sub(r"\1", words) if words else None


def _taken(source: str, size: int, report_of: Callable[[], Report]) -> Taken:
    try:
        return Taken(source, size, report_of())
    except TwotrackError as error:
        return Taken(source, size, error)


# --- counting -------------------------------------------------------------------------------------------------------------


def summary(counts: Counter[str]) -> str:
    """What was done, for a line at the end: "12 reports added, 2 new versions, 3 known already, 1 not readable"."""
    plural = "" if counts["added"] == 1 else "s"
    told = [f"{counts['added']} report{plural} added"]
    told += [f"{counts['version']} new version{'' if counts['version'] == 1 else 's'}"] if counts["version"] else []
    told += [f"{counts['reread']} completed"] if counts["reread"] else []
    told += [f"{counts['known']} known already"] if counts["known"] else []
    told += [f"{counts['failed']} not readable"] if counts["failed"] else []
    return ", ".join(told)
