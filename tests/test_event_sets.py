import json
from pathlib import Path
from types import ModuleType

import pytest

BENCHMARKS = Path(__file__).parent.parent / "benchmarks"
RECORD = {
    "source": {"code": "RUS", "sector": "GOV", "actorText": "Russia"},
    "target": [{"code": "UKR", "sector": "MIL", "actorText": "Ukrainian troops"}],
    "event": "ASSAULT",
    "eventText": "Russia attacked Ukrainian troops near Kharkiv.",
}


@pytest.fixture
def sets(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    import event_sets

    return event_sets


@pytest.fixture
def events(sets: ModuleType) -> ModuleType:
    return __import__("events")


def written(folder: Path, text: str) -> Path:
    path = folder / "set"
    path.write_text(text, encoding="utf-8")
    return path


def test_cameo_class_keeps_quotation_marks(sets: ModuleType, tmp_path: Path) -> None:
    path = written(tmp_path, 'Iran said "no" to Oman.\t3\nThe two "sides met.\t1\n')
    assert sets.form_of(path) == "cameo_class"
    assert sets.read_classed(path) == [sets.Classed('Iran said "no" to Oman.', 3), sets.Classed('The two "sides met.', 1)]


def test_plv_gives_sentence_and_spans(sets: ModuleType, tmp_path: Path) -> None:
    path = written(
        tmp_path, "marked_sentence\tgold_root\tgold_penta\n<s>Iran</s> rebuked <t>the envoy of Oman</t>.\tACCUSE\t3\n"
    )
    assert sets.form_of(path) == "plv"
    (row,) = sets.read_paired(path)
    assert row.sentence == "Iran rebuked the envoy of Oman."
    assert [row.sentence[slice(*span)] for span in (row.source, row.target)] == ["Iran", "the envoy of Oman"]
    assert (row.root, row.label) == ("ACCUSE", 3)


def test_cameo_ner_puts_sentences_together(sets: ModuleType, tmp_path: Path) -> None:
    path = written(tmp_path, "Oman B-S\n's I-S\nenvoy I-S\nthanked O\nIran B-T\n. O\n\nPeru B-R\nagreed O\n")
    assert sets.form_of(path) == "cameo_ner"
    first, second = sets.read_tagged(path)
    assert first.sentence == "Oman's envoy thanked Iran."
    assert [(tag, first.sentence[slice(*span)]) for tag, span in first.spans] == [("S", "Oman's envoy"), ("T", "Iran")]
    assert [(tag, second.sentence[slice(*span)]) for tag, span in second.spans] == [("R", "Peru")]


@pytest.mark.parametrize("shape", ["list", "records", "lines"])
def test_plover_records(sets: ModuleType, tmp_path: Path, shape: str) -> None:
    text = {"list": json.dumps([RECORD]), "records": json.dumps({"records": [RECORD]}), "lines": json.dumps(RECORD) + "\n"}[
        shape
    ]
    path = written(tmp_path, text)
    assert sets.form_of(path) == "plover"
    assert sets.read_records(path) == [sets.Record(RECORD["eventText"], "RUS", "UKR", "ASSAULT")]


def test_scores_of_records(events: ModuleType, tmp_path: Path) -> None:
    wrong = {**RECORD, "event": "AID"}
    other = {**RECORD, "eventText": "The day was quiet."}
    path = written(tmp_path, json.dumps([RECORD, wrong, other, RECORD]))
    figures = events.measure(path)
    assert (figures["dyad_and_type"], figures["dyad"], figures["coverage"]) == (0.5, 0.75, 0.75)


def test_macro_f1_is_the_mean_over_labels(events: ModuleType) -> None:
    assert events.macro_f1([1, 1, 2], [1, 2, 2]) == pytest.approx(2 / 3)
    assert events.macro_f1([1, 1], [2, 2]) == 0


def test_readings_are_those_of_single_sentences(sets: ModuleType) -> None:
    first, second = sets.readings(["Iran met Oman. Then it left.", "GENEVA (Agency) - Talks ended."])
    assert [s.start for s in first.sentences] == [0, 15]
    assert second.tokens[0].text == "Talks"
    assert second.report.text[second.tokens[0].start : second.tokens[0].end] == "Talks"
    assert all(token.head in range(len(second.tokens)) for token in second.tokens)
