"""Questions to the parse, asked of whole sentences."""

import pytest

from twotrack.layout import layout
from twotrack.parse import parse
from twotrack.syntax import auxiliaries, clause_span, is_negated, is_passive, objects, prep_objects, subjects


def asked(text: str, word: str) -> tuple:
    tokens, _ = parse(text, layout(text)[0])
    return tokens, next(t.i for t in tokens if t.text == word)


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Britain, France and Israel attacked Egypt.", "attacked", ["Britain", "France", "Israel"]),
        ("Iran said it would sign and ratify the treaty.", "ratify", ["it"]),
        ("The troops, who left on Monday, came home.", "left", ["troops"]),
        ("Washington urged Ankara to withdraw.", "withdraw", ["Ankara"]),
        ("Bush sent Baker to meet Aziz.", "meet", ["Baker"]),
        ("Egypt agreed to open the border.", "open", ["Egypt"]),
    ],
)
def test_subjects(text: str, word: str, expected: list[str]) -> None:
    tokens, verb = asked(text, word)
    assert [tokens[n].text for n in subjects(tokens, verb)] == expected


def test_objects_and_prepositions() -> None:
    tokens, verb = asked("The Council imposed sanctions on Iraq and Libya.", "imposed")
    assert [tokens[n].text for n in objects(tokens, verb)] == ["sanctions"]
    found = [n for at in (verb, *objects(tokens, verb)) for n in prep_objects(tokens, at, "on")]
    assert [tokens[n].text for n in found] == ["Iraq", "Libya"]


@pytest.mark.parametrize(
    ("text", "word", "passive", "negated", "words"),
    [
        ("The ships were seized.", "seized", True, False, ["were"]),
        ("Iran will not attend.", "attend", False, True, ["will"]),
        ("Iran no longer attends.", "attends", False, True, []),
        ("Iran has never attended.", "attended", False, True, ["has"]),
        ("Iran would attend.", "attend", False, False, ["would"]),
    ],
)
def test_voice_negation_and_auxiliaries(text: str, word: str, passive: bool, negated: bool, words: list[str]) -> None:
    tokens, verb = asked(text, word)
    assert (is_passive(tokens, verb), is_negated(tokens, verb), auxiliaries(tokens, verb)) == (passive, negated, words)


@pytest.mark.parametrize(
    ("text", "word", "clause"),
    [
        ("After the talks failed, Iraq rejected the offer and Iran accepted it.", "rejected", "Iraq rejected the offer"),
        ("Iraq, which invaded Kuwait on August 2, has stationed troops there.", "invaded", "which invaded Kuwait on August 2"),
        ("Officials said the army seized a ship.", "seized", "the army seized a ship"),
    ],
)
def test_clauses_end_where_others_begin(text: str, word: str, clause: str) -> None:
    tokens, verb = asked(text, word)
    span = clause_span(tokens, verb)
    assert text[span.start : span.end] == clause
