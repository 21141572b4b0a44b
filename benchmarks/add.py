"""How fast readings are stored, and whether it stays so as the ledger grows: commits per second at 100, 1,000 and 10,000.

    python benchmarks/add.py [--data FOLDER of .txt files] [--json] [--sizes 100 1000 10000]

Reports are read once and stored many times, each copy with words of its own in its text, so that the index of words grows as a
real one does. Without --data they are the example reports. The ledger is an
SQLite file in a temporary folder.
"""

import argparse
import json
import random
import resource
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Engine

from twotrack.intake.text import report_of_text
from twotrack.ledger.case import LEDGER_FILE, init_case, open_case
from twotrack.ledger.identity import identified
from twotrack.ledger.store import open_ledger, put_reading
from twotrack.read import read_report
from twotrack.reading import Reading

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
READINGS = 30  # read and then varied
BATCH = 40  # commits timed at once
ROUNDS = 15  # at each size; the median counts
NEW_WORDS = 40  # of a report's own; Heaps' law at 10,000 news reports gives about as many
VOCABULARY = 200_000  # that these words are drawn from


def readings(data: Path) -> list[Reading]:
    """Real readings, the matter of the varied ones."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(data.glob("*.txt"))[:READINGS]]
    return [read_report(report_of_text(text, published="2021-12-31")) for text in texts]


def varied(read: list[Reading]) -> Iterator[Reading]:
    """Readings without end, no two of one report, as the store gets them."""
    number, chance = 0, random.Random(1)
    while True:
        reading = read[number % len(read)]
        own = " ".join(f"w{chance.randrange(VOCABULARY)}" for _ in range(NEW_WORDS))
        report = identified(
            replace(reading.report, text=f"{reading.report.text}\n\n{own}.", url=f"https://example.org/{number}")
        )
        claims = tuple(replace(claim, id=claim.id.replace(reading.report.id, report.id)) for claim in reading.claims)
        yield replace(reading, report=report, claims=claims)
        number += 1


def commits(ledger: Engine, batch: list[Reading]) -> tuple[float, float]:
    """Commits per second of the clock and per second of the processor; each reading is a transaction of its own."""
    clock, processor = time.perf_counter(), time.process_time()
    for reading in batch:
        put_reading(ledger, reading, "benchmark")
    return len(batch) / (time.perf_counter() - clock), len(batch) / (time.process_time() - processor)


def grown(folder: Path, source: Iterator[Reading], sizes: list[int]) -> dict[int, Path]:
    """A case for each size; each ledger is a copy of the largest one from when it had that many reports."""
    case = init_case(folder / "growing", ["USA", "RUS"])
    made: dict[int, Path] = {}
    held = 0
    for size in sorted(sizes):
        ledger = open_ledger(case)
        for _ in range(size - held):
            put_reading(ledger, next(source), "benchmark")
        ledger.dispose()  # which folds in SQLite's log, so that the file is all there is to copy
        held, made[size] = size, shutil.copytree(case.folder, folder / str(size))
    return made


def measured(folder: Path, source: Iterator[Reading], sizes: list[int]) -> dict[str, float]:
    """Commits per second at each size, and the largest against the smallest (1 is flat). The sizes take turns."""
    ledgers = {size: open_ledger(open_case(path)) for size, path in grown(folder, source, sizes).items()}
    rounds: dict[int, list[tuple[float, float]]] = {size: [] for size in ledgers}
    for _ in range(ROUNDS):
        for size, ledger in ledgers.items():
            rounds[size].append(commits(ledger, [next(source) for _ in range(BATCH)]))
    figures: dict[str, float] = {}
    for at, unit in enumerate(("second", "cpu_second")):
        speeds = {size: statistics.median(speed[at] for speed in found) for size, found in rounds.items()}
        figures |= {f"commits_per_{unit}_{size}": speed for size, speed in speeds.items()}
        figures[f"largest_to_smallest_per_{unit}"] = speeds[max(sizes)] / speeds[min(sizes)]
    file = folder / str(max(sizes)) / LEDGER_FILE
    return figures | {"mib_per_1000_reports": file.stat().st_size / 2**20 / max(sizes) * 1000}


def main() -> None:
    """Parses the flags, measures, prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=EXAMPLES)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1_000, 10_000])
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        read = readings(args.data)
        figures = measured(Path(folder), varied(read), args.sizes)
    figures["claims_per_report"] = statistics.mean(len(reading.claims) for reading in read)
    figures["words_per_report"] = statistics.mean(len(reading.report.text.split()) for reading in read)
    figures["peak_mib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if args.json:
        print(json.dumps(figures))
    else:
        print("\n".join(f"{key:>34}  {value:,.2f}" for key, value in figures.items()))


if __name__ == "__main__":
    main()
