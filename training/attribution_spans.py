"""PolNeAR's annotations over word pieces: for every window of an article what its pieces are, and which belong together."""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy
from tokenizers import Tokenizer

from polnear import Attribution
from trials import Corpus
from twotrack.learned.encoder import cut
from twotrack.mark.attribution.drafts import drafts
from twotrack.mark.attribution.inputs import LENGTH, PARTS, TaggerInput, tagger_input, windows
from twotrack.mark.attribution.marker import disentangled, settled, sure
from twotrack.mark.attribution.quotations import quote_map
from twotrack.reading import Reading

Array = numpy.ndarray[Any, Any]
SHORTEST, LONGEST = LENGTH, 254  # pieces of an epoch's windows, whose borders fall differently in each; MiniLM knows 256


@dataclass(frozen=True, slots=True)
class Labelled:
    """An article's pieces with the spans that they stand in: by attribution, the pieces of each part, in runs."""

    reading: Reading
    given: TaggerInput
    attributions: tuple[dict[str, list[list[int]]], ...]


@dataclass(frozen=True, slots=True)
class Window:
    """What is learned from at once: `labels` [pieces, 3] are 0 outside, 1 at a run's start, 2 in it; `cues` are pairs of the
    cue's pieces and a mask [3, pieces] of what belongs to it."""

    ids: Array
    features: Array
    labels: Array
    cues: tuple[tuple[list[int], Array], ...]


def labelled(found: Corpus, tokenizer: Tokenizer) -> list[Labelled]:
    """All articles with their pieces, features and annotated spans."""
    made = []
    for article, reading in found:
        quotes = quote_map(reading)
        tried = list(drafts(reading, quotes))
        kept = disentangled(reading.tokens, settled(sure(reading, quotes, tried)))
        given = tagger_input(reading, cut(tokenizer, article.text), quotes, tried, kept)
        parts = tuple(_runs(one, article.text, given) for one in article.attributions)
        made.append(Labelled(reading, given, parts))
    return made


def _runs(one: Attribution, text: str, given: TaggerInput) -> dict[str, list[list[int]]]:
    """Each part's pieces in runs: parts of a split span apart, punctuation within a run in it."""
    made = {}
    for part in PARTS:
        runs = [_pieces(run, given) for run in character_runs(getattr(one, part), text)]
        made[part] = [run for run in runs if run]
    return made


def character_runs(positions: Iterable[int], text: str) -> list[tuple[int, int]]:
    """Runs of letters and digits with nothing but other characters between them: [(start, end), ...]."""
    runs: list[list[int]] = []
    for n in sorted(positions):
        if runs and not any(ch.isalnum() for ch in text[runs[-1][1] : n]):
            runs[-1][1] = n + 1
        else:
            runs.append([n, n + 1])
    return [(start, end) for start, end in runs]


def _pieces(run: tuple[int, int], given: TaggerInput) -> list[int]:
    return [n for n, (start, end) in enumerate(given.spans) if start < run[1] and end > run[0]]


def epoch(found: list[Labelled], chance: random.Random | None) -> list[Window]:
    """The windows of one epoch; with `chance` their lengths vary and a tenth of them come without the rules' drafts."""
    made = []
    for one in found:
        length = chance.randint(SHORTEST, LONGEST) if chance else LENGTH
        for stretch in windows(one.reading, one.given, length):
            made.append(_window(one, stretch, bare=chance is not None and chance.random() < 0.1))
    return made


def _window(one: Labelled, stretch: range, bare: bool) -> Window:
    first, size = stretch.start, len(stretch)
    labels = numpy.zeros((size, len(PARTS)), dtype=numpy.int64)
    features = one.given.features[stretch.start : stretch.stop].copy()
    if bare:
        features[:, 2] = 0
    cues = []
    for attribution in one.attributions:
        mask = numpy.zeros((len(PARTS), size), dtype=numpy.float32)
        for column, part in enumerate(PARTS):
            for run in attribution[part]:
                inside = [n - first for n in run if n in stretch]
                if inside:
                    labels[inside, column] = 2
                    labels[inside[0], column] = 1 if run[0] in stretch else 2
                    mask[column, inside] = 1
        cue = [n for run in attribution["cue"] for n in run]
        if cue and all(n in stretch for n in cue):
            cues.append(([n - first for n in cue], mask))
    return Window(one.given.ids[first : stretch.stop], features, labels, tuple(cues))


def tokenizer_of(folder: Path) -> Tokenizer:
    """MiniLM's cutter into word pieces, which cuts texts of any length."""
    made = Tokenizer.from_file(str(folder / "tokenizer.json"))
    made.no_truncation()
    made.no_padding()
    return made
