"""Adding: files, folders, lines of JSON and standard input; what is told of those that cannot be read; the commands."""

import json
import os
import pty
import subprocess
import sys
import tracemalloc
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine

from ledgers import (
    case_on_either,  # noqa: F401
    ledger_of_case,  # noqa: F401
    made_report,
    made_text,
    postgres_server,  # noqa: F401
    stub_reader,
)
from twotrack import adding
from twotrack.adding import Taken, add, summary, take
from twotrack.cli import main
from twotrack.errors import TwotrackError
from twotrack.ledger.case import init_case, open_case
from twotrack.ledger.store import open_ledger, reports_in, stored
from twotrack.model import Report
from twotrack.reading import Reading


def taken(*sources: object, **given: str) -> list[Report]:
    """The reports in these sources; the test fails where one cannot be read."""
    found = [one.report for one in take([str(source) for source in sources], **given)]
    assert [one for one in found if isinstance(one, TwotrackError)] == []
    return [one for one in found if isinstance(one, Report)]


def refused(*sources: object) -> list[tuple[str, str]]:
    """(source, message) of those that cannot be read."""
    found = take([str(source) for source in sources])
    return [(one.source, str(one.report)) for one in found if isinstance(one.report, TwotrackError)]


def jsonl(path: Path, *rows: object) -> Path:
    path.write_text("".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows))
    return path


# --- taking in --------------------------------------------------------------------------------------------------------


def test_a_folder_is_taken_in_the_order_of_names_without_hidden_files(tmp_path: Path) -> None:
    for number, name in enumerate(["b/2.txt", "b/1.md", "a.txt", "c.txt", ".hidden.txt", ".git/x.txt"]):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(made_text(number))
    assert [one.text for one in taken(tmp_path)] == [made_text(number) for number in (2, 3, 1, 0)]


def test_the_files_of_a_case_are_no_reports(tmp_path: Path) -> None:
    case = init_case(tmp_path / "case", ["USA", "RUS"])
    open_ledger(case).dispose()
    (case.folder / "reports").mkdir()
    (case.folder / "reports" / "judgements.jsonl.txt").write_text(made_text(1))
    assert [one.text for one in taken(case.folder)] == [made_text(1)]


def test_a_line_of_json_is_a_report_with_what_it_says_of_itself(tmp_path: Path) -> None:
    path = jsonl(
        tmp_path / "a.jsonl",
        {"text": made_text(1), "title": " Talks\n held ", "outlet": "Post", "byline": "A. Writer",
         "published": "2022-01-10T18:40:00Z", "url": "https://www.reuters.com/a"},
        "",
        {"text": made_text(2), "url": "https://www.reuters.com/b", "published": None, "comments": 3},
    )  # fmt: skip
    first, second = taken(path, published="2022-01-12")
    assert (first.title, first.outlet, first.byline, first.published, first.url) == (
        "Talks held", "Post", "A. Writer", date(2022, 1, 10), "https://www.reuters.com/a"
    )  # fmt: skip
    assert (second.text, second.outlet, second.published) == (made_text(2), "Reuters", date(2022, 1, 12))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "It is no JSON"),
        ("[1]", "It has no text; write one object a line"),
        ('{"title": "A"}', "It has no text"),
        ('{"text": 3}', "It has no text"),
        ('{"text": ""}', "The report is empty"),
        ('{"text": "TEXT", "published": 2022}', "Its published is no text but 2022; put it in quotes."),
        ('{"text": "TEXT", "published": "someday"}', "'someday' is no date"),
        ("[" * 100_000, "It is no JSON"),
        ("\xff\x00", "It is no JSON"),
    ],
)
def test_a_bad_line_is_told_with_its_number_and_the_rest_goes_on(tmp_path: Path, line: str, told: str) -> None:
    good = json.dumps({"text": made_text(1)})
    path = tmp_path / "a.jsonl"
    path.write_bytes(
        f"{good}\n".encode() + line.replace("TEXT", made_text(2).split("\n")[0]).encode("latin-1") + b"\n" + good.encode()
    )
    ((source, message),) = refused(path)
    assert source == f"{path}, line 2"
    assert told in message
    assert len(list(take([str(path)]))) == 3


def test_a_line_that_is_too_long_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adding, "MAX_BYTES", 2_000)
    path = jsonl(tmp_path / "a.jsonl", {"text": made_text(1)}, {"text": "x" * 9_000}, {"text": made_text(2)})
    assert [source for source, _ in refused(path)] == [f"{path}, line 2"]
    assert [one.source for one in take([str(path)])] == [f"{path}, line {number}" for number in (1, 2, 3)]


def test_lone_surrogates_and_nulls_can_be_stored(ledger: Engine, tmp_path: Path) -> None:
    path = jsonl(tmp_path / "a.jsonl", '{"text": "Envoys met\\ud800 for talks\\u0000 in Geneva.", "title": "A\\u0000\\udfff"}')
    (one,) = add(ledger, take([str(path)]), stub_reader)
    assert one.outcome == "added"
    assert [held.report.title for held in reports_in(ledger)] == ["A\ufffd"]  # intake takes nulls out


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "The report is empty"),
        (b"\x89PNG\r\n", "is a picture"),
        (b"abc\x00def", "is not text"),
        ("Совещание прошло в Женеве, сообщили представители обеих сторон в понедельник.".encode(), "another language"),
        (b"x" * 20_000_001, "larger than 20 MB"),
    ],
)
def test_a_file_that_is_no_report_is_told(tmp_path: Path, content: bytes, told: str) -> None:
    (tmp_path / "bad.txt").write_bytes(content)
    ((source, message),) = refused(tmp_path / "bad.txt")
    assert source == str(tmp_path / "bad.txt")
    assert told in message


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jsonl")
    (tmp_path / "reports.json").write_text("[]")
    found = refused(tmp_path, tmp_path / "none.txt", tmp_path / "none.jsonl", "x" * 300)
    assert [message.split(str(tmp_path))[-1][:34] for _, message in found[:4]] == [
        "/pipe.jsonl is no file but a devic",
        "/reports.json is JSON; write one r",
        "/none.txt does not exist; check th",
        "/none.jsonl does not exist; check ",
    ]
    assert len(found) == 5


def test_lines_are_taken_one_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("w") as file:
        for number in range(80):
            file.write(json.dumps({"text": made_text(number) * 80}) + "\n")
    tracemalloc.start()
    for one in take([str(path)]):
        assert isinstance(one.report, Report)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert path.stat().st_size > 2_000_000
    assert peak < 1_000_000


# --- adding -----------------------------------------------------------------------------------------------------------


def outcomes(ledger: Engine, reports: Iterator[Report] | list[Report]) -> list[object]:
    return [one.outcome for one in add(ledger, (Taken("x", 1, report) for report in reports), stub_reader)]


def test_adding_again_reads_nothing_and_changes_nothing(ledger: Engine) -> None:
    reports = [made_report(number) for number in range(3)]
    assert outcomes(ledger, reports) == ["added"] * 3
    before = list(reports_in(ledger))

    def never(_: Report) -> Reading:
        raise AssertionError("a known report is not read")

    assert [one.outcome for one in add(ledger, (Taken("x", 1, report) for report in reports), never)] == ["known"] * 3
    assert list(reports_in(ledger)) == before


def test_a_version_a_completion_and_a_failure(ledger: Engine) -> None:
    page, updated = (made_report(number, url="https://post.example/a") for number in (1, 2))
    dated = made_report(1, url="https://post.example/a", published=date(2022, 1, 10))
    assert outcomes(ledger, [page, updated, dated, page]) == ["added", "version", "reread", "known"]
    held = stored(ledger, page.id)
    assert held is not None
    assert held.report == dated
    error = TwotrackError("It is empty.")
    assert [one.outcome for one in add(ledger, [Taken("x", 1, error)], stub_reader)] == [error]


def test_the_order_of_adding_does_not_change_what_is_held(tmp_path: Path) -> None:
    reports = [made_report(n, url=f"https://post.example/{n % 3}", published=date(2022, 1, 1 + n)) for n in range(6)]
    held = []
    for number, order in enumerate((reports, reports[::-1])):
        ledger = open_ledger(init_case(tmp_path / str(number), ["USA", "RUS"]))
        outcomes(ledger, order)
        held.append({(one.report.id, one.version_of, one.report) for one in reports_in(ledger, every_version=True)})
        ledger.dispose()
    assert held[0] == held[1]


def test_a_summary_names_what_happened_only() -> None:
    assert summary(Counter(added=1)) == "1 report added"
    assert summary(Counter(added=2, version=1, reread=1, known=3, failed=4)) == (
        "2 reports added, 1 new version, 1 completed, 3 known already, 4 not readable"
    )


# --- the commands -----------------------------------------------------------------------------------------------------


def run(*words: object, text: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], input=text, catch_exceptions=False)


def test_init_and_add_make_a_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    made = run("init", "geneva", "--sides", "USA,RUS")
    assert (made.exit_code, made.output) == (0, "geneva/case.toml made, with the sides USA and RUS.\n")
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "a.txt").write_text(
        "Russia threatened to withdraw its envoy from Geneva on Monday if sanctions follow."
    )
    (tmp_path / "reports" / "b.html").write_text(f"<html><body><article><p>{made_text(1)}</p></article></body></html>")
    (tmp_path / "reports" / "c.txt").write_bytes(b"\x89PNG")
    done = run("add", "reports", "none.txt", "--case", "geneva", "--published", "2022-01-12")
    assert (done.exit_code, done.stdout) == (1, "2 reports added, 2 not readable.\n")
    assert done.stderr.splitlines() == [
        "twotrack: reports/c.txt is a picture; give the report's text.",
        "twotrack: none.txt does not exist; check the path, or begin a web address with https://.",
    ]
    monkeypatch.chdir(tmp_path / "geneva")
    assert run("add", "../reports/a.txt", "../reports/b.html").stdout == "0 reports added, 2 known already.\n"
    ledger = open_ledger(open_case(Path()))
    assert {one.report.published for one in reports_in(ledger)} == {date(2022, 1, 12)}
    assert [one.report.text[:6] for one in reports_in(ledger)] == ["Russia", "Envoys"]
    ledger.dispose()


@pytest.mark.parametrize(
    ("given", "added"),
    [
        (made_text(1), "1 report added.\n"),
        (f'{{"text": {json.dumps(made_text(1))}}}\n{{"text": {json.dumps(made_text(2))}}}', "2 reports added.\n"),
        (f"<html><body><p>{made_text(1)}</p></body></html>", "1 report added.\n"),
        ("", "0 reports added, 1 not readable.\n"),
    ],
)
def test_standard_input_is_a_report_or_lines_of_json(tmp_path: Path, given: str, added: str) -> None:
    init_case(tmp_path / "case", ["USA", "RUS"])
    assert run("add", "-", "--case", tmp_path / "case", text=given).stdout == added


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["add", "x.txt"], "holds no case; make one with twotrack init NAME --sides A,B, or name its folder with --case.\n"),
        (["init", "x", "--sides", "Russia,USA"], "did you mean RUS (Russia)?"),
        (["init", ".", "--sides", "USA,RUS"], ". exists already; give another name"),
    ],
)
def test_mistakes_end_in_one_line_and_exit_code_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "used").touch()
    done = run(*words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert told in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_wrong_date_is_told_once_and_before_anything_is_added(tmp_path: Path) -> None:
    case = init_case(tmp_path / "case", ["USA", "RUS"])
    done = run("add", tmp_path, "--case", case.folder, "--published", "someday")
    assert (done.exit_code, done.stderr) == (2, "twotrack: 'someday' is no date; write it as 2021-12-31.\n")
    assert not (case.folder / "ledger.sqlite").exists()


def test_a_terminal_is_shown_how_far_it_is(tmp_path: Path) -> None:
    case = init_case(tmp_path / "case", ["USA", "RUS"])
    ledger = open_ledger(case)
    outcomes(ledger, [made_report(1)])
    ledger.dispose()
    (tmp_path / "a.txt").write_text(made_text(1))
    terminal, screen = pty.openpty()
    command = [str(Path(sys.executable).parent / "twotrack"), "add", str(tmp_path / "a.txt"), "--case", str(case.folder)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=screen, timeout=60, check=False)
    os.close(screen)
    with os.fdopen(terminal, "rb", buffering=0) as end:
        shown = end.read(10_000)
    assert (done.returncode, done.stdout) == (0, b"0 reports added, 1 known already.\n")
    assert b"1 reports" in shown
    assert b"100%" in shown
