"""How fast a report is read: words per second of processor time, against the bare parse in the same process and run.

    python benchmarks/speed.py [--data FOLDER of .txt files] [--json] [--hostile]

Without --data it reads the example reports. --hostile times texts made to be slow, at two sizes each.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from twotrack.intake.text import report_of_text
from twotrack.layout import layout
from twotrack.model import Report
from twotrack.parse import bare_parse
from twotrack.read import read_report

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
REPORTS = 30  # read in each round
ROUNDS = 5  # the median of these is printed; rounds of both kinds alternate, so that a busy machine slows both


def processor_seconds(work: Callable[[], object]) -> float:
    """Processor time of this process for one call."""
    before = time.process_time()
    work()
    return time.process_time() - before


def measured(reports: list[Report]) -> dict[str, float]:
    """Words per processor second of reading and of the bare parse, and the ratio of their times, medians of ROUNDS."""
    words = sum(len(report.text.split()) for report in reports)
    layouts = [(report.text, layout(report.text)[0]) for report in reports]

    def parse_all() -> None:
        for text, paragraphs in layouts:
            bare_parse(text, paragraphs)

    def read_all() -> None:
        for report in reports:
            read_report(report)

    read_all()  # lexicons and pipeline are loaded, and caches filled, before anything is timed
    times = [(processor_seconds(parse_all), processor_seconds(read_all)) for _ in range(ROUNDS)]
    return {
        "words_per_cpu_second": words / statistics.median(reading for _, reading in times),
        "parse_words_per_cpu_second": words / statistics.median(parsing for parsing, _ in times),
        "ratio": statistics.median(reading / parsing for parsing, reading in times),
    }


def start_seconds(text: str) -> float:
    """Wall time of `twotrack read` on one report, from a new process to its last output."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        before = time.perf_counter()
        command = [str(Path(sys.executable).parent / "twotrack"), "read", file.name]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return time.perf_counter() - before


HOSTILE: dict[str, Callable[[int], str]] = {
    "one line of words": lambda n: "Iran warned Iraq on Monday that it would act. " * (n // 46),
    "one line without a space": lambda n: "Iran said it would act. " + "x" * n,
    "nested brackets": lambda n: "Iran said it would act. " + "(" * (n // 2) + ")" * (n // 2),
    "quotation marks": lambda n: "Iran said it would act. " + '"' * n,
    "curly quotes never closed": lambda n: "Iran said it would act. " + "“if " * (n // 4),
    "line breaks": lambda n: "Iran said it would act." + "\n\nx" * (n // 3),
    "bullets": lambda n: "Iran said it would act.\n" + "• " * (n // 2),
    "conditions": lambda n: "Iran said it would act " + "if it would act " * (n // 16),
    "dates": lambda n: "Iran said it would act " + "on January 10, 2022 " * (n // 20),
    "names": lambda n: "Iran said it would act with " + "Iran and Iraq and " * (n // 18),
}


def _read_made(make: Callable[[int], str], size: int) -> object:
    return read_report(report_of_text(make(size)))


def hostile(size: int) -> dict[str, float]:
    """Processor seconds for each hostile text of `size` characters, and the growth when it doubles (2 is linear)."""
    figures: dict[str, float] = {}
    for name, make in HOSTILE.items():
        small, large = (processor_seconds(partial(_read_made, make, n)) for n in (size, 2 * size))
        figures[f"{name}: seconds"] = large
        figures[f"{name}: growth"] = large / small
    return figures


def main() -> None:
    """Parses the flags, measures, prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=EXAMPLES)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--hostile", action="store_true")
    args = parser.parse_args()
    texts = [path.read_text(encoding="utf-8") for path in sorted(args.data.glob("*.txt"))[:REPORTS]]
    if args.hostile:
        figures = hostile(500_000)
    else:
        figures = measured([report_of_text(text, published="2021-12-31") for text in texts])
        figures["start_seconds"] = statistics.median(start_seconds(texts[0]) for _ in range(3))
        figures["peak_mib"] = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    if args.json:
        print(json.dumps(figures))
    else:
        print("\n".join(f"{key:>36}  {value:,.2f}" for key, value in figures.items()))


if __name__ == "__main__":
    main()
