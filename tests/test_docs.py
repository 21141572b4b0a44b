"""The documents say what is true: README's output is the program's, and every field of the JSON is explained."""

import io
import re
import shutil
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest
from rich.console import Console

from twotrack.adding import add, take
from twotrack.case_brief import case_brief
from twotrack.cli import main
from twotrack.ledger.case import open_case
from twotrack.ledger.settling import settle
from twotrack.ledger.store import open_ledger
from twotrack.model import Actor, Commitment, Event, Meeting, Statement, When
from twotrack.read import read_report
from twotrack.render import to_terminal

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
BLOCK = re.compile(r"(?<=```text\n).*?(?=```)", re.DOTALL)
SHOWN = 45  # lines of the demonstration that README shows


def demonstration(folder: Path) -> str:
    """The first lines of the brief that `make demo` prints."""
    shutil.copy(ROOT / "examples" / "river-dam" / "case.toml", folder)
    case = open_case(folder)
    ledger = open_ledger(case)
    for _ in add(ledger, take([str(ROOT / "examples" / "river-dam" / "reports.jsonl")]), read_report):
        pass
    settle(ledger, case)
    out = io.StringIO()
    to_terminal(case_brief(ledger, case), Console(file=out, width=80, highlight=False))
    ledger.dispose()
    return "\n".join(out.getvalue().splitlines()[:SHOWN]) + "\n  …\n"


def test_readme_shows_what_the_program_prints(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    page, shown = README.read_text(encoding="utf-8"), demonstration(tmp_path)
    if request.config.getoption("--update-golden"):
        page = BLOCK.sub(lambda _: shown, page, count=1)
        README.write_text(page, encoding="utf-8")
    assert BLOCK.search(page)[0] == shown


def test_make_demo_adds_the_reports_that_readme_shows() -> None:
    assert "twotrack add examples/river-dam/reports.jsonl" in (ROOT / "Makefile").read_text()


def test_every_command_is_explained() -> None:
    pages = README.read_text(encoding="utf-8") + (ROOT / "docs" / "ledger.md").read_text(encoding="utf-8")
    assert [name for name in main.commands if f"twotrack {name}" not in pages] == []


def test_every_page_of_the_documents_is_in_the_readme() -> None:
    page = README.read_text(encoding="utf-8")
    assert [path.name for path in (ROOT / "docs").glob("*.md") if f"docs/{path.name}" not in page] == []


@pytest.mark.parametrize("kind", [Actor, When, Event, Statement, Commitment, Meeting])
def test_every_field_is_explained(kind: type) -> None:
    page = (ROOT / "docs" / "reading.md").read_text(encoding="utf-8")
    assert [field.name for field in fields(kind) if not re.search(rf"[`\"]{field.name}[`\"]", page)] == []


def test_every_option_of_read_is_in_the_readme_or_its_help() -> None:
    page = README.read_text(encoding="utf-8")
    options = [option for parameter in main.commands["read"].params for option in parameter.opts if option.startswith("--")]
    told = {"--pipeline", "--outlet"}  # in --help alone
    assert [option for option in options if option not in page and option not in told] == []


def test_every_lexicon_is_listed() -> None:
    page = (ROOT / "docs" / "lexicons.md").read_text(encoding="utf-8")
    data = ROOT / "src" / "twotrack" / "data"
    assert [path.name for path in data.glob("*.toml") if f"`{path.name}`" not in page] == []


def test_every_dependency_has_its_reason() -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"].values()
    listed = [
        *project["project"]["dependencies"],
        *(name for group in extras for name in group),
        *project["dependency-groups"]["dev"],
    ]
    assert [name for name in listed if re.match("[a-z0-9-]+", name)[0] not in page] == []
