"""Source and target of a sentence's main act: of the phrases that the parse offers, those that the encoder's tags fit best.

"Courts in Oslo froze the accounts of two firms": tags say source over "Courts in Oslo" and target from "the accounts" on; the
phrases are "Courts", "Courts in Oslo", "the accounts of two firms", ... A phrase that the rules name as a party weighs more.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence

from twotrack.find.events.spans import phrase_at
from twotrack.learned.events import TAGS, Party, Role, Told
from twotrack.model import Sentence, Span
from twotrack.reading import Reading
from twotrack.syntax import children, subtree

RULED = 6.0  # log-odds added to a phrase that the rules name in that role, half of it in another; set on held-out sentences
LEAST = 3.0  # log-odds against no party from which a phrase is one
HEADS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ"})
OWN = ("det", "predet", "amod", "compound", "nmod", "poss", "nummod", "quantmod", "case", "neg", "advmod")
BELONGING = (*OWN[:-2], "prep", "acl", "appos")
FIRST: Mapping[Role, int] = {role: n for n, (begins, role) in enumerate(TAGS) if begins and role is not None}
INSIDE: Mapping[Role, int] = {role: n for n, (begins, role) in enumerate(TAGS) if not begins and role is not None}


def main_pair(reading: Reading, sentence: Sentence, told: Told, ruled: Collection[Party]) -> list[Party]:
    """A source and a target, or up to two who act together; each at most once, none over another. Places are the report's."""
    odds = _by_word(reading, sentence, told)
    scored = sorted(_scored(reading, phrases(reading, sentence), odds, set(ruled)), reverse=True)
    found: list[Party] = []
    for score, start, end, role in scored:
        if score <= LEAST:
            break
        if all(end <= other.span.start or other.span.end <= start for other in found) and _may_join(role, found):
            found.append(Party(role, Span(start, end)))
    return found


def _may_join(role: Role, found: Sequence[Party]) -> bool:
    """Whether a further party goes with those found: of source and target one each, of those who act together two."""
    roles = [party.role for party in found]
    return "R" not in roles and role not in roles if role != "R" else set(roles) <= {"R"} and len(roles) < 2


def phrases(reading: Reading, sentence: Sentence) -> set[tuple[int, int]]:
    """(first, last) tokens of a sentence's noun phrases: short, with what belongs to them, and with what is joined to them."""
    tokens = reading.tokens
    found: set[tuple[int, int]] = set()
    for token in tokens[sentence.first : sentence.last]:
        if token.pos in HEADS:
            short = list(_below(reading, token.i, OWN))
            joined = [n for c in children(tokens, token.i, "conj", "cc") for n in _below(reading, c, OWN)]
            belonging = [n for c in children(tokens, token.i, *BELONGING) for n in subtree(tokens, c)]
            for kept in (phrase_at(reading, token.i), [*short, *joined], [token.i, *belonging]):
                found.add((min(kept), max(kept)))
    return found


def _below(reading: Reading, head: int, deps: Collection[str]) -> Iterator[int]:
    """A word and what stands before it that is its own."""
    yield head
    for c in children(reading.tokens, head, *deps):
        if c < head:
            yield from subtree(reading.tokens, c)


def _by_word(reading: Reading, sentence: Sentence, told: Told) -> dict[int, Sequence[float]]:
    """The log-odds of each tag against no party, by token: those of its first piece."""
    by_place = {span.start + sentence.start: odds for span, odds in told.tags}
    return {t.i: by_place[t.start] for t in reading.tokens[sentence.first : sentence.last] if t.start in by_place}


def _scored(
    reading: Reading, offered: Collection[tuple[int, int]], odds: Mapping[int, Sequence[float]], ruled: Collection[Party]
) -> Iterator[tuple[float, int, int, Role]]:
    """(log-odds, start, end, role) of each phrase in each role."""
    spans = {party.span for party in ruled}
    for first, last in offered:
        span = Span(reading.tokens[first].start, reading.tokens[last].end)
        inside = [odds[n] for n in range(first, last + 1) if n in odds]
        for role in FIRST if inside else ():
            score = inside[0][FIRST[role]] + sum(one[INSIDE[role]] for one in inside[1:])
            score += RULED if Party(role, span) in ruled else RULED / 2 if span in spans else 0.0
            yield score, span.start, span.end, role
