"""Quotations without a word of saying, headlines apart from their text, and the next verb of one speaker."""

from twotrack import read
from twotrack.model import Statement


def said(text: str) -> list[tuple[str, str]]:
    """(speaker, content) of every statement of a text."""
    return [
        (claim.speaker.words if claim.speaker else "", claim.content.text)
        for claim in read(text).claims
        if isinstance(claim, Statement)
    ]


def test_a_quotation_is_of_the_sentence_before() -> None:
    text = 'The Danish envoy was blunt. "There will be no second round of talks this year."'
    assert said(text) == [("The Danish envoy", "There will be no second round of talks this year")]


def test_it_is_direct() -> None:
    reading = read('The Danish envoy was blunt. "There will be no second round of talks this year."')
    assert [claim.direct for claim in reading.claims if isinstance(claim, Statement)] == [True]


def test_a_quotation_goes_on_with_what_its_speaker_said() -> None:
    text = 'The Danish envoy said the talks had failed. "There will be no second round of them this year."'
    (statement,) = [claim for claim in read(text).claims if isinstance(claim, Statement)]
    spoken = " ".join(part.text for part in (statement.content, *statement.parts))
    assert "no second round" in spoken


def test_who_declines_has_not_said_what_follows() -> None:
    text = 'The Danish envoy declined to discuss the timetable. "You will have to ask the Swedes about that."'
    contents = [content for _, content in said(text)]
    assert not any("timetable" in content and "Swedes" in content for content in contents)
    assert ("The Danish envoy", "You will have to ask the Swedes about that") in said(text)


def test_a_thing_says_nothing() -> None:
    assert said('The road was empty. "There will be no second round of talks this year."') == []


def test_a_headline_is_not_read_on_into_the_text() -> None:
    text = "Mali says town has fallen, asks for help\n\nNiger and Chad have asked the Security Council to step in after talks failed."
    assert not any("Niger" in content for speaker, content in said(text) if speaker == "Mali")


def test_the_next_verb_has_its_own_content() -> None:
    found = dict(said("The road was shut, Mali's army said, and President Jane Roe appealed for calm in the capital."))
    assert "appealed" not in found["Mali's army"]


def test_a_compound_stays_whole() -> None:
    found = [content for _, content in said("The Danish envoy called the plan a non-starter.")]
    assert found == ["the plan a non-starter"]
