"""When an event took place: the date at its own verb or noun, else the one that its clause takes from the clause above.

"On May 7 two ships rammed a cutter and fired water cannon, injuring six": all three on May 7. "Jets bombed the camp on Monday,
a day after rebels shot down a helicopter": shot down on Sunday. What is told beside an act is of its day; what is said in a
speech, or told of another time, is not.
"""

from bisect import bisect_left
from dataclasses import replace
from datetime import timedelta

from twotrack.find.events.coding import Match
from twotrack.mark.dates.quantities import number_in
from twotrack.mark.wordcues import cue_words
from twotrack.model import DateMark, Sentence, When
from twotrack.reading import Reading
from twotrack.syntax import SUBJECTS, Tokens, auxiliaries, children, governors, is_verb, verb_above

STEPS_MOST = 4  # clauses followed upwards
SAME_DAY = frozenset({"as", "when", "while"})  # "as rebels fired rockets"
SHORT = frozenset({"moment", "minute", "hour", "minutes", "hours"})  # "hours after": the same day, most often
AFTER = {"after": -1, "before": 1}  # "a day after the vote": the vote is a day before what is told
DATED = frozenset(  # what bears a date of its own: "under a treaty of 1899"
    {"treaty", "deal", "agreement", "accord", "pact", "resolution", "law", "act", "convention", "protocol", "charter",
     "constitution", "memorandum", "declaration", "ruling"}
)  # fmt: skip
DAYS = {"day": 1, "days": 1, "week": 7, "weeks": 7}


def date_of(reading: Reading, sentence: Sentence, match: Match) -> When | None:
    """The date of a match: its own, or that of the acts which it is told beside."""
    marks = _dates(reading, sentence)
    own = _own(reading, marks, {match.trigger, match.carrier}, match)
    return own or (_carried(reading, marks, match) if marks else None)


def _dates(reading: Reading, sentence: Sentence) -> list[DateMark]:
    first, end = (bisect_left(reading.dates, place, key=lambda mark: mark.start) for place in (sentence.start, sentence.end))
    return [m for m in reading.dates[first:end] if m.type in ("DATE", "TIME")]


def _own(reading: Reading, marks: list[DateMark], places: set[int], match: Match | None = None) -> When | None:
    """The date that hangs on one of these words, with no other verb between."""
    tokens = reading.tokens
    for mark in marks:
        if _names_a_thing(tokens, mark.head, places):
            continue
        for g in (mark.head, *governors(tokens, mark.head)):
            if g in places:
                return mark.when
            if g != mark.head and is_verb(tokens[g]):
                if match and _is_said_later(tokens, match, mark.head, g):
                    return mark.when
                break
    return None


def _names_a_thing(tokens: Tokens, date: int, places: set[int]) -> bool:
    """ "Asked Britain, under a treaty of 1899, for help": the year is the treaty's."""
    noun = tokens[tokens[date].head].head
    return tokens[tokens[date].head].lower == "of" and noun not in places and tokens[noun].lemma in DATED


def _is_said_later(tokens: Tokens, match: Match, date: int, verb: int) -> bool:
    """ "Jets struck the port on Sunday, residents said": a date before the speaker is not when it was said."""
    speakers = [c for c in tokens[verb].children if tokens[c].dep == "nsubj"]
    told = tokens[match.carrier].dep == "ccomp" and tokens[match.carrier].head == verb
    return told and bool(speakers) and match.carrier < date < speakers[0]


def _carried(reading: Reading, marks: list[DateMark], match: Match) -> When | None:
    """The date of the nearest clause above that tells of the same day, or of one counted from its own."""
    tokens, days = reading.tokens, 0
    verb = verb_above(tokens, match.carrier)
    if verb is None or (verb != match.carrier and not _is_part(tokens, match.carrier, verb)):
        return None
    for _ in range(STEPS_MOST):
        if (when := _occasion(reading, marks, verb)) is not None:
            return when if not days else _shifted(when, days)
        lag = _lag(tokens, verb)
        verb = _verb_beside(tokens, verb)
        if lag is None or verb is None:
            return None
        days += lag
        if when := _own(reading, marks, {verb}):
            return when if not days else _shifted(when, days)
    return None


def _occasion(reading: Reading, marks: list[DateMark], verb: int) -> When | None:
    """The date right before a clause with "when": "the attack of March 1, when jets bombed a camp"."""
    tokens = reading.tokens
    opens = next((c for c in tokens[verb].children if tokens[c].lower == "when" and c < verb), None)
    if opens is None or opens < 2:
        return None
    before = tokens[opens - 2 if tokens[opens - 1].text == "," else opens - 1]
    return next((mark.when for mark in marks if mark.start <= before.start < mark.end), None)


def _is_part(tokens: Tokens, noun: int, verb: int) -> bool:
    """Whether an event's noun is the act of a verb: "announced sanctions", not "spoke of sanctions"."""
    return tokens[noun].head == verb and tokens[noun].dep in ("dobj", "nsubjpass")


def _verb_beside(tokens: Tokens, verb: int) -> int | None:
    """The verb of the clause that a clause hangs on; of "adopted a resolution calling on Iran" the one before the noun."""
    return next((g for g in governors(tokens, verb) if is_verb(tokens[g])), None)


def _lag(tokens: Tokens, verb: int) -> int | None:
    """How many days after the clause above a clause tells of; None where nothing says."""
    token, above = tokens[verb], tokens[tokens[verb].head]
    marks = [tokens[c].lower for c in children(tokens, verb, "mark", "advmod") if tokens[c].lower in (*SAME_DAY, *AFTER)]
    if marks and marks[0] in AFTER and token.dep in ("advcl", "conj", "ccomp"):
        return _distance(tokens, verb, AFTER[marks[0]])
    if token.dep == "conj" and is_verb(above):
        return 0 if _goes_on(tokens, verb, above.i) else None
    if token.dep == "advcl" and is_verb(above):
        beside = token.tag == "VBG" and not any(tokens[c].dep in ("mark", "aux", *SUBJECTS) for c in token.children)
        done = token.tag == "VB" and cue_words("governor").get(above.lemma) == "actual"  # "marched to denounce the king"
        return 0 if beside or done or (marks and token.tag == above.tag == "VBD") else None
    if token.dep == "acl" and token.tag == "VBG" and above.dep in ("dobj", "nsubjpass"):
        return 0
    return None


def _goes_on(tokens: Tokens, verb: int, above: int) -> bool:
    """Whether a joined verb tells of the same time: "met him and urged him", not "met him and will go to Kyiv"."""
    own = children(tokens, verb, *SUBJECTS)
    return tokens[verb].tag == tokens[above].tag and not own and auxiliaries(tokens, verb) == auxiliaries(tokens, above)


def _distance(tokens: Tokens, verb: int, sign: int) -> int | None:
    """ "Hours after", "a day after", "two weeks before" in days."""
    for c in (*tokens[verb].children, *(g for m in children(tokens, verb, "mark") for g in tokens[m].children)):
        if tokens[c].dep not in ("npadvmod", "nmod"):
            continue
        if tokens[c].lower in SHORT:
            return 0
        counts = (tokens[g].lower for g in tokens[c].children)
        number = next((n for one in counts if (n := number_in([one])) is not None), None)
        if tokens[c].lower in DAYS and number:
            return sign * round(number) * DAYS[tokens[c].lower]
    return None


def _shifted(when: When, days: int) -> When | None:
    """A day so many days on, counted from the date of another event."""
    if when.start is None or when.start != when.end:
        return None
    try:
        day = when.start + timedelta(days=days)
    except OverflowError:  # before the year 1 or after 9999
        return None
    return replace(when, start=day, end=day, how="event", anchor=when.cite)
