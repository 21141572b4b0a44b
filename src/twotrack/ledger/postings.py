"""Which rows share keys with a given one: an inverted index in arrays, made anew for each search. Touches nothing else.

Keys are unsigned numbers, a row's as bytes of a column (`packed`), so that tens of thousands of rows are read without decoding.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from twotrack.ledger.merging import keys
from twotrack.ledger.traits import Trait

Numbers = NDArray[np.unsignedinteger]
ENOUGH = np.uint32(1 << 31)  # keys from here on are enough by themselves, where of the others several must be shared
NUMBER = np.dtype("<u4")


def packed(trait: Trait) -> bytes:
    """The keys of a claim: a number for each word, and from ENOUGH on one for each key that is enough by itself. Two words in a
    thousand million have one number, by which a claim is looked at in vain."""
    found = {crc32(key[-1].encode()) % int(ENOUGH) + (0 if key[1] else int(ENOUGH)) for key in keys(trait)}
    return np.array(sorted(found), dtype=NUMBER).tobytes()


def unpacked(data: bytes) -> Numbers:
    """The keys that `packed` made, in order."""
    return np.frombuffer(data, dtype=NUMBER)


class Postings:
    """The keys of rows in their order, each with the row that has it; `sizes` [rows] is how many each has."""

    def __init__(self, held: Sequence[Numbers]) -> None:
        self.sizes = np.array([len(own) for own in held], dtype=np.int64)
        numbers = np.concatenate(held) if held else np.zeros(0, dtype=NUMBER)
        ordered = np.argsort(numbers, kind="stable")
        self.numbers = numbers[ordered]
        self.owners = np.repeat(np.arange(len(held)), self.sizes)[ordered]

    def shared(self, own: Numbers, most: int | None = None) -> NDArray[np.int64]:
        """How many of these keys each row has [rows]; a key that more than `most` rows have counts for none."""
        left, right = np.searchsorted(self.numbers, own), np.searchsorted(self.numbers, own, side="right")
        runs = [self.owners[a:b] for a, b in zip(left, right, strict=True) if a < b and (most is None or b - a <= most)]
        return np.bincount(np.concatenate(runs), minlength=len(self.sizes)) if runs else np.zeros(len(self.sizes), np.int64)


class Held:
    """Rows of (id, day, keys) that are looked through by keys and days."""

    def __init__(self, rows: Sequence[Any]) -> None:
        numbers = [unpacked(row.keys) for row in rows]
        self.ids = [row.id for row in rows]
        self.days = np.array([row.day.toordinal() for row in rows], dtype=np.int64)
        self.words = np.array([np.searchsorted(own, ENOUGH) for own in numbers], dtype=np.int64)
        self.postings = Postings(numbers)

    def after(self, day: date) -> NDArray[np.int64]:
        """How many days each row is after that one [rows]; negative where it is before."""
        return self.days - day.toordinal()

    def named(self, chosen: NDArray[np.bool_]) -> list[str]:
        """The ids of those rows."""
        return [self.ids[n] for n in np.flatnonzero(chosen).tolist()]
