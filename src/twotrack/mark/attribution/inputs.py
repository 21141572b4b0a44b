"""What the tagger sees of a reading: word pieces in windows, each piece with what the parse and the rules say of its word.

"Iran said it was ready": the piece "said" comes as root, verb in the past, cue of a sure draft, lower case.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy

from twotrack.mark.attribution.contents import Draft
from twotrack.mark.attribution.quotations import QuoteMap
from twotrack.model import Token
from twotrack.reading import Reading

if TYPE_CHECKING:
    from twotrack.learned.encoder import Pieces

    Array = numpy.ndarray[Any, Any]

LENGTH = 160  # pieces in a window, without those that open and close it; longer ones are no better, and take longer
OVERLAP = 32  # pieces that a window shares with the one before it where a paragraph is cut, for context on both sides
DEPS = (
    *("", "ROOT", "acl", "acomp", "advcl", "advmod", "agent", "amod", "appos", "attr", "aux", "auxpass", "case", "cc", "ccomp"),
    *("compound", "conj", "csubj", "csubjpass", "dative", "dep", "det", "dobj", "expl", "intj", "mark", "meta", "neg", "nmod"),
    *("npadvmod", "nsubj", "nsubjpass", "nummod", "oprd", "parataxis", "pcomp", "pobj", "poss", "preconj", "predet", "prep"),
    *("prt", "punct", "quantmod", "relcl", "xcomp"),
)
TAGS = (
    *("", "$", "''", ",", "-LRB-", "-RRB-", ".", ":", "ADD", "AFX", "CC", "CD", "DT", "EX", "FW", "HYPH", "IN", "JJ", "JJR"),
    *("JJS", "LS", "MD", "NFP", "NN", "NNP", "NNPS", "NNS", "PDT", "POS", "PRP", "PRP$", "RB", "RBR", "RBS", "RP", "SYM", "TO"),
    *("UH", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "WDT", "WP", "WP$", "WRB", "XX", "_SP", "``"),
)
DEP_NUMBER = {name: n for n, name in enumerate(DEPS)}
TAG_NUMBER = {name: n for n, name in enumerate(TAGS)}
PARTS = ("content", "source", "cue")  # numbers 1 to 3 in an unsure draft, 4 to 6 in a sure one
FEATURES = (len(DEPS), len(TAGS), 1 + 2 * len(PARTS), 12)  # how many values each has: dep, tag, role, shape


@dataclass(frozen=True, slots=True)
class TaggerInput:
    """A reading's pieces: `ids` [pieces], `features` [pieces, 4], and the index of the token that each piece belongs to."""

    ids: "Array"
    features: "Array"
    tokens: "Array"
    spans: tuple[tuple[int, int], ...]


def tagger_input(
    reading: Reading, pieces: "Pieces", quotes: QuoteMap, tried: Iterable[Draft], sure: Iterable[Draft]
) -> TaggerInput:
    """The pieces of all parsed words with their features; `tried` are all drafts, `sure` those that the rules keep."""
    owner = owners(reading)
    kept = [n for n, span in enumerate(pieces.spans) if owner[span.start] >= 0]
    tokens = numpy.array([owner[pieces.spans[n].start] for n in kept], dtype=numpy.int64)
    by_token = token_features(reading, quotes, roles(len(reading.tokens), tried, sure))
    ids = numpy.array([pieces.ids[n] for n in kept], dtype=numpy.int64)
    return TaggerInput(ids, by_token[tokens] if len(kept) else by_token[:0], tokens, tuple(pieces.spans[n] for n in kept))


def owners(reading: Reading) -> list[int]:
    """The token of each character of the text, -1 for white space and what is not parsed."""
    found = [-1] * (len(reading.report.text) + 1)
    for token in reading.tokens:
        if not token.text.isspace():
            found[token.start : token.end] = [token.i] * (token.end - token.start)
    return found


def roles(count: int, tried: Iterable[Draft], sure: Iterable[Draft]) -> list[int]:
    """The part that each token has in the rules' drafts: the highest number where it has several."""
    found = [0] * count
    for base, drafts in ((1, tried), (1 + len(PARTS), sure)):
        for draft in drafts:
            for number, part in enumerate(PARTS, base):
                for n in getattr(draft, part):
                    found[n] = max(found[n], number)
    return found


def token_features(reading: Reading, quotes: QuoteMap, role: Sequence[int]) -> "Array":
    """Features of every token: [tokens, 4]."""
    made = numpy.zeros((len(reading.tokens), len(FEATURES)), dtype=numpy.int64)
    before = -1
    for token in reading.tokens:
        paragraph = reading.sentences[token.sentence].paragraph
        made[token.i] = (
            DEP_NUMBER.get(token.dep, 0),
            TAG_NUMBER.get(token.tag, 0),
            role[token.i],
            _shape(token) + 3 * (quotes.at[token.i] >= 0) + 6 * (paragraph != before),
        )
        before = paragraph
    return made


def _shape(token: Token) -> int:
    """0 in lower case, 1 with a capital, 2 in capitals: the pieces themselves are all lower case."""
    if not token.text[:1].isupper():
        return 0
    return 2 if len(token.text) > 1 and token.text.isupper() else 1


def windows(reading: Reading, given: TaggerInput, length: int = LENGTH) -> Iterator[range]:
    """Stretches of pieces of at most `length`, cut before a paragraph where they can be, else before a sentence.

    Few attributions run over two paragraphs; where a cut falls within one, the next stretch begins `OVERLAP` pieces earlier.
    """
    sentences, paragraphs = _starts(reading, given)
    begin, count = 0, len(given.ids)
    while begin < count:
        end = min(begin + length, count)
        paragraph = _start_within(paragraphs, begin + length // 2, end) if end < count else None
        if end < count:
            end = paragraph or _start_within(sentences, begin, end) or end
        yield range(begin, end)
        if end == count:
            break
        back = end if paragraph else end - OVERLAP
        begin = (_start_within(sentences, begin, back) or back) if back > begin else end


def _start_within(starts: Sequence[int], after: int, last: int) -> int | None:
    """The last start in (after, last]."""
    n = bisect_right(starts, last) - 1
    return starts[n] if n >= 0 and starts[n] > after else None


def _starts(reading: Reading, given: TaggerInput) -> tuple[list[int], list[int]]:
    """The first piece of every sentence that has one, and of every paragraph."""
    sentences: list[int] = []
    paragraphs: list[int] = []
    sentence = paragraph = -1
    for n, token in enumerate(given.tokens.tolist()):
        if reading.tokens[token].sentence != sentence:
            sentence = reading.tokens[token].sentence
            sentences.append(n)
            if reading.sentences[sentence].paragraph != paragraph:
                paragraph = reading.sentences[sentence].paragraph
                paragraphs.append(n)
    return sentences, paragraphs
