"""From the tagger's scores to drafts: spans by the best sequence of tags, then each content and source to its cue.

"Talks, she said, will go on": the contents "Talks" and "will go on" both link to the cue "said", as does the source "she".
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy

from twotrack.mark.attribution.inputs import PARTS
from twotrack.mark.attribution.tagger import Scores

if TYPE_CHECKING:
    Array = numpy.ndarray[Any, Any]

CONTENT, SOURCE, CUE = range(len(PARTS))
# Log-odds; set by linked F1 and exact spans on every second one of PolNeAR's development articles.
CUE_BIAS = 0.6  # added for a word to open a cue
CONTENT_BIAS = -2.0
SOURCE_BIAS = 0.5
CONTENT_LINK = -1.0  # mean link of a content to its cue
SOURCE_LINK = -1.3
SAME_CUE = 3.0  # mean link of two parts of one cue
APART = 30  # words that may stand between them
NEVER = -1e9


@dataclass(frozen=True, slots=True)
class Tagged:
    """An attribution as the tagger has it, in token indices; `sure` is the probability of its cue."""

    cue: tuple[int, ...]
    source: frozenset[int]
    content: frozenset[int]
    sure: float


Run = range  # rows of `Scores`, which stand for words in their order


def tagged(scores: Scores) -> list[Tagged]:
    """The attributions of a reading by the tagger alone, in text order of their cues."""
    contents, sources = runs(scores, CONTENT, CONTENT_BIAS), runs(scores, SOURCE, SOURCE_BIAS)
    cues = joined(scores, runs(scores, CUE, CUE_BIAS))
    to_contents = numpy.array([mean_links(scores, cue, contents, CONTENT) for cue in cues]).reshape(len(cues), len(contents))
    owner = numpy.where(to_contents.max(0, initial=NEVER) > CONTENT_LINK, last_best(to_contents), -1)
    made = []
    for k, cue in enumerate(cues):
        content = {n for m in numpy.flatnonzero(owner == k) for n in contents[m]}
        if content:
            links = mean_links(scores, cue, sources, SOURCE)
            best = int(last_best(links)) if len(links) and links.max() > SOURCE_LINK else None
            source = set(sources[best]) - content if best is not None else set()
            made.append(Tagged(tuple(words(scores, cue)), frozenset(words(scores, source)), frozenset(words(scores, content)),
                               cue_probability(scores, cue)))  # fmt: skip
    return made


def words(scores: Scores, rows: Collection[int]) -> list[int]:
    """The token indices of rows."""
    found: list[int] = scores.tokens[sorted(rows)].tolist()
    return found


def last_best(links: "Array") -> "Array":
    """The index of the greatest along the first axis; of several the last."""
    return len(links) - 1 - links[::-1].argmax(0) if len(links) else numpy.full(links.shape[1:], -1)


def runs(scores: Scores, part: int, bias: float) -> list[Run]:
    """The spans of a part by the best sequence of tags (0 outside, 1 first, 2 inside, which needs one before it)."""
    found: list[Run] = []
    for row, tag in enumerate(best_tags(scores.tags[:, part].tolist(), bias)):
        if tag == 1 or (tag == 2 and not found):
            found.append(range(row, row + 1))
        elif tag == 2:
            found[-1] = range(found[-1].start, row + 1)
    return found


def best_tags(table: Sequence[Sequence[float]], bias: float) -> list[int]:
    """The likeliest sequence of tags in which an inside never follows an outside; `bias` is added to every first."""
    back: list[tuple[int, int]] = []
    out, first, inside = 0.0, NEVER, NEVER
    for n, (is_out, is_first, is_inside) in enumerate(table):
        carry, span = (1, first) if first >= inside else (2, inside)
        best, score = (0, out) if out >= span else (carry, span)
        back.append((best, carry))
        out, first, inside = score + is_out, score + is_first + bias, span + is_inside if n else NEVER
    tags, state = [], 0 if out >= max(first, inside) else 1 if first >= inside else 2
    for best, carry in reversed(back):
        tags.append(state)
        state = carry if state == 2 else best
    return tags[::-1]


def joined(scores: Scores, found: Sequence[Run]) -> list[list[int]]:
    """Cues of which the parts stand apart, "turned the offer down", as one."""
    made: list[list[int]] = []
    for run in found:
        near = made and run.start - made[-1][-1] < APART
        if near and mean_links(scores, made[-1], [run], CUE)[0] > SAME_CUE:
            made[-1] = [*made[-1], *run]
        else:
            made.append(list(run))
    return made


def mean_links(scores: Scores, cue: Sequence[int], spans: Sequence[Run], part: int) -> "Array":
    """The mean log-odds [spans] that the words of each span belong to a cue; those outside the cue's window do not count."""
    first, links = scores.links(cue, part)
    summed = numpy.concatenate([[0.0], links.cumsum()])
    ends = numpy.array([(span.start, span.stop) for span in spans], dtype=numpy.int64).reshape(-1, 2) - first
    start, stop = ends.clip(0, len(summed) - 1).T
    return numpy.where(stop > start, (summed[stop] - summed[start]) / numpy.maximum(stop - start, 1), NEVER)


def cue_probability(scores: Scores, cue: Sequence[int]) -> float:
    """The mean probability that a cue's words are in a cue."""
    return float((1 - numpy.exp(scores.tags[cue, CUE, 0])).mean())
