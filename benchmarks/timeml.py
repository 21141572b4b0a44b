"""Reads TimeML: news texts with TIMEX3 expressions and the time of each document's creation (`*.tml`).

The text is that of TEXT without tags; of an expression's value only its own attribute is read, and empty expressions,
which stand for something unsaid, are left out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.etree import ElementTree


@dataclass(frozen=True, slots=True)
class Timex:
    """A temporal expression: `text[start:end]`, with TIMEX3's type and value."""

    start: int
    end: int
    type: str
    value: str


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its temporal expressions, in order, and the day it was created."""

    name: str
    text: str
    created: date | None
    timexes: tuple[Timex, ...]


def documents(folder: Path) -> Iterator[Document]:
    """The documents below a folder, by path; a file without a TEXT is left out."""
    for path in sorted(folder.rglob("*.tml")):
        if document := document_of(path.read_text(encoding="utf-8"), path.stem):
            yield document


def document_of(xml: str, name: str) -> Document | None:
    """The document of one file: `<TimeML><DCT><TIMEX3 value="1998-01-08"/></DCT><TEXT>It fell <TIMEX3 ...>today ...`."""
    root = ElementTree.fromstring(xml)
    text = root.find("TEXT")
    if text is None:
        return None
    parts: list[str] = []
    timexes = tuple(sorted(_walk(text, parts, 0), key=lambda timex: timex.start))
    return Document(name, "".join(parts), _created(root), tuple(timex for timex in timexes if timex.end > timex.start))


def _walk(element: ElementTree.Element, parts: list[str], length: int) -> list[Timex]:
    """Appends an element's text to parts, which hold `length` characters so far; the expressions in it."""
    found: list[Timex] = []
    before = len(parts)
    parts.append(element.text or "")
    for child in element:
        found += _walk(child, parts, length + sum(map(len, parts[before:])))
        parts.append(child.tail or "")
    if element.tag == "TIMEX3":
        end = length + sum(map(len, parts[before:]))
        found.append(Timex(length, end, element.get("type", ""), element.get("value", "")))
    return found


def _created(root: ElementTree.Element) -> date | None:
    stated = root.find("DCT/TIMEX3")
    found = re.match(r"\d{4}-\d{2}-\d{2}", stated.get("value", "") if stated is not None else "")
    return date.fromisoformat(found[0]) if found else None
