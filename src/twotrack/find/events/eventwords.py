"""The verb lexicon as tables: which rows a lemma starts, and the word classes that the rows name.

"called off" is looked up under "call", with "off" as what must follow. The words are data/verbs.toml.
"""

from functools import lru_cache
from typing import NamedTuple

from twotrack.lexicon import Row, rows


class Entry(NamedTuple):
    """A phrase of a row: its words after the first, and the row with its number (earlier rows win)."""

    rest: tuple[str, ...]
    row: Row
    number: int


@lru_cache
def classes() -> dict[str, frozenset[str]]:
    """Name -> lemmas: classes()["@force"] holds "troop"."""
    return {f"@{row['name']}": frozenset(row["nouns"]) for row in rows("verbs", "class", "name", "nouns")}


@lru_cache
def verb_entries() -> dict[str, tuple[Entry, ...]]:
    """First lemma -> the phrases that start with it."""
    found: dict[str, list[Entry]] = {}
    listed = (
        *rows("verbs", "verb", "verbs", "type", "cameo", "examples"),
        *rows("verbs", "silent", "verbs", "cameo", "examples"),
    )
    for number, row in enumerate(listed):
        for phrase in row["verbs"]:
            first, *rest = phrase.split()
            found.setdefault(first, []).append(Entry(tuple(rest), row, number))
    return {lemma: tuple(entries) for lemma, entries in found.items()}


@lru_cache
def noun_rows() -> dict[str, tuple[Row, ...]]:
    """Lemma -> the rows of event nouns."""
    found: dict[str, list[Row]] = {}
    for row in rows("verbs", "noun", "nouns", "light", "type", "cameo", "examples"):
        for noun in row["nouns"]:
            found.setdefault(noun, []).append(row)
    return {noun: tuple(own) for noun, own in found.items()}


@lru_cache
def word_list(table: str, key: str = "words") -> frozenset[str]:
    """The words of a table that is one list: word_list("hostile")."""
    return frozenset(word for row in rows("verbs", table, key) for word in row[key])


@lru_cache
def object_lemmas(row_objects: tuple[str, ...]) -> frozenset[str]:
    """The lemmas of a row's objects, with those of the classes that it names."""
    plain = {word for word in row_objects if not word.startswith("@")}
    return frozenset(plain.union(*(classes().get(word, frozenset()) for word in row_objects)))
