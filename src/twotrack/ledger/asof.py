"""The ledger as it was known on a day: what was published until then, settled anew in a ledger that is thrown away.

People's verdicts apply whenever they were given: they say what is so, not what was known.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from sqlalchemy import Engine, Table, or_, select

from twotrack.ledger.case import LEDGER_FILE, Case
from twotrack.ledger.opening import open_ledger
from twotrack.ledger.schema import claim_actors, claims, problems, reports
from twotrack.ledger.settling import settle

PAGE = 500  # rows copied at once


@contextmanager
def ledger_on(ledger: Engine, case: Case, day: date) -> Iterator[Engine]:
    """A ledger with the reports published until that day, or without a day. It is gone when the block ends."""
    with tempfile.TemporaryDirectory(prefix="twotrack-") as folder:
        then = open_ledger(replace(case, ledger=f"sqlite:///{Path(folder) / LEDGER_FILE}"))
        try:
            _copy(ledger, then, day)
            settle(then, case)
            yield then
        finally:
            then.dispose()


def _copy(ledger: Engine, then: Engine, day: date) -> None:
    known = select(reports.c.id).where(or_(reports.c.published.is_(None), reports.c.published <= day))
    own_claims = select(claims.c.id).where(claims.c.report.in_(known))
    for table, condition in (
        (reports, reports.c.id.in_(known)),
        (claims, claims.c.report.in_(known)),
        (claim_actors, claim_actors.c.claim.in_(own_claims)),
        (problems, problems.c.report.in_(known)),
    ):
        _copy_table(ledger, then, table, condition)


def _copy_table(ledger: Engine, then: Engine, table: Table, condition: object) -> None:
    with ledger.connect() as source, then.connect().execution_options(writes=True) as target, target.begin():
        rows = source.execution_options(yield_per=PAGE).execute(select(table).where(condition))  # type: ignore[arg-type]
        for part in rows.partitions(PAGE):
            target.execute(table.insert(), [dict(row._mapping) for row in part])
