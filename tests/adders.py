"""Processes that add reports: killed at any moment, or two at once. Run by the tests; prints what was found as JSON.

python adders.py kill stub|real LINES.jsonl CASE...     one kill a case, the last one as late as the work is long
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


def kill(reader: Reader, lines: Path, cases: list[Case]) -> list[dict[str, object]]:
    read_whole = cache(reader)
    for one in take([str(lines)]):
        reader(one.report)  # type: ignore[arg-type]  # everything is loaded before the first fork
    trial = init_case(cases[0].folder.with_name("trial"), cases[0].sides)
    before = time.perf_counter()
    assert ended(forked(lambda: add_all(trial, lines, reader))) == 0
    duration = time.perf_counter() - before
    found = []
    for number, case in enumerate(cases):
        child = forked(lambda case=case: add_all(case, lines, reader))  # type: ignore[misc]
        time.sleep(duration * (number + random.random()) / len(cases))
        os.kill(child, signal.SIGKILL)
        status = ended(child)
        held, torn = looked_at(case, read_whole)
        again = ended(forked(lambda case=case: add_all(case, lines, reader)))  # type: ignore[misc]
        at_last, torn_at_last = looked_at(case, read_whole)
        found.append(
            {"killed": status == -signal.SIGKILL, "held": held, "torn": torn, "again": again, "at_last": at_last,
             "torn_at_last": torn_at_last}
        )  # fmt: skip
    return found


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
