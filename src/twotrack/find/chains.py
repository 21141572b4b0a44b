"""Through whom words came: the chain between a speaker and the report, from the nearest to the speaker outward.

"Putin warned of a break, the Kremlin said in its readout, according to a translation": Putin's words came through the Kremlin.
"""

from collections.abc import Iterator
from functools import lru_cache

from twotrack.find.speakers import head_of, source_tokens, speakers
from twotrack.lexicon import rows
from twotrack.model import Actor, AttributionMark, Span
from twotrack.reading import Reading
from twotrack.syntax import Tokens, children, subtree

ANONYMOUS = "anonymous official"
CITING = frozenset({"cite", "quote"})


@lru_cache
def media() -> dict[str, str]:
    """What carries words, by noun: {"readout": "readout", "summary": "readout", "translation": "translation", ...}."""
    return {noun: row["via"] for row in rows("cues", "medium", "via", "nouns", "examples") for noun in row["nouns"]}


def chain(reading: Reading, mark: AttributionMark, outer: list[AttributionMark]) -> tuple[str, ...]:
    """The chain of an attribution; `outer`: the attributions whose contents hold it, innermost first."""
    found = [*_own_media(reading, mark)]
    for one in outer:
        source = _source_medium(reading, one)
        found.extend([source] if source else [named(reading, one)])
        found.extend(_own_media(reading, one))
    return tuple(dict.fromkeys(item for item in found if item))


def named(reading: Reading, mark: AttributionMark) -> str:
    """An attribution's source as an item of a chain: "according to the Kremlin", "anonymous official"."""
    return as_item(speakers(reading, mark.source))


def as_item(found: list[Actor]) -> str:
    if not found:
        return "hearsay"
    actor = found[0]
    return ANONYMOUS if actor.anonymous else f"according to {actor.name or actor.words}"


def _source_medium(reading: Reading, mark: AttributionMark) -> str | None:
    """The medium that a source is itself: "according to a translation", "the Kremlin's readout said"."""
    if mark.source is None or not (found := source_tokens(reading, mark.source)):
        return None
    return media().get(reading.tokens[head_of(reading.tokens, found)].lemma)


def _own_media(reading: Reading, mark: AttributionMark) -> Iterator[str]:
    """The media by which a speaker speaks: "said in a statement", "said in its own readout", "a Kremlin readout said"."""
    tokens, head = reading.tokens, mark.cue_head
    if (own := _source_medium(reading, mark)) is not None:
        yield own
    for c in _adjuncts(tokens, head):
        for n in children(tokens, c, "pobj"):
            if _in_content(tokens[n].start, mark):
                continue
            own_one = any(tokens[k].lower == "own" for k in tokens[n].children)
            via = media().get(tokens[n].lemma) or ("readout" if own_one and tokens[c].lower == "in" else None)
            if via is not None:
                yield via
            yield from (media()[tokens[k].lemma] for k in tokens[n].children if tokens[k].lemma == "translate" and "translate" in media())


def _adjuncts(tokens: Tokens, head: int) -> Iterator[int]:
    """Prepositions below a cue, and those of "according to" beside it."""
    for c in tokens[head].children:
        if tokens[c].dep == "prep":
            yield c
        if tokens[c].lower == "according":
            yield from (k for k in tokens[c].children if tokens[k].lower == "to")


def _in_content(start: int, mark: AttributionMark) -> bool:
    return any(part.start <= start < part.end for part in mark.content)


def cited(reading: Reading, mark: AttributionMark) -> Span | None:
    """Whom a source itself cites: "Reuters reported, citing two officials", "according to Tass, quoting the ministry"."""
    tokens = reading.tokens
    below = list(tokens[mark.cue_head].children)
    if mark.source is not None:
        below += source_tokens(reading, mark.source)
    for n in below:
        if tokens[n].lemma in CITING and tokens[n].tag == "VBG":
            for obj in children(tokens, n, "dobj"):
                words = subtree(tokens, obj)
                return Span(tokens[words[0]].start, tokens[words[-1]].end)
    return None
