"""Exports: each format is read back by what reads it, holds what the ledger holds, and is written whole or not at all."""

import csv
import io
import json
import resource
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from sqlalchemy import Engine

from ledgers import (
    case_on_either,  # noqa: F401
    ledger_of_case,  # noqa: F401
    made_report,
    made_text,
    postgres_server,  # noqa: F401
    stub_reader,
)
from twotrack.errors import TwotrackError
from twotrack.export import EXPORTS, Exported, Told, export_file, export_named, pages, read_jsonl
from twotrack.export.ics import event_of, sequence
from twotrack.export.lines import told_json
from twotrack.export.polecat import POLECAT
from twotrack.export.table import COLUMNS, cell_of
from twotrack.intake.text import report_of_text
from twotrack.ledger.case import Case
from twotrack.ledger.entries import entry_of
from twotrack.ledger.identity import identified
from twotrack.ledger.queries import Filter, entries_where, outcomes_of, sources_for
from twotrack.ledger.settling import settle
from twotrack.ledger.store import put_reading
from twotrack.model import Actor, Cite, Meeting, MeetingStatus, Report, Source, When
from twotrack.read import read_report
from twotrack.reading import Reading

ATOM = "{http://www.w3.org/2005/Atom}"
ALL = Filter()
JAN = [date(2022, 1, day) for day in range(1, 32)]

REPORTS = (
    ("Harbour Post", JAN[2], "https://harbour.example/talks", """Peru and Chile to meet

LIMA — Peru and Chile will hold talks in Lima on January 10, the Peruvian foreign ministry said on Monday. Peru expelled two Chilean diplomats on Sunday.

"We will close the border if Chile sends troops," the Peruvian president said."""),
    ("Andes Wire", JAN[3], "https://andes.example/envoys", """Two envoys thrown out

SANTIAGO — Two Chilean diplomats were expelled by Peru on January 2, officials in Santiago confirmed. Chile demanded that Peru apologize by January 5."""),
    ("Coast Daily", JAN[6], None, """Troops at the border

LIMA — Chile sent troops to the border. Peru closed the border with Chile on Thursday."""),
)  # fmt: skip
ODD_LINES = (
    '=HYPERLINK("http://bad.example","open me")',
    "@SUM(A1:A9), and a comma; a semicolon\\, a backslash\\n",
    "+1 \u202eright to left\u202c \U0001f54a مفاوضات",
    '-2\ta tab, a bell \x07, an escape \x1b, "quotes" and \'more\'',
    "\ttab first <b>&amp;</b> ]]> \u2028 a line end of Unicode \x85 and another",
)  # fmt: skip
ODD = Report("", "\n".join(ODD_LINES), '<i>"A & B"</i>', "=cmd|'/C calc'!A0", None, JAN[4], "javascript:alert(1)")


@cache
def read_reports() -> tuple[Reading, ...]:
    given = [
        replace(report_of_text(text, published=day.isoformat(), outlet=outlet), url=url) for outlet, day, url, text in REPORTS
    ]
    return tuple(read_report(identified(report)) for report in given)


def put(ledger: Engine, case: Case, *readings: Reading) -> None:
    for reading in readings:
        put_reading(ledger, reading, "1")
    settle(ledger, case)


def stubs(*reports: Report) -> list[Reading]:
    return [stub_reader(report) for report in reports]


@pytest.fixture(name="andes")
def ledger_of_reports(ledger: Engine, case: Case) -> Engine:
    put(ledger, case, *read_reports())
    return ledger


@pytest.fixture(name="odd")
def ledger_of_odd_characters(ledger: Engine, case: Case) -> Engine:
    """An entry for each of the odd lines: meetings of other forms on other days."""
    reading, forms = stub_reader(identified(ODD)), ("talks", "call", "visit", "summit", "session")
    days = [When(day, day, "then") for day in JAN[4::6]]
    claims = [replace(claim, format=form, when=day) for claim, form, day in zip(reading.claims, forms, days, strict=True)]  # type: ignore[call-arg]
    put(ledger, case, replace(reading, claims=tuple(claims)))
    return ledger


def written(name: str, ledger: Engine, case: Case, wanted: Filter = ALL) -> bytes:
    stream = io.BytesIO()
    EXPORTS[name].write(ledger, case, wanted, stream)
    return stream.getvalue()


def csv_rows(data: bytes, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline=""), delimiter=delimiter))


# --- all formats --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", EXPORTS)
def test_a_file_is_written_and_an_earlier_export_replaced(andes: Engine, case: Case, name: str, tmp_path: Path) -> None:
    target = tmp_path / f"out{EXPORTS[name].suffix}"
    first = export_file(andes, case, name, target)
    data = target.read_bytes()
    assert first.written > 0
    assert export_file(andes, case, name, target, Filter(since=JAN[10])).written < first.written
    assert export_file(andes, case, name, target) == first
    assert target.read_bytes() == data  # the same ledger makes the same file
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == [target.name]


@pytest.mark.parametrize("name", EXPORTS)
def test_a_ledger_without_a_report_can_be_exported_twice(ledger: Engine, case: Case, name: str, tmp_path: Path) -> None:
    for _ in range(2):
        assert export_file(ledger, case, name, tmp_path / "empty") == Exported(0)


@pytest.mark.parametrize("name", EXPORTS)
def test_what_is_no_export_of_the_format_is_not_replaced(andes: Engine, case: Case, name: str, tmp_path: Path) -> None:
    target = tmp_path / "mine"
    other = next(each for each in EXPORTS if each != name)
    for content in (b"my notes\n", written(other, andes, case)):
        target.write_bytes(content)
        with pytest.raises(TwotrackError, match="no export of this format"):
            export_file(andes, case, name, target)
        assert target.read_bytes() == content


def test_no_other_database_is_replaced(ledger: Engine, case: Case, tmp_path: Path) -> None:
    target = tmp_path / "other.sqlite"
    with closing(sqlite3.connect(target)) as database:
        database.executescript("CREATE TABLE twtr (words TEXT)")
    before = target.read_bytes()
    with pytest.raises(TwotrackError, match="move it away"):
        export_file(ledger, case, "sqlite", target)
    assert target.read_bytes() == before


def test_targets_that_cannot_be(ledger: Engine, case: Case, tmp_path: Path) -> None:
    with pytest.raises(TwotrackError, match="is a folder"):
        export_file(ledger, case, "csv", tmp_path)
    with pytest.raises(TwotrackError, match="device or a pipe"):
        export_file(ledger, case, "csv", Path("/dev/null"))
    with pytest.raises(TwotrackError, match="No such file or directory"):
        export_file(ledger, case, "csv", tmp_path / "none" / "a.csv")
    with pytest.raises(TwotrackError, match="did you mean jsonl"):
        export_named("json")


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """While no file may grow beyond that size: to a program that writes, a disk that fills up."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("name", EXPORTS)
def test_a_disk_that_is_full_leaves_the_earlier_export(andes: Engine, case: Case, name: str, tmp_path: Path) -> None:
    target = tmp_path / "out"
    export_file(andes, case, name, target)
    before = target.read_bytes()
    with files_of_at_most(100), pytest.raises(TwotrackError, match=r"cannot be written .*; make room or check the rights"):
        export_file(andes, case, name, target)
    assert target.read_bytes() == before
    assert [path for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_link_keeps_pointing_at_the_file(ledger: Engine, case: Case, tmp_path: Path) -> None:
    link = tmp_path / "link.csv"
    link.symlink_to(tmp_path / "real.csv")
    export_file(ledger, case, "csv", link)
    assert link.is_symlink()
    assert (tmp_path / "real.csv").stat().st_size > 0


def test_entries_come_by_day_each_once_whatever_the_page(ledger: Engine, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """Dated ones and those that are only known to have been told, in one order; the others last."""
    put(ledger, case, *stubs(made_report(1, published=JAN[5]), made_report(2), made_report(3, published=JAN[1])))
    undated = stub_reader(made_report(4, published=JAN[3]))
    put(ledger, case, replace(undated, claims=tuple(replace(claim, when=None) for claim in undated.claims)))  # type: ignore[arg-type]
    found = entries_where(ledger, ALL)
    kinds = [bool(one.first_day) + 2 * bool(one.known) for one in found]
    assert {0, 2, 3} == set(kinds)
    for page in (1, 2, 3, 200):
        monkeypatch.setattr(pages, "PAGE", page)
        assert [one.entry for one in pages.told(ledger, case, ALL)] == list(found)


# --- CSV and Parquet ----------------------------------------------------------------------------------------------------


def test_csv_has_a_row_an_entry(andes: Engine, case: Case) -> None:
    rows = csv_rows(written("csv", andes, case))
    assert list(rows[0]) == list(COLUMNS)
    found = entries_where(andes, ALL)
    assert [row["id"] for row in rows] == [entry.id for entry in found]
    expelled = next(row for row in rows if row["type"] == "SANCTION")
    told = {
        "kind": "event", "status": "actual", "first_day": "2022-01-02", "last_day": "2022-01-02", "known": "2022-01-03",
        "latest": "2022-01-04", "source": "Peru", "source_ids": "PER", "outlets": "Harbour Post; Andes Wire", "reports": "2",
        "families": "2", "independent": "2", "grade": "F2", "disputed": "false", "outcome": "", "anonymous": "false",
        "url": "https://harbour.example/talks", "text": "Peru expelled two Chilean diplomats on Sunday",
    }  # fmt: skip
    assert {key: expelled[key] for key in told} == told
    text = read_reports()[0].report.text
    assert text[int(expelled["start"]) : int(expelled["end"])] == expelled["text"]


def test_a_commitment_has_its_outcome_and_lapses(andes: Engine, case: Case) -> None:
    """The threat's condition came about and it was carried out; the demand's day passed without a word."""
    rows = {row["type"]: row for row in csv_rows(written("csv", andes, case, Filter(kinds=("commitment",))))}
    assert (rows["threat"]["outcome"], rows["threat"]["target"]) == ("kept", "Chile")
    assert (rows["demand"]["outcome"], rows["demand"]["last_day"]) == ("lapsed", "2022-01-05")
    assert (rows["plan"]["source"], rows["plan"]["said_by"]) == ("Peru; Chile", "Foreign ministry of Peru")


def test_no_cell_of_csv_is_a_formula(odd: Engine, case: Case) -> None:
    for row in csv_rows(written("csv", odd, case)):
        for column, cell in row.items():
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")), (column, cell)


def test_csv_keeps_every_character(odd: Engine, case: Case) -> None:
    texts = {row["text"] for row in csv_rows(written("csv", odd, case))}
    assert texts == {f"'{line}" for line in ODD_LINES}  # each begins as a formula does


@given(st.text())
def test_a_cell_is_text_and_nothing_is_lost(words: str) -> None:
    cell = cell_of(words)
    assert cell in (words, f"'{words}")
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_numbers_below_zero_stay_numbers() -> None:
    assert cell_of(-6.5) == "-6.5"


def test_parquet_has_the_rows_of_csv_with_types(andes: Engine, case: Case) -> None:
    table = pq.read_table(pa.BufferReader(written("parquet", andes, case)))
    assert table.column_names == list(COLUMNS)
    assert table.schema.field("first_day").type == pa.date32()
    assert table.schema.field("source").type == pa.list_(pa.string())
    assert table.schema.field("disputed").type == pa.bool_()
    rows = [{name: cell_of(value) for name, value in row.items()} for row in table.to_pylist()]
    assert rows == csv_rows(written("csv", andes, case))


def test_parquet_keeps_every_character_as_it_is(odd: Engine, case: Case) -> None:
    table = pq.read_table(pa.BufferReader(written("parquet", odd, case)))
    assert set(table.column("text").to_pylist()) == set(ODD_LINES)


def test_parquet_without_pyarrow_says_what_to_install(
    ledger: Engine, case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(TwotrackError, match=r"pip install 'twotrack\[parquet\]'"):
        export_file(ledger, case, "parquet", tmp_path / "a.parquet")
    assert list(tmp_path.glob("*.parquet*")) == []


# --- JSON Lines ---------------------------------------------------------------------------------------------------------


def test_jsonl_read_back_is_what_the_ledger_holds(andes: Engine, case: Case) -> None:
    found = entries_where(andes, ALL)
    sources = sources_for(andes, [one.id for one in found], case.outlets)
    shown = outcomes_of(andes, [one.id for one in found])
    back = list(read_jsonl(written("jsonl", andes, case).decode().splitlines()))
    assert any(len(one.sources) > 1 for one in back)
    assert any(one.outcomes for one in back)
    assert any(source.said_by for one in back for source in one.sources)
    for one, entry in zip(back, found, strict=True):
        expected = replace(entry, outcome="lapsed") if one.entry.outcome == "lapsed" else entry
        assert one == Told(expected, tuple(sources[entry.id]), tuple(shown.get(entry.id, ())))


def test_jsonl_keeps_every_character_and_one_entry_a_line(odd: Engine, case: Case) -> None:
    lines = written("jsonl", odd, case).decode().splitlines()  # which also breaks at the line ends of Unicode
    assert {json.loads(line)["entry"]["lead"]["cites"][0]["text"] for line in lines} == set(ODD_LINES)
    assert {source.outlet for one in read_jsonl(lines) for source in one.sources} == {ODD.outlet}


def test_jsonl_keeps_what_is_told_differently() -> None:
    sources = (source(1, "scheduled", JAN[9]), source(2, "scheduled", JAN[11]))
    one = Told(entry_of("m1", sources), sources, ())
    assert one.entry.variants
    assert list(read_jsonl([json.dumps(told_json(one))])) == [one]


def test_a_line_that_is_no_entry_is_named() -> None:
    with pytest.raises(TwotrackError, match="Line 1 is no entry"):
        list(read_jsonl(['{"text": "a report"}']))


# --- iCalendar ----------------------------------------------------------------------------------------------------------


def source(number: int, status: MeetingStatus, day: date | None, granularity: Any = "day", told: date | None = None) -> Source:
    """A report of that number, of the same day of January unless told on another, that has the meeting so."""
    words = "The envoys of Peru and Chile were to meet in Lima."
    actors = tuple(Actor(id_, name, name, 0, 4) for id_, name in (("PER", "Peru"), ("CHL", "Chile")))
    when = When(day, day, "then", granularity) if day else None
    claim = Meeting(f"r{number}-m0", actors, "talks", when, Cite(45, 49, "Lima"), status, (Cite(0, 50, words),), 0.8, "test")
    outlet, url = f"Outlet {number}", f"https://news.example/{number}"
    return Source(claim, f"r{number}", outlet, told or JAN[number], url, None, f"r{number}", True, "C")


def event(*sources: Source) -> Any:
    entry = entry_of("m1", sources)
    assert entry.first_day
    assert entry.last_day
    data = event_of(Told(entry, sources, ()), entry.first_day, entry.last_day).to_ical().decode()
    return Calendar.from_ical(f"BEGIN:VCALENDAR\r\n{data}END:VCALENDAR\r\n").walk("VEVENT")[0]


def test_a_meeting_is_an_event_of_whole_days() -> None:
    found = event(source(1, "scheduled", JAN[9]))
    assert found["UID"] == "m1@twotrack"
    assert (found["DTSTART"].dt, found["DTEND"].dt) == (JAN[9], JAN[10])
    assert found["DTSTAMP"].dt == datetime(2022, 1, 2, tzinfo=UTC)
    assert str(found["STATUS"]) == "CONFIRMED"
    assert "Talks of Peru and Chile" in found["SUMMARY"]
    assert found["LOCATION"] == "Lima"
    assert "were to meet in Lima" in found["DESCRIPTION"]
    assert "Outlet 1" in found["DESCRIPTION"]
    assert found["URL"] == "https://news.example/1"


def test_a_meeting_put_off_keeps_its_uid_and_gets_a_higher_sequence() -> None:
    first = source(1, "scheduled", JAN[9])
    later = (source(2, "postponed", JAN[13]), source(3, "cancelled", None))
    events = [event(first), event(first, later[0]), event(first, *later)]
    assert {str(each["UID"]) for each in events} == {"m1@twotrack"}
    assert [str(each["STATUS"]) for each in events] == ["CONFIRMED", "TENTATIVE", "CANCELLED"]
    sequences = [int(each["SEQUENCE"]) for each in events]
    assert sequences == sorted(set(sequences))
    assert sequences[0] == 0
    stamps = [each["DTSTAMP"].dt for each in events]
    assert stamps == sorted(set(stamps))


@pytest.mark.parametrize(
    ("status", "granularity", "shown"),
    [
        ("held", "day", "CONFIRMED"),
        ("proposed", "day", "TENTATIVE"),
        ("refused", "day", "CANCELLED"),
        ("scheduled", "week", "TENTATIVE"),  # some day next week is not a date
        ("cancelled", "month", "CANCELLED"),
    ],
)
def test_statuses(status: MeetingStatus, granularity: str, shown: str) -> None:
    assert str(event(source(1, status, JAN[9], granularity))["STATUS"]) == shown


TOLD = st.tuples(st.sampled_from(["scheduled", "postponed", "held"]), st.sampled_from([None, *JAN[8:12]]))


@given(st.lists(TOLD, min_size=1, max_size=8), st.data())
def test_a_further_report_never_lowers_the_sequence(told: list[Any], data: st.DataObject) -> None:
    sources = [source(number, status, day, told=JAN[number]) for number, (status, day) in enumerate(told)]
    left = data.draw(st.sampled_from(sources))
    assert sequence(sources) >= sequence([one for one in sources if one is not left])
    assert sequence(sources) == sequence(reversed(sources))


def test_the_calendar_of_a_ledger(ledger: Engine, case: Case) -> None:
    """Meetings of an undated report have no day: they are counted, and not written."""
    put(ledger, case, *stubs(made_report(1, published=JAN[5], url="https://a.example/1"), made_report(2)))
    stream = io.BytesIO()
    meetings = entries_where(ledger, Filter(kinds=("meeting",)))
    dated = [one for one in meetings if one.first_day]
    assert EXPORTS["ics"].write(ledger, case, ALL, stream) == Exported(len(dated), len(meetings) - len(dated))
    calendar = Calendar.from_ical(stream.getvalue())
    assert (str(calendar["VERSION"]), str(calendar["METHOD"])) == ("2.0", "PUBLISH")
    assert [each["UID"] for each in calendar.walk("VEVENT")] == [f"{one.id}@twotrack" for one in dated]
    assert all(len(line.encode()) <= 75 for line in stream.getvalue().decode().split("\r\n"))


def test_only_meetings_are_in_a_calendar(andes: Engine, case: Case) -> None:
    calendar = Calendar.from_ical(written("ics", andes, case, Filter(kinds=("event", "statement"))))
    assert [str(each["CATEGORIES"].cats[0]) for each in calendar.walk("VEVENT")] == ["talks"]


def test_odd_characters_in_a_calendar(odd: Engine, case: Case) -> None:
    case = replace(case, title="Gulf, \x00 and; more\nlines")
    data = written("ics", odd, case)
    calendar = Calendar.from_ical(data)
    assert calendar["X-WR-CALNAME"] == r"Gulf\, � and\; more lines"  # escaped as RFC 5545 has it
    told = "".join(str(each["DESCRIPTION"]) for each in calendar.walk("VEVENT"))
    for line in ODD_LINES:
        assert line.replace("\x07", "\ufffd").replace("\x1b", "\ufffd") in told
    assert not set(data.decode()) & set(map(chr, {*range(9), *range(14, 32), 127}))
    assert not any("URL" in each for each in calendar.walk("VEVENT"))  # no script is one


# --- Atom ---------------------------------------------------------------------------------------------------------------


def entries_of_feed(data: bytes) -> list[ElementTree.Element]:
    """The entries of a feed that has what RFC 4287 demands of it."""
    feed = ElementTree.fromstring(data)
    assert feed.tag == f"{ATOM}feed"
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None
    items = feed.findall(f"{ATOM}entry")
    for element in (feed, *items):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1
        assert datetime.fromisoformat(str(element.findtext(f"{ATOM}updated"))).tzinfo
        assert str(element.findtext(f"{ATOM}id")).startswith("tag:twotrack,2026:")
    return items


def ids_of(items: list[ElementTree.Element]) -> list[str]:
    return [str(item.findtext(f"{ATOM}id")) for item in items]


def test_a_feed_has_what_changed(andes: Engine, case: Case) -> None:
    items = entries_of_feed(written("atom", andes, case, Filter(since=JAN[3])))
    assert len(set(ids_of(items))) == len(items)
    titles = {str(item.findtext(f"{ATOM}title")) for item in items}
    assert any(title.startswith("New: Peru, toward Chile: “Peru closed the border") for title in titles)
    assert any(title.startswith("Grade F3, now F2: Peru, toward two Chilean diplomats") for title in titles)
    expelled = next(item for item in items if "Grade" in str(item.findtext(f"{ATOM}title")))
    assert expelled.findtext(f"{ATOM}updated") == "2022-01-04T00:00:00+00:00"
    assert [one.attrib["href"] for one in expelled.findall(f"{ATOM}link")] == ["https://harbour.example/talks"]


def test_ids_of_a_feed_stay_when_more_is_added(ledger: Engine, case: Case) -> None:
    put(ledger, case, *read_reports()[:2])
    before = ids_of(entries_of_feed(written("atom", ledger, case)))
    put(ledger, case, *read_reports()[2:])
    after = ids_of(entries_of_feed(written("atom", ledger, case)))
    assert set(before) < set(after)


def test_odd_characters_in_a_feed(odd: Engine, case: Case) -> None:
    items = entries_of_feed(written("atom", odd, replace(case, title="A & B <c> \x0b"), ALL))
    contents = "".join(str(item.findtext(f"{ATOM}content")) for item in items)
    for line in ODD_LINES:
        assert line.replace("\x07", "\ufffd").replace("\x1b", "\ufffd") in contents
    assert not [link for item in items for link in item.findall(f"{ATOM}link")]


# --- POLECAT ------------------------------------------------------------------------------------------------------------


def test_polecat_has_events_that_happened(andes: Engine, case: Case) -> None:
    data = written("polecat", andes, case)
    assert data.decode().split("\t")[: len(POLECAT)] == list(POLECAT)
    rows = {row["Event Type"]: row for row in csv_rows(data, "\t")}
    happened = [one.id for one in entries_where(andes, ALL) if one.kind == "event" and one.status in ("actual", "ongoing")]
    assert [row["Event ID"] for row in csv_rows(data, "\t")] == happened
    expelled = rows["SANCTION"]
    told = {
        "Event Date": "2022-01-02", "Event Mode": "expel", "Intensity": "-5.5", "Quad Code": "MATERIAL CONFLICT", "Contexts": "",
        "Actor Name": "Peru", "Actor Country": "Peru", "Actor COW": "", "Primary Actor Sector": "", "Actor ID": "PER",
        "Recipient Country": "Chile", "Primary Recipient Sector": "GOV", "Recipient Sectors": "GOV, MFA",
        "Recipient ID": "CHL.GOV.MFA", "Source": "Harbour Post; Andes Wire", "Publication Date": "2022-01-03", "Families": "2",
        "Headline": "Peru and Chile to meet",
    }  # fmt: skip
    assert {key: expelled[key] for key in told} == told
    assert rows["MOBILIZE"]["Event Date"] == "2022-01-07"  # told without a day: the day of the report


def test_polecat_has_a_line_a_row_and_no_formula(ledger: Engine, case: Case) -> None:
    """An outlet and a headline that would be run, and that would break a line."""
    report = replace(read_reports()[2].report, outlet="=cmd|'/C calc'!A0\tand more", title="+1\nTroops \u2028 at the border")
    put(ledger, case, read_report(identified(report)))
    data = written("polecat", ledger, case)
    assert {line.count("\t") for line in data.decode().splitlines()} == {data.decode().splitlines()[0].count("\t")}
    for row in csv_rows(data, "\t"):
        assert row["Source"] == "'=cmd|'/C calc'!A0 and more"
        assert row["Headline"] == "'+1 Troops at the border"


# --- SQLite -------------------------------------------------------------------------------------------------------------


@contextmanager
def opened(data: bytes) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(data)
        database.row_factory = sqlite3.Row
        yield database


def test_sqlite_holds_the_ledger(andes: Engine, case: Case) -> None:
    found = entries_where(andes, ALL)
    sources = sources_for(andes, [one.id for one in found], case.outlets)
    with opened(written("sqlite", andes, case)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        entries = {row["id"]: row for row in database.execute("SELECT * FROM entries")}
        assert set(entries) == {one.id for one in found}
        held = {row["claim"]: row["entry"] for row in database.execute("SELECT * FROM sources")}
        assert held == {one.claim.id: entry for entry, told in sources.items() for one in told}
        for row in database.execute("SELECT e.*, r.text FROM entries e JOIN reports r ON r.id = e.report"):
            assert row["text"][row["quote_start"] : row["quote_end"]] == row["quote"]
        assert database.execute("SELECT outcome FROM outcomes").fetchone()[0] == "triggered"
        who = """SELECT DISTINCT entry_actors.name FROM entry_actors JOIN actors ON actors.id = actor
            WHERE side = 'Chile' AND role = 'target' ORDER BY 1"""
        assert [row[0] for row in database.execute(who)] == ["Chile", "two Chilean diplomats"]


def test_datasette_finds_the_full_text_of_each_table(andes: Engine, case: Case) -> None:
    """By the table that the full text names as its content."""
    with opened(written("sqlite", andes, case)) as database:
        for table, words, most in (("entries", "expelling", 2), ("reports", "troop", 2)):
            wanted = f"""SELECT name FROM sqlite_master WHERE sql LIKE '%VIRTUAL TABLE%USING FTS%content="{table}"%'"""
            name = database.execute(wanted).fetchone()[0]
            query = f"SELECT * FROM {table} WHERE rowid IN (SELECT rowid FROM {name} WHERE {name} MATCH ?)"
            assert len(database.execute(query, (words,)).fetchall()) >= most


def test_what_shows_an_outcome_comes_along(andes: Engine, case: Case) -> None:
    with opened(written("sqlite", andes, case, Filter(kinds=("commitment",)))) as database:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        shown = database.execute(
            "SELECT e.type, r.outlet FROM outcomes JOIN entries e ON e.id = shown_by JOIN reports r ON r.id = e.report"
        )
        assert sorted(map(tuple, shown)) == [("COERCE", "Coast Daily"), ("MOBILIZE", "Coast Daily")]


def test_sqlite_has_what_is_told_differently(ledger: Engine, case: Case) -> None:
    """Two outlets, one meeting, two figures: each telling with the claims that have it so."""
    also = ("Fishermen on the northern coast had waited since autumn for word of their boats.", made_text(1))
    for outlet, many, more in (("Harbour Post", 12, also[0]), ("Andes Wire", 15, also[1])):
        text = f"In all {many} envoys met for the third round of the talks in Geneva.\n{more}"
        reading = stub_reader(identified(Report("", text, None, outlet, None, JAN[5])))
        put(ledger, case, replace(reading, claims=reading.claims[:1]))
    assert [entry.disputed for entry in entries_where(ledger, ALL)] == [True]
    with opened(written("sqlite", ledger, case)) as database:
        query = "SELECT value, outlet FROM variants JOIN sources USING (claim) JOIN reports ON reports.id = sources.report ORDER BY 1"
        told = [tuple(row) for row in database.execute(query)]
    assert told == [("12", "Harbour Post"), ("15", "Andes Wire")]


def test_sqlite_keeps_every_character(odd: Engine, case: Case) -> None:
    with opened(written("sqlite", odd, case)) as database:
        assert {row[0] for row in database.execute("SELECT quote FROM entries")} == set(ODD_LINES)
        assert [tuple(row) for row in database.execute("SELECT outlet, title, url FROM reports")] == [
            (ODD.outlet, ODD.title, ODD.url)
        ]
