"""Entries as JSON Lines, every entry complete: the entry, each source with its claim, each outcome. And read back again."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import date
from typing import Any, BinaryIO, get_type_hints

from sqlalchemy import Engine

from twotrack.errors import TwotrackError
from twotrack.export.pages import Exported, Told, told
from twotrack.jsonform import claim_json, plain
from twotrack.ledger.case import Case
from twotrack.ledger.queries import Filter
from twotrack.ledger.rows import claim_of, when_of
from twotrack.model import Actor, Claim, Commitment, Entry, Grade, Outcome, Source, Telling, Variant

# Line ends of Unicode, which many readers of lines take for ends of lines; JSON may write them as escapes.
LINE_ENDS = {ord(mark): f"\\u{ord(mark):04x}" for mark in "\x85\u2028\u2029"}
DAYS = tuple(name for name, hint in get_type_hints(Entry).items() if hint == date | None)
LISTS = tuple(name for name, hint in get_type_hints(Entry).items() if hint == tuple[str, ...])


def write_jsonl(ledger: Engine, case: Case, wanted: Filter, stream: BinaryIO) -> Exported:
    """Writes entries as JSON Lines, one object an entry: {"entry": ..., "sources": [...], "outcomes": [...]}."""
    written = 0
    for one in told(ledger, case, wanted):
        line = json.dumps(told_json(one), ensure_ascii=False, separators=(",", ":")).translate(LINE_ENDS)
        stream.write(f"{line}\n".encode())
        written += 1
    return Exported(written)


def told_json(one: Told) -> dict[str, Any]:
    """An entry as a line has it. Claims are as in `twotrack read --json`, and the cite of a date has its words too."""
    return {
        "entry": _with_claim(one.entry, "lead"),
        "sources": [_with_claim(source, "claim") for source in one.sources],
        "outcomes": plain(one.outcomes),
    }


def _with_claim(value: Entry | Source, held: str) -> dict[str, Any]:
    return {
        field.name: _claim_json(getattr(value, field.name)) if field.name == held else plain(getattr(value, field.name))
        for field in fields(value)
    }


def _claim_json(claim: Claim) -> dict[str, Any]:
    found, when = claim_json(claim), when_of(claim)
    if when and when.cite:
        found["deadline" if isinstance(claim, Commitment) else "when"]["cite"] = plain(when.cite)
    return found


# --- reading back -------------------------------------------------------------------------------------------------------


def read_jsonl(lines: Iterable[str]) -> Iterator[Told]:
    """The entries that `write_jsonl` wrote. Raises TwotrackError that names the line which holds none."""
    for number, line in enumerate(lines, 1):
        try:
            found = json.loads(line)
            entry, sources = _entry(found["entry"]), tuple(map(_source, found["sources"]))
            outcomes = tuple(Outcome(**one) for one in found["outcomes"])
        except (ValueError, TypeError, KeyError) as error:
            raise TwotrackError(f"Line {number} is no entry ({error}); give a file of twotrack export --to jsonl.") from None
        yield Told(entry, sources, outcomes)


def _entry(found: Mapping[str, Any]) -> Entry:
    return Entry(**{
        **found,
        **{key: _day(found[key]) for key in DAYS},
        **{key: tuple(found[key]) for key in LISTS},
        "lead": claim_of(found["lead"], ""),
        "grade": Grade(**found["grade"]),
        "variants": tuple(Variant(one["field"], tuple(map(_telling, one["told"]))) for one in found["variants"]),
    })  # fmt: skip


def _source(found: Mapping[str, Any]) -> Source:
    return Source(**{
        **found,
        "claim": claim_of(found["claim"], ""),
        "published": _day(found["published"]),
        "said_by": Actor(**found["said_by"]) if found["said_by"] else None,
        "leans_on": tuple(found["leans_on"]),
    })  # fmt: skip


def _telling(found: Mapping[str, Any]) -> Telling:
    return Telling(found["value"], tuple(found["claims"]), tuple(found["outlets"]))


def _day(words: str | None) -> date | None:
    return date.fromisoformat(words) if words else None
