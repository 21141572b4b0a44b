"""The command line: parses, calls, prints. Every TwotrackError becomes one line and exit code 2 here, and only here."""

import json
import sys
from dataclasses import replace
from typing import Any

import click

from twotrack.cli_ledger import COMMANDS
from twotrack.cli_views import VIEWS
from twotrack.errors import TwotrackError


class OneLineErrors(click.Group):
    """A group of commands whose callers' mistakes end in one sentence."""

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command; a TwotrackError is printed as it is, a bug keeps its traceback."""
        try:
            return super().invoke(ctx)
        except TwotrackError as error:
            click.echo(f"twotrack: {error}", err=True)
            sys.exit(2)


@click.group(cls=OneLineErrors, commands=(*COMMANDS, *VIEWS), context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="twotrack")
def main() -> None:
    """Reads news reports about a diplomatic crisis and keeps a sourced ledger of it."""


@main.command()
@click.argument("source", metavar="FILE|URL|-")
@click.option(
    "--published", metavar="DATE", help="When the report was published, as 2021-12-31. Wins over the page's own date."
)
@click.option("--outlet", metavar="NAME", help="Who published it. Wins over the page's own name.")
@click.option("--json", "as_json", is_flag=True, help="Print the report, its claims and its problems as JSON.")
@click.option("--format", "form", type=click.Choice(["terminal", "markdown", "html"]), default="terminal", show_default=True)
@click.option("--pipeline", metavar="NAME", help="Another installed spaCy pipeline, by package or path.")
@click.option("--fast", is_flag=True, help="Read by rules alone, without the learned parts: sooner, and less finely.")
@click.option(
    "--sure", type=click.FloatRange(0, 1), default=0.0, metavar="SHARE",
    help="Leave out what is right less often than this, from 0 to 1: claims of a lower confidence.",
)  # fmt: skip
def read(
    source: str,
    published: str | None,
    outlet: str | None,
    as_json: bool,
    form: str,
    pipeline: str | None,
    fast: bool,
    sure: float,
) -> None:
    """Reads one report and prints what it says: who did what, who said what, who wants what on which condition."""
    # Loaded here, so that --help and --version answer at once.
    from twotrack.intake.source import report_of_source
    from twotrack.intake.text import parsed_date
    from twotrack.jsonform import reading_json
    from twotrack.parse import DEFAULT_PIPELINE
    from twotrack.read import read_report

    if published:
        parsed_date(published)  # a wrong date is told before a page is fetched
    report = report_of_source(source, published=published, outlet=outlet)
    reading = read_report(report, pipeline or DEFAULT_PIPELINE, fast)
    reading = replace(reading, claims=tuple(claim for claim in reading.claims if claim.confidence >= sure))
    if as_json:
        click.echo(json.dumps(reading_json(reading), ensure_ascii=False, indent=1))
    else:
        _print_brief(reading, form)


def _print_brief(reading: Any, form: str) -> None:
    from rich.console import Console

    from twotrack.render import to_html, to_markdown, to_terminal

    if form == "html":
        click.echo(to_html(reading.brief(), reading), nl=False)
    elif form == "markdown":
        click.echo(to_markdown(reading.brief()), nl=False)
    else:
        to_terminal(reading.brief(), Console(highlight=False))
