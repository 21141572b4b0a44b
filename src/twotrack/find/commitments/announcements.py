"""What is found before it is a claim: acts and announcements as token indices, and the words that announce them.

"Quito demanded that Lima withdraw" -> Announcement("demand", at "demanded", by "Quito", to "Lima", "withdraw").
"""

from functools import lru_cache
from typing import NamedTuple

from twotrack.lexicon import Row, rows
from twotrack.model import ActKind, Relation, Span, Strength

WILL = frozenset({"will", "would", "'ll", "’ll", "'d", "’d", "shall", "wo"})
MAYBE = frozenset({"may", "might", "could", "can", "ca"})
SHIFTED = frozenset({"would", "'d", "’d"})  # "will" as told later


class Announcement(NamedTuple):
    """A commitment as token indices and spans, before its actors, dates and condition are looked up."""

    kind: ActKind
    trigger: int
    party: tuple[int, ...]
    toward: tuple[int, ...]
    act: Span
    act_head: int
    strength: Strength
    rule: str
    confidence: float
    speaker: int | None = None
    condition: Span | None = None
    relation: Relation | None = None


class Act(NamedTuple):
    """What a frame yields: the act's words, its head, whom it is directed at, whether it is negated, and who would do it."""

    span: Span
    head: int
    toward: tuple[int, ...] = ()
    negated: bool = False
    doer: tuple[int, ...] = ()


@lru_cache
def rows_by_lemma(table: str) -> dict[str, tuple[Row, ...]]:
    """The rows of one word class by lemma; the rarer reading of a word ("warned X to") stands first in the file."""
    found: dict[str, list[Row]] = {}
    for row in rows("commitments", table, "id", "lemmas", "kind", "frames", "confidence", "examples"):
        for lemma in row["lemmas"]:
            found.setdefault(lemma, []).append(row)
    return {lemma: tuple(some) for lemma, some in found.items()}
