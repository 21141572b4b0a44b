"""The example case from reports to brief: what its authors say happened is what the ledger holds, and every command opens it."""

import csv
import io
import json
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine

from twotrack import views
from twotrack.adding import add, take
from twotrack.case_brief import case_brief
from twotrack.cli import main
from twotrack.cli_views import VIEWS
from twotrack.ledger.case import Case, open_case
from twotrack.ledger.queries import texts_of
from twotrack.ledger.settling import settle
from twotrack.ledger.store import open_ledger
from twotrack.read import read_report
from twotrack.render import to_markdown

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "river-dam"
GOLDEN = Path(__file__).parent / "golden" / "river-dam.brief.md"
LISTINGS = sorted(command.name or "" for command in VIEWS if command.name not in ("export", "search"))


@pytest.fixture(scope="module", name="case")
def case_of_example(tmp_path_factory: pytest.TempPathFactory) -> Case:
    folder = tmp_path_factory.mktemp("river-dam")
    shutil.copy(EXAMPLE / "case.toml", folder)
    case = open_case(folder)
    ledger = open_ledger(case)
    outcomes = [one.outcome for one in add(ledger, take([str(EXAMPLE / "reports.jsonl")]), read_report)]
    settle(ledger, case)
    ledger.dispose()
    assert outcomes == ["added"] * 14
    return case


@pytest.fixture(scope="module", name="ledger")
def ledger_of_example(case: Case) -> Iterator[Engine]:
    ledger = open_ledger(case)
    yield ledger
    ledger.dispose()


def run(case: Case, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--case", str(case.folder)], catch_exceptions=False)


def listed(case: Case, *arguments: str) -> Any:
    done = run(case, *arguments, "--json", "--most", "0")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def having(entries: list[Any], *words: str) -> list[Any]:
    """Entries in whose words all of these stand."""
    return [one for one in entries if all(word.lower() in one["words"].lower() for word in words)]


# --- what happened ------------------------------------------------------------------------------------------------------


def test_copies_are_one_family_and_others_are_not(case: Case, ledger: Engine) -> None:
    slugs = {one["url"]: one["slug"] for one in map(json.loads, (EXAMPLE / "reports.jsonl").read_text().splitlines())}
    groups = tomllib.loads((EXAMPLE / "gold.toml").read_text())["families"]["groups"]
    found = {id_: slugs[report.url] for id_, report in _reports(ledger).items()}
    made = [{found[one.first], *(found[report] for report, *_ in one.copies)} for one in views.family_views(ledger)]
    assert sorted(map(sorted, (one for one in made if len(one) > 1))) == sorted(map(sorted, groups))


def _reports(ledger: Engine) -> dict[str, Any]:
    from twotrack.ledger.store import reports_in

    return {one.report.id: one.report for one in reports_in(ledger)}


def test_the_promise_to_reopen_was_kept(case: Case) -> None:
    (entry,) = having(listed(case, "commitments"), "reopen", "Oshikango")
    assert entry["outcome"] == "kept"


def test_the_threat_to_close_the_crossing_was_carried_out(case: Case) -> None:
    threats = [one for one in having(listed(case, "commitments"), "close", "Oshikango") if one["type"] == "threat"]
    assert {one["outcome"] for one in threats} == {"kept"}
    (closing,) = having(listed(case, "timeline", "--kind", "event"), "Namibia", "closed its Oshikango crossing")
    assert closing["first_day"] == "2022-04-04"


def test_the_talks_that_were_put_off_were_held(case: Case) -> None:
    held = [one for one in listed(case, "calendar") if one["first_day"] == "2022-04-06" and one["status"] == "held"]
    assert max(one["independent"] for one in held) >= 3


def test_what_outlets_tell_otherwise_is_disputed(case: Case) -> None:
    variants = [variant for one in listed(case, "disputes") for variant in one["variants"]]
    assert any({"105", "110"} == {each["value"] for each in variant["told"]} for variant in variants)


def test_a_copy_gives_no_entry_a_second_source(case: Case) -> None:
    (summons,) = having(listed(case, "timeline", "--kind", "event"), "summoned the Angolan ambassador")
    assert (summons["reports"], summons["families"]) == (2, 1)


def test_unnamed_officials_alone_never_reach_the_second_digit(case: Case) -> None:
    unnamed = [one for one in listed(case, "timeline", "--kind", "statement") if one["anonymous"]]
    assert unnamed
    assert all(int(one["grade"][1:]) > 2 for one in unnamed)


def test_what_is_known_on_a_day_does_not_know_what_came_later(case: Case) -> None:
    before = listed(case, "calendar", "--on", "2022-03-18")
    assert {one["status"] for one in before if one["first_day"] == "2022-03-24"} == {"scheduled"}
    assert all(one["status"] != "held" for one in before if one["type"] != "call")
    assert having(listed(case, "commitments", "--on", "2022-03-18"), "close", "Oshikango")[0]["outcome"] == "open"


# --- the brief ----------------------------------------------------------------------------------------------------------


def test_the_brief_is_the_golden_one(case: Case, ledger: Engine, request: pytest.FixtureRequest) -> None:
    made = to_markdown(case_brief(ledger, case))
    if request.config.getoption("--update-golden"):
        GOLDEN.write_text(made, encoding="utf-8")
    assert made == GOLDEN.read_text(encoding="utf-8")


def test_every_line_of_the_brief_stands_in_a_report(case: Case, ledger: Engine) -> None:
    lines = [line for part in case_brief(ledger, case).parts for line in part.lines]
    texts = texts_of(ledger, {line.report for line in lines})
    assert len(lines) > 30
    assert all(texts[line.report][line.cite.start : line.cite.end] == line.cite.text != "" for line in lines)


def test_the_page_opens_the_words_and_escapes_them(case: Case) -> None:
    page = run(case, "brief", "--format", "html").stdout
    assert page.count("<details>") == page.count("<mark>") > 30
    assert "<script" not in page


# --- the commands -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", LISTINGS)
def test_each_listing_has_a_table_json_and_csv(case: Case, command: str) -> None:
    table, plain = run(case, command), run(case, command, "--json")
    assert table.exit_code == plain.exit_code == 0
    assert len(table.stdout.splitlines()) > 3
    assert json.loads(plain.stdout)
    if command != "brief":
        rows = list(csv.DictReader(io.StringIO(run(case, command, "--csv").stdout)))
        assert rows
        assert None not in rows[0]


@pytest.mark.parametrize("command", [name for name in LISTINGS if name not in ("sources", "brief")])
def test_filters_leave_less(case: Case, command: str) -> None:
    everything = run(case, command, "--csv", "--most", "0").stdout
    assert len(run(case, command, "--csv", "--most", "0", "--outlet", "Delta Herald").stdout) < len(everything)


def test_search_finds_entries_and_reports_in_any_form_of_the_word(case: Case) -> None:
    found = listed(case, "search", "truck")
    assert having(found["entries"], "trucks")
    assert found["reports"]


def test_the_calendar_is_an_icalendar_file(case: Case) -> None:
    from icalendar import Calendar

    made = Calendar.from_ical(run(case, "calendar", "--ics").stdout_bytes)
    dated = {f"{one['id']}@twotrack" for one in listed(case, "calendar") if one["first_day"]}
    assert {str(event["uid"]) for event in made.walk("VEVENT")} == dated


def test_every_format_of_export_is_written(case: Case, tmp_path: Path) -> None:
    from twotrack.export import EXPORTS

    for name in EXPORTS:
        target = tmp_path / f"out.{name}"
        done = run(case, "export", "--to", name, str(target))
        assert done.exit_code == 0, done.output
        assert target.stat().st_size > 100


def test_show_opens_an_entry_by_each_of_its_claims_and_says_why(case: Case) -> None:
    (entry,) = having(listed(case, "commitments"), "reopen", "Oshikango")
    detail = json.loads(run(case, "show", entry["id"], "--json").stdout)
    others = [one["claim"]["id"] for one in detail["sources"] if one["claim"]["id"] != entry["id"]]
    assert others
    assert all(json.loads(run(case, "show", id_, "--json").stdout)["id"] == entry["id"] for id_ in others)
    assert all(one["why"] for one in detail["sources"] if one["claim"]["id"] != detail["sources"][0]["claim"]["id"])
    assert "Grade" in run(case, "show", entry["id"]).stdout


def test_an_unknown_id_suggests_near_ones(case: Case) -> None:
    known = listed(case, "timeline")[0]["id"]
    done = run(case, "show", f"{known[:-1]}~")
    assert done.exit_code == 2
    assert "Did you mean" in done.stderr
    assert known.split("-")[0] in done.stderr
    assert "twotrack search" in run(case, "judge", "zzzz", "accept", "--by", "Ana").stderr


def test_a_verdict_is_kept_and_applied(case: Case, tmp_path: Path) -> None:
    shutil.copytree(case.folder, tmp_path / "judged")
    judged = open_case(tmp_path / "judged")
    visit = next(one for one in listed(judged, "calendar") if one["status"] == "cancelled")
    assert (
        run(judged, "judge", visit["id"], "correct", "when=2022-03-23", "--by", "Ana", "-m", "the office says so").exit_code
        == 0
    )
    after = json.loads(run(judged, "show", visit["id"], "--json").stdout)
    assert after["first_day"] == "2022-03-23"
    assert after["corrected"] == ["when"]
    assert run(judged, "judge", visit["id"], "reject", "--by", "Ana").exit_code == 0
    assert visit["id"] not in {one["id"] for one in listed(judged, "calendar")}
    assert len((judged.folder / "judgements.jsonl").read_text().splitlines()) == 2
    assert "Nothing needs you." in run(judged, "check").stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("correct", "when=tomorrow"), "is no day"),
        (("correct", "colour=red"), "has no 'colour' to correct"),
        (("correct",), "needs a field and its value"),
        (("same-as",), "needs the other id"),
        (("maybe",), "is no verdict"),
    ],
)
def test_a_verdict_that_is_none_is_refused_in_one_line(case: Case, arguments: tuple[str, ...], told: str) -> None:
    known = listed(case, "calendar")[0]["id"]
    done = run(case, "judge", known, *arguments, "--by", "Ana")
    assert done.exit_code == 2
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_hostile_words_are_shown_and_do_nothing(tmp_path: Path) -> None:
    (tmp_path / "case.toml").write_text('title = "<b>Strait</b>"\nsides = ["IRN", "OMN"]\n')
    (tmp_path / "a.txt").write_text(
        'Iran warned on Monday that it would close the strait.\n\n"We say <script>alert(1)</script> to Oman," '
        "Iran's foreign minister said. [click](javascript:alert(1))\n"
    )
    case = open_case(tmp_path)
    assert run(case, "add", str(tmp_path / "a.txt"), "--published", "2022-01-11", "--outlet", "=cmd()<img>").exit_code == 0
    page = run(case, "brief", "--format", "html").stdout
    assert "<script>alert" not in page
    assert "<b>Strait" not in page
    assert "<img>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "](javascript" not in run(case, "brief", "--format", "markdown").stdout
    assert ",=cmd" not in run(case, "timeline", "--csv", "--kind", "statement").stdout


def test_an_updated_report_tells_what_was_taken_out_and_put_in(tmp_path: Path) -> None:
    (tmp_path / "case.toml").write_text('title = "Strait"\nsides = ["IRN", "OMN"]\n')
    told = {"url": "https://post.example/1", "published": "2022-01-11", "outlet": "Post"}
    texts = (
        "Iran seized two tankers on Monday.",
        "Iran seized two tankers on Monday. Oman recalled its ambassador from Tehran.",
    )
    for number, text in enumerate(texts):
        (tmp_path / f"{number}.jsonl").write_text(json.dumps({**told, "text": text}))
        assert run(open_case(tmp_path), "add", str(tmp_path / f"{number}.jsonl")).exit_code == 0
    brief = run(open_case(tmp_path), "brief", "--format", "markdown").stdout
    assert "Put into an updated report: " in brief
    assert "1 reports" not in brief
