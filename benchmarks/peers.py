"""Attributions as other tools find them, on the parse that Twotrack uses: `attribution.py --system textacy` or `sayswho`.

Both find direct speech alone: "“There is no deal,” the minister said.". Both are run by paragraph: textacy gives up on a text
with an odd number of quotation marks, sayswho on one with an empty line. Of sayswho the finder of quotations is run; who a
speaker is it asks a coreference model that no registry carries.
"""

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Any

from polnear import Attribution, Characters, characters
from twotrack.parse import load_pipeline

Finder = Callable[[Any], Iterable[Any]]
SYSTEMS = {"textacy": ("textacy.extract", "direct_quotations"), "sayswho": ("sayswho.quote_finder", "quote_finder")}


def peer_attributions(system: str, text: str) -> list[Attribution]:
    """The attributions of a text by a tool of SYSTEMS; a paragraph that it cannot read has none."""
    module, name = SYSTEMS[system]
    finder: Finder = getattr(import_module(module), name)
    return list(_of_paragraphs(finder, text))


def _of_paragraphs(finder: Finder, text: str) -> Iterator[Attribution]:
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield from _found(finder, line, start, text)
        start += len(line) + 1


def _found(finder: Finder, words: str, offset: int, text: str) -> Iterator[Attribution]:
    doc = load_pipeline()(words)
    try:
        found = list(finder(doc))
    except (ValueError, TypeError):  # an odd number of quotation marks; a mark of two characters
        return
    for one in found:
        yield Attribution(
            _characters(one.speaker, offset, text), _characters(one.cue, offset, text), _characters(one.content, offset, text)
        )


def _characters(tokens: Iterable[Any], offset: int, text: str) -> Characters:
    return frozenset().union(*(characters(text, offset + token.idx, offset + token.idx + len(token.text)) for token in tokens))
