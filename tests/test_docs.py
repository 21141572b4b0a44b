"""The documents say what is true: README's output is the program's, and every field of the JSON is explained."""

import io
import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest
from rich.console import Console

from twotrack import read
from twotrack.cli import main
from twotrack.model import Actor, Commitment, Event, Meeting, Statement, When
from twotrack.render import to_terminal

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
BLOCK = re.compile(r"(?<=```text\n).*?(?=```)", re.DOTALL)
SHOWN = 45  # lines of the demonstration that README shows


def demonstration() -> str:
    """The first lines of what `make demo` prints."""
    out = io.StringIO()
    text = (ROOT / "examples" / "gulf-1990.txt").read_text(encoding="utf-8")
    to_terminal(read(text, published="1990-11-30").brief(), Console(file=out, width=80, highlight=False))
    return "\n".join(out.getvalue().splitlines()[:SHOWN]) + "\n  …\n"


def test_readme_shows_what_the_program_prints(request: pytest.FixtureRequest) -> None:
    page = README.read_text(encoding="utf-8")
    if request.config.getoption("--update-golden"):
        page = BLOCK.sub(lambda _: demonstration(), page, count=1)
        README.write_text(page, encoding="utf-8")
    assert BLOCK.search(page)[0] == demonstration()


def test_make_demo_reads_the_report_that_readme_shows() -> None:
    assert "twotrack read examples/gulf-1990.txt --published 1990-11-30" in (ROOT / "Makefile").read_text()


@pytest.mark.parametrize("kind", [Actor, When, Event, Statement, Commitment, Meeting])
def test_every_field_is_explained(kind: type) -> None:
    page = (ROOT / "docs" / "reading.md").read_text(encoding="utf-8")
    assert [field.name for field in fields(kind) if not re.search(rf"[`\"]{field.name}[`\"]", page)] == []


def test_every_option_of_read_is_in_the_readme_or_its_help() -> None:
    page = README.read_text(encoding="utf-8")
    options = [option for parameter in main.commands["read"].params for option in parameter.opts if option.startswith("--")]
    told = {"--fast", "--pipeline", "--outlet"}  # in --help alone
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
