"""Sentences end where they end, and every token stands where the text has it."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from twotrack.errors import TwotrackError
from twotrack.intake.text import report_of_text
from twotrack.layout import layout
from twotrack.parse import load_pipeline, parse
from twotrack.reading import parse_report
from twotrack.wordforms import RULES, WordForms


def sentences(text: str) -> list[str]:
    _, found = parse(text, layout(text)[0])
    return [text[s.start : s.end] for s in found]


@pytest.mark.parametrize(
    "text",
    [
        "The U.S. Embassy in Baku was closed on Jan. 10 after a threat.",
        "Gen. John Doe and Lt. Col. Mary Roe met Sen. Paul Poe at 3 p.m. on Friday.",
        "The official briefed reporters. on condition of anonymity before the visit.",
        "J. D. Vance said No. 10 had been told.",
        '"We are ready to talk," the minister said in Cairo.',
        "He called the plan “a serious mistake” on Monday.",
        "Officials in Washington, D.C. declined to comment.",
    ],
)
def test_one_sentence_stays_one(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We will not sign." He left the room.', ['"We will not sign."', "He left the room."]),
        ("Talks failed. Iran blamed Iraq.", ["Talks failed.", "Iran blamed Iraq."]),
        ("“We came to talk,” he said. “We leave with nothing.”", ["“We came to talk,” he said.", "“We leave with nothing.”"]),
        ("The ship left for the U.S. The crew stayed.", ["The ship left for the U.S.", "The crew stayed."]),
    ],
)
def test_two_sentences_are_two(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_curly_marks_are_parsed_as_straight_ones_at_their_places() -> None:
    text = "“It’s Iran’s offer,” he said."
    tokens, _ = parse(text, layout(text)[0])
    assert [t.text for t in tokens][:5] == ['"', "It", "'s", "Iran", "'s"]
    assert [text[t.start : t.end] for t in tokens][:5] == ["“", "It", "’s", "Iran", "’s"]


@pytest.mark.parametrize(
    ("text", "lemma"),
    [
        ("They staged a rally.", "stage"),
        ("Both waged war.", "wage"),
        ("She hoped for peace.", "hope"),
        ("They planned a march.", "plan"),
        ("The court banned it.", "ban"),
        ("He sits there.", "sit"),
    ],
)
def test_a_short_verb_doubles_its_last_letter(text: str, lemma: str) -> None:
    tokens, _ = parse(text, layout(text)[0])
    assert next(token.lemma for token in tokens if token.pos == "VERB") == lemma


def test_an_unknown_pipeline_is_told() -> None:
    with pytest.raises(TwotrackError, match="No spaCy pipeline 'en_none' is installed"):
        load_pipeline("en_none")


WORDS = st.sampled_from(
    [
        "Iran",
        "said",
        "“",
        "”",
        "if",
        "it",
        "U.S.",
        "\n",
        "\n\n",
        "•",
        "Why it matters:",
        ".",
        ",",
        "(",
        "x" * 50,
        "é",
        "🙂",
        "‏",
        "Jan. 10",
    ]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=40).map(" ".join))
def test_tokens_and_sentences_stand_in_the_text(words: str) -> None:
    report = report_of_text("Iran said that it would sign the paper. " + words)
    reading = parse_report(report)
    assert all(len(t.text) == t.end - t.start for t in reading.tokens)
    assert all(a.end <= b.start for a, b in zip(reading.tokens, reading.tokens[1:], strict=False))
    assert all(reading.tokens[t.head].sentence == t.sentence for t in reading.tokens)
    assert all(reading.tokens[s.first].start == s.start and reading.tokens[s.last - 1].end == s.end for s in reading.sentences)
    assert all(t.i in reading.tokens[t.head].children for t in reading.tokens if t.head != t.i)


PIPELINE = load_pipeline()
DEPENDENCIES = ("ROOT", "advmod", "aux", "auxpass", "compound", "conj", "det", "dobj", "expl", "mark", "nsubj", "pobj", "xcomp")


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                [
                    "Do",
                    "had",
                    "I",
                    "it",
                    "talks",
                    "better",
                    "that",
                    "That",
                    "but",
                    "got",
                    "ta",
                    "is",
                    "ai",
                    "n't",
                    "ten",
                    "There",
                ]
            ),
            st.sampled_from(["NN", "NNS", "NNP", "JJR", "CD", "VBD", "VBP", "VB", "DT", "IN", "CC", "EX", "PRP", "TO"]),
            st.sampled_from(DEPENDENCIES),
        ),
        min_size=1,
        max_size=8,
    )
)
@example([("got", "VBP", "ROOT"), ("ta", "TO", "aux")])
@example([("There", "EX", "expl"), ("is", "VBZ", "aux")])
def test_word_forms_are_those_of_the_rules(given_words: list[tuple[str, str, str]]) -> None:
    words, tags, deps = (list(column) for column in zip(*given_words, strict=True))
    doc = Doc(PIPELINE.vocab, words=words, tags=tags, deps=deps, heads=[0] * len(words))
    found = WordForms(PIPELINE).of([doc])[0]
    for name in RULES:
        doc = PIPELINE.get_pipe(name)(doc)
    assert found == [(token.pos_, token.lemma_) for token in doc]
