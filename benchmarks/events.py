"""Measures events on sentences: `events.py --data FILE [--json] [--fast]`; the file's form tells the set (see event_sets.py).

cameo_class: five classes from the bare sentence. PLV: PLOVER root and class 1-4 between a marked source and target.
cameo_ner: the spans of source, target, and both at once. PLOVER records: the pair of countries with the type. Rules and
encoder together; with --fast the rules alone, and a sentence in which no rule fires gets the fall-back, the most frequent
class of the training part. Coverage is the share of sentences where an event fires, precision_where_fired its share of right
ones. calibration_error is the mean distance between confidence and share of right ones, by tenths. Sentences per CPU second
include the parse.
"""

import argparse
import json
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import event_sets as sets
from twotrack.find.events import find_events, find_events_learned
from twotrack.find.events.finder import silent_words
from twotrack.find.events.pairs import main_pair
from twotrack.find.events.spans import depth_of, main_parties, trigger_of
from twotrack.find.events.weighing import coded_type, likeliest_class, probabilities
from twotrack.learned.events import Party, Told, acts, parties
from twotrack.mark.actors.marker import mark_actors
from twotrack.model import Actor, ActorMark, Event, Span
from twotrack.ontology import types
from twotrack.reading import Reading, with_marks

Figures = dict[str, float]
FALLBACK_CLASS = 3  # the most frequent class of cameo_class train
FALLBACK_ROOT = "YIELD"  # the most frequent root of PLV train
YIELD = frozenset({"CONCEDE", "RETREAT"})  # PLV is older than the split of YIELD
TENTHS = 10
EUROPEAN_UNION = ("IGO.EEC", "IGO.EU")
TABLES: list[tuple[int, int, float, float]] = []  # the reliability table of the file measured


# --- an event as the sets code it ---------------------------------------------------------------------------------------


def root_of(event: Event) -> str:
    """PLV's root: YIELD is not split; blockades and occupations are violence there, as in CAMEO 19."""
    root = coded_type(event)
    if root == "COERCE" and (event.cameo or "") in ("191", "192"):
        return "ASSAULT"
    return "YIELD" if root in YIELD else root


def quad_of(root: str) -> int:
    """The class 1-4 of a root."""
    return 2 if root == "YIELD" else types()[root]


def cameo_class_of(event: Event) -> int:
    """cameo_class's class 0-4: appeals are 0 there, SANCTION and sanctions 3 (CAMEO 16)."""
    root = coded_type(event)
    if event.cameo and event.cameo.startswith("02"):
        return 0
    if root == "SANCTION" or (root == "COERCE" and event.cameo == "163"):
        return 3
    return 2 if root == "CONCEDE" else types()[root]


def events_of(reading: Reading) -> list[Event]:
    """The events that the rules find."""
    return [one for one in find_events(reading) if isinstance(one, Event)]


def ruled_parties(reading: Reading, events: Sequence[Event]) -> list[Party]:
    """The parties of the main event by the rules; in a sentence without an event, the subject of its main verb."""
    return main_parties(reading, reading.sentences[0], events) if reading.sentences else []


def told(readings: Sequence[Reading], events: Sequence[Sequence[Event]]) -> list[Told]:
    """What the encoder reads in each sentence, given the parties of the rules' events."""
    return parties([(one.report.text, ruled_parties(one, own)) for one, own in zip(readings, events, strict=True)])


# --- closed tasks -------------------------------------------------------------------------------------------------------


def classed(reading: Reading, events: Sequence[Event]) -> int | None:
    """The class of the sentence's main event: the one nearest to the root of its sentence."""
    found = [(depth_of(reading, trigger_of(reading, event)), cameo_class_of(event)) for event in events]
    found += [(depth_of(reading, i), 0) for i in silent_words(reading)]
    return min(found)[1] if found else None


def pair_event(reading: Reading, source: Span, target: Span | None) -> Event | None:
    """The event between a marked pair: the one whose parties touch both spans, else one; the nearest to the root of those."""
    marked = replace(reading, actors=_with_pair(reading, source, target))
    events = events_of(marked)
    return (
        max(
            events,
            key=lambda e: (
                _fit(e, source, target),
                e.status != "hypothetical",
                *(-n for n in depth_of(reading, trigger_of(reading, e))),
            ),
        )
        if events
        else None
    )


def _with_pair(reading: Reading, source: Span, target: Span | None) -> tuple[ActorMark, ...]:
    """The reading's actor marks, with the two given spans as marks of their own where no mark has their head."""
    marks = list(reading.actors)
    for span in (source, target):
        head = _head(reading, span) if span else None
        if head is None or span is None:
            continue
        words = reading.report.text[span.start : span.end]
        own = next((m for m in marks if m.head == head), None)
        inner = next((a.id for m in marks if span.start <= m.start and m.end <= span.end for a in m.actors if a.id), None)
        actor = own.actors[0] if own else Actor(inner or "GIVEN", None, words, span.start, span.end)
        marks = [m for m in marks if m.head != head]
        marks.append(
            ActorMark(
                span.start, span.end, head, (replace(actor, id=actor.id or "GIVEN", start=span.start, end=span.end),), "name"
            )
        )
    return tuple(sorted(marks, key=lambda m: m.start))


def _head(reading: Reading, span: Span) -> int | None:
    inside = [t for t in reading.tokens if span.start <= t.start and t.end <= span.end and t.pos not in ("SPACE", "PUNCT")]
    numbers = {t.i for t in inside}
    return next((t.i for t in inside if t.head not in numbers or t.head == t.i), None)


def _fit(event: Event, source: Span, target: Span | None) -> int:
    everyone = (*event.source, *event.target) if not event.target else event.source
    return (
        2 * _touches(event.target or everyone, target)
        + 2 * _touches(everyone, source)
        - _touches(event.source, target) * bool(event.target)
    )


def _touches(actors: Iterable[Actor], span: Span | None) -> bool:
    return span is not None and any(actor.start < span.end and span.start < actor.end for actor in actors)


# --- scores -------------------------------------------------------------------------------------------------------------


def macro_f1(gold: Sequence[object], found: Sequence[object]) -> float:
    """The mean F1 over the labels of the gold."""
    labels = sorted(set(gold), key=str)
    total = 0.0
    for label in labels:
        right = sum(g == f == label for g, f in zip(gold, found, strict=True))
        total += 2 * right / max(1, sum(g == label for g in gold) + sum(f == label for f in found))
    return total / max(1, len(labels))


def accuracy(gold: Sequence[object], found: Sequence[object]) -> float:
    """The share of labels that agree."""
    return sum(g == f for g, f in zip(gold, found, strict=True)) / max(1, len(gold))


def _coverage(gold: Sequence[object], found: Sequence[object | None]) -> Figures:
    fired = [(g, f) for g, f in zip(gold, found, strict=True) if f is not None]
    right = sum(g == f for g, f in fired)
    return {"coverage": len(fired) / max(1, len(gold)), "precision_where_fired": right / max(1, len(fired))}


def reliability(confidences: Sequence[float], right: Sequence[bool]) -> list[tuple[int, int, float, float]]:
    """By tenths of confidence: (tenth, how many, mean confidence, share of right ones)."""
    table = []
    for tenth in range(TENTHS):
        own = [(c, r) for c, r in zip(confidences, right, strict=True) if min(int(c * TENTHS), TENTHS - 1) == tenth]
        if own:
            table.append((tenth, len(own), sum(c for c, _ in own) / len(own), sum(r for _, r in own) / len(own)))
    return table


def calibration_error(table: Sequence[tuple[int, int, float, float]]) -> float:
    """The mean distance between confidence and share of right ones."""
    return sum(n * abs(mean - share) for _, n, mean, share in table) / max(1, sum(n for _, n, _, _ in table))


def score_classed(rows: Sequence[sets.Classed], readings: Sequence[Reading], *, fast: bool) -> Figures:
    """macro_f1 and accuracy over five classes."""
    gold, events = [row.label for row in rows], [events_of(reading) for reading in readings]
    ruled = [classed(reading, own) for reading, own in zip(readings, events, strict=True)]
    if fast:
        found = [FALLBACK_CLASS if f is None else f for f in ruled]
        return {"macro_f1": macro_f1(gold, found), "accuracy": accuracy(gold, found), **_coverage(gold, ruled)}
    found = [likeliest_class(one.classes, label) for one, label in zip(told(readings, events), ruled, strict=True)]
    return {"macro_f1": macro_f1(gold, found), "accuracy": accuracy(gold, found)}


def score_paired(rows: Sequence[sets.Paired], readings: Sequence[Reading], *, fast: bool) -> Figures:
    """Types and classes given the marked pair."""
    events = [pair_event(reading, row.source, row.target) for row, reading in zip(rows, readings, strict=True)]
    ruled = [root_of(event) if event else None for event in events]
    roots, quads = [row.root for row in rows], [row.label for row in rows]
    odds = [{f or FALLBACK_ROOT: 1.0} for f in ruled] if fast else _rooted(rows, events)
    filled = [max(one, key=lambda root: one[root]) for one in odds]
    classes = [quad_of(f) for f in filled]
    table = reliability(
        [one[f] for one, f in zip(odds, filled, strict=True)], [f == g for f, g in zip(filled, roots, strict=True)]
    )
    if not fast:
        TABLES.extend(table)
    return {
        "type_macro_f1": macro_f1(roots, filled),
        "type_accuracy": accuracy(roots, filled),
        "class_macro_f1": macro_f1(quads, classes),
        "class_accuracy": accuracy(quads, classes),
        **(_coverage(roots, ruled) if fast else {"calibration_error": calibration_error(table)}),
    }


def _rooted(rows: Sequence[sets.Paired], events: Sequence[Event | None]) -> list[dict[str, float]]:
    """The probability of each of PLV's roots, by rules and encoder."""
    pairs = [[Party("S", row.source), *([Party("T", row.target)] if row.target else [])] for row in rows]
    found = []
    for act, event in zip(acts([(row.sentence, pair) for row, pair in zip(rows, pairs, strict=True)]), events, strict=True):
        ruled = None if event is None else coded_type(event) if root_of(event) == "YIELD" else root_of(event)
        odds = probabilities({kind: value for kind, value in act.types.items() if kind != "none"}, ruled)
        merged = {kind: value for kind, value in odds.items() if kind not in YIELD}
        found.append({**merged, "YIELD": sum(odds[kind] for kind in YIELD)})
    return found


def score_tagged(rows: Sequence[sets.Tagged], readings: Sequence[Reading], *, fast: bool) -> Figures:
    """Entity F1 of source (S), target (T) and both (R): spans and roles must agree."""
    right = gold_count = found_count = fired = 0
    events = [events_of(reading) for reading in readings]
    every = [ruled_parties(reading, own) for reading, own in zip(readings, events, strict=True)]
    if not fast:
        seen = zip(readings, told(readings, events), every, strict=True)
        every = [main_pair(one, one.sentences[0], tags, ruled) if one.sentences else [] for one, tags, ruled in seen]
    for row, own in zip(rows, every, strict=True):
        found, gold = set(own), set(row.spans)
        right, gold_count, found_count = right + len(found & gold), gold_count + len(gold), found_count + len(found)
        fired += bool(found)
    precision, recall = right / max(1, found_count), right / max(1, gold_count)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return {"entity_f1": f1, "entity_recall": recall, "coverage": fired / max(1, len(rows)), "precision_where_fired": precision}


def score_records(rows: Sequence[sets.Record], readings: Sequence[Reading], *, fast: bool) -> Figures:
    """dyad_and_type: the share of records with an event of their countries and their type; dyad: the countries alone."""
    dyads = both = fired = 0
    for row, reading in zip(rows, readings, strict=True):
        events = events_of(reading) if fast else [one for one in find_events_learned(reading) if isinstance(one, Event)]
        fired += bool(events)
        agreeing = [e for e in events if _is_dyad(e, row)]
        dyads += bool(agreeing)
        both += any(coded_type(e) == row.type for e in agreeing)
    total = max(1, len(rows))
    return {
        "dyad_and_type": both / total,
        "dyad": dyads / total,
        "coverage": fired / total,
        "precision_where_fired": both / max(1, fired),
    }


def _is_dyad(event: Event, row: sets.Record) -> bool:
    sources = {code for a in event.source for code in _codes(a)}
    targets = {code for a in event.target for code in _codes(a)} or sources
    if event.target:
        return row.source in sources and row.target in targets
    return {row.source, row.target} <= sources


def _codes(actor: Actor) -> tuple[str, ...]:
    """The first three letters of an id; the European Union's are IGO or, as for a state, EUR."""
    code = (actor.id or "")[:3]
    return (code, "EUR") if actor.id and actor.id.startswith(EUROPEAN_UNION) else (code,)


# --- the run ------------------------------------------------------------------------------------------------------------


def marked(readings: Iterable[Reading]) -> list[Reading]:
    """The readings with their actors."""
    return [with_marks(reading, mark_actors(reading)) for reading in readings]


def measure(path: Path, *, fast: bool = False) -> Figures:
    """The figures of one file, with `fast` of the rules alone."""
    read: dict[str, tuple[Callable[[Path], Sequence], Callable[..., Figures]]] = {  # type: ignore[type-arg]
        "cameo_class": (sets.read_classed, score_classed),
        "plv": (sets.read_paired, score_paired),
        "cameo_ner": (sets.read_tagged, score_tagged),
        "plover": (sets.read_records, score_records),
    }
    reader, score = read[sets.form_of(path)]
    rows = reader(path)
    told(marked(sets.readings(["Iran and Oman held talks."])), [[]])  # loads what is used, which is not what is measured
    start = time.process_time()
    figures = score(rows, marked(sets.readings(row.sentence for row in rows)), fast=fast)
    return {**figures, "sentences": len(rows), "sentences_per_cpu_second": len(rows) / (time.process_time() - start)}


def main() -> None:
    """Prints the figures of one file, as a table or as one JSON object."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--data", type=Path, required=True)
    arguments.add_argument("--json", action="store_true")
    arguments.add_argument("--fast", action="store_true", help="the rules alone")
    chosen = arguments.parse_args()
    figures = {name: round(value, 4) for name, value in measure(chosen.data, fast=chosen.fast).items()}
    if chosen.json:
        print(json.dumps(figures))
        return
    print(f"{chosen.data} ({sets.form_of(chosen.data)})")
    for name, value in figures.items():
        print(f"  {name:26} {value:.3f}")
    for tenth, count, mean, share in TABLES:
        print(f"  confidence .{tenth} to .{tenth}9: {count:5} pairs, mean {mean:.2f}, right {share:.2f}")


if __name__ == "__main__":
    main()
