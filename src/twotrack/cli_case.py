"""What every command on a case shares: which case, and its ledger, opened and up to date."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

CASE_OPTION = click.option(
    "--case", "folder", type=click.Path(path_type=Path), default=".", help="The case's folder; the current one by default."
)


@contextmanager
def opened(folder: Path) -> Iterator[tuple[Any, Any]]:
    """The ledger of the case in a folder, settled, and the case; closed when the block ends."""
    from twotrack.ledger.case import open_case
    from twotrack.ledger.settling import BATCH, settle, unsettled
    from twotrack.ledger.store import open_ledger

    case = open_case(folder)
    ledger = open_ledger(case)
    try:
        if (many := unsettled(ledger)) > BATCH:
            click.echo(f"{many} reports are brought up to date first.", err=True)
        settle(ledger, case)
        yield ledger, case
    finally:
        ledger.dispose()
