"""How well an entry is sourced: the Admiralty code's letter for the outlet, its digit for corroboration. Pure.

The grade says how well it is sourced that something was said or done, not whether what was said is so. The digits:

1  three or more independent families tell it, one of them at least on the record, and nobody contradicts
2  two independent families, one of them at least on the record, and nobody contradicts
3  one family on the record, or several on the word of people who are not named
4  one family, on the word of somebody not named
5  sources contradict each other, and fewer than two families on the record tell it
6  no family that stands on its own tells it

A contradicted entry falls by one digit otherwise.
"""

from collections.abc import Sequence

from twotrack.model import Grade, Source, Statement

UNKNOWN = "F"
MANY, TWO = 3, 2  # independent families


def grade(sources: Sequence[Source], disputed: bool) -> Grade:
    """The grade of an entry with these sources: Grade("B", 2, "2 independent families, 1 on the record")."""
    independent = independent_families(sources)
    named = {one.family for one in sources if one.family in independent and on_record(one)}
    letter = min((one.letter for one in sources), default=UNKNOWN)
    digit = _digit(len(independent), len(named))
    why = f"{_counted(len(independent), 'independent family', 'independent families')}, {len(named)} on the record"
    if not disputed:
        return Grade(letter, digit, why)
    fallen = max(digit, 5) if len(named) < TWO else digit + 1
    return Grade(letter, fallen, f"{why}, and sources contradict each other")


def independent_families(sources: Sequence[Source]) -> frozenset[str]:
    """The families that stand on their own, less those that only pass on what another outlet in the entry reported."""
    outlets = {one.family: {each.outlet for each in sources if each.family == one.family} for one in sources}
    own: set[str] = set()
    for one in sources:
        others = {outlet for family, found in outlets.items() if family != one.family for outlet in found}
        if one.independent and not others & set(one.leans_on):
            own.add(one.family)
    return frozenset(own)


def on_record(source: Source) -> bool:
    """Whether a named speaker or the report itself stands for the claim; an unnamed official does not."""
    if isinstance(source.claim, Statement):
        return not source.claim.anonymous and source.claim.speaker is not None
    return source.said_by is None or not source.said_by.anonymous


def _digit(families: int, named: int) -> int:
    if not families:
        return 6
    if named:
        return 1 if families >= MANY else 2 if families >= TWO else 3
    return 3 if families >= TWO else 4


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
