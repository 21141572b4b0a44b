"""Attributions: source, cue and content on sentences as reports have them; every row of the cue table by its examples."""

import time
from typing import Any

import pytest

from twotrack.lexicon import rows
from twotrack.mark.attribution.contexts import contexts, weights
from twotrack.mark.attribution.cues import cue_words, words_of
from twotrack.mark.attribution.drafts import drafts
from twotrack.mark.attribution.marker import mark_attribution
from twotrack.mark.attribution.quotations import quote_map
from twotrack.model import AttributionMark, Report
from twotrack.reading import Reading, parse_report


def reading(text: str) -> Reading:
    return parse_report(Report("r", text))


def attributions(text: str) -> list[AttributionMark]:
    return [mark for mark in mark_attribution(reading(text)) if isinstance(mark, AttributionMark)]


def drawn(text: str) -> list[tuple[str, str, list[str]]]:
    """(source, cue, parts of the content) of every attribution."""
    found = attributions(text)
    return [
        (
            text[slice(*mark.source)] if mark.source else "",
            text[slice(*mark.cue)],
            [text[slice(*part)] for part in mark.content],
        )
        for mark in found
    ]


CUES = rows("cues", "cue", "frame", "kind", "words", "examples")


@pytest.mark.parametrize("row", CUES, ids=lambda row: f"{row['frame']}-{row['kind']}")
def test_cue_rows(row: dict[str, Any]) -> None:
    """Each example holds an attribution by a word of the row with the row's complement."""
    assert row["examples"]
    for example in row["examples"]:
        found = [mark.rule.partition("+") for mark in attributions(example)]
        kinds = [
            (frame.partition(":")[0], cue_words()[word, frame].kind) for word, _, frame in found if (word, frame) in cue_words()
        ]
        assert (row["frame"], row["kind"]) in kinds, example
    for example in row.get("not_examples", ()):
        assert attributions(example) == [], example


@pytest.mark.parametrize("row", rows("cues", "context", "context", "weight", "examples"), ids=lambda row: row["context"])
def test_context_rows(row: dict[str, Any]) -> None:
    for example in row["examples"]:
        parsed = reading(example)
        quotes = quote_map(parsed)
        seen = {"any", "precision"}
        for draft in drafts(parsed, quotes):
            quoted = quotes.at[draft.head] >= 0, any(quotes.at[n] >= 0 for n in draft.content)
            seen.update(contexts(parsed, draft.head, draft.source, draft.content, quoted))
        if row["context"] != "in a headline":  # one line alone is no headline
            assert row["context"] in seen, example
    assert row["context"] in weights()


@pytest.mark.parametrize("role", ["quoting", "addressing", "commenting", "light", "aspect", "impersonal", "asked", "hearsay"])
def test_helping_rows(role: str) -> None:
    (row,) = [row for row in rows("cues", "helping", "role", "words", "examples") if row["role"] == role]
    for example in row["examples"]:
        cues = [cue for _, cue, _ in drawn(example)]
        assert cues, example
    assert set(row["words"]) == words_of(role)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The ministry told reporters on Monday that the border would stay closed.",
            [("The ministry", "told", ["that the border would stay closed"])],
        ),
        (
            "Omar Farah, a spokesman, has also said talks were over.",
            [("Omar Farah, a spokesman", "has also said", ["talks were over"])],
        ),
        (
            "The minister expressed concern about the troop build-up.",
            [("The minister", "expressed concern about", ["the troop build-up"])],
        ),
        (
            "The ministry continued to insist that the border was closed.",
            [("The ministry", "continued to insist", ["that the border was closed"])],
        ),
        ("Critics described the deal as a surrender.", [("Critics", "described", ["the deal as a surrender"])]),
        ("The two sides appear to have agreed on a date.", [("", "appear", ["The two sides", "to have agreed on a date"])]),
        ("The envoy was asked whether the text was final.", [("", "was asked", ["whether the text was final"])]),
        (
            'He issued the following statement: "We mourn the victims of this attack."',
            [("He", "issued the following statement", ["We mourn the victims of this attack"])],
        ),
        ('The premier called it "a day of shame" for Europe.', [("The premier", "called", ['it "a day of shame" for Europe'])]),
    ],
)
def test_spans(text: str, expected: list[tuple[str, str, list[str]]]) -> None:
    assert drawn(text) == expected


@pytest.mark.parametrize(
    ("text", "direct"),
    [
        ('"There is no deal," the minister said.', True),
        ("The minister said there was no deal.", False),
        ('The minister said there was "no deal" on the table.', False),
    ],
)
def test_direct_is_all_quoted(text: str, direct: bool) -> None:
    (mark,) = attributions(text)
    assert mark.direct is direct


@pytest.mark.parametrize(
    "text",
    [
        "The convoy crossed the river at dawn and stopped near the bridge.",
        "Rain fell on the capital for the third day.",
        "Trade between the two countries grew by a tenth last year.",
        "The treaty entered into force in 1994.",
        "Three rounds of talks were held in Geneva.",
        "",
    ],
)
def test_no_attribution(text: str) -> None:
    assert attributions(text) == []


def test_quotation_over_paragraphs_left_open() -> None:
    text = 'The minister said: "The offer stands.\n\n"It will stand until Friday.\n\n"After that it is gone."'
    assert drawn(text) == [
        ("The minister", "said", ["The offer stands", "It will stand until Friday", "After that it is gone"])
    ]


def test_next_quotation_with_its_own_cue_is_not_carried_on() -> None:
    text = '"We will talk," the envoy said. "We will not wait," his deputy added.'
    assert drawn(text) == [("the envoy", "said", ["We will talk"]), ("his deputy", "added", ["We will not wait"])]


@pytest.mark.parametrize(
    "text",
    [
        '"' * 4000,
        "he said that " * 2000,
        '"a," she said. ' * 1500,
        "said " * 5000,
        "according to " * 3000,
        ": ".join(["Minister"] * 3000),
        "«“„" * 2000 + " he said.",
        "warned\x00 of \U0001f600 ' ’ “ the\u202e end: \"",
    ],
    ids=range(8),
)
def test_hostile_text(text: str) -> None:
    """Spans lie in the text, and the marker takes time in proportion to it."""
    parsed = reading(text)
    start = time.process_time()
    for mark in mark_attribution(parsed):
        assert isinstance(mark, AttributionMark)
        for span in (mark.cue, *mark.content, *([mark.source] if mark.source else [])):
            assert 0 <= span.start < span.end <= len(text)
    assert time.process_time() - start < 3


def test_each_line_of_a_transcript_is_its_speakers_also_where_it_opens_a_quotation() -> None:
    text = 'A partial transcript:\n\n"ROSSI: Will you go to Lima?\n\n"DIAZ: We have no date yet.\n\nROSSI: That is all.'
    assert [(source, content) for source, _, content in drawn(text)] == [
        ("ROSSI", ["Will you go to Lima"]),
        ("DIAZ", ["We have no date yet"]),
        ("ROSSI", ["That is all"]),
    ]


def test_a_paragraph_of_a_quotation_a_dash_and_a_name_is_the_named_ones() -> None:
    text = (
        "Letters have come in all week.\n\n“We want peace — and bread. Nothing more.” ― Maria de la Cruz, 34, of Lima\n\n"
        "“A disgrace.”― Pamela Padilla\n\n“The war is lost” — for whom?\n\n"
        "“The war is lost.” — General Juan Carlos Maria Ortega Luna Perez Gomez Diaz Rossi Ramos Vega went on to Lima."
    )
    assert [(source, content) for source, cue, content in drawn(text) if "want" not in cue] == [
        ("Maria de la Cruz", ["We want peace — and bread. Nothing more"]),
        ("Pamela Padilla", ["A disgrace"]),
    ]


@pytest.mark.parametrize("text", ["WARneD RAT said", "The general told them, officials said"])
def test_an_inserted_speaker_may_be_the_last_word_of_a_text(text: str) -> None:
    for source, cue, _ in drawn(text):
        assert source in text
        assert cue in text
