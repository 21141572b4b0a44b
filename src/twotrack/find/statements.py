"""What was said, by whom, and how it reached the report: marked attributions -> statements.

"The Kremlin said in its readout that Putin had warned Biden of a complete break": a statement of the Kremlin through its
readout, and within it a statement of Putin that came through the Kremlin.
"""

from collections.abc import Iterator
from functools import lru_cache

from twotrack.errors import Problem
from twotrack.find.chains import as_item, chain, citations, is_citation, is_link
from twotrack.find.speakers import keeps_name, speakers
from twotrack.lexicon import rows
from twotrack.mark.cues import cue_words, kind_of, words_of
from twotrack.model import Actor, AttributionMark, Cite, DateMark, Span, Statement, When
from twotrack.reading import Reading
from twotrack.syntax import conjunction_head, governors, is_negated

UNLISTED = 0.9  # measured on PolNeAR's development articles: "according to", hearsay, a name with a colon
OURSELVES = frozenset({"i", "we", "you"})  # within a speech: its speaker, whose statement it is already
MINDS = frozenset({"attitude", "intention", "stance"})  # what somebody thinks or wants: a statement only of a known actor
FINITE = frozenset({"VBD", "VBZ", "VBP", "JJ", "NN"})
WOULD = frozenset({"would", "will", "could", "'d", "wo"})
PLANNED = frozenset({"will", "shall", "should", "may", "might", "could", "must", "'ll"})


def find_statements(reading: Reading) -> Iterator[Statement | Problem]:
    """The statements of a report: "Moscow denied on Friday that ..." -> speaker, content, status "denied", Friday."""
    dates, cites = _dates(reading), citations(reading)
    for mark, outer in nested(reading.attributions):
        status = _status(reading, mark)
        if status is not None and _is_statement(reading, mark, bool(outer)):
            via = chain(reading, mark, outer)
            yield from _statements(reading, mark, via, cites.get(mark.cue_head), status, _when(reading, mark, dates))


def nested(marks: tuple[AttributionMark, ...]) -> Iterator[tuple[AttributionMark, list[AttributionMark]]]:
    """Each attribution with those whose contents hold its cue, innermost first."""
    spans = sorted(((part.start, part.end, n) for n, mark in enumerate(marks) for part in mark.content))
    cues = sorted(((mark.cue.start, n) for n, mark in enumerate(marks)))
    open_spans: list[tuple[int, int, int]] = []
    k = 0
    for start, n in cues:
        while k < len(spans) and spans[k][0] <= start:
            open_spans.append(spans[k])
            k += 1
        open_spans = [span for span in open_spans if span[1] > start]
        around = sorted(((end - begin, m) for begin, end, m in open_spans if m != n))
        yield marks[n], [marks[m] for m in dict.fromkeys(m for _, m in around)]


def _is_statement(reading: Reading, mark: AttributionMark, within: bool) -> bool:
    """Whether somebody says something; what they think or want counts where a known actor's main verb tells it."""
    kind = kind_of(mark)
    if is_citation(reading, mark) or is_link(reading, mark) or _is_question(reading, mark):
        return False
    if keeps_name(reading, mark.cue.start, mark.content[-1].end):
        return False
    if within and mark.source is not None and reading.report.text[slice(*mark.source)].lower() in OURSELVES:
        return False
    if kind == "speech" or _is_voiced(reading, mark):
        return True
    if mark.source is None or kind not in MINDS | {"finding"}:
        return False
    if kind == "finding":
        return True
    told = reading.tokens[mark.cue_head].tag in FINITE or not within
    return told and any(actor.id or actor.anonymous for actor in speakers(reading, mark.source))


def _is_question(reading: Reading, mark: AttributionMark) -> bool:
    """Whether nobody named asks: "asked whether he would resign"."""
    return mark.source is None and reading.tokens[mark.cue_head].lemma in words_of("asked")


def _is_voiced(reading: Reading, mark: AttributionMark) -> bool:
    """Whether a verb of saying carries the cue: "expressed concern about" is said, "has concerns about" is thought."""
    verb = reading.tokens[reading.tokens[mark.cue_head].head]
    found = cue_words().get((verb.lemma, "np"))
    return mark.cue.start <= verb.start < mark.cue.end and found is not None and found.kind == "speech"


def _status(reading: Reading, mark: AttributionMark) -> str | None:
    """ "said", "denied", "declined"; None where nothing was said: "did not say", "should say", "is expected to announce"."""
    tokens = reading.tokens
    token = tokens[mark.cue_head]
    words = [tokens[n] for n in _between(reading, mark)]
    lemmas = {one.lemma for one in words}
    if lemmas & words_of("refusal") and (mark.rule.split("+")[0] in words_of("refusal") or lemmas & words_of("telling")):
        return "declined" if lemmas & words_of("telling") or _content_lemma(reading, mark) in words_of("telling") else "said"
    negated = is_negated(tokens, mark.cue_head) or is_negated(tokens, conjunction_head(tokens, mark.cue_head))
    modal = next((tokens[c].lower for c in token.children if tokens[c].dep == "aux" and tokens[c].tag == "MD"), None)
    speech = kind_of(mark) == "speech"
    if negated and speech:
        return "declined" if modal in WOULD and token.lemma in words_of("telling") else None
    if modal in PLANNED and speech:
        return None
    if speech and token.tag == "VB" and len(words) == 1 and any(tokens[c].tag == "TO" for c in token.children):
        return None
    return "denied" if mark.rule.split("+")[0] in words_of("denial") else "said"


def _between(reading: Reading, mark: AttributionMark) -> list[int]:
    first = reading.token_starts.get(mark.cue.start, mark.cue_head)
    found = []
    for n in range(first, len(reading.tokens)):
        if reading.tokens[n].start >= mark.cue.end:
            break
        found.append(n)
    return found


def _content_lemma(reading: Reading, mark: AttributionMark) -> str:
    """The verb of "to comment", the content of a bare "declined to comment"."""
    first = reading.token_starts.get(mark.content[0].start)
    if first is None:
        return ""
    following = (
        reading.tokens[first + 1 : first + 2] if reading.tokens[first].lower == "to" else reading.tokens[first : first + 1]
    )
    return following[0].lemma if following else ""


def _statements(
    reading: Reading,
    mark: AttributionMark,
    via: tuple[str, ...],
    citation: Span | None,
    status: str,
    when: When | None,
) -> Iterator[Statement]:
    """One statement for each speaker: "Paris and Berlin said" is two."""
    who = speakers(reading, mark.source)
    if citation is not None:
        who, via = _as_cited(reading, citation, who, via)
    elif not who and mark.rule == "reportedly":
        via = (*via, "hearsay")
    first, *parts = [reading.report.cite(part.start, part.end) for part in mark.content]
    for number, speaker in enumerate(who or [None]):
        yield Statement(
            id=f"{reading.report.id}-s{mark.cue.start}" + (f"-{number + 1}" if number else ""),
            speaker=speaker,
            cue=reading.report.cite(mark.cue.start, mark.cue.end),
            content=first,
            parts=tuple(parts),
            direct=mark.direct,
            anonymous=_anonymous(speaker),
            via=via,
            when=when,
            status=status,  # type: ignore[arg-type]
            cites=_cites(reading, mark),
            confidence=confidence_of(mark),
            rule=f"statement:{mark.rule}",
        )


def _as_cited(reading: Reading, citation: Span, who: list[Actor], via: tuple[str, ...]) -> tuple[list[Actor], tuple[str, ...]]:
    """Speakers and chain with a citation: officials cited speak through the one who cites; a document cited only carries."""
    cited = speakers(reading, citation)
    if any(actor.id or actor.anonymous for actor in cited):
        return cited, (*via, as_item(who))
    return who, (*via, *(actor.words for actor in cited))


def _anonymous(speaker: Actor | None) -> bool:
    return speaker is not None and speaker.anonymous


@lru_cache
def _measured() -> dict[tuple[str, str], float]:
    """Measured precision by frame and kind of cue."""
    return {(row["frame"], row["kind"]): float(row["measured"]) for row in rows("cues", "cue", "frame", "kind", "measured")}


def confidence_of(mark: AttributionMark) -> float:
    """The measured precision of the cue's row: of "warn+that", that of speech with that-clauses."""
    frame = mark.rule.partition("+")[2].partition(":")[0]
    return _measured().get((frame, kind_of(mark)), UNLISTED)


def _cites(reading: Reading, mark: AttributionMark) -> tuple[Cite, ...]:
    """The cue's sentence, and what of source and content stands outside it."""
    sentence = reading.sentences[reading.tokens[mark.cue_head].sentence]
    spans = [*mark.content, *([mark.source] if mark.source else [])]
    outside = [span for span in spans if span.start < sentence.start or span.end > sentence.end]
    return tuple(reading.report.cite(start, end) for start, end in [(sentence.start, sentence.end), *outside])


def _dates(reading: Reading) -> dict[int, list[DateMark]]:
    found: dict[int, list[DateMark]] = {}
    for date in reading.dates:
        if date.type in ("DURATION", "SET"):
            continue
        found.setdefault(reading.tokens[date.head].sentence, []).append(date)
    return found


def _when(reading: Reading, mark: AttributionMark, dates: dict[int, list[DateMark]]) -> When | None:
    """The date that hangs on the cue and stands outside the content: "said on Friday that talks would open on Monday"."""
    tokens = reading.tokens
    cue = set(_between(reading, mark)) | {mark.cue_head}
    for date in dates.get(tokens[mark.cue_head].sentence, ()):
        if any(part.start <= date.start < part.end for part in mark.content) or date.deadline:
            continue
        for n in governors(tokens, date.head):
            if n in cue:
                return date.when
            if tokens[n].pos in ("VERB", "AUX"):
                break
    return None
