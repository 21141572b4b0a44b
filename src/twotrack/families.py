"""Reports -> families: reports that are one report. Only families are independent of each other.

Reports are taken from the earliest on, the fullest of a day first, so that the result does not depend on the order of adding.
Each joins the family whose first report it copies, or founds one. A chain is no family: a roundup is like each report that it
holds, and a flash is like each report that begins with it. So a report must be like the family's first and like its fullest
report; one that is like only one of them founds a family of its own, possibly derived from that one.
"""

from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import numpy as np

from twotrack.copies import REPRINT, Likeness, compare
from twotrack.fingerprints import Fingerprint, hashes

DAYS = 5  # copies come within days; the same wording later is mostly an outlet's own background, told again
SAMPLE = 8  # one pair of so many is indexed: the smallest hashes, so that every report samples the same ones
ANCHOR_REACH = 3  # names and figures indexed together, either one first: a rewriting moves them within the sentence
COMMON = 64  # families that share a pair within DAYS; one that more share is a phrase of the day and points to nothing
SHARED = 2  # keys that a candidate must share, and
SHARED_PART = 0.1  # of the keys of the one that has fewer; one report in tests/copies shares .21 or more
CANDIDATES = 20  # families compared at most, those sharing most keys; in tests/copies a copy's own is among the first eight
ODD, OTHER_ODD = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)  # multipliers that spread hashes evenly
FULLER = 1.5  # times the first report's words: what has no more than that is a rewriting, and holds nothing else


class Member(NamedTuple):
    """A report, and what it is to another."""

    report: str
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class Family:
    """Reports that are one report, the first one first, each with its likeness to the first.

    `fullest` is the report that holds most, where it holds clearly more than the first; `derived_from` has the first reports of
    families that this one may be derived from. A family derived from another is never counted as independent.
    """

    members: tuple[Member, ...]
    fullest: str
    derived_from: tuple[Member, ...] = ()

    @property
    def first(self) -> str:
        """The earliest report."""
        return self.members[0].report

    @property
    def independent(self) -> bool:
        """Whether the family can stand as a source of its own."""
        return not self.derived_from


def families(fingerprints: Iterable[Fingerprint], days: int | None = DAYS) -> tuple[Family, ...]:
    """Families of reports, in the order of their first reports; copies are looked for within `days` (None: whenever).

    A report without a date is compared with all others and counts as the earliest. The same words throughout are one report
    whenever they appear.
    """
    growing: list[_Growing] = []
    index = _Index(days)
    exact: dict[str, _Growing] = {}
    for one in sorted(fingerprints, key=_order):
        family = exact.get(one.exact)
        if family is None:
            found = keys(one)
            family, links = _placed(one, index.candidates(one, found))
            if family is None:
                family = _Growing(one, one, len(found), derived_from=links)
                growing.append(family)
                index.add(one, found, family)
            elif one.length > max(FULLER * family.first.length, family.fullest.length):
                family.fullest = one
                index.add(one, found, family)
            exact[one.exact] = family
        family.members.append((one, compare(one, family.first)))
    return tuple(_finished(family) for family in growing)


def _order(one: Fingerprint) -> tuple[date, int, str, str]:
    return one.published or date.min, -one.length, one.exact, one.report


@dataclass(eq=False)
class _Growing:
    first: Fingerprint
    fullest: Fingerprint
    keys: int  # of the first report, the smaller of the two
    members: list[tuple[Fingerprint, Likeness]] = field(default_factory=list)
    derived_from: list[tuple[Fingerprint, Likeness]] = field(default_factory=list)


def _placed(one: Fingerprint, candidates: list[_Growing]) -> tuple[_Growing | None, list[tuple[Fingerprint, Likeness]]]:
    """The family that a report joins, the likeliest if several would have it; else the families it may be derived from."""
    joined: list[tuple[float, int, _Growing]] = []
    links: list[tuple[Fingerprint, Likeness]] = []
    for n, family in enumerate(candidates):
        first = compare(one, family.first)
        fullest = first if family.fullest is family.first else compare(one, family.fullest)
        if first.one_report and fullest.one_report:
            joined.append((-first.containment, n, family))
            if first.containment >= REPRINT:
                break
        elif not (first.independent and fullest.independent):
            links.append((family.first, first if not first.independent else fullest))
    return (min(joined)[2], []) if joined else (None, links)


def _finished(family: _Growing) -> Family:
    return Family(
        tuple(Member(one.report, likeness) for one, likeness in family.members),
        family.fullest.report,
        tuple(Member(one.report, likeness) for one, likeness in family.derived_from),
    )


def keys(one: Fingerprint) -> list[int]:
    """What a report is found by: a sample of its pairs, and its neighbouring names and figures; 33-bit integers."""
    pairs = hashes(one.pairs)
    sample = pairs[: np.searchsorted(pairs, 2**32 // SAMPLE)].tolist()
    anchors = hashes(one.anchors).astype(np.uint64)
    near: set[int] = set()
    for gap in range(1, ANCHOR_REACH + 1):
        left, right = anchors[:-gap], anchors[gap:]
        either = np.minimum(left, right) * ODD ^ np.maximum(left, right) * OTHER_ODD
        near.update((either[left != right] >> np.uint64(32)).tolist())
    return [*sample, *(key | 1 << 32 for key in sorted(near))]


class _Index:
    """Families by the keys of their first and fullest reports; forgets those that are too old for the reports to come."""

    def __init__(self, days: int | None) -> None:
        self.days = days
        self.postings: dict[int, list[_Growing]] = {}
        self.queue: deque[tuple[date, list[int], _Growing]] = deque()

    def add(self, one: Fingerprint, found: list[int], family: _Growing) -> None:
        for key in found:
            self.postings.setdefault(key, []).append(family)
        if one.published is not None and self.days is not None:
            self.queue.append((one.published, found, family))

    def candidates(self, one: Fingerprint, found: list[int]) -> list[_Growing]:
        """The families that share most keys with a report, the first founded first where they share as many."""
        if one.published is not None:
            self._forget(one.published)
        shared: Counter[int] = Counter()
        met: dict[int, _Growing] = {}
        for key in found:
            posted = self.postings.get(key, ())
            if len(posted) <= COMMON:
                met |= {id(family): family for family in posted}
                shared.update(map(id, posted))
        enough = [n for n, count in shared.items() if count >= max(SHARED, SHARED_PART * min(len(found), met[n].keys))]
        likely = sorted(enough, key=lambda n: (-shared[n], _order(met[n].first)))
        return [met[n] for n in likely[:CANDIDATES]]

    def _forget(self, day: date) -> None:
        while self.queue and self.days is not None and (day - self.queue[0][0]).days > self.days:
            _, found, family = self.queue.popleft()
            for key in found:
                posted = self.postings[key]
                posted.remove(family)
                if not posted:
                    del self.postings[key]
