"""How much time an expression speaks of: "two and a half hours" is 2.5 of TH, "several weeks" an unsaid number of W.

TIMEX3 writes them P2W, PT2H30M, PXM; an unsaid number is None here.
"""

from collections.abc import Sequence

from twotrack.mark.dates.timewords import Expression, value_of

TIME_UNITS = {"TH": "H", "TM": "M", "TS": "S"}
LETTERS = {"D": "D", "N": "D", "W": "W", "F": "W", "WE": "WE", "M": "M", "Q": "Q", "Y": "Y", "E": "Y", "C": "Y"}
FACTORS = {"F": 2, "E": 10, "C": 100}  # how many of the letter's unit one is: a decade is ten years
HALVES = {"Y": ("M", 6), "D": ("TH", 12), "TH": ("TM", 30), "TM": ("TS", 30)}  # half of a unit in the next smaller one
RANGE = frozenset({"to", "or"})
VAGUE = frozenset({"several", "few", "many", "couple", "some", "dozens", "tens", "hundreds", "thousands", "handful", "number"})


def unit_of(expression: Expression) -> str:
    """The first unit of an expression: "D" for "three days ago"."""
    return next((str(unit) for unit in expression.values("UNIT") or expression.values("SPAN")), "D")


def quantity(expression: Expression, least: bool = False) -> float | None:
    """The number before its unit, None where it is unsaid: 3 for "three days", 2.5 for "two and a half hours".

    With `least`, the smaller one of "two to three weeks", which is unsaid without.
    """
    lowers = expression.lowers()
    at = next((n for n, lower in enumerate(lowers) if value_of("UNIT", lower) is not None), len(lowers))
    if lowers[at + 1 :] == ["or", "two"]:
        return None
    number = number_in(lowers[:at], least)
    if "half" in lowers[at:] and "and" in lowers[at:] and number is not None:
        number += 0.5
    return number


def most(expression: Expression) -> float | None:
    """The larger number of a range: 3 for "two to three weeks"; where there is no range, its number."""
    lowers = expression.lowers()
    at = max((n for n, lower in enumerate(lowers) if lower in RANGE), default=-1)
    return quantity(expression._replace(words=expression.words[at + 1 :]))


def number_in(lowers: Sequence[str], least: bool = False) -> float | None:
    """The number that words write: ["twenty", "four"] is 24, ["a", "few"] None, ["two", "or", "three"] None."""
    if "couple" in lowers:
        return 2
    if VAGUE & set(lowers):
        return None
    total = part = 0.0
    seen = False
    for n, lower in enumerate(lowers):
        count = value_of("COUNT", lower) or value_of("NUM", lower)
        much = value_of("MUCH", lower)
        if _is_range(lowers, n, seen):
            return total + part if least and seen else None
        if lower == "/" and part:
            return _fraction(lowers, n)
        if lower == "half":
            part += 0.5
        elif isinstance(count, (int, float)):
            part, seen = part + count, True
        elif isinstance(much, (int, float)):
            total, part, seen = total + max(part, 1) * much, 0, True
    if seen or part:
        return total + part
    return 1 if not lowers or {"a", "an", "another", "additional"} & set(lowers) or len(lowers) < 3 else None


def _is_range(lowers: Sequence[str], n: int, seen: bool) -> bool:
    """Whether a word stands between two numbers: "two to three", "ten-12", but no "up to 180"."""
    if lowers[n] in RANGE:
        return n == 0 or lowers[n - 1] != "up"
    return lowers[n] == "-" and seen and n + 1 < len(lowers) and lowers[n + 1].isdecimal()


def _fraction(lowers: Sequence[str], slash: int) -> float | None:
    """ "2 1/2" is 2.5: the slash stands between the parts of the fraction."""
    found = [value_of("NUM", lower) for lower in (*lowers[max(0, slash - 2) : slash], *lowers[slash + 1 : slash + 2])]
    numbers = [n for n in found if isinstance(n, (int, float))]
    if len(numbers) < 2 or not numbers[-1]:
        return None
    return (numbers[0] if len(numbers) == 3 else 0) + numbers[-2] / numbers[-1]


def period(number: float | None, unit: str) -> str:
    """A TIMEX3 duration: period(2.5, "TH") is "PT2H30M", period(None, "D") "PXD", period(2, "E") "P20Y"."""
    if unit in TIME_UNITS:
        letter, prefix = TIME_UNITS[unit], "PT"
    else:
        letter, prefix = LETTERS[unit], "P"
    if number is None:
        return f"{prefix}X{ {'E': 'E', 'C': 'C'}.get(unit, letter) }"
    number *= FACTORS.get(unit, 1)
    if number % 1 == 0.5 and unit in HALVES:
        smaller, count = HALVES[unit]
        rest = period(count, smaller).removeprefix("PT" if prefix == "PT" else "P")
        return f"{prefix}{int(number)}{letter}{rest}" if number > 1 else period(count, smaller)
    return f"{prefix}{number:g}{letter}"
