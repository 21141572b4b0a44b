"""The event encoder: who and whom a sentence tells of, and what the act between a given pair is.

For "Iran condemned the ban" `parties` has tags for "Iran" as source and "the ban" as target; `acts` gives that pair ACCUSE .97.
One network with three heads reads the bare sentence and the sentence with marks around its pair. What it learned from, and how
well it does, is in docs/events.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from twotrack.learned.encoder import CLS, PAD, SEP, Pieces, load_encoder
from twotrack.model import Span

if TYPE_CHECKING:
    from numpy import ndarray

Role = Literal["S", "T", "R"]
MARKS = {"S": (1, 2), "T": (3, 4)}  # pieces that MiniLM never used, before and after source and target
MAX_PIECES = 122  # of a sentence; the network was trained on sequences of up to 128
TAGS: tuple[tuple[bool, Role | None], ...] = (
    (False, None), (True, "S"), (False, "S"), (True, "T"), (False, "T"), (True, "R"), (False, "R"),
)  # fmt: skip
TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "none",
)  # fmt: skip
BATCH = 16  # sentences read at once
NOWHERE = Span(-1, -1)  # the place of a mark


class Party(NamedTuple):
    """A span of a sentence's text that is source (S), target (T), or both at once (R)."""

    role: Role
    span: Span


Marked = tuple[str, Sequence[Party]]  # a sentence's text and the parties to mark in it


@dataclass(frozen=True, slots=True)
class Told:
    """What a sentence tells: by piece the log-odds of TAGS against no party, and those of the classes 0-4 of cameo_class."""

    tags: tuple[tuple[Span, tuple[float, ...]], ...]
    classes: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Act:
    """What a pair does: log-odds by type, "none" among them, and of the classes 0-4."""

    types: dict[str, float]
    classes: tuple[float, ...]


def parties(sentences: Sequence[Marked]) -> list[Told]:
    """The tags and the class of each sentence, given the parties that the rules found in it, which may be none or wrong."""
    encoder = load_encoder("events")
    marked = [_marked(_cut(encoder.pieces(text)), hints) for text, hints in sentences]
    found: dict[int, Told] = {}
    for rows in _by_length([len(one.ids) for one in marked]):
        tags, _, classes = encoder.run({"ids": _filled([marked[n].ids for n in rows])})
        for k, n in enumerate(rows):
            found[n] = Told(_tags(tags[k], marked[n]), tuple(map(float, classes[k])))
    return [found[n] for n in range(len(sentences))]


def acts(pairs: Sequence[Marked]) -> list[Act]:
    """The act of each pair: a sentence and its parties, of which the first source and the first target are marked."""
    encoder = load_encoder("events")
    ids = [_marked(_cut(encoder.pieces(text)), pair).ids for text, pair in pairs]
    found: dict[int, Act] = {}
    for rows in _by_length([len(one) for one in ids]):
        _, types, classes = encoder.run({"ids": _filled([ids[n] for n in rows])})
        for k, n in enumerate(rows):
            found[n] = Act(dict(zip(TYPES, map(float, types[k]), strict=True)), tuple(map(float, classes[k])))
    return [found[n] for n in range(len(pairs))]


# --- pieces -------------------------------------------------------------------------------------------------------------


def _cut(pieces: Pieces) -> Pieces:
    return Pieces(pieces.ids[:MAX_PIECES], pieces.spans[:MAX_PIECES])


def _marked(pieces: Pieces, pair: Sequence[Party]) -> Pieces:
    """The pieces with marks around source and target: the first of each; of two that act together the first is the source."""
    ids, spans = list(pieces.ids), list(pieces.spans)
    chosen: dict[Role, Span] = {}
    name: Role
    for role, span in pair:
        name = ("T" if "S" in chosen else "S") if role == "R" else role
        chosen.setdefault(name, span)
    for name, span in sorted(chosen.items(), key=lambda item: item[1], reverse=True):
        inside = [n for n, own in enumerate(spans) if own.start >= span.start and own.end <= span.end and own != NOWHERE]
        if inside:
            for at, mark in ((inside[-1] + 1, MARKS[name][1]), (inside[0], MARKS[name][0])):
                ids.insert(at, mark)
                spans.insert(at, NOWHERE)
    return Pieces(tuple(ids), tuple(spans))


def _by_length(lengths: Sequence[int]) -> list[list[int]]:
    """Batches of rows of like length, so that little is read that is only filling."""
    order = sorted(range(len(lengths)), key=lambda n: lengths[n])
    return [order[n : n + BATCH] for n in range(0, len(order), BATCH)]


def _filled(rows: Sequence[Sequence[int]]) -> "ndarray[Any, Any]":
    import numpy as np

    length = max(map(len, rows)) + 2
    return np.array([[CLS, *row, SEP, *[PAD] * (length - len(row) - 2)] for row in rows], dtype="int64")


def _tags(logits: "ndarray[Any, Any]", pieces: Pieces) -> tuple[tuple[Span, tuple[float, ...]], ...]:
    rows = (logits - logits[:, :1])[1:].tolist()
    return tuple((span, tuple(row)) for row, span in zip(rows, pieces.spans, strict=False) if span != NOWHERE)
