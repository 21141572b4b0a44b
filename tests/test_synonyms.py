"""Words that stand for each other when claims are compared: each row's examples, and that no row hides in another."""

from typing import Any

import pytest

from twotrack.ledger.traits import stems
from twotrack.lexicon import rows

ROWS = rows("synonyms", "synonym", "words", "examples")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["words"][0])
def test_the_examples_have_the_word_that_stands_for_all(row: Any) -> None:
    (first,) = stems(row["words"][0])
    assert [example for example in row["examples"] if first not in stems(example)] == []


def test_words_that_say_the_same_are_one() -> None:
    assert stems("Lorries queued at the frontier") == stems("Trucks queued at the border")


def test_words_that_tell_acts_apart_stay_apart() -> None:
    assert stems("asked") != stems("demanded")
    assert stems("arrested") != stems("killed")
