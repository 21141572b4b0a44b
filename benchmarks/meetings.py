"""Scores meetings on sentences and short texts with the meetings that they tell of, by split: what rules saw, and the rest.

A meeting found is one expected where at least two of its status, first day, form and sides agree; each counts once.
`meeting_f1` is of meetings found; `date_accuracy` and `status_accuracy` are shares of the expected meetings that are found with
the right first day (or none, where the text has none) and the right status; `parties_f1` is of sides, over all meetings.
`level_accuracy` and `broker_accuracy` are shares of the levels and of the hosts and mediators that the texts name.

    python benchmarks/meetings.py [--data benchmarks/meetings.toml] [--json] [--wrong]
"""

import argparse
import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from twotrack import read
from twotrack.model import Actor, Meeting

HERE = Path(__file__).resolve().parent
SPLITS = ("dev", "test", "fresh", "blind")
ENOUGH = 2  # of status, first day, form and a side: fewer is another meeting


@dataclass(frozen=True)
class Told:
    """A meeting as the benchmark compares it, expected or found."""

    format: str
    status: str
    day: str | None
    sides: frozenset[str]
    where: str | None
    level: str | None = None
    brokers: frozenset[str] = frozenset()  # "host OMN", "mediator QAT"


def side_of(actor: Actor) -> str:
    """The side that an actor belongs to: "USA" for "USA.GOV.MFA", "IGO.NATO", "AFG.REB.TALIBAN"; "" where unresolved."""
    parts = (actor.id or "").split(".")
    return ".".join(parts[: 2 if parts[0] in ("IGO", "NGO", "REB") else 3 if "REB" in parts[1:2] else 1])


def told_by(meeting: Meeting) -> Told:
    """A meeting as found."""
    day = meeting.when.start.isoformat() if meeting.when and meeting.when.start else None
    sides = frozenset(side for actor in meeting.parties if (side := side_of(actor)))
    named = (("host", meeting.host), ("mediator", meeting.mediator))
    brokers = frozenset(f"{task} {side_of(actor)}" for task, actor in named if actor)
    place = meeting.where.text if meeting.where else None
    return Told(meeting.format, meeting.status, day, sides, place, meeting.level, brokers)


def expected(row: Mapping[str, Any]) -> Told:
    """A meeting as the data have it."""
    brokers = frozenset(f"{task} {row[task]}" for task in ("host", "mediator") if task in row)
    return Told(
        row["format"], row["status"], row.get("when"), frozenset(row["parties"]), row.get("where"), row.get("level"), brokers
    )


def likeness(one: Told, other: Told) -> int:
    """How many of status, first day, form and a side agree."""
    same_day = one.day is not None and one.day == other.day
    return (one.status == other.status) + same_day + (one.format == other.format) + bool(one.sides & other.sides)


def pairs(gold: Sequence[Told], found: Sequence[Told]) -> list[tuple[Told, Told]]:
    """Expected and found meetings, the likest first, each once."""
    ranked = sorted(((-likeness(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found)))
    matched: dict[int, int] = {}
    for minus, i, j in ranked:
        if -minus >= ENOUGH and i not in matched and j not in matched.values():
            matched[i] = j
    return [(gold[i], found[j]) for i, j in matched.items()]


def f1(right: int, gold: int, found: int) -> float:
    """Harmonic mean of precision and recall."""
    return round(2 * right / (gold + found), 4) if gold + found else 0.0


def scores(cases: Iterable[tuple[Sequence[Told], Sequence[Told]]]) -> dict[str, float]:
    """The figures over (expected, found) of each text."""
    cases = list(cases)
    matched = [pair for gold, found in cases for pair in pairs(gold, found)]
    golds, founds = sum(len(gold) for gold, _ in cases), sum(len(found) for _, found in cases)
    sides = [sum(len(told.sides) for case in cases for told in case[n]) for n in (0, 1)]
    return {
        "meeting_f1": f1(len(matched), golds, founds),
        "date_accuracy": round(sum(g.day == f.day for g, f in matched) / golds, 4),
        "status_accuracy": round(sum(g.status == f.status for g, f in matched) / golds, 4),
        "parties_f1": f1(sum(len(g.sides & f.sides) for g, f in matched), *sides),
        "place_accuracy": round(
            sum(is_place(g, f) for g, f in matched) / sum(bool(g.where) for gold, _ in cases for g in gold), 4
        ),
        **_of_standing([told for gold, _ in cases for told in gold], matched),
        "meetings": golds,
    }


def _of_standing(gold: Sequence[Told], matched: Sequence[tuple[Told, Told]]) -> dict[str, float]:
    """Accuracy of levels, and of hosts and mediators, where the data name any."""
    levels, brokers = sum(bool(told.level) for told in gold), sum(len(told.brokers) for told in gold)
    figures = {}
    if levels:
        figures["level_accuracy"] = round(sum(bool(g.level) and g.level == f.level for g, f in matched) / levels, 4)
    if brokers:
        figures["broker_accuracy"] = round(sum(len(g.brokers & f.brokers) for g, f in matched) / brokers, 4)
    return figures


def is_place(gold: Told, found: Told) -> bool:
    """Whether the place that is expected, if any, was found."""
    return bool(gold.where and found.where and gold.where in found.where)


def main() -> None:
    """Reads, compares, prints; with --wrong the texts of the first split that differ."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=HERE / "meetings.toml")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--wrong", action="store_true", help="print the differences in the dev split instead of figures")
    arguments = parser.parse_args()
    rows = tomllib.loads(arguments.data.read_text(encoding="utf-8"))["case"]
    if arguments.wrong:
        rows = [row for row in rows if row["split"] == SPLITS[0]]
    found = [
        [told_by(claim) for claim in read(row["text"], published=row["published"]).claims if isinstance(claim, Meeting)]
        for row in rows
    ]
    gold = [[expected(one) for one in row["expect"]] for row in rows]
    if arguments.wrong:
        for row, wanted, got in zip(rows, gold, found, strict=True):
            right = [
                (g, f)
                for g, f in pairs(wanted, got)
                if likeness(g, f) == 3 + bool(g.sides) - (g.day is None) and g.sides == f.sides
            ]
            if not len(right) == len(wanted) == len(got):
                print(
                    row["published"], row["text"], *(f"  - {one}" for one in wanted), *(f"  + {one}" for one in got), sep="\n"
                )
        return
    figures: dict[str, float] = {}
    for split in SPLITS:
        part = [(g, f) for row, g, f in zip(rows, gold, found, strict=True) if row["split"] == split]
        figures |= {f"{split}_{key}": value for key, value in scores(part).items()}
    print(json.dumps(figures) if arguments.json else "\n".join(f"{key:22} {value:>8}" for key, value in figures.items()))


if __name__ == "__main__":
    main()
