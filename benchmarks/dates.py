"""Scores temporal expressions on TimeML news (TimeBank, AQUAINT, platinum): detection, values, and dates yet to come.

As TempEval-3 counts: an expression is found strictly where both ends agree, relaxed where it overlaps a gold one that no
other found; `value_f1` is relaxed and the value equal. `future_end_to_end` is the share of gold calendar DATEs after the
document's day that are found with the right value; `words_per_cpu_second` times the marker alone, on texts already parsed.

    python benchmarks/dates.py --data data/timex [--part all|seen|held-out] [--json]
"""

import argparse
import json
import re
import time
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from timeml import Document, Timex, documents
from twotrack.mark.dates.marker import mark_dates
from twotrack.model import DateMark, Report
from twotrack.reading import Reading, parse_report

CALENDAR = re.compile(r"\d{4}(?:-(?:\d{2}(?:-\d{2})?|W\d{2}(?:-WE)?|Q[1-4]|H[12]|SP|SU|FA|WI))?$")

BETWEEN = re.compile(r"\s*(?:[-–/]|\b(?:to|through|until|and)\b)\s*")


def held_out(document: Document) -> bool:
    """A third of the documents, by name, which no rule was written after."""
    return zlib.crc32(document.name.encode()) % 3 == 0


def found_in(reading: Reading) -> list[Timex]:
    """What the marker finds, as TIMEX3."""
    return [timex for mark in mark_dates(reading) if isinstance(mark, DateMark) for timex in timexes_of(mark)]


def timexes_of(mark: DateMark) -> list[Timex]:
    """A mark as TIMEX3 has it, which knows no ranges: "from Monday to Wednesday" is two expressions there."""
    first, _, last = mark.value.partition("/")
    between = list(BETWEEN.finditer(mark.when.words))
    if not last or not between:
        return [Timex(mark.start, mark.end, mark.type, mark.value)]
    left, right = mark.start + between[-1].start(), mark.start + between[-1].end()
    return [Timex(mark.start, left, mark.type, first), Timex(right, mark.end, mark.type, last)]


def pairs(gold: Sequence[Timex], found: Sequence[Timex]) -> list[tuple[Timex, Timex]]:
    """Gold and found expressions that overlap, each once, in text order."""
    matched: list[tuple[Timex, Timex]] = []
    used: set[int] = set()
    for one in gold:
        for n, other in enumerate(found):
            if n not in used and other.start < one.end and one.start < other.end:
                matched.append((one, other))
                used.add(n)
                break
    return matched


def f1(right: int, gold: int, found: int) -> float:
    """Harmonic mean of precision and recall."""
    return round(2 * right / (gold + found), 4) if gold + found else 0.0


def is_ahead(timex: Timex, document: Document) -> bool:
    """True for a calendar date after the document's day, compared on the digits that it has: a month, a year."""
    if timex.type != "DATE" or not CALENDAR.match(timex.value) or document.created is None:
        return False
    year, week, _ = document.created.isocalendar()
    season = {"SP": "03", "SU": "06", "FA": "09", "WI": "12"}
    value = re.sub(r"-(SP|SU|FA|WI)$", lambda m: "-" + season[m[1]], timex.value).removesuffix("-WE")
    value = re.sub(
        r"-Q([1-4])$", lambda m: f"-{3 * int(m[1]) - 2:02d}", re.sub(r"-H([12])$", lambda m: f"-{6 * int(m[1]) - 5:02d}", value)
    )
    today = f"{year:04d}-W{week:02d}" if "W" in value else document.created.isoformat()
    return value > today[: len(value)]


def scores(cases: Iterable[tuple[Document, list[Timex]]]) -> dict[str, float]:
    """The figures over all documents together."""
    counts = dict.fromkeys(("gold", "found", "strict", "relaxed", "value", "ahead", "ahead_right", "documents"), 0)
    for document, found in cases:
        matched = pairs(document.timexes, found)
        ahead = [timex for timex in document.timexes if is_ahead(timex, document)]
        right = {gold for gold, timex in matched if gold.value == timex.value}
        counts["documents"] += 1
        counts["gold"] += len(document.timexes)
        counts["found"] += len(found)
        counts["strict"] += sum((gold.start, gold.end) == (timex.start, timex.end) for gold, timex in matched)
        counts["relaxed"] += len(matched)
        counts["value"] += len(right)
        counts["ahead"] += len(ahead)
        counts["ahead_right"] += sum(timex in right for timex in ahead)
    named = {f"{key}_f1": f1(counts[key], counts["gold"], counts["found"]) for key in ("strict", "relaxed", "value")}
    future = round(counts["ahead_right"] / counts["ahead"], 4) if counts["ahead"] else 0.0
    return {**named, "future_end_to_end": future, "documents": counts["documents"]}


def main() -> None:
    """Reads, marks, scores, prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--part", choices=("all", "seen", "held-out"), default="all")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    wanted = {"all": (True, False), "seen": (False,), "held-out": (True,)}[arguments.part]
    chosen = [document for document in documents(arguments.data) if held_out(document) in wanted]
    readings = [parse_report(Report(document.name, document.text, published=document.created)) for document in chosen]
    words = sum(len(document.text.split()) for document in chosen)
    for reading in readings[:1]:
        found_in(reading)  # compiles the rules, which a batch does once
    start = time.process_time()
    found = [found_in(reading) for reading in readings]
    spent = time.process_time() - start
    figures = {**scores(zip(chosen, found, strict=True)), "words_per_cpu_second": round(words / spent) if spent else 0}
    print(json.dumps(figures) if arguments.json else "\n".join(f"{key:22} {value:>10}" for key, value in figures.items()))


if __name__ == "__main__":
    main()
