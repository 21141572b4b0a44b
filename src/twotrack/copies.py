"""Which reports are one report: reprints, edited and reworded copies, as against independent reports of the same event.

Likeness is decided in this order:
1. The same words throughout: a reprint, however short.
2. Hardly any words outside quotations: five words in a row, quotations included.
3. Pairs of content words: how much of the shorter report stands in the other. Short reports must also keep the order of words;
   the same form with other figures (a daily bulletin) is no copy.
4. Names and figures in the same order: a report told anew keeps them so, two people who saw the same do not.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from twotrack.fingerprints import Fingerprint, Hashes, fingerprint, hashes

__all__ = ["Fingerprint", "Likeness", "compare", "fingerprint"]

Kind = Literal["reprint", "edited", "reworded", "possibly derived", "independent"]

# Containment of pairs in the shorter report. Set on 70 real texts of four events: no independent pair of 411 reached .30, and
# at .35 every pair was one report; of 3,082 pairs of other texts one did.
ONE_REPORT = 0.35
POSSIBLY_DERIVED = 0.20
# Reports under SHORT content words share pairs by chance: the share of words kept in order must be high too, counted as if
# SHORT_PENALTY more words had been lost. Set on the same 70 texts.
SHORT = 60
SHORT_PAIRS = 0.30
SHORT_ORDER = 0.42
SHORT_PENALTY = 20
# Under so many content words outside quotations not even the same words would pass SHORT_ORDER. What the quotations say is
# compared instead, where there are so many words in a row of them.
WORDLESS = 15
WORDLESS_SHINGLES = 40
# Five words in a row: in tests/copies cut reports keep .95 of them or more, reports with a fifth of their words changed .38 or
# less; between them lie articles that an editor went over for the next day's paper.
REPRINT = 0.9
EDITED = 0.6
# The same form with other figures: of four figures or more, copies in tests/copies share .8 or more, and a ministry's bulletins
# of different days .56 or less.
FIGURES_ENOUGH = 4
FIGURES_SHARED = 0.6
# Names and figures in the same order (twice the longest common subsequence through both lengths). In tests/copies rewritings
# of whole reports have .63 or more and other agencies' reports of the event .55 or less; of the 7,206 likeliest of 696,790
# pairs of other news texts none that shares less than .3 of its pairs has more than .53.
ANCHORS_ENOUGH = 15
ANCHORS_ONE_REPORT = 0.62
ANCHORS_POSSIBLY = 0.57
ANCHORS_PAIRS = 0.04  # rewritings through another language have .05 or more; pairs of reports on anything, .01


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two reports are to each other, how much of the shorter one's pairs stand in the other (0 to 1), and why."""

    kind: Kind
    containment: float
    why: str

    @property
    def one_report(self) -> bool:
        """Whether the two are one report."""
        return self.kind in ("reprint", "edited", "reworded")

    @property
    def independent(self) -> bool:
        """Whether each can stand as a source of its own."""
        return self.kind == "independent"


def compare(a: Fingerprint, b: Fingerprint) -> Likeness:
    """What two reports are to each other; the order of the two does not matter.

    "Talks ended on Tuesday without agreement ..." and "Negotiations concluded on Tuesday with no accord ..." -> reworded.
    """
    if a.exact == b.exact:
        return Likeness("reprint", 1.0, "the same words throughout")
    share = contained(hashes(a.pairs), hashes(b.pairs))
    if min(a.length, b.length) < WORDLESS:
        return _by_quotations(a, b, share)
    found = f"{share:.0%} of the shorter one's word pairs in the other"
    if _copied(a, b, share):
        if other_figures(a, b):
            return Likeness("possibly derived", share, f"{found}, but other figures")
        return Likeness(_manner(words_in_row(a, b)), share, found)
    return _by_anchors(a, b, share, found)


def contained(a: Hashes, b: Hashes) -> float:
    """The share of the smaller of two sorted sets that is in the other; 0 where one is empty."""
    smaller = min(len(a), len(b))
    return len(np.intersect1d(a, b, assume_unique=True)) / smaller if smaller else 0.0


def words_in_row(a: Fingerprint, b: Fingerprint) -> float:
    """How much of the shorter report stands in the other by five words in a row, quotations included."""
    return contained(hashes(a.shingles), hashes(b.shingles))


def common_in_order(a: list[int], b: list[int]) -> int:
    """The length of the longest common subsequence, by bits (Hyyrö 2004): linear in b as long as a fits a few machine words."""
    places: dict[int, int] = {}
    for n, item in enumerate(a):
        places[item] = places.get(item, 0) | 1 << n
    full = (1 << len(a)) - 1
    row = full
    for item in b:
        if matches := row & places.get(item, 0):
            row = ((row + matches) | (row - matches)) & full
    return len(a) - row.bit_count()


def anchors_in_order(a: Fingerprint, b: Fingerprint) -> float:
    """How far names and figures come in the same order, 0 to 1; 0 where there are too few, or less than ANCHORS_POSSIBLY."""
    left, right = hashes(a.anchors).tolist(), hashes(b.anchors).tolist()
    if min(len(left), len(right)) < ANCHORS_ENOUGH:
        return 0.0
    either = set(left) & set(right)
    most = min(sum(map(either.__contains__, left)), sum(map(either.__contains__, right)))
    if 2 * most < ANCHORS_POSSIBLY * (len(left) + len(right)):
        return 0.0  # too few in common in whatever order, as of nearly all pairs
    return 2 * common_in_order(*sorted((left, right), key=len)) / (len(left) + len(right))


def other_figures(a: Fingerprint, b: Fingerprint) -> bool:
    """Whether both have figures and hardly the same: "14 aircraft and five ships" and "23 aircraft and eight ships"."""
    left, right = hashes(a.figures), hashes(b.figures)
    return min(len(left), len(right)) >= FIGURES_ENOUGH and contained(left, right) < FIGURES_SHARED


def _copied(a: Fingerprint, b: Fingerprint, share: float) -> bool:
    short = min(a.length, b.length)
    if short >= SHORT:
        return share >= ONE_REPORT
    if share < SHORT_PAIRS:
        return False
    less, more = sorted((a, b), key=lambda one: (one.length, one.words))
    kept = common_in_order(hashes(less.words).tolist(), hashes(more.words).tolist())
    return kept / (short + SHORT_PENALTY) >= SHORT_ORDER


def _manner(in_row: float) -> Kind:
    return "reprint" if in_row >= REPRINT else "edited" if in_row >= EDITED else "reworded"


def _by_quotations(a: Fingerprint, b: Fingerprint, share: float) -> Likeness:
    enough = min(len(a.shingles), len(b.shingles)) >= WORDLESS_SHINGLES
    in_row = words_in_row(a, b)
    if enough and in_row >= EDITED and not other_figures(a, b):
        return Likeness(_manner(in_row), share, f"{in_row:.0%} of the shorter one's five words in a row in the other")
    return Likeness("independent", share, "too few words outside quotations in common")


def _by_anchors(a: Fingerprint, b: Fingerprint, share: float, found: str) -> Likeness:
    looked = share >= ANCHORS_PAIRS and min(a.length, b.length) >= SHORT
    in_order = anchors_in_order(a, b) if looked else 0.0
    if in_order >= ANCHORS_POSSIBLY:
        found = f"{found}, and {in_order:.0%} of names and figures in the same order"
    if in_order >= ANCHORS_ONE_REPORT:
        return Likeness("reworded", share, found)
    possibly = POSSIBLY_DERIVED if min(a.length, b.length) >= SHORT else SHORT_PAIRS
    derived = share >= possibly or in_order >= ANCHORS_POSSIBLY
    return Likeness("possibly derived" if derived else "independent", share, found)
