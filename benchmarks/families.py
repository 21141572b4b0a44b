"""How well copies are told from independent reports, and how fast: `python benchmarks/families.py [--data FOLDER] [--json]`.

The data are families of reports written as tests/copies/README.txt says. Beside what Twotrack decides stand the containment of
word pairs alone, MinHash over three words in a row, and the cosine of mean word embeddings (the parser's own, at the threshold
that does best on these very texts), in the same run. Digests are left out: they share no words.
"""

import argparse
import json
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import partial
from itertools import combinations
from pathlib import Path

import numpy as np

from family_sets import COPIES, OWN_SET, Sample, label, samples
from make_reports import Made, made_reports
from twotrack.copies import ONE_REPORT, compare, contained
from twotrack.families import Family, families
from twotrack.fingerprints import Fingerprint, fingerprint, hashes
from twotrack.parse import load_pipeline

PERMUTATIONS = 128
MINHASH_THRESHOLD = 0.5
THRESHOLDS = 200  # tried for embeddings, over the tenth of pairs that are most alike
PRIME = (1 << 61) - 1
CHUNK = 1_000  # made reports held at once


def decided(pairs: Sequence[tuple[str, bool]]) -> tuple[float, float, float]:
    """Precision, recall and F1 of (label, said to be one report)."""
    right = sum(found and gold == "copy" for gold, found in pairs)
    said = sum(found for _, found in pairs)
    copies = sum(gold == "copy" for gold, _ in pairs)
    f1 = 2 * right / (said + copies) if said + copies else 1.0
    return right / said if said else 1.0, right / copies if copies else 1.0, f1


def minhash(text: str) -> list[int]:
    """The signature of a text's words, three in a row."""
    words = text.lower().split()
    grams = {hash_of(" ".join(words[n : n + 3])) for n in range(len(words) - 2)} or {0}
    rng = np.random.default_rng(1)
    seeds = rng.integers(1, 1 << 30, size=(PERMUTATIONS, 2)).tolist()
    return [min((a * gram + b) % PRIME for gram in grams) for a, b in seeds]


def hash_of(words: str) -> int:
    """A hash that is the same in every run."""
    return int.from_bytes(words.encode(), "little") % PRIME


def cosines(found: Sequence[Sample], places: Sequence[tuple[int, int]]) -> list[float]:
    """How alike the mean embeddings of two reports' words are, for each pair."""
    make_doc = load_pipeline().make_doc
    vectors = np.array([make_doc(one.text).vector for one in found])
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return [float(vectors[a] @ vectors[b]) for a, b in places]


def at_best(labels: Sequence[str], likenesses: Sequence[float]) -> list[bool]:
    """The decisions at the threshold with the highest F1: more than embeddings would reach on texts that set no threshold."""
    thresholds = np.quantile(likenesses, np.linspace(0.9, 1, THRESHOLDS))
    tried = [[one >= threshold for one in likenesses] for threshold in thresholds.tolist()]
    return max(tried, key=lambda says: decided(list(zip(labels, says, strict=True)))[2])


def quality(found: Sequence[Sample]) -> dict[str, float]:
    """Figures over all pairs of the labelled reports."""
    prints = [fingerprint(one.text, one.id, one.published) for one in found]
    signatures = [minhash(one.text) for one in found]
    places = [pair for pair in combinations(range(len(found)), 2) if label(found[pair[0]], found[pair[1]]) != "digest"]
    labels = [label(found[a], found[b]) for a, b in places]
    likenesses = [compare(prints[a], prints[b]) for a, b in places]
    pair_share = [contained(hashes(prints[a].pairs), hashes(prints[b].pairs)) for a, b in places]
    jaccard = [sum(x == y for x, y in zip(signatures[a], signatures[b], strict=True)) / PERMUTATIONS for a, b in places]
    ways: dict[str, list[bool]] = {
        "one_report": [one.one_report for one in likenesses],
        "not_independent": [not one.independent for one in likenesses],
        "pairs_only": [share >= ONE_REPORT for share in pair_share],
        "minhash": [one >= MINHASH_THRESHOLD for one in jaccard],
        "embeddings": at_best(labels, cosines(found, places)),
        "families": together(found, families(prints), places),
    }
    figures: dict[str, float] = {"reports": len(found), "pairs": len(places), "pairs_copies": labels.count("copy")}
    for name, says in ways.items():
        precision, recall, f1 = decided(list(zip(labels, says, strict=True)))
        figures |= {f"{name}_precision": precision, f"{name}_recall": recall, f"{name}_f1": f1}
        figures[f"{name}_independent_merged"] = sum(s for s, gold in zip(says, labels, strict=True) if gold == "independent")
    return figures | by_kind(found, prints)


def together(found: Sequence[Sample], made: Sequence[Family], places: Sequence[tuple[int, int]]) -> list[bool]:
    """For each pair of reports, whether they came into one family."""
    family = {member.report: n for n, one in enumerate(made) for member in one.members}
    return [family[found[a].id] == family[found[b].id] for a, b in places]


def by_kind(found: Sequence[Sample], prints: Sequence[Fingerprint]) -> dict[str, float]:
    """The share of each kind of copy that is one report with its original."""
    originals = {one.family: prints[n] for n, one in enumerate(found) if one.kind == "original"}
    kinds: dict[str, list[bool]] = defaultdict(list)
    for one, seen in zip(found, prints, strict=True):
        if one.kind in COPIES - {"original"}:
            kinds[one.kind].append(compare(originals[one.family], seen).one_report)
    return {f"recall_{kind}": sum(hits) / len(hits) for kind, hits in sorted(kinds.items())}


def throughput(count: int) -> dict[str, float]:
    """Reports per CPU second through fingerprint and families, for so many made reports."""
    name = f"{count // 1000}k"
    prints: list[Fingerprint] = []
    copy_of: dict[str, str] = {}
    chunk: list[Made] = []
    spent = 0.0
    for one in made_reports(count):
        chunk.append(one)
        copy_of[one.id] = one.copy_of or one.id
        if len(chunk) == CHUNK or len(copy_of) == count:
            spent += timed(partial(add_prints, chunk, prints))
            chunk = []
    made: list[Family] = []
    grouping = timed(lambda: made.extend(families(prints)))
    right = sum(copy_of[member.report] == copy_of[one.first] for one in made for member in one.members)
    return {
        f"fingerprints_per_second_{name}": count / spent,
        f"families_per_second_{name}": count / grouping,
        f"reports_per_second_{name}": count / (spent + grouping),
        f"made_purity_{name}": right / count,
        f"made_families_{name}": len(made) / len(set(copy_of.values())),
    }


def add_prints(chunk: Sequence[Made], prints: list[Fingerprint]) -> None:
    """Appends the fingerprints of some made reports."""
    prints.extend(fingerprint(one.text, one.id, one.published) for one in chunk)


def timed(work: Callable[[], object]) -> float:
    """CPU seconds that the work takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=OWN_SET, help="a folder of families; the project's own by default")
    parser.add_argument("--sizes", default="1000,10000", help="numbers of made reports, e.g. 1000,10000,100000; empty for none")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    folder = arguments.data if any(arguments.data.glob("*.txt")) else OWN_SET
    figures = quality(samples(folder))
    for size in filter(None, arguments.sizes.split(",")):
        figures |= throughput(int(size))
    figures["peak_memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 if sys.platform == "darwin" else 1024)
    if arguments.json:
        print(json.dumps({name: round(value, 4) for name, value in figures.items()}))
    else:
        for name, value in figures.items():
            print(f"{name:36} {value:12.3f}")


if __name__ == "__main__":
    main()
