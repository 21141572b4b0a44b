"""How well attributions are found, against PolNeAR: `python benchmarks/attribution.py --data .../polnear/dev [--json]`.

Spans are sets of positions of letters and digits; the parts of a split span are one span. The corpus is flat, so that an
attribution within the content of another is left out on both sides. The parse is without entities, which attribution does not
need: they tell who a source is.
"""

import argparse
import json
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from peers import SYSTEMS, peer_attributions
from polnear import Article, Attribution, Characters, articles, characters, quoted
from twotrack.mark.attribution import mark_attribution, mark_attribution_learned
from twotrack.model import AttributionMark, Report
from twotrack.reading import Reading, parse_report

IOU = 0.5


def found_attributions(reading: Reading, fast: bool = False) -> list[Attribution]:
    """The attributions as sets of characters, without those whose cue stands in another's content; `fast`: by rules alone."""
    marker = mark_attribution if fast else mark_attribution_learned
    marks = [mark for mark in marker(reading) if isinstance(mark, AttributionMark)]
    text = reading.report.text
    made = [as_characters(mark, text) for mark in marks]
    inside: set[int] = set()
    for one in made:
        inside |= one.content
    return [one for one in made if not one.cue & inside]


def as_characters(mark: AttributionMark, text: str) -> Attribution:
    """A mark as sets of characters."""
    content: set[int] = set()
    for part in mark.content:
        content |= characters(text, part.start, part.end)
    source = characters(text, mark.source.start, mark.source.end) if mark.source else frozenset()
    return Attribution(source, characters(text, mark.cue.start, mark.cue.end), frozenset(content))


def kind(content: Characters, quotation: Characters) -> str:
    """Direct: all of the content stands in quotation marks; mixed: part of it; indirect: none."""
    inside = len(content & quotation)
    return "indirect" if not inside else "direct" if inside == len(content) else "mixed"


def paired(gold: Sequence[Attribution], found: Sequence[Attribution]) -> list[tuple[Attribution, Attribution]]:
    """Gold and found attributions whose contents overlap by IOU or more: best first, one to one."""
    owners: dict[int, set[int]] = {}
    for n, one in enumerate(found):
        for position in one.content:
            owners.setdefault(position, set()).add(n)
    scored = []
    for g, one in enumerate(gold):
        for f in {n for position in one.content for n in owners.get(position, ())}:
            both = len(one.content & found[f].content)
            iou = both / (len(one.content) + len(found[f].content) - both)
            if iou >= IOU:
                scored.append((-iou, g, f))
    taken_gold: set[int] = set()
    taken_found: set[int] = set()
    pairs = []
    for _, g, f in sorted(scored):
        if g not in taken_gold and f not in taken_found:
            taken_gold.add(g)
            taken_found.add(f)
            pairs.append((gold[g], found[f]))
    return pairs


def linked(gold: Attribution, found: Attribution) -> bool:
    """Whether the sources of a pair overlap, or both have none."""
    return bool(gold.source & found.source) or not (gold.source or found.source)


def exact(gold: Iterable[Characters], found: Iterable[Characters]) -> tuple[int, int, int]:
    """(right, gold, found): spans that are the same on both sides, one to one; empty spans do not count."""
    left = [one for one in gold if one]
    right = [one for one in found if one]
    rest = list(right)
    hits = 0
    for one in left:
        if one in rest:
            rest.remove(one)
            hits += 1
    return hits, len(left), len(right)


def f1(counts: tuple[int, int, int]) -> float:
    """F1 of (right, gold, found)."""
    right, gold, found = counts
    return 2 * right / (gold + found) if gold + found else 0.0


class Tally:
    """Counts over articles: by measure (right, gold, found), by kind [linked, gold]."""

    def __init__(self) -> None:
        self.measures: dict[str, tuple[int, int, int]] = {}
        self.kinds = {name: [0, 0] for name in ("direct", "mixed", "indirect")}

    def add(self, name: str, counts: tuple[int, int, int]) -> None:
        old = self.measures.get(name, (0, 0, 0))
        self.measures[name] = (old[0] + counts[0], old[1] + counts[1], old[2] + counts[2])

    def article(self, gold: Sequence[Attribution], found: Sequence[Attribution], quotation: Characters) -> None:
        """Counts one article."""
        self.add("content_exact_f1", exact((a.content for a in gold), (a.content for a in found)))
        self.add("source_exact_f1", exact((a.source for a in gold), (a.source for a in found)))
        self.add("cue_exact_f1", exact((a.cue for a in gold), (a.cue for a in found)))
        pairs = paired(gold, found)
        links = [pair for pair in pairs if linked(*pair)]
        self.add("content_iou50_f1", (len(pairs), len(gold), len(found)))
        self.add("linked_f1", (len(links), len(gold), len(found)))
        self.add("triple_exact_f1", (sum(a == b for a, b in pairs), len(gold), len(found)))
        for one in gold:
            if one.content:
                self.kinds[kind(one.content, quotation)][1] += 1
        for one, _ in links:
            self.kinds[kind(one.content, quotation)][0] += 1

    def figures(self) -> dict[str, float]:
        """All figures, flat."""
        made = {name: round(f1(counts), 4) for name, counts in self.measures.items()}
        right, gold, found = self.measures.get("linked_f1", (0, 0, 0))
        made["linked_precision"], made["linked_recall"] = round(right / max(found, 1), 4), round(right / max(gold, 1), 4)
        for name, (hits, total) in self.kinds.items():
            made[f"linked_recall_{name}"] = round(hits / total, 4) if total else 0.0
        return made


def find(article: Article, system: str) -> list[Attribution]:
    """An article's attributions by "twotrack", "fast", or a tool of peers.py."""
    if system in SYSTEMS:
        return peer_attributions(system, article.text)
    fast = system == "fast"
    return found_attributions(parse_report(Report(article.name, article.text), entities=False), fast)


def figures(corpus: Sequence[Article], system: str = "twotrack") -> dict[str, float]:
    """Reads and marks every article, in CPU time of parse and marker together."""
    tally, spent = Tally(), 0.0
    find(Article("warm-up", "Talks went on, officials said.", ()), system)
    for article in corpus:
        start = time.process_time()
        found = find(article, system)
        spent += time.process_time() - start
        tally.article(article.attributions, found, quoted(article.text))
    return {**tally.figures(), "articles": len(corpus), "docs_per_cpu_second": round(len(corpus) / max(spent, 1e-9), 2)}


def main() -> None:
    """Reads the arguments, measures, prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="a split of PolNeAR: a folder with text/ and attributions/")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
    parser.add_argument("--fast", action="store_true", help="by rules alone, without the learned tagger")
    parser.add_argument("--system", choices=["twotrack", *SYSTEMS], default="twotrack", help="another tool, from peers.txt")
    options = parser.parse_args()
    made = figures(list(articles(options.data)), "fast" if options.fast else options.system)
    print(json.dumps(made) if options.json else "\n".join(f"{name:24}{value}" for name, value in made.items()))


if __name__ == "__main__":
    main()
