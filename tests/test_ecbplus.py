"""The reader of ECB+: mentions with their words, sentences and events, out of a document in its format that we wrote."""

from pathlib import Path

from ecbplus import ecbplus_figures, is_ecbplus, mentions_in
from merging import b_cubed

DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>
<Document doc_name="{name}.xml" doc_id="1">
<token t_id="1" sentence="0" number="0">The</token>
<token t_id="2" sentence="0" number="1">army</token>
<token t_id="3" sentence="0" number="2">shelled</token>
<token t_id="4" sentence="0" number="3">the</token>
<token t_id="5" sentence="0" number="4">port</token>
<token t_id="6" sentence="1" number="0">Envoys</token>
<token t_id="7" sentence="1" number="1">did</token>
<token t_id="8" sentence="1" number="2">not</token>
<token t_id="9" sentence="1" number="3">meet</token>
<Markables>
<ACTION_OCCURRENCE m_id="11"><token_anchor t_id="3"/></ACTION_OCCURRENCE>
<NEG_ACTION_OCCURRENCE m_id="12"><token_anchor t_id="8"/><token_anchor t_id="9"/></NEG_ACTION_OCCURRENCE>
<HUMAN_PART_ORG m_id="13"><token_anchor t_id="2"/></HUMAN_PART_ORG>
<ACTION_OCCURRENCE m_id="21" TAG_DESCRIPTOR="shelling" instance_id="ACT1"/>
</Markables>
<Relations>
<CROSS_DOC_COREF r_id="31" note="ACT1"><source m_id="11"/><target m_id="21"/></CROSS_DOC_COREF>
</Relations>
</Document>
"""


def written(folder: Path, name: str) -> Path:
    path = folder / f"{name}.xml"
    path.write_text(DOCUMENT.format(name=name))
    return path


def test_mentions_have_their_words_their_sentence_and_their_event(tmp_path: Path) -> None:
    first, second = mentions_in(written(tmp_path, "1_1ecbplus"))
    assert (first.words, first.sentence, first.event, first.topic) == ("shelled", "The army shelled the port", "ACT1", "1")
    assert (second.words, second.event) == ("not meet", "1_1ecbplus.12")


def test_mentions_of_one_event_in_two_documents_come_together(tmp_path: Path) -> None:
    written(tmp_path, "1_1ecbplus")
    written(tmp_path, "1_2ecb")
    assert is_ecbplus(tmp_path)
    figures = ecbplus_figures(tmp_path, b_cubed)
    assert figures["mentions"] == 4
    # Same words, same topic: the two shellings are one, and so are, wrongly, the two meetings that did not take place.
    assert figures["bcubed_recall"] == 1.0
    assert figures["bcubed_precision"] == 0.75


def test_b_cubed_counts_each_item_by_its_groups() -> None:
    # Bagga and Baldwin's measure by hand: groups {a, b}, {c} against {a}, {b, c}.
    precision, recall, f1 = b_cubed([1, 1, 2], ["x", "y", "y"])
    assert (precision, recall) == (2 / 3, 2 / 3)
    assert round(f1, 6) == round(2 / 3, 6)
