"""What the sides speak about: issues, named in case.toml or found in the entries' own words. Values in, values out.

An issue that is found is a word that stands in many entries, best in those of several sides: "crossing", "guarantees". The
words of the parties' names are none. Entries go to the issue that holds most of them first, and each to one.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache

from twotrack.fingerprints import WORD, normalised
from twotrack.ledger.rows import actors_of
from twotrack.ledger.traits import beside, stems, told_in
from twotrack.model import Claim, Entry
from twotrack.wording import side_of

LEAST = 3  # entries that make an issue
MOST = 8  # issues that are found; more than a reader takes in says less
SHORTEST = 4  # letters: "end", "set" and "go" name nothing
OTHER = "Other"
# Stems that stand for acts, not for what they are about.
ACTS = frozenset(stems("demand promise warn reject accuse offer agree deny condemn postpone cancel start give ask"))


def by_issue(entries: Sequence[Entry], named: Mapping[str, Sequence[str]]) -> dict[str, tuple[Entry, ...]]:
    """Entries by issue, in the order of `named` and then of size; what belongs to none comes last, as OTHER."""
    parties = {stem for entry in entries for _, actor in actors_of(entry.lead) for stem in stems(actor.name or "")}
    words = {entry.id: issue_words(entry.lead, parties) for entry in entries}
    sides = {entry.id: side_of_entry(entry) for entry in entries}
    found: dict[str, list[Entry]] = {name: [] for name in named}
    rest: list[Entry] = []
    for entry in entries:
        own = next((name for name, given in named.items() if set(words[entry.id]) & _stems_of(given)), None)
        (found[own] if own else rest).append(entry)
    while len(found) < MOST + len(named) and (stem := _largest(rest, words, sides)):
        here = [entry for entry in rest if stem in words[entry.id]]
        found[_name(stem, here, words)] = here
        rest = [entry for entry in rest if stem not in words[entry.id]]
    return {name: tuple(own) for name, own in (*found.items(), (OTHER, rest)) if own}


def _stems_of(given: Iterable[str]) -> set[str]:
    return {stem for word in given for stem in stems(word)}


def issue_words(claim: Claim, parties: Collection[str]) -> dict[str, str]:
    """Stem -> word as written, of what a claim is about, without the names of those who take part anywhere."""
    told = " ".join([*(cite.text for cite in told_in(claim)), beside(claim)])
    found: dict[str, str] = {}
    for word in WORD.findall(normalised(told)):
        for stem in _stems(word):
            if stem not in parties and len(word) >= SHORTEST and not word[0].isdigit() and stem not in ACTS:
                found.setdefault(stem, word)
    return found


@lru_cache(maxsize=1 << 14)
def _stems(word: str) -> tuple[str, ...]:
    return tuple(stems(word))


def _largest(rest: Sequence[Entry], words: Mapping[str, Collection[str]], sides: Mapping[str, str]) -> str | None:
    """The stem that stands in most entries, counted once more for every side beyond the first that uses it."""
    entries: Counter[str] = Counter()
    using: dict[str, set[str]] = defaultdict(set)
    for entry in rest:
        for stem in words[entry.id]:
            entries[stem] += 1
            using[stem].add(sides[entry.id])
    enough = [stem for stem, count in entries.items() if count >= LEAST]
    return max(enough, key=lambda stem: (entries[stem] + len(using[stem]) - 1, stem), default=None)


def _name(stem: str, entries: Iterable[Entry], words: Mapping[str, Mapping[str, str]]) -> str:
    """The commonest form of the stem in these entries."""
    forms = Counter(words[entry.id][stem] for entry in entries)
    return max(forms, key=lambda form: (forms[form], form)).capitalize()


def side_of_entry(entry: Entry) -> str:
    """The side whose statement or commitment an entry is: the speaker's, or the first party's."""
    first = next((actor for role, actor in actors_of(entry.lead) if role in ("speaker", "party")), None)
    party = next((actor for role, actor in actors_of(entry.lead) if role == "party"), None)
    return side_of(party or first)
