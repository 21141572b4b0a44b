"""The learned tagger's scores for every word: is it in a content, a source, a cue; and which of them belong to one cue.

For "Iran said it was ready" the tags of "said" speak for a cue, and its links for "Iran" as the source and "it was ready" as
the content. The network is run on windows of word pieces; a word's scores come from the window that it stands deepest in.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy

from twotrack.learned.encoder import CLS, SEP, load_encoder
from twotrack.mark.attribution.contents import Draft
from twotrack.mark.attribution.inputs import PARTS, TaggerInput, tagger_input, windows
from twotrack.mark.attribution.quotations import QuoteMap
from twotrack.reading import Reading

if TYPE_CHECKING:
    Array = numpy.ndarray[Any, Any]

NAME = "attribution"
LINK_BIAS = -3.0  # where the sum of a pair's products starts from, in training too: few pairs belong together


@dataclass(frozen=True, slots=True)
class WindowScores:
    """A window's words, by the row of the first one in `Scores`, with their `queries` and `keys` [words, 3 parts, width]."""

    first: int
    queries: "Array"
    keys: "Array"


@dataclass(frozen=True, slots=True)
class Scores:
    """Log-probabilities `tags` [words, 3 parts, 3 tags] of the words in `tokens`, and the windows to ask for links.

    `deepest` is, by word, the window that it stands deepest in.
    """

    tokens: "Array"
    tags: "Array"
    deepest: "Array"
    windows: tuple[WindowScores, ...]

    def links(self, cue: Sequence[int], part: int) -> tuple[int, "Array"]:
        """Log-odds that words belong to a cue (its rows) as that part of it: the first row of its window, and [words]."""
        window = self.windows[int(self.deepest[cue[len(cue) // 2]])]
        inside = [n - window.first for n in cue if 0 <= n - window.first < len(window.queries)]
        asked = window.queries[inside, part].mean(0)
        return window.first, window.keys[:, part] @ asked / len(asked) ** 0.5 + LINK_BIAS


def scores(reading: Reading, quotes: QuoteMap, tried: Iterable[Draft], sure: Iterable[Draft]) -> Scores | None:
    """The tagger's scores for a reading; None where it has no words. `tried` and `sure` are the rules' drafts."""
    encoder = load_encoder(NAME)
    given = tagger_input(reading, encoder.pieces(reading.report.text), quotes, tried, sure)
    if not len(given.ids):
        return None
    stretches = list(windows(reading, given))
    found: list[tuple[range, Array, Array, Array]] = []
    for one in stretches:  # each by itself: several at once are no faster, and round each other's activations
        ids, features = opened_and_closed(given, one)
        outputs = encoder.run({"ids": ids, "features": features})
        found.append((one, *(numpy.asarray(output)[0] for output in outputs)))
    return _by_word(given, found)


def opened_and_closed(given: TaggerInput, stretch: range) -> tuple["Array", "Array"]:
    """A window's piece numbers [1, length] and features [1, length, 4], between the pieces that open and close it."""
    ids = numpy.empty((1, len(stretch) + 2), dtype=numpy.int64)
    features = numpy.zeros((1, len(stretch) + 2, given.features.shape[1]), dtype=numpy.int64)
    ids[0, 0], ids[0, -1] = CLS, SEP
    ids[0, 1:-1] = given.ids[stretch.start : stretch.stop]
    features[0, 1:-1] = given.features[stretch.start : stretch.stop]
    return ids, features


def _by_word(given: TaggerInput, found: Sequence[tuple[range, "Array", "Array", "Array"]]) -> Scores:
    """Scores of the first piece of every word, each from the window where it is farthest from a cut."""
    first = numpy.flatnonzero(numpy.diff(given.tokens, prepend=-1))
    words = given.tokens[first]
    depth = numpy.full(len(first), -1)
    tags = numpy.zeros((len(first), len(PARTS), 3), dtype=numpy.float32)
    deepest = numpy.zeros(len(first), dtype=numpy.int64)
    kept = []
    for number, (stretch, tag, query, key) in enumerate(found):
        inside = numpy.flatnonzero((first >= stretch.start) & (first < stretch.stop))
        rows = first[inside] - stretch.start + 1
        whole = numpy.full(len(rows), len(given.ids))  # the text's own ends cut nothing off
        before = whole if stretch.start == 0 else rows - 1
        after = whole if stretch.stop == len(given.ids) else len(stretch) - rows
        now = numpy.minimum(before, after)
        better = now > depth[inside]
        depth[inside[better]] = now[better]
        deepest[inside[better]] = number
        tags[inside[better]] = log_softmax(tag[rows[better]].reshape(-1, len(PARTS), 3))
        shape = (len(rows), len(PARTS), -1)
        kept.append(WindowScores(int(inside[0]) if len(inside) else 0, query[rows].reshape(shape), key[rows].reshape(shape)))
    return Scores(words, tags, deepest, tuple(kept))


def log_softmax(x: "Array") -> "Array":
    """Logarithms of the probabilities along the last axis."""
    shifted = x - x.max(-1, keepdims=True)
    made: Array = shifted - numpy.log(numpy.exp(shifted).sum(-1, keepdims=True))
    return made
