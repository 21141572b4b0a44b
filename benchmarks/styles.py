"""Who said it beyond PolNeAR, on news in other styles annotated in its manner: `python benchmarks/styles.py [--json]`.

The folder (`--data`) holds `seen` and `unseen`, each with texts as TOML: `style`, `text`, and `[[attribution]]` rows with the
words of source and cue ("" for none) and the stretches of content. Of words that stand more than once those nearest to each
other are meant. Texts are read whole, with entities and actors; the figures are those of benchmarks/attribution.py.
"""

import argparse
import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, product
from pathlib import Path
from typing import Any

from attribution import Tally, as_characters
from polnear import Article, Attribution, characters, quoted
from twotrack import read

HERE = Path(__file__).resolve().parent
PARTS = ("seen", "unseen")
PLACES = 6  # of each span that are tried; no word of source or cue stands nearer to its content than the sixth place
TRIED = 50_000
FIGURES = ("linked_f1", "content_iou50_f1", "linked_recall_direct", "linked_recall_mixed", "linked_recall_indirect")

Stretch = tuple[int, int]


def article(path: Path) -> Article:
    """A text with its attributions."""
    row = tomllib.loads(path.read_text(encoding="utf-8"))
    text = row["text"].strip("\n")
    return Article(path.stem, text, tuple(attribution(text, one) for one in row["attribution"]))


def attribution(text: str, row: Mapping[str, Any]) -> Attribution:
    """One attribution; raises ValueError where its words are not in the text."""
    words = [*filter(None, (row["source"], row["cue"])), *row["content"]]
    found = [places(text, one) for one in words]
    if not all(found):
        raise ValueError(f"not in the text: {[one for one, where in zip(words, found, strict=True) if not where]}")
    own = len(words) - len(row["content"])
    tried = islice(product(*(where[:PLACES] for where in found)), TRIED)
    best = min(tried, key=lambda spans: (overlaps(spans, own), max(b for _, b in spans) - min(a for a, _ in spans)))
    named = iter(best[:own])
    source = characters(text, *next(named)) if row["source"] else frozenset()
    cue = characters(text, *next(named)) if row["cue"] else frozenset()
    return Attribution(source, cue, frozenset().union(*(characters(text, *span) for span in best[own:])))


def places(text: str, words: str) -> list[Stretch]:
    """Where words stand, as whole words."""
    before, after = (r"\b" if edge.isalnum() else "" for edge in (words[0], words[-1]))
    return [m.span() for m in re.finditer(before + re.escape(words) + after, text)]


def overlaps(spans: Sequence[Stretch], own: int) -> int:
    """How often a source or cue stands within the content, or one in the other."""
    pairs = [(a, b) for n, a in enumerate(spans[:own]) for b in spans[n + 1 :]]
    return sum(a[0] < b[1] and b[0] < a[1] for a, b in pairs)


def found_in(text: str, fast: bool) -> list[Attribution]:
    """What twotrack finds, without attributions whose cue stands in another's content."""
    reading = read(text, fast=fast)
    made = [as_characters(mark, text) for mark in reading.attributions]
    inside = frozenset().union(*(one.content for one in made))
    return [one for one in made if not one.cue & inside]


def figures(folder: Path, fast: bool = False) -> dict[str, float]:
    """All figures, flat, by part: "unseen_linked_f1"."""
    return {name: value for part in PARTS for name, value in _of_part(folder / part, part, fast)}


def _of_part(folder: Path, part: str, fast: bool) -> Iterator[tuple[str, float]]:
    tally, count = Tally(), 0
    for path in sorted(folder.glob("*.toml")):
        one = article(path)
        tally.article(one.attributions, found_in(one.text, fast), quoted(one.text))
        count += len(one.attributions)
    made = tally.figures()
    yield from ((f"{part}_{name}", made[name]) for name in FIGURES)
    yield f"{part}_attributions", count


def main() -> None:
    """Reads the arguments, measures, prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=HERE / "styles", help="a folder with seen/ and unseen/")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
    parser.add_argument("--fast", action="store_true", help="by rules alone, without the learned tagger")
    options = parser.parse_args()
    made = figures(options.data, options.fast)
    print(json.dumps(made) if options.json else "\n".join(f"{name:32}{value}" for name, value in made.items()))


if __name__ == "__main__":
    main()
