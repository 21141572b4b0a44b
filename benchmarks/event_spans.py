"""The words of an event in its sentence: which token it stands at, how deep, and its parties as people mark them.

In "A court in Paris convicted the general" the source is "A court in Paris", article and place included.
"""

from twotrack.find.events import find_events
from twotrack.model import Actor, Event, Span
from twotrack.reading import Reading
from twotrack.syntax import governors, is_verb, subjects

INSIDE = frozenset({"amod", "compound", "poss", "nmod", "det", "pobj", "prep", "nummod", "case", "appos"})


def events_of(reading: Reading) -> list[Event]:
    """The events that are found in a reading."""
    return [one for one in find_events(reading) if isinstance(one, Event)]


def trigger_of(reading: Reading, event: Event) -> int:
    """The token that an event was found at."""
    return reading.token_starts.get(int(event.id.rsplit("-e", 1)[1].rstrip("m")), 0)


def depth_of(reading: Reading, trigger: int) -> tuple[int, int]:
    """How far below the root of its sentence a token stands; the smallest is the main event."""
    return len(list(governors(reading.tokens, trigger))), trigger


def roles_spans(reading: Reading) -> list[tuple[str, Span]]:
    """The parties of the main event with their tags; in a sentence without an event, the subject of its main verb."""
    events = events_of(reading)
    if not events:
        heads = subjects(reading.tokens, reading.sentences[0].root) if reading.sentences else []
        return [("S", _phrase(reading, head)) for head in heads[:1]]
    event = min(events, key=lambda e: depth_of(reading, trigger_of(reading, e)))
    reciprocal = not event.target and len(event.source) > 1
    tagged = [("R" if reciprocal else "S", a) for a in event.source] + [("T", a) for a in event.target]
    return [(tag, _phrase(reading, _argument(reading, actor, trigger_of(reading, event)))) for tag, actor in tagged]


def _argument(reading: Reading, actor: Actor, trigger: int) -> int:
    """The head of the phrase that the actor stands in, up to the event's own words: "call" for "the call of the Parliament"."""
    tokens = reading.tokens
    inside = [t.i for t in tokens if actor.start <= t.start and t.end <= actor.end]
    at = next((i for i in inside if tokens[i].head not in inside), inside[0] if inside else trigger)
    while tokens[at].dep in INSIDE and tokens[at].head != trigger:
        above = tokens[at].head
        if tokens[at].dep == "prep" and (
            is_verb(tokens[above]) or above == trigger or tokens[at].lower not in ("of", "in", "near")
        ):
            break
        at = above
    if tokens[at].dep == "prep":  # the preposition hangs on the verb: its object is the phrase
        at = next((c for c in tokens[at].children if tokens[c].dep == "pobj"), at)
    return at


def _phrase(reading: Reading, head: int) -> Span:
    """A noun phrase as people mark it: with its article and prepositions, without relative clauses and what is joined to it."""
    kept, todo = [], [head]
    while todo:
        n = todo.pop()
        kept.append(n)
        todo += [c for c in reading.tokens[n].children if _belongs(reading, n, c)]
    kept.sort()
    return Span(reading.tokens[kept[0]].start, reading.tokens[kept[-1]].end)


def _belongs(reading: Reading, n: int, c: int) -> bool:
    child = reading.tokens[c]
    if child.dep == "acl":
        return child.tag in ("VBN", "VBG")
    if child.dep == "appos":  # "the premier Leo Varadkar", not "Zelin, a former mayor"
        return all(token.text != "," for token in reading.tokens[n:c])
    return child.dep not in ("relcl", "conj", "cc", "punct", "advcl")
