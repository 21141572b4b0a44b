"""The ledger in other programs' formats: EXPORTS by name, written to a stream or, whole or not at all, to a file.

export_file(ledger, case, "csv", Path("geneva.csv"), Filter(since=date(2022, 1, 1)))
"""

from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Engine

from twotrack.errors import TwotrackError
from twotrack.export.atom import write_atom
from twotrack.export.ics import write_ics
from twotrack.export.lines import read_jsonl, write_jsonl
from twotrack.export.pages import Exported, Told
from twotrack.export.parquet import is_ours as is_our_parquet
from twotrack.export.parquet import write_parquet
from twotrack.export.polecat import write_polecat
from twotrack.export.sqlite import write_sqlite
from twotrack.export.table import write_csv
from twotrack.export.targets import begins_with, replaced
from twotrack.ledger.case import Case
from twotrack.ledger.queries import Filter

__all__ = ["EXPORTS", "Export", "Exported", "Told", "export_file", "export_named", "read_jsonl"]

ALL = Filter()
# SQLite's header keeps the application's id, ours being "twtr", from byte 68 on.
OUR_SQLITE = rb"SQLite format 3\0.{52}twtr"


@dataclass(frozen=True, slots=True)
class Export:
    """A format: what it holds, the ending of its files' names, how it is written, and how a file of it is known as ours."""

    about: str
    suffix: str
    write: Callable[[Engine, Case, Filter, BinaryIO], Exported]
    is_ours: Callable[[Path], bool]


EXPORTS: dict[str, Export] = {
    "csv": Export("entries as a table, one a row", ".csv", write_csv, begins_with(rb"id,kind,type,status,first_day,")),
    "jsonl": Export("every entry complete, one a line", ".jsonl", write_jsonl, begins_with(rb'\{"entry":\{"id":"')),
    "parquet": Export("the table of csv, with types", ".parquet", write_parquet, is_our_parquet),
    "ics": Export("meetings as a calendar", ".ics", write_ics, begins_with(rb"BEGIN:VCALENDAR\r\n.{0,40}PRODID:-//Twotrack//")),
    "atom": Export("what changed, as a feed", ".atom", write_atom, begins_with(rb"<\?xml.{,200}<generator>Twotrack<")),
    "polecat": Export(
        "events in POLECAT's columns", ".tsv", write_polecat, begins_with(rb"Event ID\t.{,2000}\tIndependent Families\t")
    ),
    "sqlite": Export("the ledger as one SQLite file for Datasette", ".sqlite", write_sqlite, begins_with(OUR_SQLITE)),
}


def export_named(name: str) -> Export:
    """The format of that name. Raises TwotrackError that suggests one."""
    if name in EXPORTS:
        return EXPORTS[name]
    near = get_close_matches(name, EXPORTS, n=1)
    meant = f" did you mean {near[0]}?" if near else ""
    raise TwotrackError(f"{name!r} is no format;{meant} it is one of {', '.join(EXPORTS)}.")


def export_file(ledger: Engine, case: Case, name: str, target: Path, wanted: Filter = ALL) -> Exported:
    """Writes a file of that format, in the place of an earlier export of the same format, and of nothing else.

    Raises TwotrackError where another file is in its place, or it cannot be written; what was there before stays then.
    """
    export = export_named(name)
    return replaced(target, export.is_ours, lambda stream: export.write(ledger, case, wanted, stream))
