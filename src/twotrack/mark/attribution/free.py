"""Quotations without a word of saying, by the sentence before them: 'The envoy was blunt. "There is no deal."'.

The speaker is that sentence's subject. Where it says something there, the quotation goes on with it; else the mark that opens
the quotation is the cue.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from twotrack.mark.attribution.contents import Draft
from twotrack.mark.attribution.cues import CLAUSE_FRAMES, cue_words, words_of
from twotrack.mark.attribution.quotations import SHORT_QUOTE, QuoteMap
from twotrack.model import Sentence
from twotrack.reading import Reading
from twotrack.syntax import Tokens, children, is_negated, prep_objects, subtree

FREE = "free quotation"
PRECISION = 0.7  # judged; PolNeAR's annotators join nearly all such quotations to a word of saying elsewhere
SPEAKING = frozenset({"he", "she", "they", "we", "i", "who"})
MANNER = frozenset({"be", "sound", "seem", "remain", "appear", "look", "grow"})  # how somebody speaks: "was blunt"
CLOSING = "\"'”’»"


def with_free_quotations(reading: Reading, quotes: QuoteMap, told: Iterable[Draft]) -> list[Draft]:
    """The drafts, each with its own speech alone, and one for every quotation that nobody is said to say, in text order."""
    found = [_own_speech(reading.tokens, quotes, draft) for draft in told if not _is_blank(reading.tokens, quotes, draft)]
    taken = {quotes.at[n] for draft in found for n in (*draft.content, *draft.cue)}
    for number, before in _standing_alone(reading, quotes, taken):
        first, last = quotes.tokens_of[number]
        source = _speaker(reading, quotes, before)
        saying = [one for one in found if source & one.source and before.first <= one.head < before.last]
        if source and (not saying or not _speaks(reading.tokens, saying[-1])):
            found.append(Draft(first, frozenset({first}), source, frozenset(range(first + 1, last)), PRECISION, FREE))
        elif source:
            spoken = saying[-1]
            found[found.index(spoken)] = replace(spoken, content=spoken.content | frozenset(range(first, last)))
    return sorted(found, key=lambda draft: draft.head)


def _is_blank(tokens: Tokens, quotes: QuoteMap, draft: Draft) -> bool:
    """Whether a draft is the "was" of 'the envoy was blunt. "There is no deal."', for want of a better cue."""
    later = all(quotes.at[n] >= 0 and tokens[n].sentence > tokens[draft.head].sentence for n in draft.content)
    return later and not draft.source and tokens[draft.head].lemma == "be"


def _own_speech(tokens: Tokens, quotes: QuoteMap, draft: Draft) -> Draft:
    """What is planned or declined without a later sentence's quotation: 'he declined to say when. "Ask them."'."""
    own = tokens[draft.head].sentence
    if _speaks(tokens, draft) or any(quotes.at[n] >= 0 for n in draft.content if tokens[n].sentence == own):
        return draft
    kept = frozenset(n for n in draft.content if tokens[n].sentence <= own or quotes.at[n] < 0)
    return replace(draft, content=kept) if kept else draft


def _speaks(tokens: Tokens, draft: Draft) -> bool:
    """Whether a draft tells that something is said: not that it is planned, wished or declined."""
    word, _, frame = draft.rule.partition("+")
    row = cue_words().get((word, frame))
    silent = row is not None and row.kind in ("attitude", "intention", "stance")
    return not silent and tokens[draft.head].lemma not in words_of("refusal") and not is_negated(tokens, draft.head)


def _standing_alone(reading: Reading, quotes: QuoteMap, taken: set[int]) -> Iterator[tuple[int, Sentence]]:
    """The quotations that fill sentences of their own, but for those taken, each with the sentence before it."""
    for number, mark in enumerate(quotes.quotes):
        first, last = quotes.tokens_of[number]
        if number in taken or not mark.closed or last - first < SHORT_QUOTE:
            continue
        opening, closing = (reading.sentences[reading.tokens[n].sentence] for n in (first, last - 1))
        if first > opening.first or last < closing.last or not _ends(reading, mark.end) or not opening.first:
            continue
        before = reading.sentences[reading.tokens[first].sentence - 1]
        if before.paragraph == opening.paragraph:
            yield number, before


def _ends(reading: Reading, end: int) -> bool:
    """Whether a sentence ends within the quotation mark that closes before `end`."""
    return reading.report.text[:end].rstrip(CLOSING)[-1:] in (".", "!", "?", "…")


def _speaker(reading: Reading, quotes: QuoteMap, sentence: Sentence) -> frozenset[int]:
    """The subject of a sentence that tells how somebody speaks or thinks; none where it tells what somebody does."""
    tokens, actors = reading.tokens, reading.actors_at
    if not _tells_of_speech(tokens, sentence.root):
        return frozenset()
    for n in children(tokens, sentence.root, "nsubj"):
        person = tokens[n].lower in SPEAKING or tokens[n].ent == "PERSON" or n in actors
        if person and quotes.at[n] < 0:
            return frozenset(subtree(tokens, n))
    return frozenset()


def _tells_of_speech(tokens: Tokens, root: int) -> bool:
    """ "Was blunt", "was in no mood for compromise", "declined to say", "laughed"; not "bombed the camp", "arrived"."""
    if tokens[root].lemma in MANNER:
        moods = (tokens[n].lemma for n in prep_objects(tokens, root, "in"))
        return bool(children(tokens, root, "acomp")) or "mood" in moods
    frames = {frame for word, frame in cue_words() if word == tokens[root].lemma}
    return tokens[root].lemma in words_of("refusal") | words_of("quoting") or bool(frames & CLAUSE_FRAMES)
