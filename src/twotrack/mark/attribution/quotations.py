"""Quotations as parts of contents: the whole of a quotation that a content touches, and the speech that carries on.

"“We are ready,” she said. “The talks begin on Monday.": the second quotation has no cue of its own and belongs to hers.
"""

from dataclasses import dataclass

from twotrack.model import Quote
from twotrack.reading import Reading
from twotrack.syntax import Tokens

SHORT_QUOTE = 4  # words; a shorter quotation is a scare quote or a title, not speech on its own


@dataclass(frozen=True, slots=True)
class QuoteMap:
    """Which quotation each token stands in (-1: none), and the first and last token of each quotation."""

    at: tuple[int, ...]
    tokens_of: tuple[tuple[int, int], ...]  # [first, last) by quotation
    quotes: tuple[Quote, ...]

    def extent(self, quote: int) -> range:
        return range(*self.tokens_of[quote])


def quote_map(reading: Reading) -> QuoteMap:
    """One pass over tokens and quotations, which both stand in text order."""
    at = [-1] * len(reading.tokens)
    bounds: list[tuple[int, int]] = []
    i = 0
    for n, quote in enumerate(reading.quotes):
        while i < len(at) and reading.tokens[i].start < quote.start:
            i += 1
        first = i
        while i < len(at) and reading.tokens[i].start < quote.end:
            at[i] = n
            i += 1
        bounds.append((first, i))
    return QuoteMap(tuple(at), tuple(bounds), reading.quotes)


def whole_quotes(quotes: QuoteMap, content: set[int], cue: int) -> set[int]:
    """The content with the whole of every quotation that it touches, but for one that holds the cue."""
    touched = {quotes.at[n] for n in content} - {-1, quotes.at[cue]}
    found = set(content)
    for quote in touched:
        found.update(quotes.extent(quote))
    return found


def carried_on(reading: Reading, quotes: QuoteMap, after: int) -> set[int]:
    """The quotations that carry on a speech after token `after`: the next sentence opens with one and is all quotation."""
    found: set[int] = set()
    tokens = reading.tokens
    k = _next_word(tokens, after + 1)
    while k < len(tokens) and (quote := quotes.at[k]) >= 0:
        first, last = quotes.tokens_of[quote]
        new_paragraph = _paragraph(reading, k) != _paragraph(reading, after)
        if new_paragraph and not (quotes.quotes[quote].continued or _fills_paragraph(reading, quotes, k, quote)):
            break
        after = last - 1
        if first not in (k, k - 1) or last - first < SHORT_QUOTE or not _stands_alone(tokens, quotes, quote):
            break
        found.update(range(first, last))
        k = _next_word(tokens, last)
    return found


def _fills_paragraph(reading: Reading, quotes: QuoteMap, k: int, quote: int) -> bool:
    """Whether a quotation is all of its paragraph."""
    paragraph = reading.paragraphs[_paragraph(reading, k)]
    marks = quotes.quotes[quote]
    return marks.start - paragraph.start <= 1 and paragraph.end - marks.end <= 1


def _paragraph(reading: Reading, i: int) -> int:
    return reading.sentences[reading.tokens[i].sentence].paragraph


def _stands_alone(tokens: Tokens, quotes: QuoteMap, quote: int) -> bool:
    """Whether no cue of its own follows a quotation: it ends a paragraph, or a sentence with a stop within the marks."""
    first, last = quotes.tokens_of[quote]
    if not quotes.quotes[quote].closed:
        return True
    words = [n for n in range(max(first, last - 3), last) if tokens[n].text.strip("\"'”’»")]
    if not words or tokens[words[-1]].text[-1] not in ".!?…":
        return False
    nxt = _next_word(tokens, last)
    return nxt >= len(tokens) or not tokens[nxt].text[0].islower()


def _next_word(tokens: Tokens, k: int) -> int:
    while k < len(tokens) and not tokens[k].text.strip(" \n\t.,;"):
        k += 1
    return k
