"""How fast reports are stored and settled into entries, and how fast views answer, as the ledger grows. Made readings, SQLite.

    python benchmarks/ledger.py [--json] [--sizes 100 1000 10000]

At each size ROUND further reports are added, a batch at a time as `twotrack add` does, and the CPU time of storing and settling
is taken. `added` counts the reading of a report in, `flat` is the largest size's speed by the smallest's. Views are asked as
their commands ask them, at the largest size; the figure is the median of REPEATS in milliseconds of the clock.
"""

import argparse
import json
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Engine, func, select

from make_readings import PER_DAY, START, made_readings
from twotrack import views
from twotrack.adding import take
from twotrack.ledger.case import LEDGER_FILE, Case, init_case
from twotrack.ledger.queries import Filter, entry_named, search_entries
from twotrack.ledger.schema import entries
from twotrack.ledger.settling import BATCH, settle
from twotrack.ledger.store import open_ledger, put_reading, search
from twotrack.model import Report
from twotrack.read import read_report
from twotrack.reading import Reading

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "river-dam" / "reports.jsonl"
ROUND = 200  # reports added at each size
REPEATS = 9
MOST = 100  # rows, as the commands ask for


def grown(ledger: Engine, case: Case, source: Iterator[Reading], number: int) -> tuple[float, float]:
    """Adds that many; CPU seconds of storing, and of settling."""
    stored = settled = 0.0
    for start in range(0, number, BATCH):
        batch = [next(source) for _ in range(min(BATCH, number - start))]
        began = time.process_time()
        for reading in batch:
            put_reading(ledger, reading, "made")
        stored, began = stored + time.process_time() - began, time.process_time()
        settle(ledger, case)
        settled += time.process_time() - began
    return stored, settled


def reading_seconds() -> float:
    """CPU seconds that reading one of the example case's reports takes, beside which it is stored and settled."""
    reports = [one.report for one in take([str(EXAMPLE)]) if isinstance(one.report, Report)]
    read_report(reports[0])  # loads what is loaded late
    began = time.process_time()
    for report in reports:
        read_report(report)
    return (time.process_time() - began) / len(reports)


def view_times(ledger: Engine, case: Case, size: int) -> dict[str, float]:
    """Median milliseconds of each view."""
    today = START + timedelta(days=size // PER_DAY)
    month = Filter(since=today - timedelta(days=30), until=today)
    narrow = Filter(side="RUS", kinds=("event",), outlet="Outlet 3")
    word = "".join(("gol", "hem"))
    with ledger.connect() as connection:
        some = connection.execute(select(entries.c.id).order_by(entries.c.id).limit(1)).scalar_one()
    asked: dict[str, Callable[[], object]] = {
        "timeline": lambda: views.timeline(ledger, most=MOST),
        "timeline_month": lambda: views.timeline(ledger, month, MOST),
        "timeline_actor": lambda: views.timeline(ledger, Filter(actor="RUS"), MOST),
        "timeline_side_kind_outlet": lambda: views.timeline(ledger, narrow, MOST),
        "commitments": lambda: views.commitments(ledger, most=MOST),
        "calendar": lambda: views.calendar(ledger, most=MOST),
        "disputes": lambda: views.disputes(ledger, most=MOST),
        "positions": lambda: views.positions(ledger, {}, month),
        "changes": lambda: views.changes(ledger, {}, today - timedelta(days=6), most=MOST),
        "sources": lambda: views.outlet_views(ledger, {}),
        "search_entries": lambda: search_entries(ledger, word, most=MOST),
        "search_reports": lambda: search(ledger, word, most=MOST),
        "show": lambda: entry_named(ledger, some),
    }
    return {f"{name}_ms": _median(view) for name, view in asked.items()}


def _median(view: Callable[[], object]) -> float:
    times = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        view()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def measured(folder: Path, sizes: list[int]) -> dict[str, float]:
    """Speeds at each size, view times at the largest."""
    case = init_case(folder / "case", ["USA", "RUS"])
    ledger = open_ledger(case)
    source = made_readings(max(sizes) + ROUND * len(sizes))
    figures: dict[str, float] = {}
    speeds: dict[int, float] = {}
    held = 0
    for size in sorted(sizes):
        grown(ledger, case, source, size - held)
        stored, settled = grown(ledger, case, source, ROUND)
        held = size + ROUND
        speeds[size] = ROUND / (stored + settled)
        figures |= {f"reports_per_cpu_second_{size}": speeds[size], f"settle_ms_per_report_{size}": settled / ROUND * 1000}
    figures["flat_without_reading"] = speeds[max(sizes)] / speeds[min(sizes)]
    reading = reading_seconds()
    added = {size: 1 / (reading + 1 / speed) for size, speed in speeds.items()}
    figures |= {f"added_per_cpu_second_{size}": speed for size, speed in added.items()}
    figures["flat"] = added[max(sizes)] / added[min(sizes)]
    with ledger.connect() as connection:
        figures["entries"] = connection.execute(select(func.count()).select_from(entries)).scalar_one()
    figures |= view_times(ledger, case, held)
    ledger.dispose()
    figures["slowest_view_ms"] = max(value for key, value in figures.items() if key.endswith("_ms") and "settle" not in key)
    figures["mib_per_1000_reports"] = (case.folder / LEDGER_FILE).stat().st_size / 2**20 / held * 1000
    return figures | {"peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def main() -> None:
    """Parses the flags, measures, prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="not used: the readings are made")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1_000, 10_000])
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = measured(Path(folder), args.sizes)
    print(json.dumps(figures) if args.json else "\n".join(f"{key:>34}  {value:,.2f}" for key, value in figures.items()))


if __name__ == "__main__":
    main()
