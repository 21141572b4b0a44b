from typing import Any

import pytest

from twotrack import read
from twotrack.lexicon import rows
from twotrack.model import Event

CONTEXTS = rows("contexts", "context", "name", "words", "phrases", "examples", "not_examples")


def contexts(text: str) -> list[set[str]]:
    return [set(claim.contexts) for claim in read(text, published="2021-12-31", fast=True).claims if isinstance(claim, Event)]


@pytest.mark.parametrize("row", CONTEXTS, ids=lambda row: row["name"])
def test_examples_of_the_contexts(row: Any) -> None:
    for text in row["examples"]:
        assert any(row["name"] in found for found in contexts(text)), text
    for text in row["not_examples"]:
        assert not any(row["name"] in found for found in contexts(text)), text


def test_plover_has_37_contexts() -> None:
    assert len({row["name"] for row in CONTEXTS}) == len(CONTEXTS) == 37


def test_an_event_may_have_several_contexts_and_a_neighbour_keeps_its_own() -> None:
    first, second = contexts("Iran let inspectors into its nuclear plant. Egypt sent food to Gaza.")
    assert "cbrn" in first
    assert "human_security" in second
    assert "cbrn" not in second
