"""Who spoke, beyond PolNeAR: anonymity, chains and pronouns: `python benchmarks/sourcing.py --data tests/corpus [--json]`.

Reads anonymity.toml, chains.toml and pronouns.toml, sentences in the styles of agency, newspaper, readout and state media.
A chain is right where the speaker and every link are; a pronoun where its actor's id is the expected one or one below it.
"""

import argparse
import json
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from twotrack.find.statements.finder import find_statements
from twotrack.mark import MARKERS
from twotrack.model import Report, Statement
from twotrack.reading import parse_report, with_marks

PUBLISHED = date(2023, 5, 8)
Case = Mapping[str, Any]


def statements(text: str) -> list[Statement]:
    """The statements of a text."""
    reading = parse_report(Report("case", text, published=PUBLISHED))
    for mark in MARKERS:
        reading = with_marks(reading, mark(reading))
    return [found for found in find_statements(reading) if isinstance(found, Statement)]


def alike(one: str, other: str) -> bool:
    """Whether one span of words holds the other: "the ministry" and "the ministry's spokesman" do, letters' case aside."""
    one, other = one.lower(), other.lower()
    return one in other or other in one


def says(found: Statement, content: str) -> bool:
    """Whether a statement has this content, wholly or in a part, or is a part of it."""
    return any(alike(part.text, content) for part in (found.content, *found.parts))


def anonymity(case: Case) -> tuple[int, int, int]:
    """(right, expected, found) speakers without a name."""
    found = list(dict.fromkeys(s.speaker.words for s in statements(case["text"]) if s.anonymous and s.speaker))
    right = [words for words in found if any(alike(words, one) for one in case["anonymous"])]
    return min(len(right), len(case["anonymous"])), len(case["anonymous"]), len(found)


def chain_is_right(case: Case) -> bool:
    """Whether some statement with the content has the speaker and every link."""
    for found in statements(case["text"]):
        if found.speaker is None or not says(found, case["content"]) or not alike(found.speaker.words, case["speaker"]):
            continue
        if all(any(link.lower() in item.lower() for item in found.via) for link in case["via"]):
            return True
    return False


def pronoun_is_right(case: Case) -> bool:
    """Whether a statement with the content is the expected actor's."""
    found = [s for s in statements(case["text"]) if says(s, case["content"])]
    ids = [s.speaker.id for s in found if s.speaker is not None]
    return any(one is not None and f"{one}.".startswith(case["speaker"] + ".") for one in ids)


def cases(folder: Path, name: str) -> list[Case]:
    """The cases of one file."""
    return list(tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))["case"])


def figures(folder: Path) -> dict[str, float]:
    """All figures, flat."""
    counts = [anonymity(case) for case in cases(folder, "anonymity")]
    right, expected, found = (sum(column) for column in zip(*counts, strict=True))
    chains, pronouns = cases(folder, "chains"), cases(folder, "pronouns")
    return {
        "anonymity_precision": round(right / max(found, 1), 4),
        "anonymity_recall": round(right / max(expected, 1), 4),
        "chain_accuracy": round(sum(map(chain_is_right, chains)) / len(chains), 4),
        "pronoun_accuracy": round(sum(map(pronoun_is_right, pronouns)) / len(pronouns), 4),
        "anonymity_cases": len(counts),
        "chain_cases": len(chains),
        "pronoun_cases": len(pronouns),
    }


def wrong(folder: Path) -> list[str]:
    """The texts that are read wrongly."""
    found = [case["text"] for case in cases(folder, "anonymity") if len({*anonymity(case)}) > 1]
    found += [case["text"] for case in cases(folder, "chains") if not chain_is_right(case)]
    return found + [case["text"] for case in cases(folder, "pronouns") if not pronoun_is_right(case)]


def main() -> None:
    """Reads the arguments, measures, prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="a folder with anonymity.toml, chains.toml, pronouns.toml")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
    parser.add_argument("--wrong", action="store_true", help="print the texts that are read wrongly")
    options = parser.parse_args()
    if options.wrong:
        print("\n".join(wrong(options.data)))
        return
    made = figures(options.data)
    print(json.dumps(made) if options.json else "\n".join(f"{name:24}{value}" for name, value in made.items()))


if __name__ == "__main__":
    main()
