"""Temporal expressions as words: a text is read into classes of words, and the rules of data/dates.toml are run over those.

Every word becomes one character that stands for the set of classes and literal words it satisfies; a rule is a regular
expression over such characters, so that "early January 10, 2022" is four characters long and matching costs next to nothing.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import NamedTuple

from twotrack.errors import LexiconError
from twotrack.lexicon import Row, rows

TOKEN = re.compile(
    r"\d{4}-\d{2}-\d{2}(?!\d)|\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2})(?![\d/])|\d{1,2}:\d\d(?!\d)|['’`]?\d0s\b"
    r"|\d+(?:,\d{3})*(?:\.\d+)?(?:st\b|nd\b|rd\b|th\b|s\b)?|o['’]clock\b|['’]s\b"
    r"|\b[QH][1-4]\b|(?:[^\W\d_]\.){2,}|[AaPp]\.[Mm]\b|[^\W\d_]+|[^\w\s]|\w"
)
ABBREVIATED = re.compile(r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed|thur?s?|fri|sat|sun|thu)$")
OTHER = "\x00"  # the character of a word that no rule knows
RUN = re.compile(f"[^{OTHER}]+")  # words that the rules know, side by side
FIRST_SIGN = 0xE000  # private use area: a sign is never a character of the pattern language
ATOM = re.compile(r"\(\?<?[=!]|[()|?*+]|\{\d*,?\d*\}|'('s|[^']+|')'|([A-Z]+)|([a-z.]+)|(\s+)")
MAX_DAY, FIRST_YEAR, LAST_YEAR = 31, 1000, 2199


class Word(NamedTuple):
    """A word or a mark of punctuation: its characters in the text and its lower-cased form."""

    start: int
    end: int
    lower: str


class Rule(NamedTuple):
    """A rule of the lexicon: its name, the function that reads what it finds, and a value where that is always the same."""

    name: str
    meaning: str
    value: str


class Expression(NamedTuple):
    """What a rule found: its words, and the words before and after (empty at a paragraph's ends)."""

    rule: Rule
    words: tuple[Word, ...]
    before: str
    after: str

    def values(self, kind: str) -> list[str | float]:
        """The values of its words of a class: "January 10" has [1] for MONTH."""
        return [value for word in self.words if (value := value_of(kind, word.lower)) is not None]

    def lowers(self) -> list[str]:
        return [word.lower for word in self.words]


class Grammar(NamedTuple):
    """The compiled rules: signs of words (by case), signs of counted shapes, one pattern over signs."""

    small: Mapping[str, str]
    capital: Mapping[str, str]
    counted: Mapping[frozenset[str], str]
    pattern: re.Pattern[str]
    core: re.Pattern[str]  # a sign that is more than glue: no expression is without one
    rules: tuple[Rule, ...]


@lru_cache
def lexicon() -> Mapping[str, Mapping[str, str | float]]:
    """Class -> word -> value: {"MONTH": {"january": 1, ...}, ...}."""
    return {row["class"]: row["values"] for row in rows("dates", "word", "class", "values", "examples")}


def value_of(kind: str, lower: str) -> str | float | None:
    """The value of a word as a member of a class, or None: value_of("MONTH", "jan.") is 1."""
    listed = lexicon().get(kind, {}).get(lower)
    if listed is not None or not (lower[0].isdigit() or lower[0] in "'’`"):
        return listed
    return _number(lower) if kind in _shapes(lower) else None


def _number(lower: str) -> float | str:
    digits = re.sub(r"(?:st|nd|rd|th|,)", "", lower)
    return float(digits) if re.fullmatch(r"\d{1,12}(?:\.\d{1,6})?", digits) else lower


@lru_cache(maxsize=4096)
def _shapes(lower: str) -> frozenset[str]:
    """The counted classes of a numeral: "10" is NUM, DAY and HOUR, "2014" NUM and YEAR, "10:35" CLOCK."""
    if lower.isdecimal():
        number = int(lower) if len(lower) < 5 else 99999
        found = {"NUM"}
        found |= {"DAY"} if 1 <= number <= MAX_DAY and len(lower) < 3 else set()
        found |= {"HOUR"} if number <= 24 and len(lower) < 3 else set()
        return frozenset(found | ({"YEAR"} if len(lower) == 4 and FIRST_YEAR <= number <= LAST_YEAR else set()))
    if m := re.fullmatch(r"(\d{1,4})(?:st|nd|rd|th)", lower):
        return frozenset({"NTH", "NTHDAY", "NTHNUM"} if 1 <= int(m[1]) <= MAX_DAY else {"NTH"})
    for kind, shape in (
        ("CLOCK", r"\d{1,2}:\d\d"),
        ("CLOCKDOT", r"(?:0?\d|1[0-2])\.[0-5]\d"), ("ISO", r"\d{4}-\d\d-\d\d"), ("SLASHED", r"\d+[/.]\d+[/.]\d+"),
        ("DECADE", r"['’`]\d0s|[12]\d\d0s|[2-9]0s"), ("NUM", r"[\d,]+(?:\.\d+)?"),
    ):  # fmt: skip
        if re.fullmatch(shape, lower):
            return frozenset({kind, "NUM"} if kind == "CLOCKDOT" else {kind})
    return frozenset()


@lru_cache
def grammar() -> Grammar:
    """The rules of data/dates.toml, compiled once. Raises LexiconError where a pattern is none."""
    found = rows("dates", "rule", "name", "pattern", "meaning", "examples")
    expanded = [_expand(row["pattern"]) for row in found]
    literals = {m[3] or m[1] for pattern in expanded for m in ATOM.finditer(pattern) if m[3] or m[1]}
    small, capital = _memberships(literals)
    signatures = {*small.values(), *capital.values(), *(_all_shapes())}
    signs = {signature: chr(FIRST_SIGN + n) for n, signature in enumerate(sorted(signatures, key=sorted))}
    parts = [
        f"(?P<r{n}>{_compiled(pattern, signs, row)})" for n, (pattern, row) in enumerate(zip(expanded, found, strict=True))
    ]
    return Grammar(
        {word: signs[signature] for word, signature in small.items() if signature},
        {word: signs[signature] for word, signature in capital.items() if signature},
        {signature: signs[signature] for signature in _all_shapes()},
        re.compile("|".join(parts)),
        re.compile(f"[{''.join(sign for signature, sign in signs.items() if not signature <= _glue())}]"),
        tuple(Rule(row["name"], row["meaning"], row.get("value", "")) for row in found),
    )


# One numeral of each shape; what the shapes are is told by _shapes alone.
SAMPLES = ("", "0", "7", "30", "99", "1990", "3rd", "40th", "10:35", "3.30", "2022-01-10", "1/10/22", "1990s")


@lru_cache
def _glue() -> frozenset[str]:
    return frozenset(symbol for row in rows("dates", "glue", "symbols", "examples") for symbol in row["symbols"])


def _all_shapes() -> set[frozenset[str]]:
    return {_shapes(sample) for sample in SAMPLES}


def _expand(pattern: str) -> str:
    """A pattern with its fragments written out; fragments may use fragments written before them."""
    named = fragments()
    for _ in range(6):
        pattern = re.sub(r"[A-Z]+", lambda m: named.get(m[0], m[0]), pattern)
    return pattern


@lru_cache
def fragments() -> Mapping[str, str]:
    """Named parts of patterns: those of the lexicon, and HOLIDAY from its table."""
    holidays = [" ".join(_literal(word.lower) for word in words_of(row["words"])) for row in rows("dates", "holiday", "words")]
    (listed,) = rows("dates", "fragments")
    return {**{key: value for key, value in listed.items() if key.isupper()}, "HOLIDAY": f"({' | '.join(holidays)})"}


def _literal(word: str) -> str:
    return word if re.fullmatch(r"[a-z.]+", word) else f"'{word}'"


def _memberships(literals: set[str]) -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """For each known word what it satisfies, written small and written with a capital."""
    small: dict[str, set[str]] = {word: {word} for word in literals}
    capital: dict[str, set[str]] = {word: {word} for word in literals}
    for row in rows("dates", "word", "class", "values", "examples"):
        for word in row["values"]:
            if not row.get("capital"):
                small.setdefault(word, set()).add(row["class"])
            if not row.get("small"):
                capital.setdefault(word, set()).add(row["class"])
    return {w: frozenset(s) for w, s in small.items()}, {w: frozenset(s) for w, s in capital.items()}


def _compiled(pattern: str, signs: Mapping[frozenset[str], str], row: Row) -> str:
    """A rule as a regular expression over signs."""
    parts, position = [], 0
    while position < len(pattern):
        m = ATOM.match(pattern, position)
        if not m:
            raise LexiconError(f"Lexicon dates.toml, rule {row['name']!r}: cannot read {pattern[position:]!r}.")
        position = m.end()
        if symbol := m[1] or m[2] or m[3]:
            members = "".join(sign for signature, sign in signs.items() if symbol in signature)
            if not members:
                raise LexiconError(f"Lexicon dates.toml, rule {row['name']!r}: nothing is a {symbol}.")
            parts.append(f"[{members}]")
        elif not m[4]:
            parts.append("(?:" if m[0] == "(" else m[0])
    return "".join(parts)


def words_of(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words and marks of a stretch of text, an abbreviated month or weekday with its full stop."""
    found: list[Word] = []
    append, new = found.append, tuple.__new__  # a Word by its own constructor costs twice as much, for every word of a text
    for m in TOKEN.finditer(text, start, len(text) if end is None else end):
        lower = m[0].lower()
        if "’" in lower or "'" in lower:
            lower = "oclock" if lower[0] == "o" else lower.replace("’", "'")
        if lower == "." and found and found[-1].end == m.start() and ABBREVIATED.match(found[-1].lower):
            before = found.pop()
            append(Word(before.start, m.end(), before.lower + "."))
        else:
            first, last = m.span()
            append(new(Word, (first, last, lower)))
    return found


def scan(text: str, start: int, end: int, read: Callable[[Expression], bool]) -> None:
    """Hands the expressions of a paragraph to `read`, left to right; where it refuses one, the search goes on a word later."""
    words = words_of(text, start, end)
    signs = signs_of(text, words)
    known = grammar()
    for run in RUN.finditer(signs):
        position, end_of_run = run.span()
        if not known.core.search(signs, position, end_of_run):
            continue
        while m := known.pattern.search(signs, position, end_of_run):
            first, last = m.span()
            rule = known.rules[int((m.lastgroup or "r0")[1:])]
            before = words[first - 1].lower if first else ""
            after = words[last].lower if last < len(words) else ""
            taken = last > first and read(Expression(rule, tuple(words[first:last]), before, after))
            position = last if taken else first + 1


def signs_of(text: str, words: list[Word]) -> str:
    """One sign a word."""
    known = grammar()
    small, capital, counted = known.small, known.capital, known.counted
    signs = []
    for start, _, lower in words:
        first = text[start]
        if "0" <= first <= "9" or (first in "'’`" and len(lower) > 2):
            signs.append(counted.get(_shapes(lower), OTHER))
        else:
            signs.append((capital if first.isupper() else small).get(lower, OTHER))
    return "".join(signs)
