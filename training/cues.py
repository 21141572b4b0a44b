"""Makes the figures of src/twotrack/data/cues.toml: which words attribute, with which complement, and how surely.

    python training/cues.py --data POLNEAR/train --dev POLNEAR/dev --write

Counts every complement of every word in PolNeAR's training articles (`trials.uses`), drafts attributions with all words that
ever attribute there (`trials.trials`), fits the weights of the contexts (`fitted`), keeps the words that are sure enough
(`table`) and measures each row on the development articles. Kinds and rare words are hand-made, in words.toml; example
sentences and everything under HAND_MADE stand in cues.toml and stay as they are.
"""

import argparse
import json
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from math import log
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))

from attribution import as_characters, found_attributions, linked, paired
from trials import Corpus, Trial, Use, corpus, every_word, trials, uses
from twotrack import lexicon
from twotrack.mark.attribution import contexts, cues
from twotrack.mark.attribution.marker import mark_attribution
from twotrack.model import AttributionMark

HERE = Path(__file__).resolve().parent
CUES = HERE.parent / "src" / "twotrack" / "data" / "cues.toml"
HAND_MADE = "# --- By hand from here on."
PSEUDO = 3  # pseudo-uses that draw a word's figure towards its frame's; usual for counts of a handful
TOWARDS = 0.6  # of the frame's figure: an unseen word is worse than the mean of those that attribute
MIN_USES = 2  # attributing uses that put a word into the table; one may be an error of the annotators or of the parse
MIN_PRECISION = 0.3  # below the marker's threshold of confidence, so that good contexts may still lift a word above it
FREQUENT = 40  # trials that a context needs to have a weight
RIDGE = 3.0  # pull of the weights towards nought; the fit hardly changes from 1 to 10
SURE = 0.5  # share of attributing clauses that lets a verb stand beside quotations as well
LIGHT = frozenset({"be", "have", "do", "get", "make", "take", "put", "go", "include", "come", "give", "use", "hold"})
CLAUSAL = frozenset({"fronted", "inserted", "as", "quote", "that", "bare"})
POOLED = {"fronted": 0.85, "inserted": 0.75, "as": 0.5, "quote": 0.7, "that": 0.75, "bare": 0.7, "colon": 0.8}
FEW = 4  # uses below which a sure verb takes the pooled figure of its frame, as measured over all such verbs

Rows = dict[tuple[str, str], dict[str, float]]  # (frame, kind) -> words


@dataclass(frozen=True)
class Fit:
    """Weights by context, and trials and right ones by rule."""

    weights: Mapping[str, float]
    tried: Counter[str]
    right: Counter[str]


def frame_of(rule: str) -> str:
    """ "p:about" of "talk+p:about"."""
    return rule.rpartition("+")[2]


def fitted(found: list[Trial]) -> Fit:
    """Weights in log-odds, by logistic regression on contexts and the word's own figure as the other trials give it."""
    tried, right = Counter(t.rule for t in found), Counter(t.rule for t in found if t.right)
    frames, frames_right = Counter(frame_of(t.rule) for t in found), Counter(frame_of(t.rule) for t in found if t.right)
    often = Counter(name for t in found for name in t.contexts)
    names = [name for name, n in often.most_common() if n >= FREQUENT]
    matrix = np.zeros((len(found), len(names) + 2))
    for row, trial in zip(matrix, found, strict=True):
        mean = TOWARDS * frames_right[frame_of(trial.rule)] / frames[frame_of(trial.rule)]
        share = (right[trial.rule] - trial.right + PSEUDO * mean) / (tried[trial.rule] - 1 + PSEUDO)
        share = min(max(share, 0.01), 0.99)
        row[:2] = 1, log(share / (1 - share))
        row[2:] = [name in trial.contexts for name in names]
    weights = regression(matrix, np.array([t.right for t in found], float))
    return Fit(dict(zip(["any", "precision", *names], weights.tolist(), strict=True)), tried, right)


def regression(matrix: Any, right: Any) -> Any:
    """Newton's method with a ridge on all weights but the first two."""
    weights = np.eye(matrix.shape[1])[1]
    ridge = RIDGE * (np.arange(matrix.shape[1]) > 1)
    for _ in range(12):
        sure = 1 / (1 + np.exp(-matrix @ weights))
        slope = matrix.T @ (sure - right) + ridge * weights
        curve = (matrix * (sure * (1 - sure))[:, None]).T @ matrix + np.diag(ridge + 1e-6)
        weights -= np.linalg.solve(curve, slope)
    return weights


def table(fit: Fit, hand: Mapping[str, Any]) -> Rows:
    """The rows of the cue table: measured words, sure verbs beside quotations, folded rows, rare words."""
    rows: Rows = defaultdict(dict)
    for rule, share in shares(fit).items():
        word, _, frame = rule.rpartition("+")
        if share >= MIN_PRECISION and fit.right[rule] >= MIN_USES and (word not in LIGHT or frame == "that"):
            outer, _, inner = frame.partition(":")
            rows[outer if inner else frame, kind(word, frame, hand)][f"{word}+{inner}" if inner else word] = min(share, 0.98)
    sure = sorted({word for word, frame in map(_parted, fit.tried) if _is_sure(fit, word, frame, hand)})
    for word in sure:
        for frame, share in POOLED.items():
            if fit.tried[f"{word}+{frame}"] < FEW:
                rows[frame, "speech"].setdefault(word, share)
    for fold in hand["fold"]:
        words = rows.pop((fold["frame"], fold["kind"]), {})
        if "into" in fold:
            rows[fold["frame"], fold["into"]] = words | rows[fold["frame"], fold["into"]]
    for rare in hand["rare"]:
        for word in rare["words"]:
            rows[rare["frame"], rare["kind"]].setdefault(word, rare["precision"])
    return {row: words for row, words in sorted(rows.items()) if words}


def shares(fit: Fit) -> dict[str, float]:
    """Each rule's share of right trials, drawn towards its frame's; rules outside the table are left out."""
    frames: Counter[str] = Counter()
    frames_right: Counter[str] = Counter()
    for rule, n in fit.tried.items():
        frames[frame_of(rule)] += n
        frames_right[frame_of(rule)] += fit.right[rule]
    made = {}
    for rule, n in fit.tried.items():
        mean = TOWARDS * frames_right[frame_of(rule)] / frames[frame_of(rule)]
        made[rule] = round((fit.right[rule] + PSEUDO * mean) / (n + PSEUDO), 2)
    return {rule: share for rule, share in made.items() if "+" in rule}


def _parted(rule: str) -> Use:
    word, _, frame = rule.rpartition("+")
    return word, frame


def _is_sure(fit: Fit, word: str, frame: str, hand: Mapping[str, Any]) -> bool:
    rule = f"{word}+{frame}"
    verbal = frame in ("that", "bare", "fronted") and "/" not in word and word not in LIGHT
    often = fit.tried[rule] >= PSEUDO and fit.right[rule] >= SURE * fit.tried[rule]
    return verbal and often and kind(word, frame, hand) == "speech"


def kind(word: str, frame: str, hand: Mapping[str, Any]) -> str:
    """What a word in a frame tells: ("warn", "that") -> "speech", ("fear", "bare") -> "attitude"."""
    stem = word if "/" in word else word.split(" ")[0]
    for row in hand["kind"]:
        if stem in row["words"] and frame in row.get("frames", [frame]):
            return str(row["kind"])
    if "/" in word:
        return "attitude"
    return "speech" if frame in CLAUSAL else "act"


def measured(found: Corpus) -> dict[tuple[str, str], float]:
    """The share of right attributions by row among those that the marker finds, drawn towards the share among all."""
    counts: Counter[tuple[str, str, bool]] = Counter()
    for article, reading in found:
        made = found_attributions(reading, fast=True)
        right = {id(one) for gold, one in paired(article.attributions, made) if linked(gold, one)}
        marks = [mark for mark in mark_attribution(reading) if isinstance(mark, AttributionMark)]
        rule_of = {as_characters(mark, article.text).cue: mark.rule for mark in marks}
        for one in made:
            word, _, frame = rule_of[one.cue].partition("+")
            if (listed := cues.cue_words().get((word, frame))) is not None:
                counts[frame.partition(":")[0], listed.kind, id(one) in right] += 1
    mean = sum(n for key, n in counts.items() if key[2]) / counts.total()
    rows = {key[:2] for key in counts}
    return {r: (counts[*r, True] + PSEUDO * mean) / (counts[*r, True] + counts[*r, False] + PSEUDO) for r in rows}


def written(fit: Fit, rows: Rows, precision: Mapping[tuple[str, str], float]) -> str:
    """cues.toml with these figures; its comments, example sentences and hand-made tables as they stand."""
    text = CUES.read_text(encoding="utf-8")
    old, head = tomllib.loads(text), text[: text.index("\n[[") + 1]
    cases = {row["context"]: row for row in old["context"]} | {(row["frame"], row["kind"]): row for row in old["cue"]}
    if missing := [row for row in (*fit.weights, *rows) if row not in cases]:
        raise SystemExit(f"Write a row with example sentences into cues.toml for each of {missing}.")
    made = [f'[[context]]\ncontext = "{name}"\nweight = {w:.2f}\n{_examples(cases[name])}' for name, w in fit.weights.items()]
    for (frame, meant), words in rows.items():
        figure = round(precision.get((frame, meant), 0.5), 2)
        examples = _examples(cases[frame, meant])
        made.append(f'[[cue]]\nframe = "{frame}"\nkind = "{meant}"\nmeasured = {figure}\n{examples}[cue.words]')
        made += [f"{_key(word)} = {share}" for word, share in sorted(words.items())] + [""]
    return head + "\n".join(made) + "\n" + text[text.index(HAND_MADE) :]


def _key(word: str) -> str:
    return word if word.isalpha() and word.isascii() else json.dumps(word)


def _examples(row: Mapping[str, Any]) -> str:
    made = ""
    for key in ("examples", "not_examples"):
        if key in row:
            made += f"{key} = [\n" + "".join(f"    {json.dumps(one, ensure_ascii=False)},\n" for one in row[key]) + "]\n"
    return made


def main() -> None:
    """Reads the arguments, counts, fits, writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="PolNeAR's training split, with text/ and attributions/")
    parser.add_argument("--dev", type=Path, help="its development split; default: dev beside the training split")
    parser.add_argument("--keep", type=Path, help="a folder where parses are kept for the next run")
    parser.add_argument("--write", action="store_true", help="write cues.toml; else only print how many trials there are")
    options = parser.parse_args()
    train = corpus(options.data, options.keep)
    fit = fitted(trials(train, every_word(uses(train))))
    rows = table(fit, tomllib.loads((HERE / "words.toml").read_text(encoding="utf-8")))
    print(f"{fit.tried.total()} trials, {fit.right.total()} right, {sum(map(len, rows.values()))} words in {len(rows)} rows")
    if not options.write:
        return
    CUES.write_text(written(fit, rows, {}), encoding="utf-8")
    for cached in (lexicon.rows, cues.cue_words, cues.cue_lemmas, cues.words_of, contexts.weights):
        cached.cache_clear()  # the marker is to read what has just been written
    dev = corpus(options.dev or options.data.parent / "dev", options.keep)
    CUES.write_text(written(fit, rows, measured(dev)), encoding="utf-8")


if __name__ == "__main__":
    main()
