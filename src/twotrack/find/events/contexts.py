"""What an event is about, by PLOVER's contexts: "Russia cut gas deliveries to Poland" has natural_resource.

A context is given by the words of the event's sentence; they are data/contexts.toml.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import TypeVar

from twotrack.lexicon import rows
from twotrack.model import Sentence
from twotrack.reading import Reading

Key = TypeVar("Key")
LONGEST = 5  # words of the longest phrase: "transition to democracy", "the rich and the poor"


def contexts_of(reading: Reading, sentence: Sentence) -> tuple[str, ...]:
    """The contexts that a sentence's words name, in PLOVER's order."""
    tokens = [token for token in reading.tokens[sentence.first : sentence.last] if token.pos != "SPACE"]
    single, phrases = _words(), _phrases()
    found = {name for token in tokens for form in (token.lemma, token.lower) for name in single.get(form, ())}
    lower = [token.lower for token in tokens]
    for n in range(len(lower)):
        for length in range(2, LONGEST + 1):
            found.update(phrases.get(tuple(lower[n : n + length]), ()))
    return tuple(name for name in _names() if name in found)


@lru_cache
def _names() -> tuple[str, ...]:
    return tuple(row["name"] for row in rows("contexts", "context", "name", "words", "phrases", "examples"))


@lru_cache
def _words() -> dict[str, tuple[str, ...]]:
    return _by_key((word, row["name"]) for row in rows("contexts", "context", "name") for word in row["words"])


@lru_cache
def _phrases() -> dict[tuple[str, ...], tuple[str, ...]]:
    """A phrase as its words as the parser cuts them: "rights group" -> ("rights", "group")."""
    listed = ((phrase, row["name"]) for row in rows("contexts", "context", "name") for phrase in row["phrases"])
    return _by_key((tuple(phrase.replace("'s", " 's").replace("-", " - ").split()), name) for phrase, name in listed)


def _by_key(pairs: Iterable[tuple[Key, str]]) -> dict[Key, tuple[str, ...]]:
    found: dict[Key, tuple[str, ...]] = {}
    for key, name in pairs:
        found[key] = (*found.get(key, ()), name)
    return found
