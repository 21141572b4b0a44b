"""Temporal expressions: one value with its phrasings, what must give nothing, and the calendar by properties."""

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from twotrack.mark.dates import mark_dates
from twotrack.model import DateMark, Report
from twotrack.reading import Reading, parse_report

CORPUS = tomllib.loads((Path(__file__).parent / "corpus" / "dates.toml").read_text(encoding="utf-8"))
FRIDAY = date(2021, 12, 31)
CASES = [
    (date.fromisoformat(case.get("published", CORPUS["published"])), phrasing, case)
    for case in CORPUS["case"]
    for phrasing in case["phrasings"]
]


def reading_of(text: str, published: date | None = FRIDAY) -> Reading:
    return parse_report(Report("r", text, published=published))


def marks(text: str, published: date | None = FRIDAY) -> list[DateMark]:
    return [mark for mark in mark_dates(reading_of(text, published)) if isinstance(mark, DateMark)]


def values(text: str, published: date | None = FRIDAY) -> list[tuple[str, str]]:
    return [(mark.when.words, mark.value) for mark in marks(text, published)]


@pytest.mark.parametrize(("published", "phrasing", "case"), CASES, ids=[phrasing for _, phrasing, _ in CASES])
def test_corpus(published: date, phrasing: str, case: dict[str, str]) -> None:
    words = phrasing[phrasing.index("[") + 1 : phrasing.index("]")]
    found = {mark.when.words: mark for mark in marks(phrasing.replace("[", "").replace("]", ""), published)}
    assert words in found, f"found {sorted(found)}"
    when = found[words].when
    day = case["value"] if re.fullmatch(r"\d{4}-\d\d-\d\d", case["value"]) else None
    expected = (case["value"], case.get("start", day), case.get("end", day))
    assert (found[words].value, when.start and when.start.isoformat(), when.end and when.end.isoformat()) == expected


@pytest.mark.parametrize("sentence", [sentence for group in CORPUS["nothing"] for sentence in group["sentences"]])
def test_negative_corpus(sentence: str) -> None:
    assert values(sentence) == []
