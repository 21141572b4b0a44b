"""Scores the commitments that the finder reads in single sentences against annotated ones.

Each text is read as a one-sentence report. Records are matched one to one by the overlap of their acts. A figure named
`<field>_f1` counts a record as right where it is matched and its field is right (both empty counts as right only in
`strength_accuracy` and `kind_accuracy`; elsewhere an empty field is no find).
"""

import argparse
import json
import time
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from twotrack.find.commitments.finder import find_commitments
from twotrack.mark import MARKERS
from twotrack.model import Actor, Commitment, Report
from twotrack.parse import load_pipeline
from twotrack.reading import Reading, parse_report, with_marks

MATCH = 0.5  # intersection over union of the alphanumeric characters of two acts, from which they are one
Record = dict[str, Any]
SPANS = ("act", "condition", "deadline", "speaker", "party", "toward")


def texts_of(path: Path) -> list[Record]:
    """Annotated sentences: a JSONL file as in gold/COMMITMENTS.md, or a TOML corpus whose fields are words of the text."""
    if path.suffix == ".toml":
        return [_of_corpus(row) for row in tomllib.loads(path.read_text(encoding="utf-8"))["sentence"]]
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _of_corpus(row: Record) -> Record:
    text = row["text"]
    records = []
    for one in row["commitments"]:
        record: Record = {"relation": None, "strength": "firm", **dict.fromkeys(SPANS)} | one
        for field in SPANS:
            if (words := record[field]) is not None:
                start = text.index(words)
                record[field] = {"start": start, "end": start + len(words), "text": words}
        records.append(record)
    return {"text": text, "commitments": records, "block": row.get("block", "")}


def mark(reading: Reading) -> Reading:
    """A parsed report with every mark that the finder uses."""
    for marker in MARKERS:
        reading = with_marks(reading, marker(reading))
    return reading


def record_of(claim: Commitment) -> Record:
    """A claim in the shape of the annotation."""
    spans: Record = {field: _span(getattr(claim, field)) for field in ("act", "condition", "speaker")}
    deadline = claim.deadline.cite if claim.deadline else None
    parties = {"party": _joined(claim.party), "toward": _joined(claim.toward), "deadline": _span(deadline)}
    return {
        "kind": claim.act_kind,
        "relation": claim.relation,
        "strength": claim.strength,
        "rule": claim.rule,
        **spans,
        **parties,
    }


def _span(cite: Any) -> Record | None:
    return {"start": cite.start, "end": cite.end} if cite else None


def _joined(actors: tuple[Actor, ...]) -> Record | None:
    return {"start": min(a.start for a in actors), "end": max(a.end for a in actors)} if actors else None


def iou(text: str, one: Record | None, other: Record | None) -> float:
    """Intersection over union of the alphanumeric characters of two spans."""
    if not one or not other:
        return 0.0
    chars = [{i for i in range(s["start"], s["end"]) if text[i].isalnum()} for s in (one, other)]
    return len(chars[0] & chars[1]) / len(chars[0] | chars[1]) if chars[0] | chars[1] else 0.0


def same_party(text: str, gold: Record, found: Record) -> bool:
    """A title or an "of" more or less is the same party: one span holds the other, or they overlap by half."""
    holds = (gold["start"] >= found["start"] and gold["end"] <= found["end"]) or (
        found["start"] >= gold["start"] and found["end"] <= gold["end"]
    )
    return holds or iou(text, gold, found) >= MATCH


def exact(text: str, gold: Record, found: Record) -> bool:
    """Whether two spans are the same characters."""
    return text[gold["start"] : gold["end"]] == text[found["start"] : found["end"]] and gold["start"] == found["start"]


def pairs_of(text: str, gold: list[Record], found: list[Record]) -> list[tuple[int, int]]:
    """Matches records one to one, the best overlap of acts first; a wrong kind loses a tie."""
    scored = [
        (iou(text, g["act"], f["act"]), g["kind"] == f["kind"], n, m) for n, g in enumerate(gold) for m, f in enumerate(found)
    ]
    pairs: list[tuple[int, int]] = []
    for overlap, _, n, m in sorted(scored, reverse=True):
        if overlap >= MATCH and all(n != a and m != b for a, b in pairs):
            pairs.append((n, m))
    return pairs


def f1(right: float, found: float, gold: float) -> float:
    """The harmonic mean of right/found and right/gold."""
    return round(2 * right / (found + gold), 4) if found + gold else 1.0


def score(rows: Iterable[tuple[str, list[Record], list[Record]]]) -> dict[str, float]:
    """All figures over (text, annotated records, found records)."""
    n: dict[str, float] = {}

    def add(name: str, by: float = 1.0) -> None:
        n[name] = n.get(name, 0.0) + by

    for text, gold_all, found_all in rows:
        gold, found = _without_optional(text, gold_all, found_all)
        add("detected_right", bool(gold_all) and bool(found_all))
        add("detected", bool(found_all))
        add("present", bool(gold_all))
        add("found", len(found))
        add("gold", len(gold))
        for field in SPANS:
            add(f"found_{field}", sum(1 for f in found if f[field]))
            add(f"gold_{field}", sum(1 for g in gold if g[field]))
        for a, b in pairs_of(text, gold, found):
            _add_pair(text, gold[a], found[b], add)
    return _figures(n)


def _without_optional(text: str, gold: list[Record], found: list[Record]) -> tuple[list[Record], list[Record]]:
    """Leaves out optional annotations, and the finds that match only them."""
    optional = [g for g in gold if g.get("optional")]
    needed = [g for g in gold if not g.get("optional")]
    taken = {m for _, m in pairs_of(text, needed, found)}
    spare = [f for m, f in enumerate(found) if m not in taken]
    matched = {m for _, m in pairs_of(text, optional, spare)}
    dropped = [f for m, f in enumerate(spare) if m in matched]
    return needed, [f for f in found if all(f is not d for d in dropped)]


def _add_pair(text: str, gold: Record, found: Record, add: Any) -> None:
    add("matched")
    kinds = {gold["kind"], gold.get("kind_also", gold["kind"])}
    add("kind", found["kind"] in kinds)
    add("strength", found["strength"] == gold["strength"])
    add("act_exact", exact(text, gold["act"], found["act"]))
    for field in ("party", "toward", "speaker"):
        add(field, bool(gold[field] and found[field]) and same_party(text, gold[field], found[field]))
    if gold["deadline"] and found["deadline"]:
        add("deadline", iou(text, gold["deadline"], found["deadline"]) >= MATCH)
    if gold["condition"] and found["condition"]:
        overlap = iou(text, gold["condition"], found["condition"]) >= MATCH
        add("condition_exact", exact(text, gold["condition"], found["condition"]))
        add("condition_iou50", overlap)
        add("condition", overlap and gold["relation"] == found["relation"])


def _figures(n: dict[str, float]) -> dict[str, float]:
    def get(name: str) -> float:
        return n.get(name, 0.0)

    right, matched = get("detected_right"), get("matched")
    figures = {
        "detection_precision": round(right / get("detected"), 4) if get("detected") else 0.0,
        "detection_recall": round(right / get("present"), 4) if get("present") else 0.0,
        "detection_f1": f1(right, get("detected"), get("present")),
        "record_f1": f1(matched, get("found"), get("gold")),
        "kind_accuracy": round(get("kind") / matched, 4) if matched else 0.0,
        "kind_f1": f1(get("kind"), get("found"), get("gold")),
        "act_exact_f1": f1(get("act_exact"), get("found"), get("gold")),
        "act_iou50_f1": f1(matched, get("found"), get("gold")),
        "strength_accuracy": round(get("strength") / matched, 4) if matched else 0.0,
    }
    for field in ("party", "toward", "deadline", "speaker", "condition"):
        figures[f"{field}_f1"] = f1(get(field), get(f"found_{field}"), get(f"gold_{field}"))
    for name in ("condition_exact", "condition_iou50"):
        figures[f"{name}_f1"] = f1(get(name), get("found_condition"), get("gold_condition"))
    return figures


def read_all(rows: list[Record]) -> tuple[list[list[Record]], float]:
    """What the finder reads in each text, and the processor seconds of parse, marks and finds together."""
    load_pipeline()
    start, found = time.process_time(), []
    for number, row in enumerate(rows):
        reading = mark(parse_report(Report(str(number), row["text"])))
        found.append([record_of(claim) for claim in find_commitments(reading) if isinstance(claim, Commitment)])
    return found, time.process_time() - start


def main() -> None:
    """Reads the sentences, prints the figures."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--data", type=Path, required=True, help="annotated sentences, JSONL or TOML")
    arguments.add_argument("--json", action="store_true", help="one flat JSON object on standard output")
    options = arguments.parse_args()
    rows = texts_of(options.data)
    found, seconds = read_all(rows)
    figures = score((row["text"], row["commitments"], some) for row, some in zip(rows, found, strict=True))
    figures |= {"sentences": len(rows), "sentences_per_cpu_second": round(len(rows) / seconds, 1) if seconds else 0.0}
    if options.json:
        print(json.dumps(figures))
    else:
        print("\n".join(f"{name:28} {value:8g}" for name, value in figures.items()))


if __name__ == "__main__":
    main()
