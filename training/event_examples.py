"""Puts the sentences that the event encoder learns from into one file, with what the rules say of each beside it.

    python training/event_examples.py --data DATA --out examples.jsonl

DATA holds `cameo_class/train.tsv`, `cameo_ner/train.txt` and `plv/PLV_train.tsv`; our own sentences are those of
event_sentences/ and the examples of the verb lexicon. Each line: the text, the parties' spans, whether they are all its parties
(`tagged`), the types and classes that its label allows, its set, and the rule that fires with its label.
A label of one set is a set of allowed labels of another: class 2 of cameo_class is AID, COOPERATE, CONCEDE or RETREAT.
Needs the project's environment, not torch.
"""

import argparse
import json
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))

import event_sets as sets
import events as bench
from twotrack.find.events.spans import main_event
from twotrack.find.events.weighing import coded_type
from twotrack.lexicon import rows
from twotrack.model import Span
from twotrack.reading import Reading

Example = dict[str, Any]
CLASS_TYPES = {
    1: ("AGREE", "CONSULT", "SUPPORT"),
    2: ("COOPERATE", "AID", "CONCEDE", "RETREAT"),
    3: ("REQUEST", "ACCUSE", "REJECT", "THREATEN", "SANCTION", "COERCE"),
    4: ("PROTEST", "MOBILIZE", "ASSAULT", "COERCE"),
}
TYPE_CLASSES = {
    kind: [number for number, kinds in CLASS_TYPES.items() if kind in kinds] for kind in sum(CLASS_TYPES.values(), ())
}
TYPE_CLASSES["REQUEST"] = [0, 3]  # cameo_class counts appeals as statements
OWN = Path(__file__).parent / "event_sentences"


def allowed_types(root: str) -> list[str]:
    """PLV is older than the split of YIELD."""
    return ["CONCEDE", "RETREAT"] if root == "YIELD" else [root]


def cameo_examples(folder: Path) -> Iterator[Example]:
    """The sentences of cameo_class with the parties that cameo_ner tags in them; sentences of cameo_ner alone, with theirs."""
    tagged = {_letters(row.sentence): row for row in sets.read_tagged(folder / "cameo_ner" / "train.txt")}
    for row in sets.read_classed(folder / "cameo_class" / "train.tsv"):
        own = tagged.pop(_letters(row.sentence), None)
        types = list(CLASS_TYPES[row.label]) if row.label else None
        text = own.sentence if own else row.sentence
        yield _example(
            "cameo", text, own.spans if own else (), tagged=bool(own), types=types, classes=[row.label], gold=row.label
        )
    for rest in tagged.values():
        yield _example("cameo", rest.sentence, rest.spans, tagged=True, types=None, classes=None, gold=None)


def plv_examples(folder: Path) -> Iterator[Example]:
    """The marked pairs of PLV."""
    for row in sets.read_paired(folder / "plv" / "PLV_train.tsv"):
        spans = [("S", row.source), *([("T", row.target)] if row.target else [])]
        types = allowed_types(row.root)
        classes = sorted({n for kind in types for n in TYPE_CLASSES[kind]})
        yield _example("plv", row.sentence, spans, tagged=False, types=types, classes=classes, gold=[row.root, row.label])


def own_examples() -> Iterator[Example]:
    """Sentences of our own, marked as PLV marks them; those of type "none" tell no event between their parties."""
    listed = (tomllib.loads(path.read_text(encoding="utf-8"))["sentences"] for path in sorted(OWN.glob("*.toml")))
    for row in chain.from_iterable(listed):
        for marked in row["texts"]:
            text, found = sets.unmarked(marked)
            spans = [(tag.upper(), span) for tag, span in found]
            none = row["type"] == "none"
            classes = None if none else TYPE_CLASSES[row["type"]]
            tags = () if none else spans
            one = _example("own", text, tags, tagged=True, types=[row["type"]], classes=classes, gold=row["type"])
            yield {**one, "pair": [[tag, *span] for tag, span in spans]}


def lexicon_examples() -> list[Example]:
    """The examples of the verb lexicon's rows, with the parties that the rules find."""
    listed = [
        (row, text)
        for table in ("verb", "noun")
        for row in rows("verbs", table, "cameo", "examples")
        for text in row["examples"]
    ]
    found = []
    for (row, text), reading in zip(listed, bench.marked(sets.readings(text for _, text in listed)), strict=True):
        events = bench.events_of(reading)
        spans, main = bench.ruled_parties(reading, events), main_event(reading, events)
        if main is not None and main.type == row["type"] and spans:
            kind = coded_type(main)
            found.append(_example("lexicon", text, spans, tagged=False, types=[kind], classes=TYPE_CLASSES[kind], gold=kind))
    return found


def _letters(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9]", "", text)


def _example(name: str, text: str, spans: Iterable[tuple[str, Span]], **labels: Any) -> Example:
    listed = [[tag, span.start, span.end] for tag, span in spans]
    return {"set": name, "text": text, "spans": listed, "pair": listed, **labels}


def with_rules(examples: list[Example]) -> Iterator[Example]:
    """Each example with the label of the rule that fires in it, and the rule's name."""
    read = bench.marked(sets.readings(one["text"] for one in examples))
    for one, reading in zip(examples, read, strict=True):
        yield {**one, **_ruled(one, reading)}


def _ruled(one: Example, reading: Reading) -> Example:
    events = bench.events_of(reading)
    spans_found = [[tag, *span] for tag, span in bench.ruled_parties(reading, events)]
    if one["set"] == "plv":
        spans = {tag: Span(start, end) for tag, start, end in one["pair"]}
        event = bench.pair_event(reading, spans["S"], spans.get("T"))
        root = bench.root_of(event) if event else None
        return {"rule": event.rule if event else None, "rule_label": root, "rule_spans": spans_found}
    main, label = main_event(reading, events), bench.classed(reading, events)
    return {
        "rule": main.rule if main else ("silent" if label == 0 else None),
        "rule_label": label,
        "rule_spans": spans_found,
    }


def main() -> None:
    """Writes the examples."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--data", type=Path, required=True)
    arguments.add_argument("--out", type=Path, required=True)
    chosen = arguments.parse_args()
    learned = [*cameo_examples(chosen.data), *plv_examples(chosen.data)]
    everything = [*with_rules([*learned, *own_examples(), *lexicon_examples()])]
    chosen.out.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in everything), encoding="utf-8")
    print(f"{len(everything)} examples")


if __name__ == "__main__":
    main()
