"""What was said, by whom, and how it reached the report: marked attributions -> statements.

"The Kremlin said in its readout that Putin had warned Biden of a complete break": a statement of the Kremlin through its
readout, and within it a statement of Putin that came through the Kremlin.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import takewhile
from math import sqrt

from twotrack.errors import Problem
from twotrack.find.statements.asides import denied_in_asides, is_pointer
from twotrack.find.statements.carriers import in_content, opening, trailing
from twotrack.find.statements.chains import (
    Chain,
    as_item,
    author_of,
    chain,
    citations,
    goes_on,
    linked,
    may_be,
    principal_of,
    writer_of,
)
from twotrack.find.statements.recall import Said, recalled
from twotrack.find.statements.saying import cue_words_of, is_statement, status_of
from twotrack.find.statements.speakers import can_speak, speakers
from twotrack.lexicon import rows
from twotrack.mark.attribution.cues import kind_of
from twotrack.model import Actor, AttributionMark, Cite, DateMark, Span, Statement, When
from twotrack.reading import Reading
from twotrack.syntax import governors

UNLISTED = 0.9  # measured on PolNeAR's development articles: "according to", hearsay, a name with a colon


def find_statements(reading: Reading) -> Iterator[Statement | Problem]:
    """The statements of a report: "Moscow denied on Friday that ..." -> speaker, content, status "denied", Friday."""
    found: list[Statement] = []
    for one in _attributed(reading):
        pointing = one.status == "denied" and is_pointer((one.content, *one.parts))
        before = _said_before(reading, found, one) if pointing else None
        found.append(replace(one, content=before.content, parts=before.parts) if before else one)
    cues = {mark.cue_head for mark in reading.attributions}
    yield from sorted([*found, *denied_in_asides(reading, found, cues)], key=lambda one: one.cue.start)


def _said_before(reading: Reading, found: list[Statement], one: Statement) -> Statement | None:
    """The last statement before another in its sentence, by somebody else."""
    sentence = reading.sentence_at(one.cue.start)
    near = takewhile(lambda told: reading.sentence_at(told.cue.start) == sentence, reversed(found))
    return next((told for told in near if told.cue.start < one.cue.start and told.speaker != one.speaker), None)


def _attributed(reading: Reading) -> Iterator[Statement]:
    """The statements that attributions tell, as they stand."""
    dates, cites, issued = _dates(reading), citations(reading), opening(reading)
    said: list[Said] = []
    told: dict[int, tuple[list[Actor], Chain]] = {}  # by sentence, of its main clause
    spoken: dict[int, list[Actor]] = {}  # by cue
    by_sentence: dict[int, list[AttributionMark]] = defaultdict(list)
    for mark in reading.attributions:
        by_sentence[reading.tokens[mark.cue_head].sentence].append(mark)
    for mark, around in nested(reading.attributions):
        around = around or _around_antecedent(reading, mark, by_sentence[reading.tokens[mark.cue_head].sentence])
        outer = [one for one in around if (end := trailing(reading, one)) is None or mark.cue.start < end[0]]
        status = status_of(reading, mark, bool(outer))
        if status is None or not is_statement(reading, mark, outer):
            continue
        who = speakers(reading, mark.source)
        passed_on = principal_of(reading, mark, who)
        office, who = who, [passed_on[0]] if passed_on is not None else who
        author = author_of(reading, mark, said) if who and who[0].id is None else None
        who = [author] if author is not None else [recalled(reading, one, said) for one in who]
        said.append(Said(tuple(who), mark.cue_head))
        spoken[mark.cue_head] = who
        passing = [(one, spoken.get(one.cue_head) or speakers(reading, one.source)) for one in outer]
        via = chain(reading, mark, who, passing, cites)
        if passed_on is not None:
            via += (as_item(reading, mark.source, office), *passed_on[1])
        cue = reading.tokens[mark.cue_head]
        if goes_on(reading, mark) and not (via or outer or mark.cue_head in cites):
            before, said_through = told.get(cue.sentence - 1, ([], ()))
            via = said_through if before and who and may_be(who[0], before[0]) else ()
        if issued is not None and not via and mark.cue.start > issued[0]:
            via = linked(reading, issued[1])
        if cue.dep == "ROOT":
            told[cue.sentence] = who, via
        yield from _statements(reading, mark, (who, via), cites.get(mark.cue_head), status, _when(reading, mark, dates))


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


def _around_antecedent(reading: Reading, mark: AttributionMark, beside: list[AttributionMark]) -> list[AttributionMark]:
    """The speech in whose last noun's relative clause somebody speaks: "said he had met the premier, who agreed that".

    `beside` are the attributions of its sentence.
    """
    cue = reading.tokens[mark.cue_head]
    antecedent = reading.tokens[cue.head].start
    return [one for one in beside if one is not mark and in_content(one, antecedent)] if cue.dep == "relcl" else []


def _statements(
    reading: Reading,
    mark: AttributionMark,
    speaking: tuple[list[Actor], tuple[str, ...]],
    citation: Span | None,
    status: str,
    when: When | None,
) -> Iterator[Statement]:
    """One statement for each speaker: "Paris and Berlin said" is two."""
    who, via = speaking
    if citation is not None:
        who, via = _as_cited(reading, mark, citation, who, via)
    elif not who and mark.rule == "reportedly":
        via = (*via, "hearsay")
    first, *parts = _contents(reading, mark)
    for number, speaker in enumerate(who or [None], 1):
        yield Statement(
            id=f"{reading.report.id}-s{mark.cue.start}" + (f"-{number}" if number > 1 else ""),
            speaker=speaker,
            cue=reading.report.cite(mark.cue.start, mark.cue.end),
            content=first,
            parts=tuple(parts),
            direct=mark.direct,
            anonymous=speaker is not None and speaker.anonymous,
            via=via,
            when=when,
            status=status,  # type: ignore[arg-type]
            cites=_cites(reading, mark),
            confidence=confidence_of(mark),
            rule=f"statement:{mark.rule}",
        )


def _contents(reading: Reading, mark: AttributionMark) -> list[Cite]:
    """The parts of a content, without the "what" of "what it called a defensive measure", or the letter that carries it."""
    found = [reading.report.cite(part.start, part.end) for part in mark.content]
    if (behind := trailing(reading, mark)) is not None:
        found = [reading.report.cite(mark.content[0].start, behind[0])]
    return found[1:] if len(found) > 1 and found[0].text.lower() == "what" else found


def _as_cited(
    reading: Reading, mark: AttributionMark, citation: Span, who: list[Actor], via: tuple[str, ...]
) -> tuple[list[Actor], tuple[str, ...]]:
    """Speakers and chain with a citation: officials cited speak through the one who cites; a document cited only carries."""
    cited = speakers(reading, citation)
    if can_speak(reading, citation):
        return cited, (*via, as_item(reading, mark.source, who))
    if (writer := writer_of(reading, citation)) is not None:
        return speakers(reading, writer), (*via, reading.report.text[slice(*citation)], as_item(reading, mark.source, who))
    return who, (*via, *(actor.words for actor in cited))


@lru_cache
def _measured() -> dict[tuple[str, str], float]:
    """Measured precision by frame and kind of cue."""
    return {(row["frame"], row["kind"]): float(row["measured"]) for row in rows("cues", "cue", "frame", "kind", "measured")}


def confidence_of(mark: AttributionMark) -> float:
    """How sure a statement is: the mean of the mark's own figure and the measured precision of its cue's row, as factors.

    On PolNeAR's development articles the Brier score is .137, of the mark alone .145, of the row alone .154.
    """
    frame = mark.rule.partition("+")[2].partition(":")[0]
    return round(sqrt(mark.confidence * _measured().get((frame, kind_of(mark)), UNLISTED)), 3)


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
    cue = set(cue_words_of(reading, mark)) | {mark.cue_head}
    for date in dates.get(tokens[mark.cue_head].sentence, ()):
        if any(part.start <= date.start < part.end for part in mark.content) or date.deadline:
            continue
        for n in governors(tokens, date.head):
            if n in cue:
                return date.when
            if tokens[n].pos in ("VERB", "AUX"):
                break
    return None
