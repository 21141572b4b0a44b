"""Traits -> which claims are one entry. A pure function of the claims and of people's verdicts, whatever order they come in.

Claims are linked where they are alike enough, or where a person said so. What hangs together is a component; within it, entries
are told apart: each claim in turn, those with a date and those told first coming first, joins the entry whose claims it is most
like, unless one of these rules it out, or else founds an entry of its own. A chain of likenesses is so no entry by itself.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from twotrack.ledger.sameness import SAME, Sameness, same
from twotrack.ledger.traits import Trait

Pair = tuple[str, str]
# Claims of an entry that another is compared with, the first ones. More would cost time; entries of more claims hardly gain.
COMPARED = 8
JUDGED_SAME = Sameness(1.0, "a person judged them the same")
JUDGED_OTHER = Sameness(0.0, "a person judged them not the same", against=True)


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What people judged: pairs of claims that are about the same thing, and pairs that are not. Pairs are in order of ids."""

    same: frozenset[Pair] = frozenset()
    other: frozenset[Pair] = frozenset()

    def on(self, a: str, b: str) -> Sameness | None:
        """The verdict on two claims."""
        pair = pair_of(a, b)
        return JUDGED_SAME if pair in self.same else JUDGED_OTHER if pair in self.other else None


def pair_of(a: str, b: str) -> Pair:
    """Two ids in their order."""
    return (a, b) if a < b else (b, a)


def judged(a: Trait, b: Trait, verdicts: Verdicts) -> Sameness:
    """Whether two claims are about the same thing, as a person said or else as they look."""
    return verdicts.on(a.claim, b.claim) or same(a, b)


# --- who might be alike -------------------------------------------------------------------------------------------------


class Index:
    """Traits by what like claims share, so that each is compared with few others."""

    def __init__(self) -> None:
        self.postings: dict[tuple[str, ...], list[Trait]] = defaultdict(list)

    def add(self, trait: Trait) -> None:
        for key in keys(trait):
            self.postings[key].append(trait)

    def near(self, trait: Trait) -> list[Trait]:
        """Traits that share a key with this one, each once, without itself."""
        found = {other.claim: other for key in keys(trait) for other in self.postings.get(key, ())}
        found.pop(trait.claim, None)
        return list(found.values())


def keys(trait: Trait) -> Iterator[tuple[str, ...]]:
    """What a claim is found by: its words; of a meeting or a dated event also the states that take part.

    Two claims without a common key are never the same: `same` asks for words in common everywhere else.
    """
    for word in trait.words:
        yield trait.kind, word
    if trait.kind == "meeting" or (trait.kind == "event" and trait.first):
        for party in (*trait.who, *trait.whom):
            yield trait.kind, "", (party.id or party.words).split(".")[0]


# --- components ---------------------------------------------------------------------------------------------------------


def components(traits: Iterable[Trait], verdicts: Verdicts) -> list[list[Trait]]:
    """The traits in groups that hang together by likeness or verdict, each group and all groups in order."""
    ordered = sorted(traits, key=order)
    by_claim = {trait.claim: trait for trait in ordered}
    groups = Groups(by_claim)
    index = Index()
    for trait in ordered:
        for other in index.near(trait):
            if not groups.together(trait.claim, other.claim) and judged(trait, other, verdicts).score >= SAME:
                groups.join(trait.claim, other.claim)
        index.add(trait)
    for a, b in verdicts.same:
        if a in by_claim and b in by_claim:
            groups.join(a, b)
    return [[by_claim[claim] for claim in group] for group in groups.all()]


class Groups:
    """Sets that grow together (union-find)."""

    def __init__(self, items: Iterable[str]) -> None:
        self.parent = {item: item for item in items}

    def root(self, item: str) -> str:
        while self.parent[item] != item:
            self.parent[item] = item = self.parent[self.parent[item]]
        return item

    def together(self, a: str, b: str) -> bool:
        return self.root(a) == self.root(b)

    def join(self, a: str, b: str) -> None:
        self.parent[self.root(b)] = self.root(a)

    def all(self) -> list[list[str]]:
        """The groups, in the order of their first items."""
        found: dict[str, list[str]] = {}
        for item in self.parent:
            found.setdefault(self.root(item), []).append(item)
        return list(found.values())


def order(trait: Trait) -> tuple[bool, bool, date, str, int, str]:
    """Dated claims first, then those told first: what is vague joins what is definite, and what is gone joins what is there."""
    return not trait.live, trait.first is None, trait.told or date.max, trait.report, trait.place, trait.claim


# --- entries ------------------------------------------------------------------------------------------------------------


def entries_in(component: Iterable[Trait], verdicts: Verdicts) -> list[list[Trait]]:
    """The claims of a component as entries, each in order."""
    made: list[list[Trait]] = []
    partners = _partners(verdicts)
    founded: dict[str, list[Trait]] = {}
    index = Index()
    for trait in sorted(component, key=order):
        entry = _joined(trait, index, founded, partners.get(trait.claim, ()), verdicts)
        if entry is None:
            made.append(entry := [])
        entry.append(trait)
        founded[trait.claim] = entry
        index.add(trait)
    return _joined_by_verdict(made, verdicts)


def _partners(verdicts: Verdicts) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for a, b in verdicts.same:
        found[a].append(b)
        found[b].append(a)
    return found


def _joined(
    trait: Trait, index: Index, founded: Mapping[str, list[Trait]], partners: Collection[str], verdicts: Verdicts
) -> list[Trait] | None:
    """The entry that a claim joins: the one it is most like on the whole."""
    for partner in partners:
        if partner in founded:
            return founded[partner]
    candidates: dict[int, list[Trait]] = {}
    for other in index.near(trait):
        entry = founded[other.claim]
        candidates.setdefault(id(entry), entry)
    best: tuple[float, list[Trait]] | None = None
    for entry in sorted(candidates.values(), key=lambda entry: order(entry[0])):
        fit = fitness(trait, entry, verdicts)
        if fit is not None and (best is None or fit > best[0]):
            best = fit, entry
    return best[1] if best else None


def fitness(trait: Trait, entry: list[Trait], verdicts: Verdicts) -> float | None:
    """How well a claim fits an entry: its mean likeness to the claims there; None where it must not or need not join."""
    found = [judged(trait, other, verdicts) for other in entry[:COMPARED]]
    if any(one.against for one in found) or max(one.score for one in found) < SAME:
        return None
    if any(verdicts.on(trait.claim, other.claim) is JUDGED_OTHER for other in entry):
        return None
    return sum(one.score for one in found) / len(found)


def _joined_by_verdict(made: list[list[Trait]], verdicts: Verdicts) -> list[list[Trait]]:
    """Entries that a verdict says are one, which may have been founded before the verdict's other claim came."""
    place = {trait.claim: n for n, entry in enumerate(made) for trait in entry}
    groups = Groups([str(n) for n in range(len(made))])
    for a, b in sorted(verdicts.same):
        if a in place and b in place:
            groups.join(str(place[a]), str(place[b]))
    return [sorted((trait for n in group for trait in made[int(n)]), key=order) for group in groups.all()]


def reasons(entry: Iterable[Trait], verdicts: Verdicts) -> dict[str, str]:
    """Claim -> why it belongs to the entry: the earlier claim that it is most like, and in what. The first has no reason."""
    found: dict[str, str] = {}
    seen: list[Trait] = []
    for trait in sorted(entry, key=order):
        if seen:
            like = max(((judged(trait, other, verdicts), other) for other in seen), key=lambda pair: pair[0].score)
            found[trait.claim] = f"like {like[1].claim} ({like[0].score:.2f}): {like[0].why}"
        seen.append(trait)
    return found
