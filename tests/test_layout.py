"""Lines, labels, bullets, datelines and quotations, told from their form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twotrack.layout import layout, quotes, section_kind
from twotrack.lexicon import rows


def kinds(text: str) -> list[tuple[str, str]]:
    return [(p.kind, text[p.start : p.end]) for p in layout(text)[0]]


def quoted(text: str) -> list[str]:
    return [text[q.start : q.end] for q in quotes(text, layout(text)[0])]


def test_a_pasted_report_has_headline_dateline_body_and_byline() -> None:
    text = "Envoys meet in Muscat\n\nMUSCAT, March 3 (Agency) - Iran and Oman met on Friday.\n\nThey meet again soon.\n\nJane Q. Roe"
    assert kinds(text) == [
        ("headline", "Envoys meet in Muscat"),
        ("dateline", "MUSCAT, March 3 (Agency) -"),
        ("body", "Iran and Oman met on Friday."),
        ("body", "They meet again soon."),
        ("byline", "Jane Q. Roe"),
    ]


@pytest.mark.parametrize(
    "dateline",
    [
        "KYIV, Dec 30 (Reuters) -",
        "GENEVA (AP) —",
        "BEIJING, Sept. 4 (Xinhua) --",
        "MOSCOW, January 3. /TASS/.",
        "TEHRAN, Jan. 20, IRNA -",
        "ADDIS ABABA, Ethiopia (AP) —",
        "LONDON —",
        "Washington (AFP) –",
        "NEW DELHI, 4 May 2020 (PTI):",
    ],
)
def test_datelines_of_many_houses_are_no_language(dateline: str) -> None:
    assert kinds(f"Envoys meet\n\n{dateline} Iran said it would come.")[1:] == [
        ("dateline", dateline),
        ("body", "Iran said it would come."),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Iran — which denies it — said no.",
        "Putin - in a speech - said no.",
        "Sen. Mary Doe (R-Utah) — a critic — said no.",
        "The talks — the third this year — failed.",
        "NATO said no.",
    ],
)
def test_ordinary_sentences_keep_their_start(sentence: str) -> None:
    assert kinds(f"Envoys meet\n\n{sentence}")[1:] == [("body", sentence)]


def test_labels_begin_sections_and_bullets_are_paragraphs_of_their_own() -> None:
    text = "Dam talks fail\n\nTalks failed on Monday.\n\nWhy it matters: Water is short.\n• Egypt objects.\n- Sudan agrees.\n\nWhat's next\nA summit."
    paragraphs, sections = layout(text)
    assert [s.kind for s in sections] == ["lead", "why", "next"]
    assert [(p.kind, text[p.start : p.end], sections[p.section].kind) for p in paragraphs[1:]] == [
        ("body", "Talks failed on Monday.", "lead"),
        ("body", "Water is short.", "why"),
        ("bullet", "Egypt objects.", "why"),
        ("bullet", "Sudan agrees.", "why"),
        ("body", "A summit.", "next"),
    ]


def test_a_name_before_a_colon_is_no_label() -> None:
    assert kinds("Envoys meet\n\nLavrov: no deal without guarantees.")[1] == ("body", "Lavrov: no deal without guarantees.")


@pytest.mark.parametrize("row", rows("labels", "label", "kind", "examples"), ids=lambda row: row["kind"])
def test_every_label_row_finds_its_examples(row: dict) -> None:
    assert [words for words in row["examples"] if section_kind(words) != row["kind"]] == []
    assert [words for words in row.get("not_examples", []) if section_kind(words) == row["kind"]] == []


def test_hard_wrapped_text_is_joined_to_paragraphs() -> None:
    text = (
        "Envoys meet in Muscat\n\nThe foreign ministers of Iran and Oman met on\nFriday in Muscat and agreed that their experts would\n"
        "meet again within a month to discuss the\nfishing dispute that has\nstrained relations since the spring.\n\nNothing was signed."
    )
    assert [kind for kind, _ in kinds(text)] == ["headline", "body", "body"]


def test_a_dateline_may_stand_on_a_line_of_its_own() -> None:
    assert kinds("Cairo, 31 October\n\nAircraft attacked the airfields.")[0] == ("dateline", "Cairo, 31 October")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "we agree" and left.', ['"we agree"']),
        ("He said “we agree” and left.", ["“we agree”"]),
        ("He called it “a ‘red line’ for us” there.", ["“a ‘red line’ for us”"]),
        ("He called it 'a red line' there.", ["'a red line'"]),
        ("The leaders' talks in the '90s weren't 'easy'.", ["'easy'"]),
        ("“We agree,” he said. “We sign.”", ["“We agree,”", "“We sign.”"]),
        ("No marks here.", []),
    ],
)
def test_quotations(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_a_speech_over_paragraphs_goes_on_and_a_stray_mark_ends_with_its_paragraph() -> None:
    text = 'Envoys meet here\n\n"We came far, she said.\n\n"We go on," she said.\n\nNothing more was said.'
    found = quotes(text, layout(text)[0])
    assert [(text[q.start : q.end], q.closed, q.continued) for q in found] == [
        ('"We came far, she said.', False, False),
        ('"We go on,"', True, True),
    ]


@given(st.text(alphabet="ab.:•-“”\"'‘’( )\n#*A1", max_size=300))
def test_paragraphs_and_quotes_stay_in_the_text_and_in_order(text: str) -> None:
    paragraphs, sections = layout(text)
    edges = [edge for p in paragraphs for edge in (p.start, p.end)]
    assert edges == sorted(edges)
    assert all(0 <= p.start < p.end <= len(text) and 0 <= p.section < len(sections) for p in paragraphs)
    assert all(0 <= q.start < q.end <= len(text) for q in quotes(text, paragraphs))
