"""Meetings: talks, calls, visits and summits that a report says are scheduled, held, put off, cancelled, proposed or refused.

"Iran and Oman will hold talks in Muscat on Monday" is one; "the talks" without a date, a party or a fate is none.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import takewhile

from twotrack.errors import Problem
from twotrack.find.meetings.appointments import actors_before, dates_in, dates_of, dates_since, dates_when_moved
from twotrack.find.meetings.attendance import CALLED_OFF, parties_of, sides_of
from twotrack.find.meetings.fates import status_of_meeting, status_of_pronoun
from twotrack.find.meetings.fatewords import is_moved
from twotrack.find.meetings.gatherings import actors_at, actors_of_subject, format_of, has_level, private_words, sharpened
from twotrack.find.meetings.governing import governing_verbs, travels_to
from twotrack.find.meetings.plans import is_unmet, replaces_plan
from twotrack.find.meetings.sequels import NEARBY, Draft, joined, placed_there, with_mediator, with_new_day, with_place
from twotrack.find.meetings.standing import mediator_told, standing_of
from twotrack.find.meetings.venues import place_beside, place_of, place_told
from twotrack.find.meetings.visits import visit_at
from twotrack.find.statements.carriers import in_content
from twotrack.find.statements.saying import status_of
from twotrack.model import Actor, Claim, DateMark, Meeting, MeetingStatus, Sentence, Token, When
from twotrack.reading import Reading
from twotrack.syntax import children, governors, is_verb, subjects, subtree

JOURNEY = timedelta(days=1)  # as agencies report on arrivals: the talks are on the day or the next
OFFERED = frozenset({"proposed", "refused"})
OF_MEETINGS = frozenset({"hold", "postpone", "reschedule"})
UNTIL = re.compile(r"\b(?:until|till)\b")
BACKWARD = frozenset({"the", "that", "this", "these", "those", "their", "both", "its", "his", "her"})
# Confidence by how the meeting was found: set by judgement, in tenths; benchmarks/meetings.py measures all of them together.
CONFIDENCE = {"verb": 0.8, "fate": 0.8, "date": 0.7, "travel": 0.7, "pronoun": 0.7}


def find_meetings(reading: Reading) -> Iterator[Claim | Problem]:
    """The meetings of a report, each once: "talks on January 10, 12 and 13" are three."""
    drafts: list[Draft] = []
    for sentence in reading.sentences:
        if reading.paragraph_of(sentence).kind == "headline":
            continue
        for i in range(sentence.first, sentence.last):
            token = reading.tokens[i]
            if form := format_of(reading, i):
                drafts.extend(placed_there(reading, one, drafts) for one in _meetings_at(reading, i, form))
            elif token.pos in ("VERB", "AUX"):
                drafts.extend(_visits_at(reading, i))
            elif token.lower in ("it", "they") and drafts:
                drafts.extend(_again_at(reading, i, drafts[-1]))
        if drafts and sentence.i - drafts[-1].sentence <= NEARBY:
            _with_what_is_told(reading, sentence, drafts)
    yield from joined(drafts)


def _with_what_is_told(reading: Reading, sentence: Sentence, drafts: list[Draft]) -> None:
    """Gives the meetings told last what a sentence says of them by itself: a new date, the town, who mediates."""
    tokens = reading.tokens[sentence.first : sentence.last]
    if any(t.lemma == "date" and any(reading.tokens[c].lower == "new" for c in t.children) for t in tokens):
        for mark in dates_in(reading, sentence.i)[-1:]:
            with_new_day(drafts, sentence.i, mark.when)
    if place := place_told(reading, sentence):
        with_place(drafts, sentence.i, place)
    if mediator := mediator_told(reading, sentence):
        with_mediator(drafts, sentence.i, mediator)


def _meetings_at(reading: Reading, i: int, form: str) -> Iterator[Draft]:
    """The meetings that one word tells of."""
    tokens = reading.tokens
    chain = governing_verbs(reading, i)
    dates: Sequence[DateMark] = dates_of(reading, i, chain)
    status, rule = status_of_meeting(reading, i, chain, dates)
    if status == "scheduled" and _has_arrived(reading, i, chain, dates):
        status = "held"
    if status is None or _is_denied(reading, i):
        return
    status, dates = _when_moved(reading, i, chain, status, dates)
    parties = parties_of(reading, i, chain)
    if status == "refused" and not parties:
        parties = _speaker(reading, chain)
    if not (_enough(parties, dates, status, rule) or _agreed(reading, chain, parties)) or _is_private(reading, i, parties):
        return
    unmet = bool(chain) and is_unmet(tokens, chain[0])
    back = any(tokens[c].lower in BACKWARD for c in tokens[i].children)
    for n, (mark, present) in enumerate(_each(reading, i, dates, parties)):
        made = _meeting(reading, i, n, present, sharpened(reading, i, form), mark, status, rule, chain)
        if (len(dates) > 1 or status == "postponed") and mark and (beside := place_beside(reading, mark)):
            made = replace(made, where=beside)
        yield Draft(made, tokens[i].sentence, back, unmet)


def _when_moved(
    reading: Reading, i: int, chain: Sequence[int], status: MeetingStatus, dates: Sequence[DateMark]
) -> tuple[MeetingStatus, Sequence[DateMark]]:
    """Status and days of a meeting that is put off, or that "did not take place, and has been moved to Wednesday"."""
    tokens = reading.tokens
    joined = children(tokens, chain[0], "conj", "advcl") if chain else []
    moved = next((c for c in joined if is_moved(tokens, c) and not children(tokens, c, "nsubj", "nsubjpass")), None)
    if status == "cancelled" and moved is not None and (new := dates_when_moved(reading, i, [moved])):
        return "postponed", new
    if status == "scheduled" and replaces_plan(tokens, i, chain) and (new := dates_of(reading, chain[0], chain)):
        return "postponed", new
    if status == "postponed" or (chain and is_moved(tokens, chain[0])):
        return status, dates_when_moved(reading, i, chain)
    return status, dates_since(reading, i) if status == "held" and not dates else dates


def _is_denied(reading: Reading, i: int) -> bool:
    """ "Dismissed a report that their ministers had met": no meeting that anybody tells of."""
    tokens = reading.tokens
    verb = i if is_verb(tokens[i]) else tokens[i].head if tokens[i].dep == "dobj" else None
    if verb is None or tokens[verb].dep not in ("ccomp", "acl", "xcomp", "pcomp"):
        return False  # "denied that the talks had failed": they were held
    sentence = reading.sentences[tokens[i].sentence]
    first = bisect_left(reading.attributions, sentence.start, key=lambda mark: mark.cue.start)
    beside = takewhile(lambda mark: mark.cue.start < sentence.end, reading.attributions[first:])
    around = (mark for mark in beside if in_content(mark, tokens[i].start))
    return any(status_of(reading, mark, False) == "denied" for mark in around)


def _has_arrived(reading: Reading, i: int, chain: Sequence[int], dates: Sequence[DateMark]) -> bool:
    """ "Flew to Belgrade on Sunday for talks", read on Thursday: whoever travels meets within a day or so."""
    tokens, published = reading.tokens, reading.report.published
    if not chain or not dates or published is None or not dates[-1].when.end:
        return False
    went = tokens[chain[0]].tag == "VBD" and travels_to(reading, i, chain[0])
    return went and published - dates[-1].when.end > JOURNEY


def _meeting(
    reading: Reading,
    i: int,
    n: int,
    parties: Sequence[Actor],
    form: str,
    mark: DateMark | None,
    status: MeetingStatus,
    rule: str,
    chain: Sequence[int],
) -> Meeting:
    sentence = reading.sentences[reading.tokens[i].sentence]
    host = _host_place(reading, i, chain)
    standing = standing_of(reading, i, chain, parties)
    broker = standing.mediator.start if standing.mediator else -1  # "with Oman as mediator"
    return Meeting(
        id=f"{reading.report.id}-m{reading.tokens[i].start}" + (f".{n + 1}" if n else ""),
        parties=sides_of(reading, [actor for actor in parties if actor.start != broker]),
        format=form,
        when=_moved_to(mark.when, status) if mark else None,
        where=None
        if form == "call"
        else place_of(reading, i, chain) or (reading.report.cite(host.start, host.end) if host else None),
        status=status,
        cites=(reading.report.cite(sentence.start, sentence.end),),
        confidence=CONFIDENCE[rule],
        rule=f"meetings:{rule}:{reading.tokens[i].lemma}",
        level=standing.level,
        host=standing.host or host,
        mediator=standing.mediator,
    )


def _moved_to(when: When, status: MeetingStatus) -> When:
    """ "Put off talks set for 12 January until 20 January": the last day, though the words alone are a stretch."""
    return replace(when, start=when.end) if status == "postponed" and UNTIL.search(when.words) else when


def _host_place(reading: Reading, i: int, chain: Sequence[int]) -> Actor | None:
    """ "Cairo is to host the next round": who hosts is where."""
    tokens = reading.tokens
    hosts = [verb for verb in chain[:2] if tokens[verb].lemma == "host"]
    named = (actor for verb in hosts for actor in actors_of_subject(reading, verb) if actor.person is None)
    return next((actor for actor in named if tokens[reading.token_starts.get(actor.start, 0)].ent == "GPE"), None)


def _speaker(reading: Reading, chain: Sequence[int]) -> tuple[Actor, ...]:
    """Who says that a meeting is out of the question."""
    tokens = reading.tokens
    said = [tokens[verb].head for verb in chain[:1] if tokens[verb].dep == "ccomp"]
    return tuple(actor for verb in said for actor in actors_of_subject(reading, verb))


def _enough(parties: tuple[Actor, ...], dates: Sequence[DateMark], status: str, rule: str) -> bool:
    """A meeting needs a day, two sides, or a fate that one side can decide: "the talks" of nobody are no news."""
    several = len({actor.id or actor.words for actor in parties}) > 1
    if dates or (several and any(actor.id for actor in parties)):
        return True
    return rule == "fate" and (status in CALLED_OFF or (bool(parties) and status in OFFERED))


def _agreed(reading: Reading, chain: Sequence[int], parties: Sequence[Actor]) -> bool:
    """ "Libya's rival parliaments have agreed to talks": one party that says yes is news without a day."""
    return bool(parties and chain) and reading.tokens[chain[0]].lemma in ("agree", "accept", "consent")


def _is_private(reading: Reading, i: int, parties: Sequence[Actor]) -> bool:
    """ "Shareholders will meet on May 21": whoever meets is no party to anything."""
    tokens = reading.tokens
    if any(party.id for party in parties) or not is_verb(tokens[i]):
        return False
    below = [n for one in subjects(tokens, i) for n in subtree(tokens, one)]
    if any(tokens[n].lemma in private_words() for n in below):
        return True
    return not any(n in reading.actors_at or tokens[n].lemma == "side" or _has_rank(tokens[n]) for n in below)


def _has_rank(token: Token) -> bool:
    """ "The generals"; not "the general strike"."""
    return token.pos in ("NOUN", "PROPN") and has_level(token.lemma)


def _each(
    reading: Reading, i: int, dates: Sequence[DateMark], parties: tuple[Actor, ...]
) -> list[tuple[DateMark | None, tuple[Actor, ...]]]:
    """Each meeting of a series with its day and parties: "with Japan on Tuesday and Germany on Wednesday" is two."""
    if len(dates) < 2:
        return [(dates[0] if dates else None, present) for present in _visits_apart(reading, i, parties)]
    beside = [_party_beside(reading, i, mark) for mark in dates]
    if not all(beside):
        return [(mark, parties) for mark in dates]
    ends = {actor.start for own in beside for actor in own}
    everywhere = tuple(actor for actor in parties if actor.start not in ends)
    return [(mark, (*everywhere, *own)) for mark, own in zip(dates, beside, strict=True)]


def _visits_apart(reading: Reading, i: int, parties: tuple[Actor, ...]) -> list[tuple[Actor, ...]]:
    """ "Visited Athens and Ankara" is two visits, since the hosts do not meet each other."""
    if reading.tokens[i].lemma != "visit" or not is_verb(reading.tokens[i]):
        return [parties]
    hosts = [actor for actor in parties if actor.start > reading.tokens[i].start]
    visitors = tuple(actor for actor in parties if actor not in hosts)
    return [(*visitors, host) for host in hosts] if len(hosts) > 1 else [parties]


def _party_beside(reading: Reading, i: int, mark: DateMark) -> tuple[Actor, ...]:
    """The actor or state right before "on Tuesday", or that it hangs on."""
    if before := actors_before(reading, mark):
        return before
    for g in governors(reading.tokens, mark.head):
        if g == i:
            return ()
        if actors := actors_at(reading, g):
            return actors
    return ()


def _visits_at(reading: Reading, verb: int) -> Iterator[Draft]:
    """A visit told by a verb of travel, where its clause has a day."""
    found = visit_at(reading, verb)
    if found is None or not (dates := dates_of(reading, verb, [verb])):
        return
    parties, status = found
    if status == "held" and dates[0].when.start and reading.report.published and dates[0].when.start > reading.report.published:
        status = "scheduled"
    made = _meeting(reading, verb, 0, parties, "visit", dates[0], status, "travel", [verb])
    yield Draft(made, reading.tokens[verb].sentence, False, False)


def _again_at(reading: Reading, i: int, before: Draft) -> Iterator[Draft]:
    """ "They were put off to Friday": what became of the meeting of the sentence before."""
    token = reading.tokens[i]
    verb = token.head
    if token.dep not in ("nsubj", "nsubjpass") or not 0 < token.sentence - before.sentence < 2:
        return
    if i in reading.actors_at and not (token.dep == "nsubjpass" and reading.tokens[verb].lemma in OF_MEETINGS):
        return  # "they" are people, whatever they do; but people are not held or put off
    status = status_of_pronoun(reading.tokens, verb)
    if status is None:
        return
    dates = dates_when_moved(reading, verb, [verb]) if status == "postponed" else dates_of(reading, verb, [verb])
    made = _meeting(reading, verb, 0, (), before.meeting.format, dates[0] if dates else None, status, "pronoun", [verb])
    yield Draft(made, token.sentence, True, False)
