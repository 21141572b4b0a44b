"""Whole reports, read as a careful reader reads them: examples/NAME.txt against the expectations in golden/NAME.toml.

A row with `gap = "why"` is known not to be met yet; the test fails when it is met, so that the mark goes.
`pytest --update-golden` writes the briefs in golden/NAME.md anew; read the difference before you commit it.
"""

import tomllib
from functools import lru_cache
from pathlib import Path

import pytest

from expectations import matches, missed
from twotrack import read
from twotrack.reading import Reading
from twotrack.render import to_markdown

GOLDEN = Path(__file__).parent / "golden"
REPORTS = Path(__file__).parents[1] / "examples"
NAMES = sorted(path.stem for path in REPORTS.glob("*.txt"))


@lru_cache
def golden_reading(name: str) -> Reading:
    return read((REPORTS / f"{name}.txt").read_text(encoding="utf-8"), published=golden_rows(name)["published"])


@lru_cache
def golden_rows(name: str) -> dict:
    return tomllib.loads((GOLDEN / f"{name}.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", NAMES)
def test_a_report_holds_what_a_careful_reader_finds(name: str) -> None:
    rows = [row for row in golden_rows(name)["expect"] if "gap" not in row]
    assert missed(golden_reading(name).claims, rows) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_report_holds_nothing_that_it_does_not_say(name: str) -> None:
    absent = golden_rows(name).get("absent", [])
    assert [(row, claim) for row in absent for claim in golden_reading(name).claims if matches(claim, row)] == []


@pytest.mark.parametrize("name", NAMES)
def test_known_gaps_are_still_gaps(name: str) -> None:
    gaps = [row for row in golden_rows(name)["expect"] if "gap" in row]
    assert missed(golden_reading(name).claims, gaps) == gaps


@pytest.mark.parametrize("name", NAMES)
def test_briefs_change_only_on_purpose(name: str, request: pytest.FixtureRequest) -> None:
    brief, file = to_markdown(golden_reading(name).brief()), GOLDEN / f"{name}.md"
    if request.config.getoption("--update-golden"):
        file.write_text(brief, encoding="utf-8")
    assert brief == file.read_text(encoding="utf-8")
