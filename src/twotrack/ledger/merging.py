"""Traits -> which claims are one entry. A pure function of the claims and of people's verdicts, whatever order they come in.

Claims are linked where they are alike enough, or where a person said so. What hangs together is a component; within it, entries
are told apart: each claim in turn, those with a date and those told first coming first, joins the entry whose claims it is most
like, unless one of these rules it out, or else founds an entry of its own. A chain of likenesses is so no entry by itself.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from twotrack.ledger.sameness import SAME, SHARED, Sameness, same
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

    def __init__(self, traits: Iterable[Trait] = ()) -> None:
        self.traits: dict[str, Trait] = {}
        self.postings: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for trait in traits:
            self.add(trait)

    def add(self, trait: Trait) -> None:
        self.traits[trait.claim] = trait
        for key in keys(trait):
            self.postings[key].append(trait.claim)

    def near(self, trait: Trait) -> list[Trait]:
        """Traits that share enough with this one to be the same, without itself: words, or what stands for words."""
        shared: Counter[str] = Counter()
        found: dict[str, None] = {}
        for key in keys(trait):
            if key[1]:
                shared.update(self.postings.get(key, ()))
            else:
                found |= dict.fromkeys(self.postings.get(key, ()))
        own = len(trait.words | trait.condition)
        for claim, number in shared.items():
            other = self.traits[claim]
            if number >= SHARED * min(own, len(other.words | other.condition)):
                found[claim] = None
        found.pop(trait.claim, None)
        return [self.traits[claim] for claim in found]


def keys(trait: Trait) -> Iterator[tuple[str, ...]]:
    """What a claim is found by: its words; of a meeting, and of a deed with a day, also who takes part, and where.

    A key with an empty second part is enough by itself; of words several must be shared.
    """
    for word in trait.words | trait.condition:
        yield trait.kind, word
    if trait.kind == "meeting" or (trait.kind == "event" and trait.type == "CONSULT" and trait.first):
        for party in (*trait.who, *trait.whom):
            for word in (party.id.split(".")[0],) if party.id else party.words.split():
                yield trait.kind, "", word
        for word in trait.condition:
            yield trait.kind, "", f"at {word}"
        if not (trait.who or trait.whom):
            yield trait.kind, "", "nobody named"


# --- components ---------------------------------------------------------------------------------------------------------


def linked_to(near: Mapping[str, Iterable[str]], traits: Mapping[str, Trait], verdicts: Verdicts) -> set[str]:
    """The claims that are alike enough to new ones, or judged the same; `near` has for each new one those to compare."""
    found = {
        other
        for claim, others in near.items()
        for other in others
        if judged(traits[claim], traits[other], verdicts).score >= SAME
    }
    return found | {other for a, b in verdicts.same for other in (a, b) if a in near or b in near}


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
    """The claims of a component as entries, each in order. Claims that a person said are the same are placed together."""
    made: list[list[Trait]] = []
    founded: dict[str, list[Trait]] = {}
    index = Index()
    for unit in _units(sorted(component, key=order), verdicts):
        entry = _joined(unit, index, founded, verdicts)
        if entry is None:
            made.append(entry := [])
        for trait in unit:
            entry.append(trait)
            founded[trait.claim] = entry
            index.add(trait)
    return [sorted(entry, key=order) for entry in made]


def _units(ordered: Sequence[Trait], verdicts: Verdicts) -> list[list[Trait]]:
    """Claims one by one, but those together that verdicts say are the same."""
    by_claim = {trait.claim: trait for trait in ordered}
    groups = Groups(by_claim)
    for a, b in sorted(verdicts.same):
        if a in by_claim and b in by_claim:
            groups.join(a, b)
    return [[by_claim[claim] for claim in group] for group in groups.all()]


def _joined(unit: Sequence[Trait], index: Index, founded: Mapping[str, list[Trait]], verdicts: Verdicts) -> list[Trait] | None:
    """The entry that claims join: the one that one of them is most like on the whole."""
    candidates: dict[int, list[Trait]] = {}
    for trait in unit:
        for other in index.near(trait):
            entry = founded[other.claim]
            candidates.setdefault(id(entry), entry)
    best: tuple[float, list[Trait]] | None = None
    for entry in sorted(candidates.values(), key=lambda entry: order(entry[0])):
        fit = fitness(unit, entry, verdicts)
        if fit is not None and (best is None or fit > best[0]):
            best = fit, entry
    return best[1] if best else None


def fitness(unit: Sequence[Trait], entry: Sequence[Trait], verdicts: Verdicts) -> float | None:
    """How well claims fit an entry: the best mean likeness of one to the claims there; None where they must not or need not."""
    if verdicts.other and any(verdicts.on(one.claim, other.claim) is JUDGED_OTHER for one in unit for other in entry):
        return None
    fits: list[float] = []
    for trait in unit:
        found = [judged(trait, other, verdicts) for other in entry[:COMPARED]]
        if max(one.score for one in found) >= SAME and not any(one.against for one in found):
            fits.append(sum(one.score for one in found) / len(found))
    return max(fits, default=None)


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
