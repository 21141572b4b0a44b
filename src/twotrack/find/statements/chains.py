"""Through whom words came: the chain between a speaker and the report, from the nearest to the speaker outward.

"Putin warned of a break, the Kremlin said in its readout, according to a translation": Putin's words came through the Kremlin.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from twotrack.find.statements.recall import Said
from twotrack.find.statements.speakers import head_of, source_tokens, speakers
from twotrack.lexicon import rows
from twotrack.mark.attribution.cues import kind_of, words_of
from twotrack.model import Actor, AttributionMark, Span
from twotrack.reading import Reading
from twotrack.syntax import Tokens, children, governors, prep_objects, subtree_span

Chain = tuple[str, ...]
ANONYMOUS = "anonymous official"
ARTICLES = frozenset({"The", "A", "An", "His", "Her", "Its", "Their", "Two", "Three", "Several", "Some"})
DEFINITE = frozenset({"the", "that", "this", "its", "their"})
PRONOUNS = frozenset({"he", "she", "it", "they", "who", "which", "his", "her", "its", "their"})


@lru_cache
def media() -> dict[str, str]:
    """What carries words, by noun: {"readout": "readout", "summary": "readout", "translation": "translation", ...}."""
    return {noun: row["via"] for row in rows("cues", "medium", "via", "nouns", "examples") for noun in row["nouns"]}


def chain(reading: Reading, mark: AttributionMark, who: list[Actor], outer: list[tuple[AttributionMark, list[Actor]]]) -> Chain:
    """The chain of what speakers say; `outer`: the attributions whose contents hold it and their speakers, innermost first."""
    found = [*_own_media(reading, mark), *_quoted_by(reading, mark)]
    for one, others in outer:
        if not carries(one) or (who and others and same(who[0], others[0])):
            continue
        source = source_medium(reading, one)
        found.extend([source] if source else [as_item(others)])
        found.extend(_own_media(reading, one))
    return tuple(dict.fromkeys(item for item in found if item))


def _quoted_by(reading: Reading, mark: AttributionMark) -> Iterator[str]:
    """Who quotes a speaker: the agency of "was quoted by the agency as saying", "said, as quoted by the agency"."""
    tokens = reading.tokens
    preposition = tokens[tokens[mark.cue_head].head]
    verb = tokens[preposition.head]
    quoting = [n for n in children(tokens, mark.cue_head, "advcl") if tokens[n].lemma in words_of("citing")]
    if preposition.lower == "as" and verb.lemma in words_of("citing"):
        quoting += [verb.i, mark.cue_head]
    for n in quoting:
        for one in prep_objects(tokens, n, "by"):
            yield as_item(speakers(reading, subtree_span(tokens, one)))


def carries(mark: AttributionMark) -> bool:
    """Whether an attribution passes words on: speech and findings do, thoughts and unnamed sources do not."""
    return mark.rule == "reportedly" or (mark.source is not None and kind_of(mark) in ("speech", "finding"))


def same(one: Actor, other: Actor) -> bool:
    """Whether two mentions are of one speaker: "Iran said it was ready" passes on nobody else's words."""
    return one.id is not None and (one.id, one.person) == (other.id, other.person)


def as_item(found: list[Actor]) -> str:
    """Speakers as an item of a chain: "according to Reuters", "anonymous official", "hearsay" where there is none."""
    if not found:
        return "hearsay"
    actor = found[0]
    first, _, rest = actor.words.partition(" ")
    words = f"{first.lower()} {rest}" if first in ARTICLES and rest else actor.words
    if words.lower() in PRONOUNS and actor.name:
        words = actor.name
    return ANONYMOUS if actor.anonymous else f"according to {words}"


def source_medium(reading: Reading, mark: AttributionMark) -> str | None:
    """The medium that a source is itself: "according to a translation", "the Kremlin's readout said"; not "reports"."""
    if mark.source is None or not (found := source_tokens(reading, mark.source)):
        return None
    head = reading.tokens[head_of(reading.tokens, found)]
    if head.pos == "PROPN":
        return None  # "The Washington Post"
    return media().get(head.lemma) if head.tag != "NNS" or len(found) > 1 else None


def _own_media(reading: Reading, mark: AttributionMark) -> Iterator[str]:
    """The media by which a speaker speaks: "said in a statement", "said in its own readout", "a Kremlin readout said"."""
    tokens, head = reading.tokens, mark.cue_head
    if (own := source_medium(reading, mark)) is not None:
        yield own
    for c in _adjuncts(tokens, head):
        for n in children(tokens, c, "pobj"):
            if _in_content(tokens[n].start, mark):
                continue
            own_one = any(tokens[k].lower == "own" for k in tokens[n].children)
            via = media().get(tokens[n].lemma) or ("readout" if own_one and tokens[c].lower == "in" else None)
            if via is not None:
                yield via
            if any(tokens[k].lemma == "translate" for k in tokens[n].children):
                yield "translation"


def _adjuncts(tokens: Tokens, head: int) -> Iterator[int]:
    """Prepositions below a cue, and those of "according to" beside it."""
    for c in tokens[head].children:
        if tokens[c].dep == "prep":
            yield c
        if tokens[c].lower == "according":
            yield from (k for k in tokens[c].children if tokens[k].lower == "to")


def _in_content(start: int, mark: AttributionMark) -> bool:
    return any(part.start <= start < part.end for part in mark.content)


def is_citation(reading: Reading, mark: AttributionMark) -> bool:
    """Whether an attribution only names the source of another: "citing two officials", "quoted a diplomat as saying that"."""
    tokens, token = reading.tokens, reading.tokens[mark.cue_head]
    as_saying = any(tokens[c].lower == "as" and children(tokens, c, "pcomp") for c in token.children)
    return token.lemma in words_of("citing") and (token.tag == "VBG" or as_saying)


def citations(reading: Reading) -> dict[int, Span]:
    """Whom each attribution cites, by its cue head: the citation in its source, below its cue, or next in its sentence."""
    found = {mark.cue_head: span for mark in reading.attributions if (span := _cited_beside(reading, mark)) is not None}
    before: AttributionMark | None = None
    for mark in reading.attributions:
        if is_citation(reading, mark):
            if before is not None and _same_sentence(reading, before, mark) and not _in_content(mark.cue.start, before):
                found.setdefault(before.cue_head, mark.content[0])
        elif before is None or not _in_content(mark.cue.start, before) or not _same_sentence(reading, before, mark):
            before = mark
    return found


def _cited_beside(reading: Reading, mark: AttributionMark) -> Span | None:
    """The object of a "citing" below a cue or its source: "Tass, citing the ministry, reported"."""
    tokens = reading.tokens
    below = list(tokens[mark.cue_head].children)
    if mark.source is not None and (found := source_tokens(reading, mark.source)):
        below += tokens[head_of(tokens, found)].children
    for n in below:
        if tokens[n].lemma in words_of("citing") and tokens[n].tag == "VBG" and (cited := children(tokens, n, "dobj")):
            return subtree_span(tokens, cited[0])
        if tokens[n].lower == "referring" and (cited := prep_objects(tokens, n, "to")):
            return subtree_span(tokens, cited[0])
    return None


def _same_sentence(reading: Reading, one: AttributionMark, other: AttributionMark) -> bool:
    return reading.tokens[one.cue_head].sentence == reading.tokens[other.cue_head].sentence


def author_of(reading: Reading, mark: AttributionMark, said: list[Said]) -> Actor | None:
    """Whose words "the statement" are that "said the order stands": those of the last main clause's speaker, if known."""
    if mark.source is None or source_medium(reading, mark) is None:
        return None
    words = reading.report.text[slice(*mark.source)].split()
    main = next((one for one in reversed(said) if reading.tokens[one.cue].dep == "ROOT"), None)
    if words[0].lower() not in DEFINITE or main is None or len(main.speakers) != 1:
        return None
    (author,) = main.speakers
    if author.id is None or author.anonymous:
        return None
    return replace(author, words=" ".join(words), start=mark.source.start, end=mark.source.end)


def principal_of(reading: Reading, mark: AttributionMark, who: list[Actor]) -> tuple[Actor, tuple[str, ...]] | None:
    """Whose words an office passes on by a verb joined to its own, and the media of the office.

    "The Kremlin said in its readout that Putin was content, but warned of a break": Putin, ("readout",). The person must belong
    to the office that speaks, and be the subject of what it says.
    """
    tokens, cue = reading.tokens, reading.tokens[mark.cue_head]
    if cue.dep != "conj" or len(who) != 1 or who[0].id is None or who[0].person is not None or children(tokens, cue.i, "nsubj"):
        return None
    joined = tokens[cue.head]
    clause = joined.i if joined.dep == "ccomp" else next(iter(children(tokens, joined.i, "ccomp")), None)
    if clause is None or clause > cue.i:
        return None
    marks = [reading.actors_at[n] for n in children(tokens, clause, "nsubj") if n in reading.actors_at]
    inner = [actor for one in marks for actor in one.actors]
    if len(inner) != 1 or inner[0].person is None or not (inner[0].id or "").startswith(who[0].id + "."):
        return None
    office = next((one for one in reading.attributions if one.cue_head == tokens[clause].head), None)
    return inner[0], tuple(_own_media(reading, office)) if office is not None else ()


def is_link(reading: Reading, mark: AttributionMark) -> bool:
    """Whether an attribution's source only carries others' words: "..., the Kremlin said, according to a translation"."""
    if source_medium(reading, mark) is None:
        return False
    if any(actor.id or actor.anonymous for actor in speakers(reading, mark.source)):
        return False
    return any(
        one is not mark and _same_sentence(reading, one, mark) and _is_beside(reading, one, mark)
        for one in _near(reading, mark)
    )


def _near(reading: Reading, mark: AttributionMark) -> Iterator[AttributionMark]:
    """The attributions of a sentence, by their place among all."""
    marks = reading.attributions
    n = bisect_left(marks, mark.cue.start, key=lambda one: one.cue.start)
    for step in (-1, 1):
        k = n + step
        while 0 <= k < len(marks) and _same_sentence(reading, marks[k], mark):
            yield marks[k]
            k += step


def _is_beside(reading: Reading, one: AttributionMark, link: AttributionMark) -> bool:
    """Whether what a link carries is another's attribution: it holds its cue, or hangs on it."""
    return _in_content(one.cue.start, link) or one.cue_head in governors(reading.tokens, link.cue_head)
