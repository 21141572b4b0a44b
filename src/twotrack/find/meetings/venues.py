"""Where a meeting is held, and whose town that is: "in Vienna", "at the Erez crossing"; Kabul is Afghanistan's.

Parses hang "in Seoul" on whatever noun stands before it, so a place counts wherever it hangs below the meeting's clause.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from twotrack.find.meetings.gatherings import NEAR
from twotrack.find.meetings.governing import travel_verbs
from twotrack.gazetteer import state_of_capital
from twotrack.lexicon import actor_names
from twotrack.mark.actors.ownership import dateline_town, home_of
from twotrack.model import Actor, Cite, DateMark, Sentence, Token
from twotrack.reading import Reading
from twotrack.syntax import children, governors, is_verb, phrase_span, subtree

WITHIN = frozenset({"in", "at", "near", "outside"})
CLOSE = 5  # tokens of a date and what stands right behind it
GOAL = frozenset({"to", "for"})
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
SITES = frozenset(
    {"crossing", "border", "village", "resort", "palace", "airport", "headquarters", "base", "embassy", "hotel", "residence"}
)
CHOOSING = frozenset({"choose", "pick", "select"})
TRAVELLED = frozenset({"visit", "trip", "tour", "travel"})


def place_of(reading: Reading, i: int, chain: Sequence[int]) -> Cite | None:
    """The place of the meeting that token i names, below it or below the verbs above it, the one nearest to it."""
    tokens = reading.tokens
    if tokens[i].lemma == "visit" and is_verb(tokens[i]) and (visited := _visited(reading, i)):
        return visited
    journeys = {n for n in (i, *chain[:2]) if tokens[n].lemma in TRAVELLED or tokens[n].lemma in travel_verbs()}
    sentence = reading.sentences[tokens[i].sentence]
    found = [
        n
        for p in range(max(sentence.first, i - NEAR), min(sentence.last, i + NEAR))
        if tokens[p].lower in WITHIN or _is_on_island(reading, p) or (tokens[p].lower in GOAL and tokens[p].head in journeys)
        if tokens[p].dep in ("prep", "pcomp")
        for n in children(tokens, p, "pobj")
        if _is_place(reading, n)
    ]
    for top in (i, *chain[:2]):
        if near := [n for n in found if _reaches(reading, n, top, (i, *chain))]:
            span = phrase_span(tokens, min(near, key=lambda n: abs(n - i)))
            return reading.report.cite(*span)
    return _visited(reading, i) or _where_of(reading, (i, *chain[:2])) or _here(reading, i, chain)


def _where_of(reading: Reading, chain: Sequence[int]) -> Cite | None:
    """The place that "where" stands for: "leaves for Minsk, where he is to see the premier"."""
    tokens = reading.tokens
    for verb in chain:
        where = any(tokens[c].lower == "where" for c in children(tokens, verb, "advmod"))
        if where and tokens[verb].dep == "relcl" and _is_place(reading, tokens[verb].head):
            return reading.report.cite(*phrase_span(tokens, tokens[verb].head))
    return None


def _here(reading: Reading, i: int, chain: Sequence[int]) -> Cite | None:
    """The town of the dateline, where a meeting is "here"."""
    tokens = reading.tokens
    here = any(tokens[n].lower == "here" for top in (i, *chain[:2]) for n in subtree(tokens, top))
    town = dateline_town(reading) if here else None
    return reading.report.cite(*town.span(1)) if town else None


def state_here(reading: Reading) -> Actor | None:
    """The state of the dateline's town."""
    town, state = dateline_town(reading), home_of(reading)
    return Actor(state, actor_names().get(state), town[1], *town.span(1)) if state and town else None


def place_beside(reading: Reading, mark: DateMark) -> Cite | None:
    """The place right behind a day of a series: "on January 20 in Bonn, January 29 in Oslo"."""
    tokens = reading.tokens
    behind = next((t for t in tokens[mark.head : mark.head + CLOSE] if t.start >= mark.end), None)
    if behind is None or behind.lower not in WITHIN:
        first = reading.token_starts.get(mark.start, 0)
        return _place_before(reading, first - 1 if first and tokens[first - 1].lower == "on" else first)
    found = children(tokens, behind.i, "pobj")
    named = bool(found) and (_is_place(reading, found[0]) or tokens[found[0]].ent in PLACE_LABELS)
    return reading.report.cite(*phrase_span(tokens, found[0])) if named else None


def _place_before(reading: Reading, end: int) -> Cite | None:
    """The place right before a day of a series: "in Rome on the 16th, in Vienna on the 20th"."""
    tokens = reading.tokens
    at = next((n for n in range(end - 1, max(end - CLOSE, 0), -1) if tokens[n].lower in WITHIN), None)
    found = [n for n in range(at + 1, end) if tokens[n].pos == "PROPN" and _is_place(reading, n)] if at is not None else []
    return reading.report.cite(*phrase_span(tokens, found[-1])) if found else None


def place_told(reading: Reading, sentence: Sentence) -> Cite | None:
    """The one town of a sentence that tells where others meet: "The delegations will gather in Oslo", "Oslo was chosen"."""
    tokens = reading.tokens[sentence.first : sentence.last]
    towns = [
        t.i
        for t in tokens
        if t.ent == "GPE" and t.pos == "PROPN" and reading.actors_at.get(t.i) is None and not _goes_on(reading, t.i)
    ]
    if len(towns) != 1 or not (_they_are_in(tokens) or _is_settled_on(reading, towns[0])):
        return None
    return reading.report.cite(*phrase_span(reading.tokens, towns[0]))


def _is_settled_on(reading: Reading, town: int) -> bool:
    """ "Gather in Oslo", "settled on Oslo", "Oslo was chosen", "the venue is Oslo"."""
    tokens = reading.tokens
    if tokens[town].dep == "nsubjpass":
        return tokens[tokens[town].head].lemma in CHOOSING
    if tokens[town].dep in ("attr", "dobj"):
        subject = children(tokens, tokens[town].head, "nsubj")
        return tokens[tokens[town].head].lemma in CHOOSING or any(tokens[n].lemma == "venue" for n in subject)
    above = tokens[tokens[town].head]
    return (above.lower == "in" and tokens[above.head].lemma == "gather") or (
        above.lower == "on" and tokens[above.head].lemma == "settle"
    )


def _they_are_in(tokens: Sequence[Token]) -> bool:
    """ "They will be in Jimani"."""
    return any(
        a.lower in ("it", "they") and b.lower in ("will", "would") and c.lower == "be" and d.lower == "in"
        for a, b, c, d in zip(tokens, tokens[1:], tokens[2:], tokens[3:], strict=False)
    )


def _goes_on(reading: Reading, n: int) -> bool:
    """Whether the name of a town goes on behind this token: the "New" of "New York"."""
    after = reading.tokens[n + 1] if n + 1 < len(reading.tokens) else None
    return after is not None and after.ent == "GPE" and reading.tokens[n].dep == "compound"


def _visited(reading: Reading, i: int) -> Cite | None:
    """ "Will visit Paris", "hosts the next round": the object of a visit."""
    if reading.tokens[i].lemma not in TRAVELLED or not is_verb(reading.tokens[i]):
        return None
    found = [n for n in children(reading.tokens, i, "dobj") if _is_place(reading, n) or state_at(reading, n)]
    return reading.report.cite(*phrase_span(reading.tokens, found[0])) if found else None


def _is_on_island(reading: Reading, p: int) -> bool:
    """ "On the Brijuni islands"; not "on Monday", "the dam on the Nile"."""
    found = children(reading.tokens, p, "pobj") if reading.tokens[p].lower == "on" else []
    return any(reading.tokens[n].lemma.lower() in ("island", "isle") for n in found)


def _reaches(reading: Reading, n: int, top: int, chain: Sequence[int]) -> bool:
    """Whether a place hangs below this word with no other clause between."""
    tokens = reading.tokens
    if n == top:
        return True
    for g in governors(tokens, n):
        if g == top:
            return True
        own = tokens[g].dep == "relcl" and tokens[g].head == top  # "talks that were to have opened in Rangoon"
        if is_verb(tokens[g]) and g not in chain and tokens[g].dep not in ("acl", "xcomp") and not own:
            return False
    return False


def _is_place(reading: Reading, n: int) -> bool:
    """A town, a state as a place, or a site that bears a name: "the Wagah crossing"."""
    token, mark = reading.tokens[n], reading.actors_at.get(n)
    if mark is None and _is_inside(reading, token.start):
        return False  # part of a name: "Security and Cooperation in Europe"
    if mark is not None:
        capital = state_of_capital(token.text, reading.report.published) is not None  # "will meet at Accra"
        return mark.via == "place" or (token.ent in PLACE_LABELS and (capital or state_at(reading, n) is not None))
    if token.ent in PLACE_LABELS or state_of_capital(token.text, None):
        return True
    if token.lower in SITES:
        return any(reading.tokens[c].pos == "PROPN" for c in token.children) or bool(children(reading.tokens, n, "prep"))
    return token.pos == "PROPN" and token.ent in ("", "PERSON")  # "at the Elysee": neither day nor body


def _is_inside(reading: Reading, start: int) -> bool:
    """Whether a character stands within one of the actor marks that begin before it."""
    at = bisect_left(reading.actors, start, key=lambda mark: mark.start)
    return any(mark.end > start for mark in reading.actors[max(0, at - 3) : at])


def state_at(reading: Reading, n: int) -> Actor | None:
    """The state that a place belongs to: "Malaysia" and "Kuala Lumpur" are MYS; None for towns that are no capitals."""
    mark = reading.actors_at.get(n)
    if mark is not None:
        return mark.actors[0] if mark.via == "place" and len(mark.actors) == 1 else None
    start, end = phrase_span(reading.tokens, n)
    words = reading.report.text[start:end]
    state = state_of_capital(words, reading.report.published)
    return Actor(state, actor_names().get(state), words, start, end) if state else None


def states_after(reading: Reading, i: int, *prepositions: str) -> Iterator[Actor]:
    """The states of the places after these prepositions: "a trip to Kyiv"."""
    tokens = reading.tokens
    for p in children(tokens, i, "prep"):
        if tokens[p].lower in prepositions:
            for n in children(tokens, p, "pobj"):
                if state := state_at(reading, n):
                    yield state
