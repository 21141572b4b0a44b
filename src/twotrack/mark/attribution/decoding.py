"""From the tagger's scores to drafts: spans by the best sequence of tags, then each content and source to its cue.

"Talks, she said, will go on": the contents "Talks" and "will go on" both link to the cue "said", as does the source "she".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy

from twotrack.mark.attribution.inputs import PARTS
from twotrack.mark.attribution.tagger import Scores

if TYPE_CHECKING:
    Array = numpy.ndarray[Any, Any]

CONTENT, SOURCE, CUE = range(len(PARTS))
# Log-odds; set by linked F1 on PolNeAR's development articles.
CUE_BIAS = 0.6  # added for a word to open a cue
CONTENT_BIAS = -1.5
SOURCE_BIAS = 1.0
CONTENT_LINK = -1.0  # mean link of a content to its cue
SOURCE_LINK = -2.0
SAME_CUE = 3.0  # mean link of two parts of one cue


@dataclass(frozen=True, slots=True)
class Tagged:
    """An attribution as the tagger has it, in token indices; `sure` is the probability of its cue."""

    cue: tuple[int, ...]
    source: frozenset[int]
    content: frozenset[int]
    sure: float


def tagged(scores: Scores) -> list[Tagged]:
    """The attributions of a reading by the tagger alone, in text order of their cues."""
    spans = {part: runs(scores, part, bias) for part, bias in ((CUE, CUE_BIAS), (CONTENT, CONTENT_BIAS), (SOURCE, SOURCE_BIAS))}
    cues = joined(scores, spans[CUE])
    contents: dict[int, list[tuple[float, int]]] = {}
    sources: dict[int, list[int]] = {}
    asked = [_table(scores, cue) for cue in cues]
    for n, run in enumerate(spans[CONTENT]):
        linked = [(mean_link(table, run, CONTENT), k) for k, table in enumerate(asked)]
        best = max(linked, default=(CONTENT_LINK, -1))
        if best[0] > CONTENT_LINK:
            contents.setdefault(best[1], []).append((best[0], n))
    for k, table in enumerate(asked):
        linked_sources = sorted(((mean_link(table, run, SOURCE), n) for n, run in enumerate(spans[SOURCE])), reverse=True)
        if linked_sources and linked_sources[0][0] > SOURCE_LINK:
            sources[k] = [linked_sources[0][1]]
    made = []
    for k, cue in enumerate(cues):
        if k in contents:
            content = frozenset(n for _, m in contents[k] for n in spans[CONTENT][m])
            source = frozenset(n for m in sources.get(k, ()) for n in spans[SOURCE][m])
            made.append(Tagged(tuple(cue), source - content, content, cue_probability(scores, cue)))
    return made


def runs(scores: Scores, part: int, bias: float) -> list[list[int]]:
    """The spans of a part by the best sequence of tags (0 outside, 1 first, 2 inside, which needs one before it)."""
    found: list[list[int]] = []
    table = scores.tags[:, part].tolist()
    for token, tag in zip(scores.tokens.tolist(), best_tags(table, bias), strict=True):
        if tag == 1 or (tag == 2 and not found):
            found.append([token])
        elif tag == 2:
            found[-1].append(token)
    return found


def best_tags(table: Sequence[Sequence[float]], bias: float) -> list[int]:
    """The likeliest sequence of tags in which an inside never follows an outside; `bias` is added to every first."""
    back: list[tuple[int, int, int]] = []
    out, first, inside = 0.0, -1e9, -1e9
    for n, row in enumerate(table):
        options = (out, first, inside)
        best = max(range(3), key=options.__getitem__)
        carry = 1 if first >= inside else 2
        back.append((best, best, carry))
        start = options[best] + row[1] + bias
        out, first, inside = options[best] + row[0], start, options[carry] + row[2] if n else -1e9
    tags, state = [], max(range(3), key=(out, first, inside).__getitem__)
    for step in reversed(back):
        tags.append(state)
        state = step[state]
    return tags[::-1]


def joined(scores: Scores, found: list[list[int]]) -> list[list[int]]:
    """Cues of which the parts stand apart, "turned the offer down", as one."""
    made: list[list[int]] = []
    for run in found:
        if made and run[0] - made[-1][-1] < 30:
            table = _table(scores, made[-1])
            if mean_link(table, run, CUE) > SAME_CUE:
                made[-1] = made[-1] + run
                continue
        made.append(run)
    return made


def _table(scores: Scores, cue: Sequence[int]) -> dict[int, "Array"]:
    tokens, links = scores.links(cue)
    return dict(zip(tokens.tolist(), links.T, strict=True))


def mean_link(table: dict[int, "Array"], run: Sequence[int], part: int) -> float:
    """The mean log-odds that the words of a span belong to a cue; those outside the cue's window do not count."""
    found = [float(table[n][part]) for n in run if n in table]
    return sum(found) / len(found) if found else -1e9


def cue_probability(scores: Scores, cue: Sequence[int]) -> float:
    """The mean probability that a cue's words are in a cue."""
    at = numpy.searchsorted(scores.tokens, cue)
    return float((1 - numpy.exp(scores.tags[at, CUE, 0])).mean())
