"""What carries words from a speaker to the report: documents, readouts, recordings, and who quotes or publishes them.

"The minister was quoted by Xinhua as saying", "said in a statement carried by the state agency", "as reported by BelTA".
"""

from collections.abc import Iterator
from functools import lru_cache

from twotrack.citing import names_outlet
from twotrack.find.statements.speakers import head_of, nameless_words, offices, source_tokens
from twotrack.lexicon import rows
from twotrack.mark.attribution.cues import cue_lemmas, is_conveyed, quoting_verb, words_of
from twotrack.model import AttributionMark, Span
from twotrack.reading import Reading
from twotrack.syntax import Tokens, children, phrase_span, prep_objects, subjects, subtree, subtree_span

OPENING = 60  # tokens of a report in which it may say who issues it
POINTING = frozenset({"the", "this", "these", "both", "his", "her", "its", "their"})
SELF = frozenset({"following", "below"})  # words by which a readout speaks of itself


@lru_cache
def media() -> dict[str, str]:
    """What carries words, by noun: {"readout": "readout", "summary": "readout", "translation": "translation", ...}."""
    return {noun: row["via"] for row in rows("cues", "medium", "via", "nouns", "examples") for noun in row["nouns"]}


def source_medium(reading: Reading, mark: AttributionMark) -> str | None:
    """The medium that a source is itself: "according to a translation", "the Kremlin's readout said"; not "reports"."""
    if mark.source is None or not (found := source_tokens(reading, mark.source)):
        return None
    head = reading.tokens[head_of(reading.tokens, found)]
    if head.pos == "PROPN" or any(reading.tokens[c].pos == "PROPN" for c in children(reading.tokens, head.i, "appos")):
        return None  # "The Washington Post", "the Telegram channel Rybar"
    return media().get(head.lemma) if head.tag != "NNS" or len(found) > 1 else None


def own_media(reading: Reading, mark: AttributionMark) -> Iterator[str | Span]:
    """The media by which a speaker speaks, each with the words of who publishes it.

    "Said in a statement", "said in its own readout", "a Kremlin readout said", "in a recording aired by Channel 3".
    """
    tokens, head = reading.tokens, mark.cue_head
    if (own := source_medium(reading, mark)) is not None and mark.source is not None:
        yield own
        yield from publishers(reading, head_of(tokens, source_tokens(reading, mark.source)))
    if (behind := trailing(reading, mark)) is not None:
        yield medium_of(tokens, behind[1]) or subtree_span(tokens, behind[1])
        yield from publishers(reading, behind[1])
    for c in _adjuncts(tokens, head):
        for n in children(tokens, c, "pobj"):
            if in_content(mark, tokens[n].start):
                continue
            own_one = any(tokens[k].lower == "own" for k in tokens[n].children)
            via = medium_of(tokens, n) or ("readout" if own_one and tokens[c].lower == "in" else None)
            if via is not None and (tokens[c].lower, tokens[n].lemma) != ("at", "address"):  # a place, not a speech
                yield via
                yield from _others(reading, mark, n)
                inside = prep_objects(tokens, n, "in", "on")  # "in an op-ed in the Morning Post"
                yield from (name for k in inside if names_outlet(_words(reading, name := _name(tokens, k))))
            told = publishers(reading, n)
            yield from told if via is not None else (one for one in told if names_outlet(_words(reading, one)))
            if tokens[c].lower in ("through", "via") and via is None and _is_person(reading, n):
                yield _name(tokens, n)  # "informed them through American mediators"
            if any(tokens[k].lemma == "translate" for k in tokens[n].children):
                yield "translation"


def _others(reading: Reading, mark: AttributionMark, n: int) -> Iterator[Span]:
    """Whose account it is in which somebody else speaks: "in the maid's account, the king promised"."""
    owners = [c for c in children(reading.tokens, n, "poss") if reading.tokens[c].tag != "PRP$"]
    own = mark.source is not None and any(mark.source.start <= reading.tokens[c].start < mark.source.end for c in owners)
    if medium_of(reading.tokens, n) == "account" and not own:
        yield from (phrase_span(reading.tokens, c) for c in owners)


def trailing(reading: Reading, mark: AttributionMark) -> tuple[int, int] | None:
    """What carries the words at the end of a content: "said the road was open, according to a statement", ", in a letter".

    The character where the content ends before it, and the token of the medium.
    """
    tokens, end = reading.tokens, mark.content[-1].end
    last = reading.token_starts.get(mark.content[-1].start)
    if last is None or len(mark.content) > 1 or mark.direct:
        return None
    for i in range(last + 1, len(tokens) - 2):
        if tokens[i].start >= end:
            return None
        opens = tokens[i + 1].lower == "in" or (tokens[i + 1].lower, tokens[i + 2].lower) == ("according", "to")
        if tokens[i].text != "," or not opens:
            continue
        at = i + 1 if tokens[i + 1].lower == "in" else i + 2
        found = next((n for n in children(tokens, at, "pobj") if at == i + 2 or medium_of(tokens, n)), None)
        closes = found is not None and subtree_span(tokens, found).end >= end - 1
        if found is not None and closes and tokens[found].head == at and not children(tokens, found, "poss"):
            return tokens[i].start, found
    return None


def medium_of(tokens: Tokens, n: int) -> str | None:
    """What a noun is as a carrier of words; "Telegram" is a channel, "a telegram" a letter, "an audio message" a recording."""
    if any(media().get(tokens[c].lemma) == "recording" for c in children(tokens, n, "compound", "amod")):
        return "recording"
    return media().get(tokens[n].text if tokens[n].pos == "PROPN" else tokens[n].lemma)


def _is_person(reading: Reading, n: int) -> bool:
    """Whether a noun names people: "through his lawyers", "through American mediators"; not "through August"."""
    named = n in reading.actors_at or reading.tokens[n].ent in ("PERSON", "ORG", "NORP")
    return named or reading.tokens[n].lemma in offices() or reading.tokens[n].lemma in nameless_words()


def publishers(reading: Reading, n: int) -> Iterator[Span]:
    """Who issues or prints what carries words: "a statement issued by the ministry", "carried by the state agency"."""
    tokens = reading.tokens
    below = [*children(tokens, n, "acl"), *(c for k in children(tokens, n, "prep") for g in children(tokens, k, "pobj")
             for c in children(tokens, g, "acl"))]  # "in a letter to the council seen by the agency"  # fmt: skip
    for c in below:
        if tokens[c].tag == "VBN" and tokens[c].lemma in words_of("relaying") | words_of("citing"):
            yield from (subtree_span(tokens, one) for one in prep_objects(tokens, c, "by", "through", "via"))
            aired = (_name(tokens, one) for one in prep_objects(tokens, c, "over", "on", "to"))
            yield from (one for one in aired if names_outlet(_words(reading, one)))


def opening(reading: Reading) -> tuple[int, tuple[str | Span, ...]] | None:
    """Who and what carries all that a readout tells after its first colon, and where that stands.

    "The following is attributable to Spokesperson Jane Roe:", "The ministry issued the following statement:".
    """
    tokens = reading.tokens
    colon = next((token for token in tokens[:OPENING] if token.text == ":"), None)
    if colon is None:
        return None
    before = tokens[reading.sentences[colon.sentence].first : colon.i]
    for token in before:
        if token.lower == "attributable" and any(one.lower in SELF for one in before):
            return colon.start, tuple(subtree_span(tokens, n) for n in prep_objects(tokens, token.i, "to"))
        via = medium_of(tokens, token.i)
        if via is not None and any(tokens[c].lower in SELF for c in token.children):
            return colon.start, (via, *(subtree_span(tokens, n) for n in subjects(tokens, token.head)))
    return None


def interviewers(reading: Reading, mark: AttributionMark) -> Iterator[Span]:
    """The outlets that somebody speaks to or on: "told the Financial Times", "in an interview with Bild", "said on the BBC"."""
    tokens, cue = reading.tokens, mark.cue_head
    heard = list(children(tokens, cue, "dobj", "dative"))
    heard += prep_objects(tokens, cue, "to", "on") if tokens[cue].lower != "according" else []
    for n in (k for c in _adjuncts(tokens, cue) for k in children(tokens, c, "pobj") if medium_of(tokens, k) == "interview"):
        heard += prep_objects(tokens, n, "with", "to", "for")
    for c in children(tokens, cue, "advcl"):
        heard += prep_objects(tokens, c, "to", "on", "over") if tokens[c].lemma in words_of("speaking") else []
    if mark.source is not None and (found := source_tokens(reading, mark.source)):
        asked = children(tokens, head_of(tokens, found), "acl")  # "the minister, interviewed by the state radio, said"
        heard += [n for c in asked if tokens[c].lemma == "interview" for n in prep_objects(tokens, c, "by")]
    own = (reading.report.outlet or "").lower()
    for n in heard:
        span = _name(tokens, n)
        words = _words(reading, span)
        person = n in reading.actors_at and any(actor.person for actor in reading.actors_at[n].actors)
        if in_content(mark, span.start) or person or (own and f" {own} " in f" {words.lower()} "):
            continue
        if names_outlet(words):
            yield span


def _words(reading: Reading, span: Span) -> str:
    return reading.report.text[slice(*span)]


def told_after(reading: Reading, mark: AttributionMark) -> Iterator[Span]:
    """Who passes on what was said, by the next sentence: "His remarks were carried by the state agency"."""
    tokens, number = reading.tokens, reading.tokens[mark.cue_head].sentence + 1
    if number >= len(reading.sentences):
        return
    root = reading.sentences[number].root
    said = [n for n in children(tokens, root, "nsubjpass") if tokens[n].lemma in words_of("remarks")]
    definite = any(tokens[c].lower in POINTING for n in said for c in children(tokens, n, "det", "poss"))
    if definite and tokens[root].lemma in words_of("relaying") | words_of("recounting"):
        yield from (_name(tokens, n) for n in prep_objects(tokens, root, "by"))
        yield from (_name(tokens, n) for n in prep_objects(tokens, root, "in") if medium_of(tokens, n))


def _name(tokens: Tokens, n: int) -> Span:
    """A name up to the first comma: the "Radio Baghdad" of "Radio Baghdad, monitored in Nicosia"; "The Times of Israel"."""
    below = subtree(tokens, n)
    end = next((k for k in below if k > n and tokens[k].text == ","), below[-1] + 1)
    return Span(tokens[below[0]].start, tokens[max(k for k in below if k < end)].end)


def quoted_by(reading: Reading, mark: AttributionMark) -> Iterator[Span]:
    """Who quotes a speaker: the agency of "was quoted by the agency as saying", "said, as reported by the agency"."""
    tokens = reading.tokens
    verb = quoting_verb(tokens, mark.cue_head)
    below = children(tokens, mark.cue_head, "advcl")
    quoting = [n for n in below if tokens[n].lemma in words_of("citing") or _as_relayed(tokens, n)]
    quoting += [verb, mark.cue_head] if verb is not None else []
    for n in (*quoting, *_quoted_source(reading, mark)):
        for one in prep_objects(tokens, n, "by"):
            yield subtree_span(tokens, one)
    if verb is not None:  # "a leaked cable quotes the envoy as saying", "talks will go on, the agency quoted him as saying"
        yield from (_name(tokens, n) for n in children(tokens, verb, "nsubj"))
    bearing = tokens[mark.cue_head].head if is_conveyed(tokens, mark.cue_head) else mark.cue_head
    if mark.source is not None and tokens[bearing].lemma in words_of("conveying"):  # "the mediator relayed a message from"
        bearers = children(tokens, bearing, "nsubj")
        yield from (_name(tokens, n) for n in bearers if not mark.source.start <= tokens[n].start < mark.source.end)
    above = tokens[mark.cue_head].head
    if tokens[mark.cue_head].tag == "VBG" and tokens[above].lemma in words_of("hearing") and above < mark.cue_head:
        yield from (_name(tokens, n) for n in subjects(tokens, above))  # "the minutes show the minister arguing that"
    yield from _inserted(reading, mark)


def _quoted_source(reading: Reading, mark: AttributionMark) -> list[int]:
    """The "quoted" of "officials quoted by Tass said"."""
    tokens = reading.tokens
    heads = subjects(tokens, mark.cue_head) if mark.source is not None else []
    return [c for n in heads for c in children(tokens, n, "acl", "advcl") if tokens[c].lemma in words_of("citing")]


def _inserted(reading: Reading, mark: AttributionMark) -> Iterator[Span]:
    """Who tells it between commas: the aides of "the premier, his aides insisted, had told the envoy that it was over"."""
    tokens = reading.tokens
    after = subjects(tokens, mark.cue_head)
    for c in children(tokens, mark.cue_head, "parataxis"):
        own = children(tokens, c, "nsubj")
        if own and after and after[0] < own[0] < c < mark.cue_head and tokens[c].lemma in cue_lemmas():
            yield subtree_span(tokens, own[0])


def _as_relayed(tokens: Tokens, n: int) -> bool:
    """ "As reported by the agency"."""
    marked = any(tokens[c].lower == "as" for c in tokens[n].children)
    return marked and tokens[n].tag == "VBN" and tokens[n].lemma in words_of("relaying")


def _adjuncts(tokens: Tokens, head: int) -> Iterator[int]:
    """Prepositions below a cue, those of "according to" beside it, and what stands before the verb that it is joined to.

    And those of "speaking through an interpreter, the envoy said".
    """
    if tokens[head].dep == "xcomp":  # "in a recording she can be heard saying"
        yield from children(tokens, tokens[head].head, "prep")
    if tokens[head].dep == "dobj":  # "sent a message through an intermediary that"
        yield from (c for c in children(tokens, tokens[head].head, "prep") if c > head)
    if tokens[head].dep == "conj":
        yield from (c for c in children(tokens, tokens[head].head, "prep") if c < tokens[head].head)
    for c in tokens[head].children:
        if tokens[c].dep == "prep":
            yield c
        if tokens[c].dep == "advcl" and tokens[c].lemma in words_of("speaking"):
            yield from children(tokens, c, "prep")
        if tokens[c].lower == "according":
            yield from (k for k in tokens[c].children if tokens[k].lower == "to")


def in_content(mark: AttributionMark, start: int) -> bool:
    """Whether a character stands in the content of an attribution."""
    return any(part.start <= start < part.end for part in mark.content)
