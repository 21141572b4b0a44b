"""Attributions without a verb of saying: "according to", adverbs of hearsay, a name with a colon.

"According to Tass, talks will go on", "Troops reportedly crossed the border", "Lavrov: no deal without guarantees".
"""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from twotrack.mark.attribution.contents import Draft, cue_tokens
from twotrack.mark.attribution.cues import Complement, cue_lemmas, has_that
from twotrack.mark.attribution.quotations import QuoteMap
from twotrack.mark.attribution.sources import source_tokens
from twotrack.model import Token
from twotrack.reading import Reading
from twotrack.syntax import Tokens, children, subtree, verb_above

# Shares of true attributions among these on PolNeAR's training articles.
ACCORDING, HEARSAY, COLON, CLEAR = 0.9, 0.5, 0.7, 0.8
SHORT_NAME = 2  # letters; "Q:" and "A:" name nobody
TRANSCRIPT = "transcript"  # the rule of a name in capitals before a colon, which hardly anything else looks like
IN_TRANSCRIPTS = 0.97  # judged, since the corpus has few
OPENING = ('"', "“", "'", "‘")
DASH = re.compile(r"[\s”\"]*(?:[―—–]|--?)\s*")
MAX_NAME = 8  # tokens before a colon that may be a name: "Russian Foreign Minister Sergei Lavrov:"
NAME_TAGS = frozenset({"NNP", "NNPS", "NN", "NNS", "JJ", "DT", "POS", "CC", "-LRB-", "-RRB-", "HYPH", "IN"})
SAID_CLAUSES = frozenset({"ccomp", "csubj", "advcl", "acl", "relcl"})
NAMES = frozenset({"PERSON", "ORG", "GPE", "NORP"})


def according(reading: Reading, i: int) -> Draft | None:
    """ "According to the ministry, talks will go on": the source is what "to" governs, the content the clause around."""
    tokens = reading.tokens
    preposition = next((c for c in tokens[i].children if tokens[c].lower == "to"), None)
    if preposition is None and i + 1 < len(tokens) and tokens[i + 1].lower == "to":
        preposition = i + 1
    below = children(tokens, preposition, "pobj") if preposition is not None else []
    if preposition is None or not below:
        return None
    source = set(subtree(tokens, below[0]))
    sentence = reading.sentences[tokens[i].sentence]
    own = source | {i, preposition}
    verb = verb_above(tokens, tokens[i].head) if tokens[i].head != i else None
    last = i > sentence.first + 1 and not _goes_on(tokens, max(source))
    reported = last and any(tokens[c].dep == "parataxis" and c < i for c in tokens[tokens[i].head].children)
    whole = verb is None or tokens[verb].dep in ("ROOT", "conj") or i == sentence.first or reported
    content = set(range(sentence.first, sentence.last)) if whole or verb is None else set(subtree(tokens, verb))
    if last:
        content = {n for n in content if n < i}
    return Draft(i, frozenset({i, preposition}), frozenset(source), frozenset(content - own), ACCORDING, "according to")


def _goes_on(tokens: Tokens, last: int) -> bool:
    """Whether a comma and more words, but no citation, follow a source."""
    if last + 2 >= len(tokens) or tokens[last + 1].text != ",":
        return False
    return tokens[last + 2].tag != "VBG"


def hearsay(reading: Reading, i: int) -> Draft | None:
    """ "Troops reportedly crossed the border": what an adverb of hearsay hangs on, with no source."""
    tokens = reading.tokens
    head = verb_above(tokens, tokens[i].head)
    if head is None:
        return None
    content = set(subtree(tokens, head)) - {i}
    return Draft(i, frozenset({i}), frozenset(), frozenset(content), HEARSAY, "reportedly")


def made_clear(reading: Reading, i: int) -> Draft | None:
    """ "The ministry made it clear that talks were over": the clause that hangs on "clear", which "make" governs."""
    tokens = reading.tokens
    verb = tokens[i].head
    if tokens[verb].lemma != "make" or verb > i:
        return None
    below = (c for n in (i, verb) for c in tokens[n].children if c > i and tokens[c].dep in SAID_CLAUSES)
    clause = next((c for c in below if has_that(tokens, c)), None)
    if clause is None:
        return None
    content = {n for n in subtree(tokens, clause) if n > i}
    cue = cue_tokens(tokens, verb, Complement("", verb)) | {i}
    return Draft(verb, frozenset(cue), frozenset(source_tokens(tokens, verb, "")), frozenset(content), CLEAR, "make clear")


def name_and_colon(reading: Reading, quotes: QuoteMap) -> Iterator[Draft]:
    """ "Lavrov: no deal without guarantees", 'Blinken: "There are two paths."': sentences that open with a name and a colon."""
    for sentence in reading.sentences:
        first = sentence.first + (reading.tokens[sentence.first].text in OPENING)  # each line of a transcript may open one
        colon = _colon(reading, first, sentence.last)
        if colon is None or colon + 1 >= len(reading.tokens):
            continue
        after = colon + 1
        quoted = after < sentence.last and quotes.at[after] >= 0 and first == sentence.first
        headline = reading.paragraphs[sentence.paragraph].kind == "headline"
        transcript = reading.tokens[colon - 1].text.isupper()  # "PENCE: ..."
        if quoted or headline or transcript:
            content = set(quotes.extent(quotes.at[after])) if quoted else _to_paragraph_end(reading, after)
            source = frozenset(range(first, colon))
            rule, precision = (TRANSCRIPT, IN_TRANSCRIPTS) if transcript and not headline else ("name and colon", COLON)
            yield Draft(colon, frozenset({colon}), source, frozenset(content), precision, rule)


def name_after_dash(reading: Reading, quotes: QuoteMap) -> Iterator[Draft]:
    """ "“We will remember.” — Ana Rossi": a paragraph that is a quotation, a dash and a name."""
    text = reading.report.text
    for n, quote in enumerate(quotes.quotes):
        first, last = quotes.tokens_of[n]
        if first >= last or last >= len(reading.tokens):
            continue
        paragraph = reading.paragraph_of(reading.sentences[reading.tokens[first].sentence])
        dash = DASH.match(text, quote.end, paragraph.end)
        if dash is None or reading.tokens[first].start - paragraph.start > 1:
            continue
        words = [t for t in reading.tokens[last : last + MAX_NAME + 2] if dash.end() <= t.start < paragraph.end]
        name = list(takewhile(lambda token: token.tag in NAME_TAGS and token.text != ",", words))
        goes_on = words[len(name) :]
        ends = bool(name) and (name[-1].end >= paragraph.end - 1 or (bool(goes_on) and goes_on[0].text == ","))
        if ends and name[0].text[:1].isupper():
            cue = next((t.i for t in reading.tokens[last - 1 : last + 2] if t.end > quote.end), last)
            content = frozenset(range(first, last)) - {cue}
            yield Draft(cue, frozenset({cue}), frozenset(t.i for t in name), content, IN_TRANSCRIPTS, TRANSCRIPT)


def _to_paragraph_end(reading: Reading, first: int) -> set[int]:
    paragraph = reading.paragraph_of(reading.sentences[reading.tokens[first].sentence])
    last = first
    while last < len(reading.tokens) and reading.tokens[last].start < paragraph.end:
        last += 1
    return set(range(first, last))


def announced(reading: Reading, quotes: QuoteMap) -> Iterator[Draft]:
    """ "The New York Times reports:" before a quotation in the next paragraph, whatever the parse makes of "reports"."""
    tokens = reading.tokens
    for sentence in reading.sentences:
        colon = sentence.last - 1
        while colon > sentence.first and not tokens[colon].text.strip():
            colon -= 1
        cue, after = colon - 1, sentence.last
        if tokens[colon].text != ":" or after >= len(tokens) or quotes.at[after] < 0 or tokens[cue].pos != "NOUN":
            continue
        if tokens[cue].lemma in cue_lemmas() and 0 < cue - sentence.first < MAX_NAME:
            content = frozenset(quotes.extent(quotes.at[after]))
            source = frozenset(range(sentence.first, cue))
            yield Draft(cue, frozenset({cue}), source, content, COLON, "announced quotation")


def _colon(reading: Reading, first: int, last: int) -> int | None:
    """The colon after the name that these tokens of a sentence open with."""
    tokens = reading.tokens
    for n in range(first, min(first + MAX_NAME, last)):
        if tokens[n].text == ":":
            return n if _is_name(tokens[first:n]) else None
        if tokens[n].tag not in NAME_TAGS:
            return None
    return None


def _is_name(words: Sequence[Token]) -> bool:
    """Whether words before a colon name a speaker: "Foreign Minister Sergei Lavrov", "SENIOR OFFICIAL" of a transcript."""
    if any(token.ent in NAMES and token.tag in ("NNP", "NNPS") for token in words):
        return True
    return bool(words) and all(token.text.isupper() for token in words) and len(words[0].text) > SHORT_NAME
