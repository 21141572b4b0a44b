"""The store, on SQLite and on a real PostgreSQL: what is put comes out, whole, once, and at any version of the schema."""

import json
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, create_engine, event, select, text

from ledgers import (
    case_on_either,  # noqa: F401
    ledger_of_case,  # noqa: F401
    made_report,
    new_case,
    postgres_server,  # noqa: F401
    stub_reader,
)
from twotrack.errors import Problem, TwotrackError
from twotrack.ledger import failures, opening, store
from twotrack.ledger.case import Case, init_case
from twotrack.ledger.identity import canonical_url, completed, identified, version_of
from twotrack.ledger.queries import Filter, entries_where, search_entries
from twotrack.ledger.schema import HEAD, metadata
from twotrack.ledger.settling import settle
from twotrack.ledger.store import (
    claims_about,
    claims_of,
    open_ledger,
    phrases,
    problems_of,
    put_reading,
    reports_in,
    search,
    stored,
    versions,
)
from twotrack.model import Actor, Cite, Claim, Commitment, Event, Meeting, Report, Statement, When
from twotrack.reading import Reading

HERE = Path(__file__).parent
KILLS = 20  # in all: 7 with each database and a quick reader, 6 with the real one


def put(ledger: Engine, report: Report, finder: str = "1") -> str:
    return put_reading(ledger, stub_reader(report), finder)


def texts(ledger: Engine) -> list[str]:
    return [one.report.text for one in reports_in(ledger)]


# --- one report -------------------------------------------------------------------------------------------------------


def test_a_reading_is_stored_whole(ledger: Engine) -> None:
    report = made_report(1, title="Talks", outlet="The Gulf Post", published=date(2022, 1, 10), url="https://post.example/1")
    assert put(ledger, report) == "added"
    held = stored(ledger, report.id)
    assert held is not None
    assert held.report == report
    assert claims_of(ledger, report.id) == stub_reader(report).claims
    assert problems_of(ledger, report.id) == (Problem("stub", 0, len(report.text)),)


def test_the_same_report_twice_changes_nothing(ledger: Engine) -> None:
    report = made_report(1, url="https://post.example/1")
    put(ledger, report)
    before = list(reports_in(ledger, every_version=True))
    assert put(ledger, report) == "known"
    assert put(ledger, identified(replace(report, url="http://www.post.example/1/?utm_source=mail#top"))) == "known"
    assert list(reports_in(ledger, every_version=True)) == before


def test_another_text_at_a_known_address_is_a_version(ledger: Engine) -> None:
    first, second, other = (made_report(n, url=f"https://post.example/{min(n, 2)}") for n in (2, 3, 1))
    assert [put(ledger, one) for one in (first, other, second)] == ["added", "added", "version"]
    assert [one.report for one in reports_in(ledger)] == [other, second]
    assert [one.report for one in versions(ledger, first.id)] == [first, second]
    assert versions(ledger, first.id) == versions(ledger, second.id)
    assert claims_of(ledger, first.id) == stub_reader(first).claims


def test_the_same_words_from_two_outlets_are_two_reports(ledger: Engine) -> None:
    outcomes = [put(ledger, made_report(1, outlet=outlet)) for outlet in ("The Post", "The Herald", "the post")]
    assert outcomes == ["added", "added", "known"]
    assert [one.report.outlet for one in reports_in(ledger)] == ["The Post", "The Herald"]


def test_a_date_given_later_is_taken_and_never_lost_again(ledger: Engine) -> None:
    bare, dated = made_report(1), made_report(1, published=date(2022, 1, 10))
    assert [put(ledger, one) for one in (bare, dated, bare)] == ["added", "reread", "known"]
    held = stored(ledger, bare.id)
    assert held is not None
    assert held.report.published == date(2022, 1, 10)
    assert claims_of(ledger, bare.id) == stub_reader(dated).claims


def test_a_claim_that_is_no_longer_found_is_kept_as_gone(ledger: Engine) -> None:
    reading = stub_reader(made_report(1))
    put_reading(ledger, reading, "1")
    fewer = replace(reading, claims=reading.claims[1:], problems=())
    assert put_reading(ledger, fewer, "2") == "reread"
    assert claims_of(ledger, reading.report.id) == reading.claims[1:]
    assert claims_of(ledger, reading.report.id, gone=True) == reading.claims[:1]
    assert problems_of(ledger, reading.report.id) == ()
    assert put_reading(ledger, reading, "3") == "reread"
    assert claims_of(ledger, reading.report.id) == reading.claims
    assert claims_of(ledger, reading.report.id, gone=True) == ()


def test_two_claims_of_one_id_are_both_kept(ledger: Engine) -> None:
    reading = stub_reader(made_report(1))
    one, two = reading.claims[:2]
    put_reading(ledger, replace(reading, claims=(one, replace(two, id=one.id))), "1")
    assert claims_of(ledger, reading.report.id) == (one, replace(two, id=f"{one.id}~2"))


def test_an_unknown_report_is_none(ledger: Engine) -> None:
    assert stored(ledger, "000000000000") is None
    assert claims_of(ledger, "000000000000") == ()
    assert versions(ledger, "000000000000") == ()


def test_reports_come_in_pages(ledger: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "PAGE", 2)
    for number in range(5):
        put(ledger, made_report(number))
    assert texts(ledger) == [made_report(number).text for number in range(5)]


def test_a_reading_that_fails_half_way_leaves_nothing(ledger: Engine) -> None:
    reading = stub_reader(made_report(1))
    bad = replace(reading, problems=(Problem(None, 0, 0),))  # type: ignore[arg-type]  # the last table refuses it
    with pytest.raises(Exception, match=r"(?i)not.null"):
        put_reading(ledger, bad, "1")
    assert (stored(ledger, reading.report.id), claims_of(ledger, reading.report.id)) == (None, ())


# --- any claim --------------------------------------------------------------------------------------------------------

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=60)
DAYS = st.dates(date(1800, 1, 1), date(2100, 1, 1))
SERIAL = count()


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """A reading of any text, with claims of every kind and any content."""
    body = draw(WORDS)
    report = identified(
        Report("", body, draw(st.none() | WORDS), None, None, draw(st.none() | DAYS), f"https://x.example/{next(SERIAL)}")
    )

    def cite() -> Cite:
        start = draw(st.integers(0, len(body)))
        return report.cite(start, draw(st.integers(start, len(body))))

    def maybe(make: object) -> object:
        return make() if draw(st.booleans()) else None  # type: ignore[operator]

    def actor() -> Actor:
        found = cite()
        return Actor(
            draw(st.none() | st.sampled_from(["USA", "RUS.GOV.HOS"])), draw(st.none() | WORDS), found.text, found.start,
            found.end, draw(st.none() | WORDS), draw(st.booleans()), draw(st.sampled_from(["one", "many"])),
        )  # fmt: skip

    def actors() -> tuple[Actor, ...]:
        return tuple(actor() for _ in range(draw(st.integers(0, 2))))

    def when() -> When:
        day = draw(st.none() | DAYS)
        return When(day, day, draw(WORDS), draw(st.sampled_from(["day", "vague"])), maybe(cite))  # type: ignore[arg-type]

    def event_claim() -> Event:
        return Event("e", "CONSULT", maybe(lambda: "phone"), None, actors(), actors(), maybe(when), maybe(cite), "denied",
                     draw(st.floats(-10, 10)), (cite(),), 0.5, "r")  # type: ignore[arg-type]  # fmt: skip

    def statement() -> Statement:
        return Statement("s", maybe(actor), cite(), cite(), (cite(), cite()), True, False, tuple(draw(st.lists(WORDS))),
                         maybe(when), "said", (cite(),), 0.1, "r")  # type: ignore[arg-type]  # fmt: skip

    def commitment() -> Commitment:
        return Commitment("c", "threat", actors(), actors(), cite(), maybe(cite), maybe(lambda: "unless"), maybe(when), "firm",
                          maybe(actor), (cite(), cite()), 1.0, "r")  # type: ignore[arg-type]  # fmt: skip

    def meeting() -> Meeting:
        return Meeting("m", actors(), "talks", maybe(when), maybe(cite), "held", (cite(),), 0.0, "r")  # type: ignore[arg-type]

    makers = draw(st.lists(st.sampled_from([event_claim, statement, commitment, meeting]), max_size=4))
    claims: tuple[Claim, ...] = tuple(replace(make(), id=f"{report.id}-{n}") for n, make in enumerate(makers))
    return Reading(report, (), (), (), (), (), claims=claims, problems=(Problem(draw(WORDS), 0, len(body)),))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(reading=readings())
def test_what_is_put_comes_out(ledger: Engine, reading: Reading) -> None:
    assert put_reading(ledger, reading, "1") == "added"
    held = stored(ledger, reading.report.id)
    assert held is not None
    assert held.report == reading.report
    assert claims_of(ledger, reading.report.id) == reading.claims
    assert problems_of(ledger, reading.report.id) == reading.problems


@pytest.mark.parametrize(
    ("url", "same"),
    [
        ("http://www.Post.example:80/a/?utm_source=x&id=3#top", "https://post.example/a?id=3"),
        ("https://post.example/a?b=&c=%20", "https://post.example/a?b=&c=+"),
        ("https://post.example/A", "https://post.example/A"),
        ("https://[broken", "https://[broken"),
    ],
)
def test_an_address_has_one_spelling(url: str, same: str) -> None:
    assert canonical_url(url) == same


def test_what_no_database_can_keep_is_replaced_in_place() -> None:
    report = identified(Report("", "Talks\x00 were\ud800 held.", title="A\x00", url="https://x.example/\udfff"))
    assert (report.text, report.title, report.url) == ("Talks\ufffd were\ufffd held.", "A\ufffd", "https://x.example/\ufffd")


def test_ids_do_not_change_when_they_are_made_again() -> None:
    for report in (made_report(1), made_report(1, outlet="The Post"), made_report(1, url="https://post.example/1")):
        assert identified(report) == report
    assert version_of(made_report(1)) == made_report(1).id
    assert completed(made_report(1, title="A"), made_report(1, title="B", byline="C")) == made_report(1, title="A", byline="C")


# --- looking up -------------------------------------------------------------------------------------------------------


def test_claims_are_found_by_actor_day_and_kind(ledger: Engine) -> None:
    early, late = (made_report(n, published=date(2022, 1, 10 + n)) for n in (1, 2))
    undated = made_report(3)
    for report in (late, undated, early):
        put(ledger, report)
    all_five = [stub_reader(report).claims for report in (early, late, undated)]
    assert claims_about(ledger, "USA") == claims_about(ledger, "USA.GOV") == claims_about(ledger, "RUS") == sum(all_five, ())
    assert claims_about(ledger, "US") == claims_about(ledger, "RUS.GOV") == claims_about(ledger, "USA.GO") == ()
    assert claims_about(ledger, since=date(2022, 1, 12)) == all_five[1]
    assert claims_about(ledger, "RUS", until=date(2022, 1, 11), kind="meeting") == all_five[0]
    assert claims_about(ledger, kind="event") == ()


def test_a_person_is_found_by_id(ledger: Engine) -> None:
    reading = stub_reader(made_report(1))
    who = Actor(None, None, "Lavrov", 0, 6, person="sergei-lavrov")
    claim = replace(reading.claims[0], parties=(who,))
    put_reading(ledger, replace(reading, claims=(claim,)), "1")
    assert claims_about(ledger, "sergei-lavrov") == (claim,)


def test_reports_are_found_by_their_words(ledger: Engine) -> None:
    for number, line in enumerate(["Two paths were laid out.", "The path to two talks.", "A cease-fire: Zürich's bank said."]):
        put(ledger, identified(replace(made_report(number), text=line, title=f"Headline {number}")))

    def found(words: str) -> set[str]:
        return {one.title or "" for one in search(ledger, words)}

    assert found("path two") == {"Headline 0", "Headline 1"}
    assert found('"two path"') == {"Headline 0"}
    assert found("talking") == {"Headline 1"}
    assert found("cease-fire") == {"Headline 2"}
    assert found("headline 2") == {"Headline 2"}
    assert "[paths]" in search(ledger, "paths laid")[0].words
    assert search(ledger, "two", most=1)[0].published is None


@pytest.mark.parametrize("words", ["", " ", '"', "AND OR NOT", "talks* -x", "(", "a:b", "o'neil", "\x00", "NEAR(a b)", "&|!:*"])
def test_no_search_is_taken_for_a_command(ledger: Engine, words: str) -> None:
    put(ledger, identified(replace(made_report(1), text="Other things.")))
    assert search(ledger, words) == ()


def test_phrases_are_kept_together() -> None:
    assert phrases('cease-fire "two paths" * " "') == '"cease-fire" "two paths"'


def test_a_text_of_two_million_characters_is_stored_and_searched(ledger: Engine) -> None:
    long = " ".join(f"word{number}" for number in range(200_000))
    put_reading(ledger, Reading(identified(Report("", long)), (), (), (), (), ()), "1")
    assert len(search(ledger, "word17")) == 1


# --- at the same time, and killed -------------------------------------------------------------------------------------


def lines_of(folder: Path, many: int) -> Path:
    path = folder / "reports.jsonl"
    rows = [{"text": made_report(n).text, "url": f"https://post.example/{n}", "published": "2022-01-10"} for n in range(many)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def adders(*words: object) -> list[dict[str, object]]:
    done = subprocess.run(
        [sys.executable, str(HERE / "adders.py"), *map(str, words)], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    found: list[dict[str, object]] = json.loads(done.stdout)
    return found


def assert_survived(found: list[dict[str, object]], many: int) -> None:
    assert [one["torn"] for one in found] == [[]] * len(found)
    assert [(one["again"], one["at_last"], one["torn_at_last"]) for one in found] == [(0, many, [])] * len(found)
    # Without kills in the middle of the work nothing would have been tested.
    assert [one["killed"] for one in found] == [True] * len(found)
    assert sum(0 < int(str(one["held"])) < many for one in found) >= len(found) // 2


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_a_killed_process_leaves_reports_whole_or_not_at_all(
    database: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    cases = [new_case(tmp_path, database, request).folder for _ in range(7)]
    assert_survived(adders("kill", "stub", lines_of(tmp_path, 20), *cases), 20)


def test_a_killed_process_that_reads_leaves_reports_whole_or_not_at_all(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    databases = ["sqlite"] * 4 + ["postgresql"] * 2
    assert len(databases) + 2 * 7 == KILLS
    cases = [new_case(tmp_path, database, request).folder for database in databases]
    assert_survived(adders("kill", "real", lines_of(tmp_path, 6), *cases), 6)


def test_two_processes_add_at_the_same_time(case: Case, tmp_path: Path) -> None:
    assert adders("race", "stub", lines_of(tmp_path, 40), case.folder) == [{"statuses": [0, 0], "held": 40, "torn": []}]


def test_what_another_holds_is_tried_again(tmp_path: Path) -> None:
    holder, other = (sqlite3.connect(tmp_path / "one.sqlite", isolation_level=None, timeout=0) for _ in range(2))
    holder.execute("BEGIN EXCLUSIVE")
    tried: list[int] = []

    def work() -> str:
        tried.append(1)
        if len(tried) == 3:
            holder.execute("COMMIT")
        return str(other.execute("PRAGMA journal_mode=WAL").fetchone()[0])

    assert failures.patiently(work) == "wal"
    assert len(tried) == 3
    holder.close()
    other.close()


def test_what_is_wrong_is_not_tried_again(tmp_path: Path) -> None:
    connection, tried = sqlite3.connect(tmp_path / "one.sqlite"), []
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        failures.patiently(lambda: (tried.append(1), connection.execute("SELECT * FROM reports")))
    connection.close()
    assert tried == [1]


def test_a_writer_waits_for_another(case: Case) -> None:
    ledger = open_ledger(case)
    entered = threading.Event()

    def other() -> None:
        def slow(connection: object) -> None:
            entered.set()
            time.sleep(0.3)

        failures.writing(ledger, slow)

    thread = threading.Thread(target=other)
    thread.start()
    entered.wait(5)
    assert put(ledger, made_report(1)) == "added"
    thread.join()
    ledger.dispose()


# --- opening ----------------------------------------------------------------------------------------------------------


def sqlite_case(tmp_path: Path) -> tuple[Case, Path]:
    case = init_case(tmp_path / "case", ["USA", "RUS"])
    return case, case.folder / "ledger.sqlite"


def downgraded(case: Case, version: str) -> Engine:
    """A new ledger as an older Twotrack made it."""
    ledger = opening._engine(case.ledger)
    with ledger.connect().execution_options(writes=True) as connection, connection.begin():
        from alembic import command

        command.upgrade(opening._alembic(connection), version)
    return ledger


def test_an_older_ledger_is_migrated_after_a_backup(case: Case) -> None:
    old = downgraded(case, "0001")
    report = made_report(1)
    put(old, report)
    old.dispose()
    ledger = open_ledger(case)
    assert search(ledger, "envoys")[0].report == report.id
    assert claims_of(ledger, report.id) == stub_reader(report).claims
    ledger.dispose()
    backups = list(case.folder.glob("*.backup"))
    if case.ledger.startswith("sqlite"):
        assert [path.name.split("-")[0] for path in backups] == ["ledger.sqlite.0001"]
        with closing(sqlite3.connect(backups[0])) as backup:
            assert backup.execute("SELECT id FROM reports").fetchall() == [(report.id,)]
            assert backup.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]
    assert {path.name for path in case.folder.iterdir()} - {path.name for path in backups} <= {
        "case.toml", "judgements.jsonl", "ledger.sqlite"
    }  # fmt: skip


def test_entries_are_made_anew_in_a_ledger_that_held_them_in_another_form(case: Case) -> None:
    old = downgraded(case, "0003")
    report = made_report(1)
    put(old, report)
    old.dispose()
    ledger = open_ledger(case)
    settle(ledger, case)
    found = entries_where(ledger, Filter(actor="RUS"))
    assert {one.report for one in found} == {report.id}
    assert search_entries(ledger, "envoys") == found
    ledger.dispose()


def test_a_current_ledger_is_opened_without_a_backup(case: Case) -> None:
    for _ in range(2):
        open_ledger(case).dispose()
    assert list(case.folder.glob("*.backup")) == []


def test_a_newer_ledger_is_refused_and_left_alone(case: Case) -> None:
    ledger = open_ledger(case)
    with ledger.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(TwotrackError, match=r"written by a newer Twotrack \(schema 9999, here \d+\); upgrade with"):
        open_ledger(case)
    with ledger.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == "9999"
    ledger.dispose()


def test_the_tables_are_what_the_migrations_make(ledger: Engine) -> None:
    def ours(item: object, name: str | None, kind: str, *_: object) -> bool:
        if kind == "table":
            return not str(name).startswith(("report_words", "entry_words"))
        column = (item.table.name, name) if kind == "column" else None  # type: ignore[attr-defined]
        return column not in {("reports", "words"), ("entries", "found")} and name not in (
            "ix_reports_words",
            "ix_entries_found",
        )

    with ledger.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours})
        assert compare_metadata(context, metadata) == []


def test_the_newest_migration_is_the_schema_version() -> None:
    config = Config()
    config.set_main_option("script_location", "twotrack.ledger:migrations")
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_foreign_keys_hold_and_the_log_is_written_ahead(tmp_path: Path) -> None:
    ledger = open_ledger(sqlite_case(tmp_path)[0])
    with ledger.connect() as connection:
        pragmas = {name: connection.execute(text(f"PRAGMA {name}")).scalar() for name in ("foreign_keys", "journal_mode")}
    ledger.dispose()
    assert pragmas == {"foreign_keys": 1, "journal_mode": "wal"}


# --- what goes wrong --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"no database at all " * 300, b"SQLite format 3\x00" + b"\xff" * 8000])
def test_a_damaged_file_is_told_and_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    case, path = sqlite_case(tmp_path)
    path.write_bytes(content)
    with pytest.raises(TwotrackError, match=r"ledger\.sqlite is damaged .*; nothing was changed\. Put a backup in its place"):
        open_ledger(case)
    assert path.read_bytes() == content


def test_damage_in_the_middle_is_told_and_what_is_whole_stays(tmp_path: Path) -> None:
    case, path = sqlite_case(tmp_path)
    ledger = open_ledger(case)
    for number in range(60):
        put(ledger, made_report(number))
    with ledger.connect() as connection:
        root = connection.execute(text("SELECT rootpage FROM sqlite_master WHERE name = 'claims'")).scalar_one()
    ledger.dispose()
    damaged = bytearray(path.read_bytes())
    damaged[(root - 1) * 4096 : root * 4096] = b"\xa5" * 4096
    path.write_bytes(damaged)
    ledger = open_ledger(case)
    with pytest.raises(TwotrackError, match="is damaged"):
        put(ledger, made_report(99))
    assert len(list(reports_in(ledger))) == 60
    ledger.dispose()
    assert path.read_bytes() == bytes(damaged)


def test_a_file_of_another_program_is_refused(tmp_path: Path) -> None:
    case, path = sqlite_case(tmp_path)
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE photos (id)")
    before = path.read_bytes()
    with pytest.raises(TwotrackError, match="is no ledger but another database"):
        open_ledger(case)
    assert path.read_bytes() == before


def test_a_database_with_other_tables_of_these_names_is_refused(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    case = new_case(tmp_path, "postgresql", request)
    other = create_engine(case.ledger.replace("postgresql://", "postgresql+psycopg://"))
    with other.begin() as connection:
        connection.execute(text("CREATE TABLE reports (id int)"))
    other.dispose()
    with pytest.raises(TwotrackError, match="is no ledger but another database"):
        open_ledger(case)


def pragma(ledger: Engine, words: str) -> None:
    """Sets up each connection of the ledger so."""
    event.listen(ledger, "connect", lambda connection, _: connection.execute(f"PRAGMA {words}"))
    ledger.dispose()


def test_a_full_disk_is_told_and_what_was_stored_is_kept(tmp_path: Path) -> None:
    case, path = sqlite_case(tmp_path)
    ledger = open_ledger(case)
    put(ledger, made_report(0))
    pragma(ledger, f"max_page_count={path.stat().st_size // 4096 + 30}")
    numbers = count(1)
    with pytest.raises(TwotrackError, match=r"The disk of .*ledger\.sqlite is full; make room and run this again"):
        any(put(ledger, made_report(number)) != "added" for number in numbers)
    ledger.dispose()
    failed = next(numbers) - 1
    assert failed > 2
    again = open_ledger(case)
    assert texts(again) == [made_report(number).text for number in range(failed)]
    assert put(again, made_report(failed)) == "added"
    again.dispose()


def test_a_ledger_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    ledger = open_ledger(sqlite_case(tmp_path)[0])
    pragma(ledger, "query_only=ON")
    with pytest.raises(TwotrackError, match="cannot be opened for writing; check the rights of the file and its folder"):
        put(ledger, made_report(1))
    ledger.dispose()


def test_a_ledger_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    case, path = sqlite_case(tmp_path)
    path.mkdir()
    with pytest.raises(TwotrackError, match=r"ledger\.sqlite cannot be opened for writing"):
        open_ledger(case)


def test_a_ledger_in_use_for_too_long_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case, path = sqlite_case(tmp_path)
    ledger = open_ledger(case)
    pragma(ledger, "busy_timeout=1")
    monkeypatch.setattr(failures, "FIRST_PAUSE", 0.001)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(TwotrackError, match="is in use by another program; try again"):
            put(ledger, made_report(1))
        other.execute("ROLLBACK")
    assert put(ledger, made_report(1)) == "added"
    ledger.dispose()


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("postgresql://me:secret@127.0.0.1:9/none", "postgresql://me:***@127.0.0.1:9/none cannot be reached"),
        ("postgresql://me@host:port/none", "The ledger's address is none; write it as postgresql://name@host/database."),
    ],
)
def test_a_server_that_is_not_there_is_told_without_the_password(tmp_path: Path, url: str, told: str) -> None:
    with pytest.raises(TwotrackError) as raised:
        open_ledger(init_case(tmp_path / "case", ["USA", "RUS"], ledger=url))
    assert told in str(raised.value)
    assert "secret" not in str(raised.value)


def test_a_bug_stays_a_bug(ledger: Engine) -> None:
    with pytest.raises(Exception, match=r"(?i)nowhere"), failures.telling(ledger), ledger.connect() as connection:
        connection.execute(select(text("*")).select_from(text("nowhere")))
