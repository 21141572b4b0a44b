"""What was said, by whom, and how it reached the report: marked attributions -> statements.

"The Kremlin said in its readout that Putin had warned Biden of a complete break": a statement of the Kremlin through its
readout, and within it a statement of Putin that came through the Kremlin.
"""

from collections.abc import Iterator
from functools import lru_cache

from twotrack.errors import Problem
from twotrack.find.chains import as_item, chain, cited
from twotrack.find.speakers import speakers
from twotrack.lexicon import rows
from twotrack.mark.cues import CueWord, cue_words
from twotrack.model import Actor, AttributionMark, Cite, DateMark, Statement, When
from twotrack.reading import Reading
from twotrack.syntax import governors

UNLISTED = CueWord(0.8, "speech")  # rules outside the table: "according to", hearsay, a name with a colon
MINDS = frozenset({"attitude", "intention", "stance"})  # what somebody thinks or wants: a statement only of a known actor
DENIALS = frozenset({"deny", "refute", "denial/n"})
REFUSALS = frozenset({"decline", "refuse"})
TELLING = frozenset({"comment", "say", "answer", "discuss", "confirm", "elaborate", "disclose", "specify", "reveal", "explain", "respond", "name"})
WOULD = frozenset({"would", "will", "could", "'d", "wo"})
PLANNED = frozenset({"will", "shall", "should", "may", "might", "could", "must", "'ll"})


def find_statements(reading: Reading) -> Iterator[Statement | Problem]:
    """The statements of a report: "Moscow denied on Friday that ..." -> speaker, content, status "denied", Friday."""
    by_sentence = _dates(reading)
    seen: set[str] = set()
    for mark, outer in nested(reading.attributions):
        word = cue_of(mark)
        status = _status(reading, mark)
        if status is None or not _is_statement(reading, mark, word):
            continue
        for statement in _statements(reading, mark, outer, status, by_sentence):
            if statement.id not in seen:
                seen.add(statement.id)
                yield statement


def cue_of(mark: AttributionMark) -> CueWord:
    word, _, frame = mark.rule.partition("+")
    return cue_words().get((word, frame), UNLISTED)


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


def _is_statement(reading: Reading, mark: AttributionMark, word: CueWord) -> bool:
    if word.kind == "speech":
        return True
    if mark.source is None:
        return False
    if word.kind == "finding":
        return True
    return word.kind in MINDS and any(actor.id or actor.anonymous for actor in speakers(reading, mark.source))


def _status(reading: Reading, mark: AttributionMark) -> str | None:
    """ "said", "denied", "declined"; None where nothing was said: "did not say", "should say", "is expected to announce"."""
    tokens = reading.tokens
    token = tokens[mark.cue_head]
    words = [tokens[n] for n in _between(reading, mark)]
    lemmas = {one.lemma for one in words}
    if lemmas & REFUSALS and (mark.rule.split("+")[0] in REFUSALS or lemmas & TELLING):
        return "declined" if lemmas & TELLING or _content_lemma(reading, mark) in TELLING else "said"
    negated = any(tokens[c].dep == "neg" for c in token.children)
    modal = next((tokens[c].lower for c in token.children if tokens[c].dep == "aux" and tokens[c].tag == "MD"), None)
    speech = cue_of(mark).kind == "speech"
    if negated and speech and token.lemma not in DENIALS:
        return "declined" if modal in WOULD and token.lemma in TELLING else None
    if modal in PLANNED and speech:
        return None
    if speech and token.tag == "VB" and len(words) == 1 and any(tokens[c].tag == "TO" for c in token.children):
        return None
    return "denied" if mark.rule.split("+")[0] in DENIALS else "said"


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
    following = reading.tokens[first + 1 : first + 2] if reading.tokens[first].lower == "to" else reading.tokens[first : first + 1]
    return following[0].lemma if following else ""


def _statements(
    reading: Reading, mark: AttributionMark, outer: list[AttributionMark], status: str, dates: dict[int, list[DateMark]]
) -> Iterator[Statement]:
    """One statement for each speaker: "Paris and Berlin said" is two."""
    via = chain(reading, mark, outer)
    who = speakers(reading, mark.source)
    if (source := cited(reading, mark)) is not None:
        via = (*via, as_item(who))
        who = speakers(reading, source)
    elif not who and mark.rule == "reportedly":
        via = (*via, "hearsay")
    first, *parts = [reading.report.cite(part.start, part.end) for part in mark.content]
    when = _when(reading, mark, dates)
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


def _anonymous(speaker: Actor | None) -> bool:
    return speaker is not None and speaker.anonymous


@lru_cache
def _measured() -> dict[tuple[str, str], float]:
    """Measured precision by frame and kind of cue."""
    return {(row["frame"], row["kind"]): float(row["measured"]) for row in rows("cues", "cue", "frame", "kind", "measured")}


def confidence_of(mark: AttributionMark) -> float:
    """The measured precision of the cue's row: of "warn+that", that of speech with that-clauses."""
    frame = mark.rule.partition("+")[2].partition(":")[0]
    return _measured().get((frame, cue_of(mark).kind), UNLISTED.precision)


def _cites(reading: Reading, mark: AttributionMark) -> tuple[Cite, ...]:
    """The cue's sentence, and what of source and content stands outside it."""
    sentence = reading.sentences[reading.tokens[mark.cue_head].sentence]
    spans = [*mark.content, *([mark.source] if mark.source else [])]
    outside = [span for span in spans if span.start < sentence.start or span.end > sentence.end]
    return tuple(reading.report.cite(start, end) for start, end in [(sentence.start, sentence.end), *outside])


def _dates(reading: Reading) -> dict[int, list[DateMark]]:
    found: dict[int, list[DateMark]] = {}
    for date in reading.dates:
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
