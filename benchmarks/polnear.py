"""Reads PolNeAR: political news with attributions in brat's form (`text/*.txt`, `attributions/*.ann`).

An article's file of annotations is named after the article and its annotator; where there are several, the first by name
counts. Roles are Source, Cue and Content, numbered or not; other roles are left out. Spans are sets of positions of
letters and digits, so that punctuation and white space at the edges never matter.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

Characters = frozenset[int]
ROLE = re.compile(r"(Source|Cue|Content)\d*")
DOUBLE_QUOTED = re.compile(r"[\"“„«][^\"“”„«»]*(?:[\"”»]|$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Attribution:
    """Source, cue and content as sets of positions of letters and digits; an absent span is empty."""

    source: Characters
    cue: Characters
    content: Characters


@dataclass(frozen=True, slots=True)
class Article:
    """A text with its attributions, in the order of their cues."""

    name: str
    text: str
    attributions: tuple[Attribution, ...]


def articles(folder: Path) -> Iterator[Article]:
    """The articles of a split (`.../polnear/dev`), by name; those without annotations are left out."""
    for path in sorted((folder / "text").glob("*.txt")):
        files = sorted((folder / "attributions").glob(f"{path.stem}_*.ann"))
        if files:
            text = path.read_bytes().decode("utf-8")
            yield Article(path.stem, text, attributions(files[0].read_text(encoding="utf-8"), text))


def attributions(annotations: str, text: str) -> tuple[Attribution, ...]:
    """The attributions of one file of annotations: "E1\\tAttribution:T4 Content:T3 Cue:T2 Source:T1"."""
    spans: dict[str, list[tuple[int, int]]] = {}
    events: list[str] = []
    for line in annotations.splitlines():
        fields = line.split("\t")
        if line.startswith("T") and len(fields) > 1:
            spans[fields[0]] = _offsets(fields[1])
        elif line.startswith("E") and len(fields) > 1:
            events.append(fields[1])
    found = [_attribution(event, spans, text) for event in events]
    return tuple(sorted((one for one in found if one.cue or one.content), key=lambda one: min(one.cue or one.content)))


def _offsets(field: str) -> list[tuple[int, int]]:
    """ "Content 292 543;550 560" -> [(292, 543), (550, 560)]."""
    pairs = [part.split() for part in field.split(" ", 1)[1].split(";")]
    return [(int(pair[0]), int(pair[1])) for pair in pairs if len(pair) == 2]


def _attribution(event: str, spans: dict[str, list[tuple[int, int]]], text: str) -> Attribution:
    roles: dict[str, set[int]] = {"Source": set(), "Cue": set(), "Content": set()}
    for argument in event.split():
        role, _, name = argument.partition(":")
        if (m := ROLE.fullmatch(role)) and name in spans:
            for start, end in spans[name]:
                roles[m[1]] |= characters(text, start, end)
    return Attribution(frozenset(roles["Source"]), frozenset(roles["Cue"]), frozenset(roles["Content"]))


def characters(text: str, start: int, end: int) -> Characters:
    """The positions of the letters and digits of text[start:end]."""
    return frozenset(i for i in range(start, min(end, len(text))) if text[i].isalnum())


def quoted(text: str) -> Characters:
    """The positions of the letters and digits within double quotation marks, a quotation left open to its line's end."""
    return frozenset(i for m in DOUBLE_QUOTED.finditer(text) for i in range(m.start(), m.end()) if text[i].isalnum())
