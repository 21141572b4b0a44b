"""Denials: of reports and claims, in asides, and what carries words at the end of a sentence."""

import pytest

from twotrack import read
from twotrack.model import Statement


def said(text: str) -> list[tuple[str, str, str]]:
    """Speaker, status and content of each statement of a text."""
    found = [claim for claim in read(text, published="2021-03-01").claims if isinstance(claim, Statement)]
    return [(one.speaker.words if one.speaker else "", one.status, one.content.text) for one in found]


ASIDES = [
    ("Israel accuses Hamas of using hospitals as bases, a charge the group denies.", "the group", "Hamas of using hospitals as bases"),
    ("Kyiv says Moscow shelled the plant, an accusation that Russia rejects.", "Russia", "Moscow shelled the plant"),
    ("Chad has accused Niger of backing the rebels, which Niamey has repeatedly denied.", "Niamey", "Niger of backing the rebels"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "speaker", "content"), ASIDES, ids=[text for text, *_ in ASIDES])
def test_an_aside_denies_what_the_sentence_tells(text: str, speaker: str, content: str) -> None:
    assert [one for one in said(text) if one[1] == "denied"] == [(speaker, "denied", content)]


@pytest.mark.parametrize(
    "text",
    [
        "The premier dismissed reports that the army had sent troops to the island.",
        "Chad rejected a Libyan claim that its troops had left.",
        "Chad has never asked for the river, and denies that it has sought any change to the treaty.",
    ],
)
def test_a_claim_that_is_dismissed_is_denied(text: str) -> None:
    assert "denied" in {status for _, status, _ in said(text)}


@pytest.mark.parametrize("text", ["The premier rejected the plan.", "Chad dismissed two of its generals on Monday."])
def test_what_is_no_claim_is_not_denied(text: str) -> None:
    assert "denied" not in {status for _, status, _ in said(text)}


def test_what_carries_words_ends_their_content() -> None:
    text = "Oman's foreign minister said the truce would hold, according to a statement carried by the Oman News Agency."
    (one,) = [claim for claim in read(text).claims if isinstance(claim, Statement)]
    assert one.content.text == "the truce would hold"
    assert one.via == ("statement", "according to the Oman News Agency")


def test_an_aside_denies_one_thing_once() -> None:
    found = said("Paris and London said that Iran had armed the rebels, a charge Iran denied.")
    assert [status for _, status, _ in found].count("denied") == 1


def test_nobody_denies_what_he_says() -> None:
    found = said("Iran claimed that Britain had lied, an accusation Iran denies.")
    assert "denied" not in {status for _, status, _ in found}


def test_what_is_denied_ends_where_the_aside_begins() -> None:
    text = "Israel said that Hamas had hidden there, an accusation that Hamas officials, including Haniyeh, denied."
    assert [content for _, status, content in said(text) if status == "denied"] == ["that Hamas had hidden there"]
