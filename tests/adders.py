"""Processes that add reports: killed at any moment, or two at once. Run by the tests; prints what was found as JSON.

python adders.py kill stub|real LINES.jsonl CASE...     one kill a case
python adders.py race stub LINES.jsonl CASE             two processes add the same lines, one of them backwards
"""

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

from ledgers import stub_reader
from twotrack.adding import Reader, add, take
from twotrack.ledger.case import Case, init_case, open_case
from twotrack.ledger.identity import identified
from twotrack.ledger.store import claims_of, open_ledger, problems_of, reports_in
from twotrack.model import Report
from twotrack.reading import Reading


def reader_named(name: str) -> Reader:
    if name == "stub":
        return stub_reader
    from twotrack.read import read_report  # takes seconds to load

    return read_report


def add_all(case: Case, lines: Path, reader: Reader, backwards: bool = False) -> None:
    taken = list(take([str(lines)]))
    ledger = open_ledger(case)
    for _ in add(ledger, reversed(taken) if backwards else taken, reader):
        pass
    ledger.dispose()


def forked(work: Callable[[], None]) -> int:
    """The id of a child process that does the work and ends at once."""
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        work()
        status = 0
    finally:
        os._exit(status)


def ended(child: int) -> int:
    """0, the child's exit status, or minus the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def looked_at(case: Case, read_whole: Callable[[Report], Reading]) -> tuple[int, list[str]]:
    """How many reports the ledger holds, and the ids of those that are not whole."""
    ledger = open_ledger(case)
    torn, number = [], 0
    for one in reports_in(ledger):
        number += 1
        whole = read_whole(one.report)
        if claims_of(ledger, one.report.id) != whole.claims or problems_of(ledger, one.report.id) != whole.problems:
            torn.append(one.report.id)
    ledger.dispose()
    return number, torn


def told(reader: Reader, pipe: int) -> Reader:
    """The reader, which writes a byte into the pipe whenever it begins a report."""

    def reading(report: Report) -> Reading:
        os.write(pipe, b".")
        return reader(report)

    return reading


def until(pipe: int, reports: int) -> None:
    """Waits until the process at the other end of the pipe has begun that many reports, or ended."""
    while reports and (begun := os.read(pipe, reports)):
        reports -= len(begun)


def kill(reader: Reader, lines: Path, cases: list[Case]) -> list[dict[str, object]]:
    """Kills the first while it makes its ledger, the others at random moments, each further on in its work than the last."""
    many = len(reports := [one.report for one in take([str(lines)])])
    warming, trial = (init_case(cases[0].folder.with_name(name), cases[0].sides) for name in ("warming", "trial"))
    add_all(warming, lines, reader)  # loads what is loaded late
    beginnings: list[float] = []
    before = time.perf_counter()
    add_all(trial, lines, lambda report: (beginnings.append(time.perf_counter()), reader(report))[1])
    opening, each = beginnings[0] - before, (beginnings[-1] - beginnings[1]) / (many - 2)
    read_whole = cache(reader)
    for report in reports:  # the texts of reports are ids enough
        read_whole(identified(report))  # type: ignore[arg-type]
    return [
        killed(case, lines, reader, read_whole, many * n // len(cases), each if n else opening) for n, case in enumerate(cases)
    ]


def killed(case: Case, lines: Path, reader: Reader, read_whole: Reader, begun: int, at_most: float) -> dict[str, object]:
    """Kills an adder at most so many seconds after it has begun a report; what is left then, and after adding again."""
    listens, tells = os.pipe()
    child = forked(lambda: add_all(case, lines, told(reader, tells)))
    os.close(tells)
    until(listens, begun)
    time.sleep(random.uniform(0, at_most))
    os.kill(child, signal.SIGKILL)
    status = ended(child)
    os.close(listens)
    held, torn = looked_at(case, read_whole)
    again = ended(forked(lambda: add_all(case, lines, reader)))
    at_last, torn_at_last = looked_at(case, read_whole)
    return {
        "killed": status == -signal.SIGKILL, "held": held, "torn": torn, "again": again, "at_last": at_last,
        "torn_at_last": torn_at_last,
    }  # fmt: skip


def race(reader: Reader, lines: Path, case: Case) -> list[dict[str, object]]:
    children = [forked(lambda back=back: add_all(case, lines, reader, back)) for back in (False, True)]  # type: ignore[misc]
    statuses = [ended(child) for child in children]
    held, torn = looked_at(case, cache(reader))
    return [{"statuses": statuses, "held": held, "torn": torn}]


def main() -> None:
    what, reader, lines, *folders = sys.argv[1:]
    cases = [open_case(Path(folder)) for folder in folders]
    if what == "kill":
        print(json.dumps(kill(reader_named(reader), Path(lines), cases)))
    else:
        print(json.dumps(race(reader_named(reader), Path(lines), cases[0])))


if __name__ == "__main__":
    main()
