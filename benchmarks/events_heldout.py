"""Rules and encoder on sentences that the encoder did not learn from: `events_heldout.py --data dev.jsonl [--json]`.

`training/finetune_events.py --dev dev.jsonl --write ...` holds a fifth of the sets out by similarity and writes it down; this
measures the network in the package on it, which must be the one that was written together with it. Prints the figures of
events.py for each set, and how often marked pairs are right by confidence.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import event_sets as sets
import events as bench
from twotrack.model import Span
from twotrack.reading import Reading

Row = dict[str, Any]


def classed(rows: list[Row]) -> list[sets.Classed]:
    """The held-out sentences of cameo_class."""
    return [sets.Classed(row["text"], row["gold"]) for row in rows if row["set"] == "cameo" and row["gold"] is not None]


def paired(rows: list[Row]) -> list[sets.Paired]:
    """The held-out pairs of PLV."""
    found = []
    for row in rows:
        if row["set"] == "plv":
            spans = {tag: Span(start, end) for tag, start, end in row["pair"]}
            found.append(sets.Paired(row["text"], spans["S"], spans.get("T"), *row["gold"]))
    return found


def tagged(rows: list[Row]) -> list[sets.Tagged]:
    """The held-out sentences of cameo_ner."""
    own = [row for row in rows if row["set"] == "cameo" and row["tagged"]]
    return [sets.Tagged(row["text"], tuple((tag, Span(start, end)) for tag, start, end in row["spans"])) for row in own]


def read(rows: Sequence[sets.Classed | sets.Paired | sets.Tagged]) -> list[Reading]:
    """Their sentences parsed, with actors."""
    return bench.marked(sets.readings(row.sentence for row in rows))


def main() -> None:
    """Reads the arguments, measures, prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="what finetune_events.py --dev wrote")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
    parser.add_argument("--fast", action="store_true", help="the rules alone")
    options = parser.parse_args()
    rows = [json.loads(line) for line in options.data.read_text(encoding="utf-8").splitlines()]
    one, two, three = classed(rows), paired(rows), tagged(rows)
    found = {
        "cameo_class": bench.score_classed(one, read(one), fast=options.fast),
        "plv": bench.score_paired(two, read(two), fast=options.fast),
        "cameo_ner": bench.score_tagged(three, read(three), fast=options.fast),
    }
    figures = {f"{name}_{key}": round(value, 4) for name, own in found.items() for key, value in own.items()}
    figures |= {"cameo_class_rows": len(one), "plv_rows": len(two), "cameo_ner_rows": len(three)}
    if options.json:
        print(json.dumps(figures))
        return
    print("\n".join(f"{key:34}{value}" for key, value in figures.items()))
    for tenth, count, mean, share in bench.TABLES:
        print(f"confidence .{tenth} to .{tenth}9: {count:5} pairs, mean {mean:.2f}, right {share:.2f}")


if __name__ == "__main__":
    main()
