"""The words of an event in its sentence: which token it stands at, how deep, and its parties as people mark them.

In "A court in Paris convicted the general" the source is "A court in Paris", article and place included.
"""

from collections.abc import Sequence

from twotrack.learned.events import Party
from twotrack.model import Actor, Event, Sentence, Span
from twotrack.reading import Reading
from twotrack.syntax import conjunction_head, governors, is_verb, subjects

MUTUAL = frozenset({"CONSULT", "AGREE", "COOPERATE", "SUPPORT"})  # types that parties do together
INSIDE = frozenset({"amod", "compound", "poss", "nmod", "det", "pobj", "prep", "nummod", "case", "appos"})


def trigger_of(reading: Reading, event: Event) -> int:
    """The token that an event was found at."""
    return reading.token_starts.get(int(event.id.rsplit("-e", 1)[1].rstrip("mw")), 0)


def depth_of(reading: Reading, trigger: int) -> tuple[int, int]:
    """How far below the root of its sentence a token stands; the smallest is the main event."""
    return len(list(governors(reading.tokens, trigger))), trigger


def main_event(reading: Reading, events: Sequence[Event]) -> Event | None:
    """The event nearest to the root of its sentence."""
    return min(events, key=lambda event: depth_of(reading, trigger_of(reading, event)), default=None)


def main_parties(reading: Reading, sentence: Sentence, events: Sequence[Event]) -> list[Party]:
    """The parties of a sentence's main event; in a sentence without an event, the subject of its main verb."""
    if event := main_event(reading, events):
        return parties_of(reading, event)
    heads = subjects(reading.tokens, sentence.root)
    return [Party("S", _phrase(reading, head)) for head in heads[:1]]


def parties_of(reading: Reading, event: Event) -> list[Party]:
    """The parties of an event with their roles, as whole phrases: "A court in Paris" for the court."""
    trigger = trigger_of(reading, event)
    sources = [_argument(reading, actor, trigger) for actor in event.source]
    targets = [_argument(reading, actor, trigger) for actor in event.target]
    if not targets and len(sources) > 1 and event.type in MUTUAL:
        if (event.mode != "phone" and event.type != "SUPPORT") or not _are_apart(reading, sources):
            return [Party("R", span) for span in _joined(reading, [_phrase(reading, head) for head in sources])]
        sources, targets = sources[:1], sources[1:]
    found = [Party("S", _phrase(reading, head)) for head in sources]
    return [*found, *(Party("T", _phrase(reading, head)) for head in targets)]


def _joined(reading: Reading, spans: list[Span]) -> list[Span]:
    """ "Iran and Oman" is one phrase."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and reading.report.text[found[-1].end : span.start].strip() == "and":
            found[-1] = Span(found[-1].start, span.end)
        else:
            found.append(span)
    return found


def _are_apart(reading: Reading, heads: list[int]) -> bool:
    """ "Biden called Xi": one is the subject, the other is not; "talks between Iran and Oman" have both alike."""
    tokens = reading.tokens
    roots = {conjunction_head(tokens, head) for head in heads}
    return len(roots) > 1 and any(tokens[n].dep == "nsubj" for n in roots)


def head_of(reading: Reading, span: Span) -> int | None:
    """The token of a span whose head stands outside it."""
    if not reading.sentences:
        return None
    sentence = reading.sentences[reading.sentence_at(span.start)]
    inside = [t for t in reading.tokens[sentence.first : sentence.last] if span.start <= t.start and t.end <= span.end]
    numbers = {t.i for t in inside}
    return next((t.i for t in inside if t.pos != "PUNCT" and (t.head not in numbers or t.head == t.i)), None)


def _argument(reading: Reading, actor: Actor, trigger: int) -> int:
    """The head of the phrase that the actor stands in, up to the event's own words: "call" for "the call of the Parliament"."""
    tokens = reading.tokens
    inside = [t.i for t in tokens if actor.start <= t.start and t.end <= actor.end]
    at = next((i for i in inside if tokens[i].head not in inside), inside[0] if inside else trigger)
    while tokens[at].dep in INSIDE and tokens[at].head != trigger:
        above = tokens[at].head
        if tokens[at].dep == "prep" and (is_verb(tokens[above]) or above == trigger or tokens[at].lower != "of"):
            break
        at = above
    if tokens[at].dep in ("prep", "dative") and tokens[at].tag in (
        "IN",
        "TO",
    ):  # the preposition hangs on the verb: its object is the phrase
        at = next((c for c in tokens[at].children if tokens[c].dep == "pobj"), at)
    return at


def _phrase(reading: Reading, head: int) -> Span:
    """The characters of `phrase_at`, with the bracket that closes it."""
    kept = phrase_at(reading, head)
    last = kept[-1]
    if last + 1 < len(reading.tokens) and reading.tokens[last + 1].text == ")":
        last += 1
    return Span(reading.tokens[kept[0]].start, reading.tokens[last].end)


def phrase_at(reading: Reading, head: int) -> list[int]:
    """A noun phrase as people mark it: with its article and prepositions, without relative clauses and what is joined to it."""
    kept, todo = [], [head]
    while todo:
        n = todo.pop()
        kept.append(n)
        todo += [c for c in reading.tokens[n].children if _belongs(reading, n, c)]
    return sorted(kept)


def _belongs(reading: Reading, n: int, c: int) -> bool:
    child = reading.tokens[c]
    if child.dep == "acl":
        return child.tag == "VBN"
    if child.dep == "appos":  # "the premier Leo Varadkar", not "Zelin, a former mayor"
        return all(token.text != "," for token in reading.tokens[n:c])
    if child.dep == "prep" and any(reading.tokens[g].ent in ("DATE", "TIME") for g in child.children):
        return False
    return child.dep not in ("relcl", "conj", "cc", "punct", "advcl", "npadvmod")
