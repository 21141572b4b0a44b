"""When a meeting is held: the dates that its clause gives it, not those that stand near it.

"Ecuador agreed on Friday to move Monday's talks to March 11" gives March 11: Friday is the day of the agreement, Monday the old
day. "On January 10, 12 and 13" are three days of a series, "on Thursday and Friday" the two days of one meeting.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from twotrack.find.meetings.fates import DECIDED, carries_dates
from twotrack.find.meetings.fatewords import fate_of_object, is_moved
from twotrack.find.meetings.gatherings import format_of
from twotrack.find.meetings.governing import travel_verbs
from twotrack.model import Actor, Cite, DateMark
from twotrack.reading import Reading
from twotrack.syntax import auxiliaries, governors, is_verb

NO_DAY = frozenset({"until", "since", "before", "after", "ahead"})  # what follows is not the day of the meeting
OPENS = frozenset({"beginning", "starting", "opening", "commencing"})
ABOUT = frozenset({"on", "about", "over", "regarding"})
ONTO = frozenset({"to", "until", "till", "for"})  # what follows a verb of moving is the new day
NTH = frozenset({"first", "second", "third", "fourth", "fifth", "last", "only", "such"})
COUNTED = frozenset({"round", "meeting", "session", "call", "summit", "visit"})  # plural, they are one each day
SAID = frozenset({"agree", "announce", "propose", "offer", "plan", "accept", "ask", "call", "invite", "decide", "confirm"})


def dates_of(reading: Reading, i: int, chain: Sequence[int]) -> list[DateMark]:
    """Dates below the trigger, else those below the verbs that carry it: "will meet in Geneva on Monday"."""
    marks = [mark for mark in dates_in(reading, reading.tokens[i].sentence) if not _is_instead(reading, mark)]
    for top in (i, *(verb for verb in chain[:2] if verb != i)):
        if found := [mark for mark in marks if _belongs(reading, mark.head, top) and not _is_of_deed(reading, mark, i)]:
            return _as_one(reading, i, [*found, *_in_series(reading, i, chain, found)] if top == i else found)
    return _of_journey(reading, i, marks)


def _is_instead(reading: Reading, mark: DateMark) -> bool:
    """ "On May 29 rather than May 22": the day that it is not."""
    above = reading.tokens[reading.tokens[mark.head].head]
    return above.lower == "than" or (above.lower == "of" and reading.tokens[above.head].lower == "instead")


def _of_journey(reading: Reading, i: int, marks: Sequence[DateMark]) -> list[DateMark]:
    """ "Travels to Tirana on Tuesday, where he will meet Albania's president", "was in Ankara on Monday, where": that day."""
    tokens = reading.tokens
    if tokens[i].dep != "relcl" or not any(tokens[c].lower == "where" for c in tokens[i].children):
        return []
    above = next((g for g in governors(tokens, i) if is_verb(tokens[g])), None)
    if above is None or tokens[above].lemma not in (*travel_verbs(), "be"):
        return []
    return [mark for mark in marks if _belongs(reading, mark.head, above)][:1]


def _in_series(reading: Reading, i: int, chain: Sequence[int], found: Sequence[DateMark]) -> list[DateMark]:
    """Further days of "meetings of the Council on Monday and the OSCE on Tuesday", which parses hang on the verb."""
    if reading.tokens[i].tag != "NNS" or not chain:
        return []
    later = (m for m in dates_in(reading, reading.tokens[i].sentence) if m.start > found[-1].end)
    return [m for m in later if actors_before(reading, m) and _belongs(reading, m.head, chain[0])]


def actors_before(reading: Reading, mark: DateMark) -> tuple[Actor, ...]:
    """The actors named right before "on Tuesday"."""
    text = reading.report.text
    at = bisect_left(reading.actors, mark.start, key=lambda actor: actor.start)
    near = [a for a in reading.actors[max(0, at - 3) : at] if 0 < mark.start - a.end <= len(" on ")]
    beside = (a for a in near if text[a.end : mark.start].strip() in ("on", ""))
    topics = {a.head for a in near if reading.tokens[reading.tokens[a.head].head].lower in ABOUT}  # "talks on Libya on Friday"
    return next((a.actors for a in beside if a.head not in topics), ())


def dates_in(reading: Reading, sentence: int) -> list[DateMark]:
    """The dates and times of a sentence."""
    last = reading.sentences[sentence]
    first, end = (bisect_left(reading.dates, place, key=lambda mark: mark.start) for place in (last.start, last.end))
    return [
        m
        for m in reading.dates[first:end]
        if (m.type in ("DATE", "TIME") or _reaches_on(reading, m))
        and reading.tokens[m.head].sentence == sentence
        and "REF" not in m.value
    ]


def _reaches_on(reading: Reading, mark: DateMark) -> bool:
    """ "Within two weeks", "in ten days": the days from publication on. "Their first talks in six years" have none."""
    tokens, published = reading.tokens, reading.report.published
    if not published or mark.type != "DURATION" or not mark.when.end:
        return False
    if any(tokens[c].lower in NTH for g in governors(tokens, mark.head) for c in tokens[g].children if not is_verb(tokens[g])):
        return False  # "the first talks in six months"
    return mark.when.end > published and (mark.deadline or mark.when.granularity in ("day", "week", "month", "vague"))


def dates_when_moved(reading: Reading, i: int, chain: Sequence[int]) -> list[DateMark]:
    """The new day of a meeting that was put off ("to March 11"), else the day that it had ("Monday's talks")."""
    marks = dates_in(reading, reading.tokens[i].sentence)
    below = [m for m in marks if any(_belongs(reading, m.head, top, moved=True) for top in (i, *chain[:1]))]
    new = [m for m in below if _is_new_day(reading, m, chain)]
    old = [m for m in below if m not in new and not _is_of_deed(reading, m, i)]
    return new[-1:] or old[:1]


def dates_since(reading: Reading, i: int) -> list[DateMark]:
    """ "They have not met since Wednesday": the day when they last did."""
    tokens = reading.tokens
    return [
        m
        for m in dates_in(reading, tokens[i].sentence)
        if tokens[tokens[m.head].head].lower == "since" and tokens[tokens[m.head].head].head == i
    ]


def _is_new_day(reading: Reading, mark: DateMark, chain: Sequence[int]) -> bool:
    """Whether a date is what the meeting was moved to."""
    tokens = reading.tokens
    above, first = tokens[mark.head].head, reading.token_starts.get(mark.start, 0)
    onto = bool(first) and tokens[first - 1].lower in ONTO  # "put off to 20 March": the parse may hang "to" on the number
    return (onto and above in chain[:1]) or _moves_onto(reading, above, chain)


def _moves_onto(reading: Reading, above: int, chain: Sequence[int]) -> bool:
    """Whether a preposition of a verb that moves the meeting brings a date."""
    tokens = reading.tokens
    if tokens[above].lower not in ONTO:
        return False
    verb = next((g for g in governors(tokens, above) if is_verb(tokens[g])), None)
    return verb in chain[:1] and is_moved(tokens, chain[0])


def _is_of_deed(reading: Reading, mark: DateMark, i: int) -> bool:
    """Whether a date is the day of a decision, no day of the meeting: "agreed on Friday to meet", "cancelled it on Monday"."""
    tokens, published = reading.tokens, reading.report.published
    verb = next((g for g in governors(tokens, mark.head) if is_verb(tokens[g])), None)
    if verb is None or verb == i or published is None or mark.when.end is None:
        return False
    if mark.when.end > published or (mark.when.end == published and mark.when.granularity != "day"):
        return False
    if _told_then(reading, mark) or _is_aside(reading, mark, verb, i):
        return True
    if tokens[i].dep == "nsubj" and tokens[i].head == verb:  # "the meeting fell through on Tuesday"
        return False
    if tokens[mark.head].head == i or any(g == i for g in governors(tokens, mark.head)):
        return False
    past = tokens[verb].tag == "VBD" or (
        tokens[verb].tag == "VBN" and {"has", "have", "had", "was", "were"} & set(auxiliaries(tokens, verb))
    )
    decides = fate_of_object(tokens, verb) in (*DECIDED, "proposed", "scheduled") or tokens[verb].lemma in SAID
    return bool(past and decides and tokens[verb].lemma != "walk")


def _told_then(reading: Reading, mark: DateMark) -> bool:
    """ "Said on Tuesday it would host": the date stands right after a verb of saying, wherever the parse hangs it."""
    tokens, first = reading.tokens, reading.token_starts.get(mark.start)
    if first is None or first < 2:
        return False
    before = first - 2 if tokens[first - 1].lower == "on" else first - 1
    return tokens[before].lemma in (*SAID, "say", "tell") and tokens[before].tag == "VBD"


def _is_aside(reading: Reading, mark: DateMark, verb: int, i: int) -> bool:
    """ "Talks, last held in 2019, will ...", "the visit, announced on Tuesday, will ...": the date of something else."""
    tokens = reading.tokens
    if tokens[verb].dep not in ("acl", "relcl") or tokens[verb].head != i or tokens[tokens[mark.head].head].lower == "for":
        return False
    last = any(tokens[c].lower == "last" for c in tokens[verb].children)
    return last or (tokens[verb].lemma in SAID and tokens[verb].lemma != "plan")


def _belongs(reading: Reading, date_head: int, top: int, moved: bool = False) -> bool:
    """Whether a date hangs on this word with no other meeting and no other clause between."""
    tokens = reading.tokens
    for g in governors(tokens, date_head):
        if g == top:
            return True
        if tokens[g].lower in NO_DAY and not (moved and tokens[g].lower in ONTO):
            return False
        opens = tokens[g].lower in OPENS and tokens[g].dep in ("advcl", "acl", "prep")  # "a visit beginning on Sunday"
        if format_of(reading, g) or (is_verb(tokens[g]) and not opens and not carries_dates(tokens, g)):
            return False
    return False


def _as_one(reading: Reading, i: int, dates: list[DateMark]) -> list[DateMark]:
    """Days that follow each other are those of one meeting, unless it is said of several: "meetings on Monday and Tuesday"."""
    several = reading.tokens[i].tag == "NNS" and reading.tokens[i].lemma in COUNTED
    if len(dates) < 2 or several:
        return dates
    for one, other in pairwise(dates):
        apart = reading.report.text[one.end : other.start]
        if not one.when.end or not other.when.start or other.when.start - one.when.end != timedelta(days=1) or len(apart) > 8:
            return dates
    words: Cite = reading.report.cite(dates[0].start, dates[-1].end)
    when = replace(dates[0].when, end=dates[-1].when.end, words=words.text, cite=words)
    return [replace(dates[0], end=dates[-1].end, when=when)]
