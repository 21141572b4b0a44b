"""Verbs joined by "and" that the parser hangs on the wrong one of two: what is said, instead of who says it.

"The ministry denied that the firm was at fault, and has invited officials": the parser joins "has invited" to "was"; its form
tells that it goes with "denied", as "would go and said" tells of "said". Heads alone are given back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
COMPLEMENTS = frozenset({"ccomp", "xcomp", "advcl"})
FINITE = frozenset({"VBD", "VBZ"})
HARMING = frozenset({"killing", "wounding", "injuring", "damaging", "destroying", "hurting"})
SAYING = frozenset({"said", "says", "recalled", "reported", "told", "announced", "claimed", "added", "alleged"})
CLAUSES = COMPLEMENTS | {"relcl", "acl"}
PERFECT = frozenset({"has", "have"})


@dataclass(frozen=True)
class Words:
    """A parsed piece: for every word its head, dependency, tag, and form in lower case."""

    heads: Sequence[int]
    deps: Sequence[str]
    tags: Sequence[str]
    lowers: Sequence[str]

    @cached_property
    def below(self) -> list[list[int]]:
        """For every word those that hang on it."""
        return children(self.heads)

    def helpers(self, n: int) -> set[str]:
        """The auxiliaries of a verb."""
        return {self.lowers[c] for c in self.below[n] if self.deps[c] in ("aux", "auxpass")}


def children(heads: Sequence[int], base: int = 0) -> list[list[int]]:
    """For every word the words that hang on it; `base` is the number of the first."""
    below: list[list[int]] = [[] for _ in heads]
    for n, head in enumerate(heads):
        if head != n:
            below[head].append(base + n)
    return below


def rejoined(words: Words) -> list[int]:
    """The heads of all words, with joined verbs under the verb that their form goes with."""
    heads = list(words.heads)
    for n, dep in enumerate(words.deps):
        if (harming := _harming(words, n)) is not None:
            heads[n] = harming
        if dep != "conj" or words.deps[heads[n]] not in COMPLEMENTS or any(words.deps[c] in SUBJECTS for c in words.below[n]):
            continue
        above = _goes_with(words, n)
        if above is None:
            continue
        first = min([n, *words.below[n]])
        for c in (first - 1, first - 2):  # ", and"
            if c > 0 and heads[c] == heads[n] and words.deps[c] in ("cc", "punct"):
                heads[c] = above
        heads[n] = above
    return heads


def _harming(words: Words, n: int) -> int | None:
    """The verb of "recalled how troops shot at a boat, killing one man" that kills: the nearest, not the verb of saying."""
    head = words.heads[n]
    if words.deps[n] != "advcl" or words.lowers[n] not in HARMING or words.lowers[head] not in SAYING or head > n:
        return None
    between = (k for k in range(n - 1, head, -1) if words.tags[k] in ("VBD", "VBZ", "VBP") and words.deps[k] in CLAUSES)
    return next(between, None) if words.lowers[n - 1] == "," else None


def _goes_with(words: Words, n: int) -> int | None:
    """The verb above that a verb is joined to by its form, where that is not the one which the parser has."""
    head = words.heads[n]
    above = words.heads[head]
    if above >= head or words.tags[above][:2] != "VB":
        return None
    if words.tags[n] in FINITE and words.tags[head] == "VB":  # "said it would go, and left"
        return above if words.tags[above] != "VB" else None
    parted = n > 1 and words.lowers[n - 2] == ","
    if parted and words.tags[n] == words.tags[above] == "VBD" and "had" in words.helpers(head):
        return above  # "denied that it had lost a jet, and accused the army"
    perfect = words.helpers(n) & PERFECT
    return above if perfect and perfect <= words.helpers(above) and not perfect & words.helpers(head) else None
