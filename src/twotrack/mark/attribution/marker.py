"""Who says what where: marks attributions, each with source, cue and content as PolNeAR draws them.

"Iran said it was ready, and "there is still time," its minister told reporters. "Not much."": two attributions, the second of
them direct and in two parts.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from twotrack.errors import Problem
from twotrack.mark.attribution.contents import Draft, without_conjunction
from twotrack.mark.attribution.contexts import confidence, contexts
from twotrack.mark.attribution.cues import subject_of, words_of
from twotrack.mark.attribution.drafts import drafts
from twotrack.mark.attribution.formulas import TRANSCRIPT
from twotrack.mark.attribution.free import FREE, with_free_quotations
from twotrack.mark.attribution.quotations import QuoteMap, carried_on, quote_map, whole_quotes
from twotrack.model import AttributionMark, Span
from twotrack.reading import Reading
from twotrack.syntax import Tokens, subtree

# A draft less sure than this costs more in false attributions than it finds; set by linked F1 on PolNeAR's training articles.
MIN_CONFIDENCE = 0.34
# Within what somebody is quoted as saying; PolNeAR, which does not annotate there, cannot set it, so only sure cues pass.
MIN_NESTED = 0.6
OUTER = ("+fronted", "+inserted", "+as", "according to")
CLAUSES = ("+that", "+bare", "+wh", "+fronted", "according to")


def mark_attribution(reading: Reading) -> Iterator[AttributionMark | Problem]:
    """The attributions of a report: "Moscow warned that ties would break" -> source "Moscow", cue "warned", content the rest.

    Attributions within the content of another are marked as well.
    """
    quotes = quote_map(reading)
    told = disentangled(reading.tokens, settled(sure(reading, quotes, drafts(reading, quotes))))
    for draft in with_free_quotations(reading, quotes, told):
        mark = mark_of(reading, quotes, draft)
        if mark is not None:
            yield mark


def sure(reading: Reading, quotes: QuoteMap, found: Iterable[Draft]) -> list[Draft]:
    """The drafts that are sure enough in their contexts, with those that a sure one's quoted speaker makes."""
    kept: list[Draft] = []
    spoken: list[Draft] = []
    for draft in found:
        if _is_idle(reading, quotes, draft):
            continue
        weighed = _weighed(reading, quotes, draft, quotes.at[draft.head] >= 0)
        if weighed.precision >= MIN_CONFIDENCE:
            kept.append(weighed)
        elif quotes.at[draft.head] >= 0:
            spoken.append(_weighed(reading, quotes, draft, False))
    inside = {n for draft in kept for n in draft.content} if spoken else set()
    return kept + [draft for draft in spoken if draft.precision >= MIN_NESTED and draft.head in inside]


def _is_idle(reading: Reading, quotes: QuoteMap, draft: Draft) -> bool:
    """Whether a word that goes on with a quotation has none: "as long as the blockade continued"."""
    token = reading.tokens[draft.head]
    return token.lemma in words_of("quoting") and not any(quotes.at[n] >= 0 for n in draft.content)


def _weighed(reading: Reading, quotes: QuoteMap, draft: Draft, quoted: bool) -> Draft:
    if draft.rule == TRANSCRIPT:
        return draft  # each of its lines may open a quotation that another closes
    quoting = any(quotes.at[n] >= 0 for n in draft.content)
    found = contexts(reading, draft.head, draft.source, draft.content, (quoted, quoting))
    return replace(draft, precision=confidence(draft.precision, found))


def settled(found: Iterable[Draft]) -> list[Draft]:
    """Drafts of which no two share cue or content; the one with the longer cue stays, then the surer one."""
    taken: set[int] = set()
    contents: set[frozenset[int]] = set()
    kept: list[Draft] = []
    for draft in sorted(found, key=lambda d: (-len(d.cue), -d.precision)):
        if not draft.cue & taken and draft.content not in contents:
            kept.append(draft)
            taken |= draft.cue
            contents.add(draft.content)
    return sorted(kept, key=lambda d: d.head)


def disentangled(tokens: Tokens, found: list[Draft]) -> list[Draft]:
    """Drafts whose contents no longer hold another's cue that is not in them.

    Of two that hold each other's cue the inserted one is outside ("X said ..., Y reported"), and a participle of saying at the
    end goes on with the source before it ("X said ..., adding that ...").
    """
    owners: dict[int, list[Draft]] = {}
    for one in found:
        for n in one.content if one.rule.endswith(OUTER) else ():
            owners.setdefault(n, []).append(one)
    made: list[Draft] = []
    for draft in found:
        for outer in owners.get(draft.head, ()):
            if outer is not draft and outer.head in draft.content:
                draft = replace(draft, content=draft.content - outer.cue - outer.source)
        made.append(draft)
    return _with_participles(tokens, [_only_asked(tokens, draft, made) for draft in made])


def _only_asked(tokens: Tokens, draft: Draft, found: list[Draft]) -> Draft:
    """ "Asked whether he would resign, the minister replied: ...": what is asked ends before who answers."""
    if draft.source or tokens[draft.head].lemma not in words_of("asked"):
        return draft
    answers = [
        min(one.source) for one in found if one.head in draft.content and one.source and min(one.source) in draft.content
    ]
    behind = [n for n in answers if n > draft.head and tokens[n - 1].text == ","]
    return replace(draft, content=frozenset(n for n in draft.content if n < behind[0])) if behind else draft


def _with_participles(tokens: Tokens, found: list[Draft]) -> list[Draft]:
    made = list(found)
    speaking = {n: k for k, d in enumerate(found) if d.rule.endswith(CLAUSES) for n in d.content}
    for k, draft in enumerate(found):
        if not _adds(tokens, draft) or (outer := speaking.get(draft.head)) is None:
            continue
        first = subtree(tokens, draft.head)[0]
        rest = without_conjunction(tokens, {n for n in made[outer].content if n < first})
        if rest:
            made[outer] = replace(made[outer], content=frozenset(rest))
            made[k] = replace(draft, source=made[outer].source)
    return made


def _adds(tokens: Tokens, draft: Draft) -> bool:
    """Whether a draft goes on with the speaker before it: ", adding that ..."."""
    token, first = tokens[draft.head], min(draft.cue)
    behind = first > 0 and tokens[first - 1].text == ","
    saying = draft.rule.endswith(("+that", "+bare", "+quote")) or token.lemma == "cite"
    return token.tag == "VBG" and behind and saying and subject_of(tokens, draft.head) is None


def mark_of(reading: Reading, quotes: QuoteMap, draft: Draft) -> AttributionMark | None:
    """A draft as a mark, with the whole of what it quotes; None where no content is left."""
    tokens = reading.tokens
    content = whole_quotes(quotes, whole_words(tokens, draft.content), draft.head) - draft.cue - draft.source
    if not content:
        return None
    spoken = quotes.at[draft.head] >= 0 and draft.rule != FREE  # told by a quoted speaker: the marks around it are not its own
    direct = not spoken and all(quotes.at[n] >= 0 for n in content if tokens[n].text[0].isalnum())
    if direct or (not spoken and draft.rule.endswith("+fronted")):
        content |= _rest(reading, quotes, draft, max(content)) - draft.cue - draft.source
    parts = spans(reading, quotes, content)
    cue = spans(reading, quotes, draft.cue) or (Span(tokens[draft.head].start, tokens[draft.head].end),)
    if not parts:
        return None
    source = spans(reading, quotes, draft.source)
    named = Span(source[0].start, source[-1].end) if source else None
    return AttributionMark(named, Span(cue[0].start, cue[-1].end), parts, direct, draft.head, draft.rule, draft.precision)


def whole_words(tokens: Tokens, found: Iterable[int]) -> set[int]:
    """The tokens with the rest of compounds that they cut: "non" of "non-starter"."""
    made, todo = set(found), list(found)
    while todo:
        n = todo.pop()
        joined = n + 2 < len(tokens) and tokens[n + 1].text == "-" and tokens[n].end == tokens[n + 1].start
        if joined and n + 2 not in made and tokens[n + 1].end == tokens[n + 2].start:
            made |= {n + 1, n + 2}
            todo.append(n + 2)
    return made


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


def spans(reading: Reading, quotes: QuoteMap, found: Iterable[int]) -> tuple[Span, ...]:
    """Token sets as spans without punctuation at their edges but for half a pair; punctuation alone does not split."""
    tokens = reading.tokens
    runs: list[list[int]] = []
    for n in sorted(n for n in found if _is_word(tokens, n)):
        if runs and not _parted(reading, runs[-1][1], n):
            runs[-1][1] = n
        else:
            runs.append([n, n])
    return tuple(_paired(quotes, Span(tokens[a].start, tokens[b].end), a, b) for a, b in runs)


def _parted(reading: Reading, a: int, b: int) -> bool:
    """Whether words or a paragraph's end stand between two tokens."""
    tokens, sentences = reading.tokens, reading.sentences
    if sentences[tokens[a].sentence].paragraph != sentences[tokens[b].sentence].paragraph:
        return True
    return any(_is_word(tokens, k) for k in range(a + 1, b))


def _is_word(tokens: Tokens, n: int) -> bool:
    return any(ch.isalnum() for ch in tokens[n].text)


def _paired(quotes: QuoteMap, span: Span, first: int, last: int) -> Span:
    """A span with the quotation mark whose partner it holds: 'that it would be "massive"', not 'that it would be "massive'."""
    start, end = span
    if (n := quotes.at[last]) >= 0 and quotes.quotes[n].start >= start and quotes.quotes[n].end - end in (1, 2):
        end = quotes.quotes[n].end
    if (n := quotes.at[first]) >= 0 and quotes.quotes[n].end <= end and start - quotes.quotes[n].start in (1, 2):
        start = quotes.quotes[n].start
    return Span(start, end)
