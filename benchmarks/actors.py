"""Who is named: actors resolved to ids, alone and composed: `python benchmarks/actors.py --data benchmarks/actors.toml`.

A mention is right where a mark over its words has exactly the expected ids; within its state, where one of them is above or
below the expected one ("RUS.GOV" for "RUS.GOV.MFA"). `resolved_precision` is the share of right ones of the marks with an id.
"""

import argparse
import json
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from twotrack.intake.text import report_of_text
from twotrack.mark.actors.marker import mark_actors
from twotrack.model import ActorMark
from twotrack.reading import parse_report, with_marks

PUBLISHED = date(2023, 5, 8)
Case = Mapping[str, Any]


def marks_of(text: str) -> list[ActorMark]:
    """The actors that the program marks in a text."""
    parsed = parse_report(report_of_text(text, published=PUBLISHED))
    return list(with_marks(parsed, mark_actors(parsed)).actors)


def ids_of(mark: ActorMark) -> str:
    """ "RUS.GOV+UKR.GOV", "?" for what is unresolved, "UKR@place"; the form of the cases."""
    ids = "+".join(sorted(actor.id or "?" for actor in mark.actors))
    return f"{ids}@place" if mark.via == "place" else ids


def near(a: str, b: str) -> bool:
    """Whether one id is the other or above it."""
    return a == b or a.startswith(f"{b}.") or b.startswith(f"{a}.")


def judged(case: Case) -> Iterator[tuple[str, bool, str, str, str]]:
    """(form, right, words, expected, found) for every expected mention, and for every resolved mark over none: expected ""."""
    marks = marks_of(case["text"])
    taken: set[int] = set()
    for words, expected in case["expect"]:
        start = case["text"].index(words)
        over = [n for n, mark in enumerate(marks) if mark.start < start + len(words) and start < mark.end]
        wanted = "@".join("+".join(sorted(part.split("+"))) for part in expected.split("@"))
        found = [ids_of(marks[n]) for n in over]
        taken.update(over)
        yield case["form"], wanted in found or (wanted == "?" and not found), words, wanted, " ".join(found)
    for n, mark in enumerate(marks):
        if n not in taken and mark.via != "place" and any(actor.id for actor in mark.actors):
            yield case["form"], False, case["text"][mark.start : mark.end], "", ids_of(mark)


def figures(cases: list[Case]) -> dict[str, float]:
    """Shares of right mentions by form, and of right ones among marks with an id."""
    right, all_, loose, marked = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for case in cases:
        for form, is_right, _, expected, found in judged(case):
            if expected:
                all_[form] += 1
                right[form] += is_right
                loose[form] += is_right or any(near(a, b) for a in expected.split("+") for b in found.split())
            marked["all"] += found not in ("", "?")
            marked["right"] += is_right and expected != "?"
    made = {f"{form}_accuracy": right[form] / all_[form] for form in sorted(all_)}
    made["accuracy"] = sum(right.values()) / max(sum(all_.values()), 1)
    made["within_state_accuracy"] = sum(loose.values()) / max(sum(all_.values()), 1)
    made["resolved_precision"] = marked["right"] / max(marked["all"], 1)
    return {**{name: round(value, 4) for name, value in made.items()}, "mentions": sum(all_.values()), "cases": len(cases)}


def main() -> None:
    """Reads the arguments, measures, prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="benchmarks/actors.toml, or cases of your own in its form")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
    parser.add_argument("--errors", action="store_true", help="what is wrong, of cases that are meant to be looked at")
    options = parser.parse_args()
    cases = tomllib.loads(options.data.read_text(encoding="utf-8"))["case"]
    if options.errors:
        for case in cases:
            for form, right, words, expected, found in judged(case):
                if not right:
                    print(f"{form}: {words!r} is {expected or 'none'}, found {found or 'none'}  | {case['text']}")
        return
    made = figures(cases)
    print(json.dumps(made) if options.json else "\n".join(f"{name:26}{value}" for name, value in made.items()))


if __name__ == "__main__":
    main()
