"""Who says what where: marks attributions, each with source, cue and content as PolNeAR draws them.

"Iran said it was ready, and "there is still time," its minister told reporters. "Not much."": two attributions, the second of
them direct and in two parts.
"""

from collections.abc import Iterable, Iterator

from dataclasses import replace

from twotrack.errors import Problem
from twotrack.mark.contexts import confidence, contexts
from twotrack.mark.drafts import Draft, drafts
from twotrack.mark.quotations import QuoteMap, carried_on, quote_map, whole_quotes
from twotrack.model import AttributionMark, Span
from twotrack.reading import Reading
from twotrack.syntax import Tokens

# A draft less sure than this costs more in false attributions than it finds; set by linked F1 on PolNeAR's training articles.
OUTER = ("+fronted", "+inserted", "+as", "according to")
MIN_CONFIDENCE = 0.34


def mark_attribution(reading: Reading) -> Iterator[AttributionMark | Problem]:
    """The attributions of a report: "Moscow warned that ties would break" -> source "Moscow", cue "warned", content the rest.

    Attributions within the content of another are marked as well.
    """
    quotes = quote_map(reading)
    found = [weighed for draft in drafts(reading, quotes) if (weighed := _weighed(reading, quotes, draft)).precision >= MIN_CONFIDENCE]
    for draft in disentangled(settled(found)):
        mark = _mark(reading, quotes, draft)
        if mark is not None:
            yield mark


def _weighed(reading: Reading, quotes: QuoteMap, draft: Draft) -> Draft:
    quoted = quotes.at[draft.head] >= 0, any(quotes.at[n] >= 0 for n in draft.content)
    found = contexts(reading, draft.head, draft.source, draft.content, quoted)
    return replace(draft, precision=confidence(draft.precision, found))


def settled(found: Iterable[Draft]) -> list[Draft]:
    """Drafts without those whose cue is part of another's cue or source; the surer one stays."""
    taken: dict[int, Draft] = {}
    kept: list[Draft] = []
    for draft in sorted(found, key=lambda d: (-len(d.cue), -d.precision)):
        if not any(n in taken for n in draft.cue):
            kept.append(draft)
            taken.update(dict.fromkeys(draft.cue, draft))
    return sorted(kept, key=lambda d: d.head)


def disentangled(found: list[Draft]) -> list[Draft]:
    """Of two drafts that hold each other's cue in their contents, the inserted one is outside: "X said ..., Y reported"."""
    owners = {n: d for d in found for n in d.content if d.rule.endswith(OUTER)}
    made = []
    for draft in found:
        outer = owners.get(draft.head)
        if outer is not None and outer is not draft and outer.head in draft.content:
            draft = replace(draft, content=draft.content - outer.cue - outer.source)
        made.append(draft)
    return made


def _mark(reading: Reading, quotes: QuoteMap, draft: Draft) -> AttributionMark | None:
    tokens = reading.tokens
    content = whole_quotes(quotes, set(draft.content), draft.head) - draft.cue - draft.source
    if not content:
        return None
    direct = all(quotes.at[n] >= 0 for n in content if tokens[n].text[0].isalnum())
    if direct or draft.rule.endswith("+fronted"):
        content |= _rest(reading, quotes, draft, max(content)) - draft.cue - draft.source
    parts = spans(tokens, content)
    cue = spans(tokens, draft.cue)
    if not parts or not cue:
        return None
    source = spans(tokens, draft.source)
    return AttributionMark(
        Span(source[0].start, source[-1].end) if source else None, Span(cue[0].start, cue[-1].end), parts, direct, draft.head, draft.rule
    )


def _rest(reading: Reading, quotes: QuoteMap, draft: Draft, last: int) -> set[int]:
    """Quotations after the cue: in its sentence behind a comma or a dash, and those that carry on the speech after it."""
    tokens = reading.tokens
    cluster = max(max(draft.cue), max(draft.source, default=0))
    end = reading.sentences[tokens[draft.head].sentence].last
    found: set[int] = set()
    if cluster > last:
        opening = next((n for n in range(cluster + 1, end) if quotes.at[n] >= 0), None)
        if opening is not None and (opening == cluster + 1 or not tokens[opening - 1].text[-1].isalnum()):
            found = set(quotes.extent(quotes.at[opening]))
    return found | carried_on(reading, quotes, max([last, end - 1, *found]))


def spans(tokens: Tokens, found: Iterable[int]) -> tuple[Span, ...]:
    """Token sets as spans without punctuation at their edges; punctuation alone does not split a span."""
    words = sorted(n for n in found if any(ch.isalnum() for ch in tokens[n].text))
    runs: list[list[int]] = []
    for n in words:
        if runs and all(not any(ch.isalnum() for ch in tokens[k].text) for k in range(runs[-1][1] + 1, n)):
            runs[-1][1] = n
        else:
            runs.append([n, n])
    return tuple(Span(tokens[a].start, tokens[b].end) for a, b in runs)
