"""Reads the sets that events are measured on, told from the file's form, and parses their sentences in one go.

cameo_class: a sentence, a tab, a class 0-4. PLV: a table whose header names `marked_sentence` ("<s>Iran</s> condemned <t>the
ban</t>"), `gold_root` and `gold_penta`. cameo_ner: a token and its tag a line, a blank line between sentences; B-/I- with S, T
or R (source, target, both). PLOVER's gold records: JSON, a list, a list under "records", or a record a line, each with `source`
and `target` ({"code": "RUS", "sector": "GOV"}), `event` and `eventText`. No tab-separated set quotes its fields (`quoting=3`).
"""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from twotrack.layout import layout, quotes
from twotrack.model import Paragraph, Report, Span, Token
from twotrack.parse import parse
from twotrack.reading import Reading

Form = Literal["cameo_class", "plv", "cameo_ner", "plover"]
MARK = re.compile(r"<(/?)([srt])>")  # source, target, and those who act together
HEAD = 4096  # characters that tell the form
NO_SPACE_BEFORE = frozenset({".", ",", ";", ":", "?", "!", ")", "]", "'s", "’s", "n't", "'", "’", "%"})
NO_SPACE_AFTER = frozenset({"(", "[", "$", "“"})


@dataclass(frozen=True, slots=True)
class Classed:
    """A sentence and its class: 0 statement, 1 and 2 verbal and material cooperation, 3 and 4 verbal and material conflict."""

    sentence: str
    label: int


@dataclass(frozen=True, slots=True)
class Paired:
    """A sentence with its source and target marked, and what PLV calls the act between them: root and class 1-4."""

    sentence: str
    source: Span
    target: Span | None  # None in the rows that mark a source alone
    root: str
    label: int


@dataclass(frozen=True, slots=True)
class Tagged:
    """A sentence put together from its words, with the spans tagged S, T and R."""

    sentence: str
    spans: tuple[tuple[str, Span], ...]


def form_of(path: Path) -> Form:
    """Which set a file is, by its first lines."""
    with path.open(encoding="utf-8") as file:
        head = file.read(HEAD)
    if head.lstrip()[:1] in ("{", "["):
        return "plover"
    first = head.split("\n", 1)[0]
    if "marked_sentence" in first:
        return "plv"
    tab = first.rpartition("\t")
    return "cameo_class" if tab[1] and tab[2].strip() in "01234" else "cameo_ner"


def read_classed(path: Path) -> list[Classed]:
    """The rows of a cameo_class file."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Classed(row[0], int(row[1])) for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if len(row) > 1
        ]


def read_paired(path: Path) -> list[Paired]:
    """The rows of a PLV file whose marks can be read."""
    with path.open(encoding="utf-8", newline="") as file:
        found = [_paired(row) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    return [one for one in found if one]


def _paired(row: dict[str, str]) -> Paired | None:
    sentence, found = unmarked(row["marked_sentence"])
    spans = dict(found)
    if "s" not in spans:
        return None
    return Paired(sentence, spans["s"], spans.get("t"), row["gold_root"], int(row["gold_penta"]))


def unmarked(marked: str) -> tuple[str, list[tuple[str, Span]]]:
    """ "<r>Peru</r> and <r>Chile</r> met" -> ("Peru and Chile met", [("r", Span(0, 4)), ("r", Span(9, 14))])."""
    spans = list[tuple[str, Span]]()
    plain, last, opened = "", 0, dict[str, int]()
    for mark in MARK.finditer(marked):
        plain, last = plain + marked[last : mark.start()], mark.end()
        if mark[1]:
            spans.append((mark[2], Span(opened.get(mark[2], 0), len(plain))))
        else:
            opened[mark[2]] = len(plain)
    return plain + marked[last:], spans


def read_tagged(path: Path) -> list[Tagged]:
    """The sentences of a cameo_ner file."""
    blocks = path.read_text(encoding="utf-8").split("\n\n")
    return [_tagged([line.split() for line in block.splitlines() if line.strip()]) for block in blocks if block.strip()]


def _tagged(rows: Sequence[Sequence[str]]) -> Tagged:
    text, spans = "", list[tuple[str, Span]]()
    for row in rows:
        word, tag = row[0], row[-1]
        if text and word not in NO_SPACE_BEFORE and text[-1] not in NO_SPACE_AFTER:
            text += " "
        start, text = len(text), text + word
        if tag.startswith("B-") or (tag.startswith("I-") and not spans):
            spans.append((tag[2:], Span(start, len(text))))
        elif tag.startswith("I-"):
            spans[-1] = (spans[-1][0], Span(spans[-1][1].start, len(text)))
    return Tagged(text, tuple(spans))


@dataclass(frozen=True, slots=True)
class Record:
    """A gold record of PLOVER: the text of one event, the countries of its source and target, its type."""

    sentence: str
    source: str
    target: str
    type: str


def read_records(path: Path) -> list[Record]:
    """The records of a JSON file that have a text and both countries."""
    text = path.read_text(encoding="utf-8")
    try:
        loaded = json.loads(text)
    except json.JSONDecodeError:
        loaded = [json.loads(line) for line in text.splitlines() if line.strip()]
    listed = loaded.get("records", [loaded]) if isinstance(loaded, dict) else loaded
    found = [
        Record(one.get("eventText", ""), _country(one, "source"), _country(one, "target"), one.get("event", ""))
        for one in listed
    ]
    return [one for one in found if one.sentence and one.source and one.target]


def _country(record: dict[str, Any], role: str) -> str:
    """The ISO code of a record's party; parties may be one object, a list of them, or a code such as "RUSGOV"."""
    party = record.get(role) or {}
    party = party[0] if isinstance(party, list) and party else party
    code = party.get("code") or party.get("country") or party.get("actor") or "" if isinstance(party, dict) else party
    return str(code)[:3].upper()


# --- many sentences, one parse ----------------------------------------------------------------------------------------


def readings(sentences: Iterable[str]) -> list[Reading]:
    """Each sentence as a report of its own, parsed together (a parse of one sentence at a time is three times as slow)."""
    paragraphs, bounds = list[Paragraph](), list[tuple[int, int]]()
    pieces = list[str]()
    length = 0
    for sentence in sentences:
        own, _ = layout(sentence)
        paragraphs += [p._replace(start=p.start + length, end=p.end + length, section=0) for p in own]
        bounds.append((length, length + len(sentence)))
        pieces.append(sentence)
        length += len(sentence) + 1
    text = "\n".join(pieces)
    tokens, cut = parse(text, tuple(paragraphs))
    whole = Reading(Report("", text), tuple(paragraphs), (), (), tokens, cut)
    return list(_apart(whole, bounds))


def _apart(whole: Reading, bounds: Sequence[tuple[int, int]]) -> Iterator[Reading]:
    """The readings of the stretches of a text that was parsed as one."""
    at = 0
    for number, (start, end) in enumerate(bounds):
        text = whole.report.text[start:end]
        paragraphs, sections = layout(text)
        first = at
        while at < len(whole.sentences) and whole.sentences[at].start < end:
            at += 1
        cut = whole.sentences[first:at]
        base = cut[0].first if cut else 0
        tokens = whole.tokens[base : cut[-1].last] if cut else ()
        sentences = tuple(
            s._replace(i=n, start=s.start - start, end=s.end - start, first=s.first - base, last=s.last - base,
                       root=s.root - base, paragraph=_paragraph_at(paragraphs, s.start - start))
            for n, s in enumerate(cut)
        )  # fmt: skip
        moved = tuple(_moved(token, base, start, first) for token in tokens)
        yield Reading(Report(f"s{number}", text), paragraphs, sections, quotes(text, paragraphs), moved, sentences)


def _moved(token: Token, base: int, start: int, sentence: int) -> Token:
    return token._replace(
        i=token.i - base,
        start=token.start - start,
        end=token.end - start,
        head=token.head - base,
        sentence=token.sentence - sentence,
        children=tuple(c - base for c in token.children),
    )


def _paragraph_at(paragraphs: Sequence[Paragraph], start: int) -> int:
    return next((n for n, p in enumerate(paragraphs) if p.start <= start < p.end), 0)
