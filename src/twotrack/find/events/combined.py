"""Events by the rules together with the encoder: first who and whom, then the act between them.

Each event of the rules gets the probability that rules and encoder together give its type; it is none where that is small and
the encoder sees no event. Where the encoder sees a pair that no rule speaks of, and is sure of the act between them, that is an
event too: "Ankara handed Athens a stern letter".
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from twotrack.errors import Problem
from twotrack.find.events.answers import addressed
from twotrack.find.events.coding import Match
from twotrack.find.events.finder import SETTLED, VERBAL, event_from, events_in, told_sentences
from twotrack.find.events.pairs import main_pair
from twotrack.find.events.roles import Roles
from twotrack.find.events.setting import settled
from twotrack.find.events.spans import MUTUAL, head_of, main_event, main_parties, parties_of, trigger_of
from twotrack.find.events.weighing import coded_type, probabilities
from twotrack.find.events.within import actors_in, distinct, is_among, is_known
from twotrack.learned.events import Act, Party, Told, acts, parties
from twotrack.mark.factuality import status_of
from twotrack.model import Actor, Claim, Event, Sentence, Span
from twotrack.ontology import intensity
from twotrack.reading import Reading
from twotrack.syntax import conjunction_head, conjuncts, governors, is_verb, objects, verb_above

SURE = 0.75  # probability from which the encoder's word alone makes an event; below it two of three read in newswire were wrong
SURER = 0.85  # the same of what one party does by itself, and of what did not take place: "wanted it stopped; nobody agreed"
OVERRULED = 0.85  # probability from which another type than the rule's is taken; of held-out pairs from .8 on .94 are right
DOUBTED = 0.2  # probability below which a rule is wrong six times of seven, on held-out pairs
UNLIKELY = 0.15  # probability below which a rule's event is none, if the encoder sees none: "will meet in the last sixteen"
NONE = "none"
ASIDE = frozenset({"advcl", "relcl", "acl", "appos", "parataxis"})  # what hangs by these only goes with the main act
TOLD_APART = frozenset({"pcomp", "ccomp", "advcl", "parataxis", "conj", "acl"})  # clauses below a deed that tell of another
STATEMENT = 0  # the class of cameo_class for what is merely said
ROOTS = {
    "AGREE": "03", "CONSULT": "04", "SUPPORT": "05", "COOPERATE": "06", "AID": "07", "CONCEDE": "08", "RETREAT": "08",
    "REQUEST": "10", "ACCUSE": "11", "REJECT": "12", "THREATEN": "13", "PROTEST": "14", "MOBILIZE": "15", "SANCTION": "16",
    "COERCE": "17", "ASSAULT": "19",
}  # fmt: skip
WITHIN = ("of", "by", "from", "in", "with", "between", "against", "on", "near", "for", "to")


class Draft(NamedTuple):
    """A pair of a sentence, and the rule's event between them; None for a pair that the encoder found."""

    sentence: Sentence
    pair: tuple[Party, ...]  # spans count from the sentence's start
    event: Event | None


def find_events_learned(reading: Reading) -> Iterator[Claim | Problem]:
    """The events of a report, in text order, by rules and encoder."""
    told = told_sentences(reading)
    ruled = {one.i: list(events_in(reading, one)) for one in told}
    peopled = {reading.sentence_at(mark.start) for mark in reading.actors}
    main = {one.i: [event for event in ruled[one.i] if _is_main_act(reading, event)] for one in told}
    # Where a rule names both who does the main act and to whom, the encoder's pair is nearly always the same: it is not asked.
    asked = [one for one in told if one.i in peopled and _is_open(reading, main[one.i])]
    hints = [_hints(reading, one, ruled[one.i]) for one in asked]
    seen = parties([(reading.report.text[one.start : one.end], own) for one, own in zip(asked, hints, strict=True)])
    drafts = list[Draft]()
    for one, own, pair in zip(asked, hints, seen, strict=True):
        if whole := main_event(reading, main[one.i]):
            full = _with_seen(reading, whole, main_pair(reading, one, pair, [_moved(party, one.start) for party in own]))
            for events in (main[one.i], ruled[one.i]):
                events[events.index(whole)] = full
        elif draft := _unruled(reading, one, own, pair):
            drafts.append(draft)
    drafts += [draft for i, events in main.items() if (draft := _ruled(reading, reading.sentences[i], events))]
    judged = acts([(reading.report.text[draft.sentence.start : draft.sentence.end], draft.pair) for draft in drafts])
    found = [
        event
        for draft, act in zip(drafts, judged, strict=True)
        if (event := _judged(reading, draft, act)) and (draft.event or not _is_told(event, ruled[draft.sentence.i]))
    ]
    weighed = {draft.event.id for draft in drafts if draft.event}
    found += [event for events in ruled.values() for event in events if event.id not in weighed]
    yield from addressed(reading, sorted(found, key=lambda event: event.cites[0].start))


def _is_open(reading: Reading, main: Sequence[Event]) -> bool:
    """Whether no rule tells the main act, or one that leaves open who does it or to whom."""
    event = main_event(reading, main)
    return event is None or not event.source or not (event.target or (event.type in MUTUAL and len(event.source) > 1))


def _with_seen(reading: Reading, event: Event, pair: Sequence[Party]) -> Event:
    """An event with whom the encoder sees in the role that the rules leave open, if they are known."""
    near = [party for party in pair if not _is_apart(reading, event.type, trigger_of(reading, event), party)]
    acting, others = _sides(reading, near)
    source = event.source or tuple(a for a in acting if a.id and not is_among(a, event.target))
    target = event.target or tuple(a for a in others if a.id and not is_among(a, source))
    if (source, target) == (event.source, event.target):
        return event
    if event.type == "CONSULT":  # the one type whose parties are always both source
        source, target = (*source, *target), ()
    return replace(event, source=source, target=target, confidence=round(SETTLED * event.confidence, 3))


def _sides(reading: Reading, pair: Sequence[Party]) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """Who acts in a pair, and on whom."""
    acting = (a for party in pair if party.role != "T" for a in _actors(reading, party.span))
    others = (a for party in pair if party.role == "T" for a in _actors(reading, party.span))
    return distinct(acting), distinct(others)


def _is_apart(reading: Reading, kind: str, trigger: int, party: Party) -> bool:
    """Whether a party stands in a clause of its own below a deed: "them" of "shot at ships in what it calls aid for them".

    What is said may be said of those in a clause: "accused: Quito said that Lima had ...".
    """
    tokens, head = reading.tokens, head_of(reading, party.span)
    above = [] if head is None or kind in VERBAL else [head, *governors(tokens, head)]
    verb = verb_above(tokens, trigger)
    anchor = trigger if verb is None else verb
    below = above[: above.index(anchor)] if anchor in above else []
    return any(is_verb(tokens[n]) and tokens[n].dep in TOLD_APART for n in below)


def _is_told(event: Event, ruled: Sequence[Event]) -> bool:
    """Whether a rule tells what the encoder found, if in an aside: "The talks come as Chad demanded guarantees"."""
    everyone = (*event.source, *event.target)
    alike = ((*one.source, *one.target) for one in ruled if one.type == event.type)
    return any(all(is_among(actor, others) for actor in everyone) for others in alike)


def _is_main_act(reading: Reading, event: Event) -> bool:
    """Whether an event with parties is what its sentence tells, not what it mentions: "... hours after Xi urged the island"."""
    trigger = trigger_of(reading, event)
    above = {reading.tokens[n].dep for n in (trigger, *governors(reading.tokens, trigger))}
    return bool(event.source or event.target) and ASIDE.isdisjoint(above)


def _is_joined(reading: Reading, event: Event) -> bool:
    """Whether an act is told beside another: of "welcomed the call, but warned them" the encoder may mean the first."""
    tokens, trigger = reading.tokens, trigger_of(reading, event)
    return any(tokens[n].dep == "conj" and is_verb(tokens[n]) for n in (trigger, *governors(tokens, trigger)))


def _hints(reading: Reading, sentence: Sentence, ruled: Sequence[Event]) -> list[Party]:
    """The parties of the sentence's main event by the rules, else the subject of its main verb."""
    return _within_sentence(sentence, main_parties(reading, sentence, ruled))


def _within_sentence(sentence: Sentence, found: Sequence[Party]) -> list[Party]:
    """The parties that stand in the sentence, by places in it."""
    inside = (p for p in found if sentence.start <= p.span.start and p.span.end <= sentence.end)
    return [_moved(party, -sentence.start) for party in inside]


def _ruled(reading: Reading, sentence: Sentence, events: Sequence[Event]) -> Draft | None:
    """The rules' main event with its parties as whole phrases, unless it is supposed or denied.

    What the encoder says of a pair is said of the sentence's main act, and as of a fact.
    """
    event = main_event(reading, events)
    if event is None or event.status in ("hypothetical", "denied") or _is_joined(reading, event):
        return None
    return Draft(sentence, tuple(_within_sentence(sentence, parties_of(reading, event))), event)


def _unruled(reading: Reading, sentence: Sentence, hints: Sequence[Party], seen: Told) -> Draft | None:
    """The pair that the encoder sees, unless it sees none, or a mere statement."""
    if seen.classes.index(max(seen.classes)) == STATEMENT:
        return None
    whole = main_pair(reading, sentence, seen, [_moved(party, sentence.start) for party in hints])
    pair = [party for party in whole if party.role != "T" or not _is_below_source(reading, party, whole)]
    return Draft(sentence, tuple(_within_sentence(sentence, pair)), None) if pair else None


def _is_below_source(reading: Reading, target: Party, pair: Sequence[Party]) -> bool:
    """ "The group, which controls Yemen, fired missiles": what is said of the source is not whom it acts on."""
    head = head_of(reading, target.span)
    sources = {head_of(reading, party.span) for party in pair if party.role == "S"}
    return head is not None and any(n in sources for n in governors(reading.tokens, head))


def _moved(party: Party, by: int) -> Party:
    return Party(party.role, Span(party.span.start + by, party.span.end + by))


# --- the encoder's judgement ----------------------------------------------------------------------------------------------


def _judged(reading: Reading, draft: Draft, act: Act) -> Event | None:
    event = draft.event
    odds = probabilities(act.types, coded_type(event) if event else None)
    kind = max(odds, key=lambda name: odds[name])
    if event is None:
        is_said = act.classes.index(max(act.classes)) == STATEMENT
        found = None if kind == NONE or is_said or odds[kind] < SURE else _told(reading, draft, kind, odds[kind])
        told = found and (found.target or len(found.source) > 1) and found.status in ("actual", "ongoing", "planned")
        return found if told or odds[kind] >= SURER else None
    own = coded_type(event)
    if kind == NONE and odds[own] < UNLIKELY:
        return None
    if kind in (own, NONE) or odds[kind] < OVERRULED or event.status not in ("actual", "ongoing"):
        return replace(event, confidence=round(_confidence(event.confidence, odds[own]), 3))
    rule = f"model:{kind} {odds[kind]:.2f}, over {event.rule}"
    return replace(
        event, type=kind, mode=None, cameo=ROOTS[kind], intensity=intensity(kind), confidence=round(odds[kind], 3), rule=rule
    )


def _confidence(ruled: float, together: float) -> float:
    """The share of rules that are right where rules and encoder together give the type this probability.

    On held-out pairs .96 above .8, .69 to .83 from .4 to .8, .5 from .2, .14 below; the mean with the rule's own precision
    is near that from DOUBTED on.
    """
    return together if together < DOUBTED or together > ruled else (ruled + together) / 2


def _told(reading: Reading, draft: Draft, kind: str, probability: float) -> Event | None:
    """The event of a pair that the encoder alone speaks of; none where nobody of them is known."""
    pair = [_moved(party, draft.sentence.start) for party in draft.pair]
    verb = _verb_between(reading, [party.span for party in pair])
    if verb is None:
        return None
    # Who sponsors talks does not take part in them by that: "the talks, sponsored by Oman, opened".
    near = [p for p in pair if (p.role != "T" and kind != "CONSULT") or not _is_apart(reading, kind, verb, p)]
    source, others = _sides(reading, near)
    target = tuple(actor for actor in others if not is_among(actor, source))
    if not source:
        return None
    row = {"type": kind, "cameo": ROOTS[kind], "plover_only": False}
    if kind in ("AGREE", "THREATEN") and status_of(reading, verb) in ("planned", "ongoing"):
        row["status"] = "actual"  # the promise is made, whatever it promises
    match = Match(row, verb, "model", f"model:{kind} {probability:.2f}", None, tuple(objects(reading.tokens, verb)), verb)
    roles = settled(reading, draft.sentence, match, Roles(source, target))
    known = is_known((*roles.source, *roles.target))
    return event_from(reading, draft.sentence, match, roles, round(probability, 3)) if known else None


def _actors(reading: Reading, span: Span) -> list[Actor]:
    """The actors of a phrase, and of those joined to it: of "Namibia and Botswana" the encoder may tag one."""
    head = head_of(reading, span)
    joined = [] if head is None else conjuncts(reading.tokens, conjunction_head(reading.tokens, head))
    return [actor for n in joined for actor in actors_in(reading, n, WITHIN, places=True)]


def _verb_between(reading: Reading, spans: Sequence[Span]) -> int | None:
    """The lowest verb over all the parties that tells no aside: "condemned" in "Iran condemned the ban that it faces"."""
    heads = [head for span in spans if (head := head_of(reading, span)) is not None]
    if not heads:
        return None
    above = [[n for n in governors(reading.tokens, head) if is_verb(reading.tokens[n])] for head in heads]
    common = [n for n in above[0] if all(n in others for others in above[1:])]
    return next((n for n in common if reading.tokens[n].dep not in ASIDE), common[0] if common else None)
