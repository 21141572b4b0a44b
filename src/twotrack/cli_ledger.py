"""The commands that make a case and add to it: parse, call, print."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from twotrack.errors import TwotrackError

CASE_OPTION = click.option(
    "--case", "folder", type=click.Path(path_type=Path), default=".", help="The case's folder; the current one by default."
)


@click.command()
@click.argument("name", type=click.Path(path_type=Path))
@click.option("--sides", required=True, metavar="A,B", help="The parties' actor ids, as USA,RUS.")
@click.option("--title", help="What the case is called; the folder's name by default.")
@click.option("--ledger", metavar="URL", help="A PostgreSQL database, as postgresql://name@host/database, instead of a file.")
def init(name: Path, sides: str, title: str | None, ledger: str | None) -> None:
    """Makes a case: a folder NAME with case.toml, the ledger and the judgements."""
    from twotrack.ledger.case import CASE_FILE, init_case

    case = init_case(name, sides.split(","), title=title, ledger=ledger)
    click.echo(f"{name / CASE_FILE} made, with the sides {' and '.join(case.sides)}.")


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="PATH|URL|-...")
@CASE_OPTION
@click.option(
    "--published", metavar="DATE", help="When the reports were published, as 2021-12-31. A line of JSON keeps its own."
)
@click.option("--outlet", metavar="NAME", help="Who published them. A line of JSON keeps its own.")
@click.option("--pipeline", metavar="NAME", help="Another installed spaCy pipeline, by package or path.")
def add(sources: tuple[str, ...], folder: Path, published: str | None, outlet: str | None, pipeline: str | None) -> None:
    """Reads reports and stores what they say: text, HTML and .jsonl files, folders, web addresses, - for standard input."""
    from twotrack.adding import add as added
    from twotrack.adding import size_of, summary, take
    from twotrack.intake.text import parsed_date
    from twotrack.ledger.case import open_case
    from twotrack.ledger.store import open_ledger
    from twotrack.parse import DEFAULT_PIPELINE
    from twotrack.read import read_report

    if published:
        parsed_date(published)  # a wrong date is told once, not for every report
    ledger = open_ledger(open_case(folder))
    counts: Counter[str] = Counter()
    with _progress(sources, size_of) as shown:
        taken = take(sources, published=published, outlet=outlet)
        for one in shown(added(ledger, taken, lambda report: read_report(report, pipeline or DEFAULT_PIPELINE))):
            failed = isinstance(one.outcome, TwotrackError)
            counts["failed" if failed else str(one.outcome)] += 1
            if failed:
                click.echo(one_line(one.source, str(one.outcome)), err=True)
    ledger.dispose()
    click.echo(f"{summary(counts)}.")
    sys.exit(1 if counts["failed"] else 0)


COMMANDS = (init, add)


def one_line(source: str, message: str) -> str:
    """A source that could not be read, and why, on one line."""
    told = message if source in message else f"{source}: {message}"
    return " ".join(f"twotrack: {told}".split())


@contextmanager
def _progress(sources: tuple[str, ...], size_of: Any) -> Iterator[Any]:
    """A bar on standard error where that is a terminal; the lines about unreadable reports go above it."""
    if not sys.stderr.isatty():
        yield iter
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.fields[reports]} reports"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=size_of(sources), reports=0)

        def shown(items: Iterable[Any]) -> Iterator[Any]:
            for number, item in enumerate(items, 1):
                yield item
                bar.update(task, advance=item.size, reports=number)

        yield shown
