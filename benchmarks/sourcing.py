"""Who spoke, beyond PolNeAR: anonymity, chains and pronouns: `python benchmarks/sourcing.py --data tests/corpus [--json]`.

Reads anonymity.toml, chains.toml and pronouns.toml, sentences in the styles of agency, newspaper, readout and state media.
A chain is right where the speaker and every link are; a pronoun where its actor's id is the expected one or one below it.
Figures that end in `_kept` are of the cases marked `part = "kept"`, which nobody looks at when rules or lexicons change.
"""

import argparse
import json
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from twotrack.find.statements.carriers import media
from twotrack.find.statements.finder import find_statements
from twotrack.mark import FAST_MARKERS, MARKERS
from twotrack.model import Report, Statement
from twotrack.reading import parse_report, with_marks

PUBLISHED = date(2023, 5, 8)
Case = Mapping[str, Any]


def statements(text: str, fast: bool) -> list[Statement]:
    """The statements of a text."""
    reading = parse_report(Report("case", text, published=PUBLISHED))
    for mark in FAST_MARKERS if fast else MARKERS:
        reading = with_marks(reading, mark(reading))
    return [found for found in find_statements(reading) if isinstance(found, Statement)]


def alike(one: str, other: str) -> bool:
    """Whether one span of words holds the other: "the ministry" and "the ministry's spokesman" do, letters' case aside."""
    one, other = one.lower(), other.lower()
    return one in other or other in one


def says(found: Statement, content: str) -> bool:
    """Whether a statement has this content, wholly or in a part, or is a part of it."""
    return any(alike(part.text, content) for part in (found.content, *found.parts))


def anonymity(case: Case, fast: bool = False) -> tuple[int, int, int]:
    """(right, expected, found) speakers without a name."""
    found = list(dict.fromkeys(s.speaker.words for s in statements(case["text"], fast) if s.anonymous and s.speaker))
    right = [words for words in found if any(alike(words, one) for one in case["anonymous"])]
    return min(len(right), len(case["anonymous"])), len(case["anonymous"]), len(found)


def chain_is_right(case: Case, fast: bool = False) -> bool:
    """Whether some statement with the content has the speaker and every link."""
    for found in statements(case["text"], fast):
        if found.speaker is None or not says(found, case["content"]) or not alike(found.speaker.words, case["speaker"]):
            continue
        if all(any(is_link(link, item) for item in found.via) for link in case["via"]):
            return True
    return False


def is_link(wanted: str, item: str) -> bool:
    """Whether an item of a chain has a link's words, or is what documents of its kind are called: "filing", "document"."""
    forms = [form for word in wanted.split() for form in (word, word.lower(), word.lower().removesuffix("s"))]
    return wanted.lower() in item.lower() or item in {media().get(form) for form in forms}


def pronoun_is_right(case: Case, fast: bool = False) -> bool:
    """Whether a statement with the content is the expected actor's."""
    found = [s for s in statements(case["text"], fast) if says(s, case["content"])]
    ids = [s.speaker.id for s in found if s.speaker is not None]
    return any(one is not None and f"{one}.".startswith(case["speaker"] + ".") for one in ids)


def cases(folder: Path, name: str) -> list[Case]:
    """The cases of one file."""
    return list(tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))["case"])


def figures(folder: Path, fast: bool = False) -> dict[str, float]:
    """All figures, flat: of all cases, then of those that are kept apart."""
    read = [(case, anonymity(case, fast)) for case in cases(folder, "anonymity")]
    chains = [(case, chain_is_right(case, fast)) for case in cases(folder, "chains")]
    pronouns = [(case, pronoun_is_right(case, fast)) for case in cases(folder, "pronouns")]
    made: dict[str, float] = {}
    for end, kept in (("", False), ("_kept", True)):
        counts = [counted for case, counted in read if _counts(case, kept)]
        right, expected, found = (sum(column) for column in zip(*counts, strict=True)) if counts else (0, 0, 0)
        made[f"anonymity_precision{end}"] = round(right / max(found, 1), 4)
        made[f"anonymity_recall{end}"] = round(right / max(expected, 1), 4)
        made[f"anonymity_cases{end}"] = len(counts)
        for name, judged in (("chain", chains), ("pronoun", pronouns)):
            asked = [is_right for case, is_right in judged if _counts(case, kept)]
            made[f"{name}_accuracy{end}"] = round(sum(asked) / max(len(asked), 1), 4)
            made[f"{name}_cases{end}"] = len(asked)
    return made


def _counts(case: Case, kept: bool) -> bool:
    return not kept or case.get("part") == "kept"


def wrong(folder: Path, fast: bool = False) -> list[str]:
    """The texts that are read wrongly, but for those kept apart."""
    found = [case["text"] for case in _open(folder, "anonymity") if len({*anonymity(case, fast)}) > 1]
    found += [case["text"] for case in _open(folder, "chains") if not chain_is_right(case, fast)]
    return found + [case["text"] for case in _open(folder, "pronouns") if not pronoun_is_right(case, fast)]


def _open(folder: Path, name: str) -> list[Case]:
    return [case for case in cases(folder, name) if not _counts(case, True)]


def main() -> None:
    """Reads the arguments, measures, prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="a folder with anonymity.toml, chains.toml, pronouns.toml")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
    parser.add_argument("--wrong", action="store_true", help="print the texts that are read wrongly")
    parser.add_argument("--fast", action="store_true", help="by rules alone, without the learned tagger")
    options = parser.parse_args()
    if options.wrong:
        print("\n".join(wrong(options.data, options.fast)))
        return
    made = figures(options.data, options.fast)
    print(json.dumps(made) if options.json else "\n".join(f"{name:24}{value}" for name, value in made.items()))


if __name__ == "__main__":
    main()
