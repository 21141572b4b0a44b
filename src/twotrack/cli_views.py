"""The commands that show a ledger: parse, call, print. Each listing takes the same filters and the same forms of output."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any

import click

from twotrack.cli_case import CASE_OPTION, opened

MOST = 100  # rows of a listing unless more are asked for
ENTRY_COLUMNS = {
    "id": "Entry", "day": "Day", "words": "What", "status": "Status", "grade": "Grade", "sources": "Sources",
    "disputed": "",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """What a listing is asked for: the open ledger and its case, the filter, how many, and how to print."""

    ledger: Any
    case: Any
    wanted: Any
    most: int | None
    form: str


class Day(click.ParamType[date]):
    """A day as 2021-12-31."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day, or a usage error that says how to write one."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no day; write it as 2021-12-31.", param, ctx)


OPTIONS = (
    CASE_OPTION,
    click.option("--since", type=Day(), help="From this day on."),
    click.option("--until", type=Day(), help="Until this day."),
    click.option("--actor", metavar="ID", help="Whoever takes part, as RUS or USA.GOV, or a person's id."),
    click.option("--side", metavar="ID", help="Whoever acts or speaks, with all who belong to it."),
    click.option(
        "--kind", "kinds", multiple=True, type=click.Choice(["event", "statement", "commitment", "meeting"]), help="Only these."
    ),
    click.option("--outlet", metavar="NAME", help="What this outlet tells."),
    click.option("--on", type=Day(), help="The ledger as it was known on this day."),
    click.option("--most", type=click.IntRange(0), default=MOST, show_default=True, help="Rows at most; 0 for all."),
    click.option("--json", "form", flag_value="json", help="Print JSON."),
    click.option("--csv", "form", flag_value="csv", help="Print CSV."),
)


def listing(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command the filters and the forms of output; it is called with what was asked for."""

    @wraps(command)
    def asked(
        folder: Path, since: date | None, until: date | None, actor: str | None, side: str | None, kinds: tuple[str, ...],
        outlet: str | None, on: date | None, most: int, form: str | None, **more: Any,
    ) -> None:  # fmt: skip
        from twotrack.ledger.queries import Filter

        wanted = Filter(since, until, _id(actor), _id(side), kinds, outlet)
        with opened(folder) as (ledger, case), _on(ledger, case, on) as shown:
            command(Asked(shown, case, wanted, most or None, form or "table"), **more)

    for option in reversed(OPTIONS):
        asked = option(asked)
    return asked


def _id(words: str | None) -> str | None:
    """An actor's id in capitals; a person's has small letters and no full stop and stays."""
    return words.upper() if words and (words.isupper() or "-" not in words) else words


@contextmanager
def _on(ledger: Any, case: Any, day: date | None) -> Iterator[Any]:
    if day is None:
        yield ledger
        return
    from twotrack.ledger.asof import ledger_on

    with ledger_on(ledger, case, day) as then:
        yield then


def show(asked: Asked, rows: Sequence[dict[str, Any]], full: Any, columns: Mapping[str, str], empty: str) -> None:
    """Prints rows as a table or as CSV, or what is behind them as JSON."""
    from rich.console import Console

    from twotrack.jsonform import plain
    from twotrack.tables import print_table, to_csv, to_json

    if asked.form == "json":
        click.echo(to_json(plain(full)))
    elif asked.form == "csv":
        click.echo(to_csv(rows), nl=False)
    else:
        print_table(Console(highlight=False), rows, columns, empty)
        if asked.most and len(rows) >= asked.most:
            click.echo(f"The first {asked.most}; --most 0 shows all.", err=True)


def _show_entries(asked: Asked, found: Sequence[Any], empty: str) -> None:
    from twotrack.tables import entry_json, entry_row

    show(asked, [entry_row(one) for one in found], [entry_json(one) for one in found], ENTRY_COLUMNS, empty)


@click.command()
@listing
def timeline(asked: Asked) -> None:
    """What happened, and what is set for when, by day."""
    from twotrack import views

    _show_entries(asked, views.timeline(asked.ledger, asked.wanted, asked.most), "Nothing happened that this asks for.")


@click.command()
@listing
def commitments(asked: Asked) -> None:
    """Demands, offers, threats, promises and what became of them; open ones first."""
    from twotrack import views

    _show_entries(asked, views.commitments(asked.ledger, asked.wanted, asked.most), "Nobody commits to anything here.")


@click.command()
@click.option("--ics", is_flag=True, help="Print an iCalendar file.")
@listing
def calendar(asked: Asked, ics: bool) -> None:
    """Talks, visits and calls by day, with what became of them."""
    from twotrack import views

    if ics:
        from twotrack.export import EXPORTS

        made = EXPORTS["ics"].write(asked.ledger, asked.case, asked.wanted, sys.stdout.buffer)
        if made.left_out:
            click.echo(f"{made.left_out} meetings without a day are left out.", err=True)
    else:
        _show_entries(asked, views.calendar(asked.ledger, asked.wanted, asked.most), "No meetings are known.")


@click.command()
@listing
def disputes(asked: Asked) -> None:
    """What sources tell differently: numbers, days, whether it happened."""
    from twotrack import views
    from twotrack.tables import entry_json, entry_row

    found = views.disputes(asked.ledger, asked.wanted, asked.most)
    rows = [
        {**entry_row(one), "field": variant.field,
         "told": "; ".join(f"{each.value} ({', '.join(each.outlets)})" for each in variant.told)}
        for one in found for variant in one.variants
    ]  # fmt: skip
    columns = {"id": "Entry", "words": "What", "field": "Differs in", "told": "Who tells what"}
    show(asked, rows, [entry_json(one) for one in found], columns, "Sources contradict each other nowhere.")


@click.command()
@listing
def positions(asked: Asked) -> None:
    """What each side says and wants, by issue, the newest first."""
    from twotrack import views
    from twotrack.tables import entry_json, position_rows

    found = views.positions(asked.ledger, asked.case.issues, asked.wanted)
    full = [{"issue": one.issue, "side": one.side, "entries": [entry_json(each) for each in one.entries]} for one in found]
    rows = position_rows(found)[: asked.most]
    columns = {"issue": "Issue", "side": "Side", "id": "Entry", "told": "Told", "words": "What", "grade": "Grade"}
    show(asked, rows, full, columns, "Nobody says or wants anything here.")


@click.command()
@listing
def changes(asked: Asked) -> None:
    """What is new, and what is told differently, since a day (--since; the last week by default)."""
    from dataclasses import replace
    from datetime import timedelta

    from twotrack import views
    from twotrack.jsonform import plain
    from twotrack.ledger.queries import last_day
    from twotrack.tables import change_row, entry_json

    since = asked.wanted.since or ((last_day(asked.ledger) or date.max) - timedelta(days=6))
    found = views.changes(asked.ledger, asked.case.outlets, since, replace(asked.wanted, since=None), asked.most)
    columns = {"change": "Change", "before": "Was", "after": "Is", **ENTRY_COLUMNS}
    full = [{**plain(one), "entry": entry_json(one.entry)} for one in found]
    show(asked, [change_row(one) for one in found], full, columns, f"Nothing has changed since {since.isoformat()}.")


@click.command()
@click.option("--families", is_flag=True, help="List the families of copies instead of the outlets.")
@listing
def sources(asked: Asked, families: bool) -> None:
    """Outlets with their letters, copies and unnamed speakers; with --families, which reports are one report."""
    from twotrack import views
    from twotrack.tables import family_row, outlet_row

    if families:
        found = views.family_views(asked.ledger)[: asked.most]
        columns = {"first": "First", "published": "Published", "outlet": "Outlet", "title": "Title", "copies": "Copies",
                   "independent": "Independent", "cites": "Cites"}  # fmt: skip
        show(asked, [family_row(one) for one in found], found, columns, "There are no reports yet.")
    else:
        outlets = views.outlet_views(asked.ledger, asked.case.outlets)[: asked.most]
        columns = {"outlet": "Outlet", "letter": "Letter", "reports": "Reports", "copies": "Copies", "statements": "Statements",
                   "anonymous": "Unnamed"}  # fmt: skip
        show(asked, [outlet_row(one) for one in outlets], outlets, columns, "There are no reports yet.")


@click.command()
@click.argument("words", nargs=-1, required=True)
@listing
def search(asked: Asked, words: tuple[str, ...]) -> None:
    """Entries and reports with all of these words, in any form; "words in quotes" stand together."""
    from twotrack.jsonform import plain
    from twotrack.ledger.queries import search_entries
    from twotrack.ledger.store import search as search_reports
    from twotrack.tables import entry_json, entry_row, found_row

    typed = " ".join(f'"{word}"' if " " in word else word for word in words)
    most = asked.most or MOST
    found, reports = search_entries(asked.ledger, typed, most=most), search_reports(asked.ledger, typed, most=most)
    full = {"entries": [entry_json(one) for one in found], "reports": plain(reports)}
    if asked.form == "table":
        _show_entries(asked, found, "No entry has these words.")
        columns = {"report": "Report", "published": "Published", "outlet": "Outlet", "words": "Words"}
        show(asked, [found_row(one) for one in reports], reports, columns, "No report has these words.")
    else:
        show(asked, [entry_row(one) for one in found], full, ENTRY_COLUMNS, "")


@click.command()
@click.option("--format", "shape", type=click.Choice(["terminal", "markdown", "html"]), default="terminal", show_default=True)
@listing
def brief(asked: Asked, shape: str) -> None:
    """The case on two pages: bottom line, changes (--since), positions, paths, what is next, disputes, sourcing."""
    from dataclasses import replace

    from rich.console import Console

    from twotrack.case_brief import case_brief, cited_reports
    from twotrack.jsonform import plain
    from twotrack.ledger.queries import texts_of
    from twotrack.render import to_case_html, to_markdown, to_terminal
    from twotrack.tables import to_json

    made = case_brief(asked.ledger, asked.case, asked.wanted.since, replace(asked.wanted, since=None))
    if asked.form == "json":
        click.echo(to_json(plain(made)))
    elif shape == "html":
        click.echo(to_case_html(made, texts_of(asked.ledger, cited_reports(made))), nl=False)
    elif shape == "markdown":
        click.echo(to_markdown(made), nl=False)
    else:
        to_terminal(made, Console(highlight=False))


@click.command()
@click.option("--to", "name", required=True, metavar="FORMAT", help="csv, jsonl, parquet, ics, atom, polecat or sqlite.")
@click.argument("target", type=click.Path(path_type=Path))
@listing
def export(asked: Asked, name: str, target: Path) -> None:
    """Writes the entries to a file TARGET, whole or not at all; the filters apply, --most does not."""
    from twotrack.export import export_file

    made = export_file(asked.ledger, asked.case, name, target, asked.wanted)
    left = f", {made.left_out} left out" if made.left_out else ""
    click.echo(f"{made.written} entries written to {target}{left}.")


VIEWS = (brief, export, timeline, positions, commitments, calendar, changes, disputes, sources, search)
