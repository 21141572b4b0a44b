"""Fine-tunes the event encoder, measures it on a split by similarity, and exports it.

    python training/finetune_events.py --examples examples.jsonl --dev dev.jsonl --write events.onnx

With --dev a fifth is held out, and its predictions are written there; without, all examples are learned from.
"""

import argparse
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from sklearn.metrics import f1_score

from event_encoder import TAG_NAMES, EventEncoder, Input, encoded, load_examples, padded, tokenizer, trained
from event_splits import split
from export import write_onnx
from twotrack.learned.events import TYPES

torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
EPOCHS = 6
Example = dict[str, Any]


def predicted(model: EventEncoder, inputs: list[Input]) -> list[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """The logits of tags, types and classes of each input."""
    found: dict[int, tuple[np.ndarray, np.ndarray, np.ndarray]] = {}
    order = sorted(range(len(inputs)), key=lambda n: len(inputs[n].pieces))
    with torch.no_grad():
        for first in range(0, len(order), 32):
            rows = order[first : first + 32]
            tags, types, classes = model(padded([inputs[n] for n in rows]))
            for k, n in enumerate(rows):
                found[n] = (tags[k, : len(inputs[n].pieces)].numpy(), types[k].numpy(), classes[k].numpy())
    return [found[n] for n in range(len(inputs))]


def spans_of(logits: np.ndarray, offsets: Iterable[tuple[int, int]]) -> list[list[Any]]:
    """The tagged spans of a bare sentence."""
    found: list[list[Any]] = []
    open_name = ""
    for row, (first, last) in zip(logits, offsets, strict=True):
        tag = TAG_NAMES[int(row.argmax())]
        if last == first:
            continue
        name = tag[2:]
        if tag == "O":
            open_name = ""
        elif tag[0] == "I" and name == open_name:
            found[-1][2] = last
        else:
            found.append([name, first, last])
            open_name = name
    return found


def with_predictions(model: EventEncoder, dev: list[Example]) -> list[Example]:
    """Each example with what the model says of it: bare, marked as its set marks it, and marked as the model tags it."""
    words = tokenizer()
    bare = [encoded(words, one["text"], one["rule_spans"]) for one in dev]
    logits = predicted(model, bare)
    spans = [spans_of(tags, one.offsets) for (tags, _, _), one in zip(logits, bare, strict=True)]
    given = predicted(model, [encoded(words, one["text"], one["pair"]) for one in dev])
    tagged = predicted(model, [encoded(words, one["text"], own) for one, own in zip(dev, spans, strict=True)])
    return [
        {**one, "found": own, "bare": [part.tolist() for part in a[1:]], "given": [part.tolist() for part in b[1:]],
         "marked": [part.tolist() for part in c[1:]]}
        for one, own, a, b, c in zip(dev, spans, logits, given, tagged, strict=True)
    ]  # fmt: skip


# --- figures ------------------------------------------------------------------------------------------------------------


def macro_f1(gold: list[Any], found: list[Any]) -> float:
    """The mean F1 over the labels of the gold."""
    return float(f1_score(gold, found, labels=sorted(set(gold)), average="macro"))


def figures(dev: list[Example]) -> dict[str, float]:
    """What the model alone reaches on the development examples."""
    classed = [one for one in dev if one["set"] == "cameo" and one["gold"] is not None]
    paired = [one for one in dev if one["set"] == "plv"]
    tagged = [one for one in dev if one["set"] == "cameo" and one["tagged"]]
    roots = [root_of(one["given"][0]) for one in paired]
    gold_roots = [one["gold"][0] for one in paired]
    right = sum(span in one["spans"] for one in tagged for span in one["found"])
    total = sum(len(one["spans"]) + len(one["found"]) for one in tagged)
    labels = [one["gold"] for one in classed]
    return {
        "class_bare": macro_f1(labels, [int(np.argmax(one["bare"][1])) for one in classed]),
        "class_marked": macro_f1(labels, [int(np.argmax(one["marked"][1])) for one in classed]),
        "class_both": macro_f1(labels, [int(np.argmax(np.add(one["bare"][1], one["marked"][1]))) for one in classed]),
        "class_rules": macro_f1(labels, [3 if one["rule_label"] is None else one["rule_label"] for one in classed]),
        "types": macro_f1(gold_roots, roots),
        "types_rules": macro_f1(gold_roots, [one["rule_label"] or "YIELD" for one in paired]),
        "entity_f1": 2 * right / max(1, total),
    }


def root_of(logits: list[float]) -> str:
    """PLV's root: the likeliest of its 15 types, CONCEDE and RETREAT taken together."""
    odds = np.exp(np.array(logits) - max(logits))
    sums: dict[str, float] = {}
    for kind, value in zip(TYPES, odds, strict=True):
        root = "YIELD" if kind in ("CONCEDE", "RETREAT") else kind
        if root != "none":
            sums[root] = sums.get(root, 0.0) + float(value)
    return max(sums, key=lambda root: sums[root])


# --- export -------------------------------------------------------------------------------------------------------------


def written(model: EventEncoder, examples: list[Example], path: Path) -> None:
    """Writes the model as ONNX with 8-bit weights."""
    words = tokenizer()
    sample = padded([encoded(words, one["text"], one["pair"]) for one in examples[:64]])
    likeness = write_onnx(model, {"ids": sample}, ["tags", "types", "classes"], path)
    print(f"{path}: {path.stat().st_size / 1e6:.1f} MB, least cosine with 32 bits {likeness:.4f}")


def main() -> None:
    """Trains and measures, or trains and writes."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--examples", type=Path, required=True)
    arguments.add_argument("--dev", type=Path)
    arguments.add_argument("--write", type=Path)
    arguments.add_argument("--epochs", type=int, default=EPOCHS)
    arguments.add_argument("--seed", type=int, default=1)
    chosen = arguments.parse_args()
    learned, dev = load_examples(chosen.examples), list[Example]()
    if chosen.dev:
        learned, dev = split(learned)
        print(f"{len(learned)} examples to learn from, {len(dev)} held out", flush=True)
    model = trained(learned, epochs=chosen.epochs, seed=chosen.seed)
    if chosen.write:
        written(model, learned, chosen.write)
    if chosen.dev:
        found = with_predictions(model, dev)
        chosen.dev.write_text("".join(json.dumps(one) + "\n" for one in found), encoding="utf-8")
        print(json.dumps({name: round(value, 4) for name, value in figures(found).items()}, indent=1))


if __name__ == "__main__":
    main()
