"""Views as tables, CSV and JSON: what a listing command prints. Values in, rows and text out."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from textwrap import wrap
from typing import Any

from rich.console import Console
from rich.text import Text

from twotrack.jsonform import claim_json, plain
from twotrack.ledger.rows import actors_of
from twotrack.ledger.store import Found
from twotrack.model import Commitment, Entry, Event, Meeting
from twotrack.views import Change, FamilyView, OutletView, Position
from twotrack.wording import commitment_words, entry_day, event_words, joined, meeting_words, shortened, statement_words

Row = dict[str, Any]
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # with which a cell of a spreadsheet begins that is run
WIDE = 220  # characters of an entry's words in a table
ROOMY = 130  # columns of a terminal on which an entry's words stand beside its figures
GAP, SHORT = 2, 20  # between columns; the least width of words
LONG = ("words", "told", "title", "copies", "cites")


def entry_words(entry: Entry) -> str:
    """An entry in words: "Namibia: “closed its crossing”"; who says so, where no report tells it in its own voice."""
    lead = entry.lead
    if isinstance(lead, Event):
        words = event_words(lead)
    elif isinstance(lead, Meeting):
        words = meeting_words(lead, entry.status)
    else:
        words = commitment_words(lead) if isinstance(lead, Commitment) else statement_words(lead)
    others = [name for name in entry.said_by if name not in {actor.name or actor.words for _, actor in actors_of(lead)}]
    return f"{words} (according to {joined(others)})" if others and entry.kind != "statement" else words


def entry_row(entry: Entry) -> Row:
    """The columns of an entry in a table and in CSV."""
    return {
        "id": entry.id, "day": entry_day(entry), "kind": entry.kind, "type": entry.type,
        "status": entry.outcome or entry.status, "words": entry_words(entry), "grade": str(entry.grade),
        "sources": f"{entry.independent}/{entry.families}/{entry.reports}", "told": _span(entry.known, entry.latest),
        "outlet": entry.outlet or "", "disputed": "disputed" if entry.disputed else "",
    }  # fmt: skip


def _span(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return ""
    return first.isoformat() if first == last else f"{first.isoformat()} to {last.isoformat()}"


def entry_json(entry: Entry) -> Row:
    """An entry as JSON has it: its fields, the leading claim as `twotrack read --json` has it, the grade also as "B2"."""
    made: Row = {**plain(entry), "lead": claim_json(entry.lead), "words": entry_words(entry)}
    return made | {"grade": str(entry.grade), "graded": plain(entry.grade)}


def change_row(change: Change) -> Row:
    """The columns of a change."""
    return {"change": change.what, "before": change.before, "after": change.after, **entry_row(change.entry)}


def position_rows(positions: Iterable[Position]) -> list[Row]:
    """The columns of positions: one row an entry."""
    return [{"issue": one.issue, "side": one.side, **entry_row(entry)} for one in positions for entry in one.entries]


def family_row(family: FamilyView) -> Row:
    """The columns of a family."""
    return {
        "first": family.first, "published": family.published or "", "outlet": family.outlet or "", "title": family.title or "",
        "copies": "; ".join(f"{outlet or report} ({likeness})" for report, outlet, likeness, _ in family.copies),
        "independent": "yes" if family.independent else f"derived from {', '.join(family.derived_from)}",
        "cites": ", ".join(family.cites),
    }  # fmt: skip


def outlet_row(outlet: OutletView) -> Row:
    """The columns of an outlet."""
    return asdict(outlet)


def found_row(found: Found) -> Row:
    """The columns of a report that a search found."""
    return {"report": found.report, "published": found.published or "", "outlet": found.outlet or "", "words": found.words}


# --- printing -----------------------------------------------------------------------------------------------------------


def to_csv(rows: Sequence[Row]) -> str:
    """Rows as CSV; a cell that a spreadsheet would run is made a text."""
    out = io.StringIO()
    if rows:
        writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows({key: safe_cell(value) for key, value in row.items()} for row in rows)
    return out.getvalue()


def safe_cell(value: Any) -> Any:
    """A cell's value, with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def to_json(value: Any) -> str:
    """Values as indented JSON."""
    return json.dumps(value, ensure_ascii=False, indent=1)


def print_table(console: Console, rows: Sequence[Row], columns: Mapping[str, str], empty: str) -> None:
    """Prints chosen columns (key -> heading); `empty` is said where there are no rows. Text is shown and never run.

    On a terminal that is too narrow for words beside figures, the words stand under the row that they belong to.
    """
    if not rows:
        console.print(Text(empty, style="dim"))
        return
    long = [key for key in columns if key in LONG]
    beside = [key for key in columns if console.width >= ROOMY or key not in long]
    widths = {key: max(len(columns[key]), *(len(str(row[key])) for row in rows)) for key in beside if key not in long}
    _print_row(console, [(columns[key], widths.get(key)) for key in beside], "bold")
    for row in rows:
        _print_row(console, [(str(row[key]), widths.get(key)) for key in beside], "")
        for key in long if console.width < ROOMY else ():
            for line in wrap(shortened(str(row[key]), WIDE), console.width, initial_indent="    ", subsequent_indent="    "):
                console.print(Text(line, style="dim"), soft_wrap=True)


def _print_row(console: Console, cells: Sequence[tuple[str, int | None]], style: str) -> None:
    """One row: cells of a known width padded, the others sharing what is left, wrapped under each other."""
    room = console.width - sum(width + GAP for _, width in cells if width is not None)
    share = max(room // max(sum(width is None for _, width in cells), 1) - GAP, SHORT)
    columns = [
        ([text], width) if width is not None else (wrap(shortened(text, WIDE), share) or [""], share) for text, width in cells
    ]
    for n in range(max(len(lines) for lines, _ in columns)):
        line = "".join((lines[n] if n < len(lines) else "").ljust(width + GAP) for lines, width in columns)
        console.print(Text(line.rstrip(), style=style), soft_wrap=True)
