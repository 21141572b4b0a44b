"""The commands that make a case and add to it: parse, call, print."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from twotrack.cli_case import CASE_OPTION, opened
from twotrack.errors import TwotrackError

FAST_OPTION = click.option("--fast", is_flag=True, help="By rules alone: several times as fast, and it finds less.")


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
@FAST_OPTION
def add(
    sources: tuple[str, ...], folder: Path, published: str | None, outlet: str | None, pipeline: str | None, fast: bool
) -> None:
    """Reads reports and stores what they say: text, HTML and .jsonl files, folders, web addresses, - for standard input."""
    from twotrack.adding import add as added
    from twotrack.adding import size_of, summary, take
    from twotrack.intake.text import parsed_date
    from twotrack.ledger.case import open_case
    from twotrack.ledger.settling import BATCH, settle
    from twotrack.ledger.store import open_ledger
    from twotrack.parse import DEFAULT_PIPELINE
    from twotrack.read import read_report

    if published:
        parsed_date(published)  # a wrong date is told once, not for every report
    case = open_case(folder)
    ledger = open_ledger(case)
    counts: Counter[str] = Counter()
    with _progress(sources, size_of) as shown:
        taken = take(sources, published=published, outlet=outlet)
        for one in shown(added(ledger, taken, lambda report: read_report(report, pipeline or DEFAULT_PIPELINE, fast))):
            failed = isinstance(one.outcome, TwotrackError)
            counts["failed" if failed else str(one.outcome)] += 1
            if failed:
                click.echo(one_line(one.source, str(one.outcome)), err=True)
            if counts.total() % BATCH == 0:
                settle(ledger, case)
    settle(ledger, case)
    ledger.dispose()
    click.echo(f"{summary(counts)}.")
    sys.exit(1 if counts["failed"] else 0)


@click.command()
@CASE_OPTION
@click.option("--all", "everything", is_flag=True, help="Also what this Twotrack has read already.")
@click.option("--pipeline", metavar="NAME", help="Another installed spaCy pipeline, by package or path.")
@FAST_OPTION
def reread(folder: Path, everything: bool, pipeline: str | None, fast: bool) -> None:
    """Reads stored reports again, after an upgrade or with other words. Ids and people's verdicts stay."""
    from twotrack.adding import reread as read_again
    from twotrack.ledger.settling import settle
    from twotrack.parse import DEFAULT_PIPELINE
    from twotrack.read import read_report

    with opened(folder) as (ledger, case):
        again = read_again(
            ledger, lambda report: read_report(report, pipeline or DEFAULT_PIPELINE, fast), everything=everything
        )
        number = sum(1 for _ in again)
        settle(ledger, case)
    click.echo(f"{number} report{'' if number == 1 else 's'} read again.")


@click.command()
@click.argument("id_", metavar="ID")
@CASE_OPTION
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def show(id_: str, folder: Path, as_json: bool) -> None:
    """Opens an entry or a claim: its sources word for word, why they are one entry, how the grade came about."""
    from rich.console import Console
    from rich.text import Text

    from twotrack.detail import detail, detail_json, detail_lines
    from twotrack.tables import to_json

    with opened(folder) as (ledger, case):
        found = detail(ledger, case, id_)
    if as_json:
        click.echo(to_json(detail_json(found)))
        return
    console = Console(highlight=False)
    for style, line in detail_lines(found):
        console.print(Text(line, style=style))


@click.command()
@click.argument("id_", metavar="ID")
@click.argument("verdict", metavar="accept|reject|correct|same-as|not-same")
@click.argument("value", required=False, metavar="[FIELD=VALUE|ID]")
@click.option("-m", "why", default="", metavar="WHY", help="Why.")
@click.option("--by", required=True, metavar="NAME", help="Who judges.")
@CASE_OPTION
def judge(id_: str, verdict: str, value: str | None, why: str, by: str, folder: Path) -> None:
    """Writes down a person's verdict on an entry or a claim; it holds when reports are read again.

    An entry's own id judges the entry, the id of another of its claims that claim alone.
    """
    from twotrack.judging import judge as judged
    from twotrack.ledger.settling import settle

    with opened(folder) as (ledger, case):
        told = judged(ledger, case, id_, verdict, value, why=why, by=by)
        settle(ledger, case)
    click.echo(told)


@click.command()
@CASE_OPTION
def check(folder: Path) -> None:
    """Tells what needs a person: verdicts whose words are in no claim any more, reports without a date or an outlet."""
    from twotrack.judging import checked

    with opened(folder) as (ledger, case):
        found = checked(ledger, case)
    for line in found:
        click.echo(line)
    click.echo("Nothing needs you." if not found else f"{len(found)} to look at.")
    sys.exit(1 if found else 0)


COMMANDS = (init, add, reread, show, judge, check)


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
