"""What becomes of a meeting: scheduled, held, postponed, cancelled, proposed or refused, by the verbs that govern it.

"Seoul called off the talks that were planned for Thursday" -> cancelled; "will hold talks" -> scheduled.
"""

from collections.abc import Sequence

from twotrack.find.meetings.fatewords import FUTURE, fates, is_attended, outermost, passive_fates, phrase_of, words_with_status
from twotrack.find.meetings.governing import travels_to
from twotrack.find.meetings.plans import is_given_up, is_unmet
from twotrack.model import DateMark, MeetingStatus
from twotrack.reading import Reading
from twotrack.syntax import (
    SENDING,
    Tokens,
    auxiliaries,
    children,
    conjunction_head,
    governors,
    is_negated,
    is_passive,
    is_verb,
    subtree,
)

MODAL = frozenset({"would", "could", "might", "may", "should"})
POSSIBLY = frozenset({"could", "might", "may", "can"})
GOING_ON = frozenset({"continue", "last"})  # "the talks continue today": they have begun
TOLD = frozenset({"say", "announce", "agree", "confirm", "tell", "report", "add"})
PERFECT = frozenset({"has", "have", "had", "was", "were"})
UPCOMING = frozenset({"upcoming", "planned", "scheduled", "forthcoming", "coming", "next", "future", "expected", "proposed"})
CARRIED = frozenset({"dobj", "nsubjpass", "xcomp", "nsubj", "ccomp", "pobj", "conj", "csubj", "csubjpass"})
ONLY_TO_A_DAY = frozenset({"move", "shift", "push"})  # else of place, or of pressing for something
OF_ITSELF = frozenset({"take place", "happen", "resume", "open", "begin", "start", "go ahead"})
PREDICATE_ROLES = ("acomp", "advmod", "prep", "attr", "prt")
DECIDED = ("refused", "postponed", "cancelled")  # a verb of these decides, whatever verb stands below it


def status_of_meeting(
    reading: Reading, i: int, chain: Sequence[int], dates: Sequence[DateMark]
) -> tuple[MeetingStatus | None, str]:
    """The status of the meeting that token i names, and what it was told by; None where the report only mentions it.

    `chain` are the verbs above i, nearest first, i itself where it is a verb; only the nearest can decide, since
    "declined to discuss the talks" refuses no talks. `dates` are those of the meeting.
    """
    tokens = reading.tokens
    if offered := fate_by_noun(tokens, i):
        return offered, "fate"
    for verb in (*chain[:1], *children(tokens, i, "acl", "relcl")):
        fate = "held" if verb == i else fate_of(tokens, i, verb)
        if fate in ("postponed", "cancelled") and set(auxiliaries(tokens, verb)) & POSSIBLY:
            break  # "the trip may be delayed": its day decides
        if _is_left_open(reading, i, verb, fate):
            return None, "fate"
        if (found := _of_going(reading, i, verb)) is not None:
            return found, "fate"
        if fate and tokens[verb].lemma == "be":
            return fate, "fate"  # "the talks are under way"
        if fate:
            found = _in_tense(tokens, verb, fate)
            if found == "scheduled" and is_unmet(tokens, verb) and is_given_up(tokens, verb):
                return "cancelled", "fate"
            return found, "verb" if verb == i else "fate"
    return _by_date(reading, i, chain, dates), "date"


def _is_left_open(reading: Reading, i: int, verb: int, fate: MeetingStatus | None) -> bool:
    """Whether a verb only mentions a meeting: it moves it elsewhere, rejects it not, or held none."""
    tokens = reading.tokens
    if fate == "postponed" and phrase_of(tokens, verb) in ONLY_TO_A_DAY and not _to_a_day(reading, verb):
        return True  # "moved the talks to Geneva"
    if fate in DECIDED and is_negated(tokens, verb):
        return True  # "did not reject talks": neither refused nor agreed
    return fate in ("held", "scheduled") and any(tokens[c].lower == "no" for c in children(tokens, i, "det"))


def _of_going(reading: Reading, i: int, verb: int) -> MeetingStatus | None:
    """What whoever goes to a meeting makes of it: "arrived for a visit", "flies in for talks", "refused to send envoys for"."""
    tokens = reading.tokens
    if tokens[verb].lemma in SENDING and fates().get(phrase_of(tokens, outermost(tokens, verb))) == "refused":
        return "refused"
    if not travels_to(reading, i, verb):
        return None
    arrived = tokens[i].lemma == "visit" and tokens[verb].lemma == "arrive" and tokens[verb].tag == "VBD"
    return "held" if arrived else _of_travel(tokens, verb)


def _of_travel(tokens: Tokens, verb: int) -> MeetingStatus | None:
    """ "Arrived for talks": to come; "was in Richmond for a meeting": held."""
    if is_negated(tokens, verb):
        return "refused"
    if tokens[verb].lemma == "be" and not children(tokens, verb, "acomp"):
        present = tokens[verb].tag in ("VBZ", "VBP") or set(auxiliaries(tokens, verb)) & FUTURE
        return "scheduled" if present else "held" if tokens[verb].tag == "VBD" else None
    return "scheduled"


def _to_a_day(reading: Reading, verb: int) -> bool:
    """ "Moved Monday's talks to March 11": the date hangs on the verb."""
    tokens = reading.tokens
    return any(tokens[tokens[mark.head].head].head == verb for mark in reading.dates)


def _by_date(reading: Reading, i: int, chain: Sequence[int], dates: Sequence[DateMark]) -> MeetingStatus | None:
    """The status by its day alone: "their last talks were on May 3", "the upcoming session on Wednesday"."""
    tokens, published = reading.tokens, reading.report.published
    be = chain[0] if chain and dates and tokens[chain[0]].lemma == "be" else None
    if be is not None and tokens[i].dep == "nsubj" and tokens[i].head == be and not children(tokens, be, "acomp", "attr"):
        return _by_tense(tokens, be, set(auxiliaries(tokens, be)))
    upcoming = any(tokens[c].lower in UPCOMING for c in tokens[i].children)
    ahead = published is not None and any(m.when.start is not None and m.when.start > published for m in dates)
    if ahead or (upcoming and dates):
        return "scheduled"
    return "held" if _is_over(reading, i, dates) else None


def _is_over(reading: Reading, i: int, dates: Sequence[DateMark]) -> bool:
    """ "After a meeting with the Turkish president in Ankara on Monday, ...", "Monday's visit": a day past, its own."""
    tokens, published = reading.tokens, reading.report.published
    if published is None or not dates or tokens[i].dep not in ("pobj", "nsubj", "nsubjpass"):
        return False
    past = all(m.when.end is not None and m.when.end < published and m.when.granularity == "day" for m in dates)
    return past and all(any(g == i for g in governors(tokens, m.head)) for m in dates)


def fate_by_noun(tokens: Tokens, i: int) -> MeetingStatus | None:
    """ "An invitation to talks", "a date for a summit": proposed, unless the verb above accepts or rejects it."""
    preposition = tokens[tokens[conjunction_head(tokens, i)].head]
    if preposition.dep != "prep" or preposition.lower not in ("to", "for", "of", "in", "about"):
        return None
    above = preposition.head
    nouns = [above, *children(tokens, above, "dobj")] if is_verb(tokens[above]) else [above]
    noun = next((n for n in nouns if tokens[n].pos == "NOUN" and tokens[n].lemma in words_with_status("noun") and n < i), None)
    if noun is None:
        return None
    status = words_with_status("noun")[tokens[noun].lemma]
    if status == "refused" and not is_negated(tokens, noun):  # "saw no point in talks", but "the point of the talks"
        return None
    verb = above if is_verb(tokens[above]) else tokens[noun].head
    done = fates().get(phrase_of(tokens, verb)) if is_verb(tokens[verb]) and tokens[noun].dep in CARRIED else None
    if tokens[verb].lemma in ("accept", "set", "fix", "agree"):
        return "scheduled"
    return done if done in DECIDED else status


def status_of_pronoun(tokens: Tokens, verb: int) -> MeetingStatus | None:
    """What a verb makes of "it" or "they", its subject: "they were put off", "it will take place on Friday"."""
    phrase = phrase_of(tokens, verb)
    if is_passive(tokens, verb):
        found = passive_fates().get(phrase)
        if found == "held" and set(auxiliaries(tokens, verb)) & FUTURE:
            return "scheduled"  # "they will now be held on May 31"
        return found if found in ("postponed", "cancelled", "scheduled") else None
    if phrase in OF_ITSELF:
        return _in_tense(tokens, verb, "held")
    return None


def status_in_tense(tokens: Tokens, verb: int) -> MeetingStatus:
    """What a verb that has no say in it comes to: proposed in "offered to travel", else held or to come by its tense."""
    top = outermost(tokens, verb)
    outer = fates().get(phrase_of(tokens, top)) if top != verb else None
    if outer == "proposed" or outer in DECIDED:
        return outer
    return _by_tense(tokens, verb, {*auxiliaries(tokens, verb), *auxiliaries(tokens, top)})


def carries_dates(tokens: Tokens, verb: int) -> bool:
    """Whether a verb below a meeting's word gives the meeting its date: "talks scheduled for", "due to begin on"."""
    known = tokens[verb].lemma in fates() or tokens[verb].lemma in passive_fates()
    due = tokens[verb].lemma == "be" and any(  # "which are due", "which were to be held"
        tokens[c].lemma in passive_fates() for c in children(tokens, verb, "acomp", "xcomp")
    )
    return tokens[verb].dep in ("acl", "relcl", "xcomp") and (known or due)


def fate_of(tokens: Tokens, i: int, verb: int) -> MeetingStatus | None:
    """What this verb makes of the meeting, where the meeting is what it is about."""
    if tokens[verb].dep in ("acl", "relcl") and tokens[verb].head == i:
        return (passive_fates() if is_passive(tokens, verb) else fates()).get(phrase_of(tokens, verb))
    below = conjunction_head(tokens, i)
    if tokens[verb].lemma == "invite" and tokens[tokens[below].head].lower in ("to", "for"):
        return "proposed"  # "invited the government and the rebels to talks", wherever the parse hangs "to"
    path = [below]
    for g in governors(tokens, below):
        if g == verb and tokens[path[-1]].dep == "parataxis":
            break
        if g == verb:
            return _fate_by_role(tokens, path, verb)
        path.append(g)
    return (passive_fates() if is_passive(tokens, verb) else fates()).get(phrase_of(tokens, verb))


def _fate_by_role(tokens: Tokens, path: Sequence[int], verb: int) -> MeetingStatus | None:
    """The fate by how the meeting's branch hangs on the verb: its object, its passive subject, "called for" it."""
    below = path[-1]
    dep = tokens[below].dep
    if dep == "prep":
        inner = [tokens[n].lower for n in path[-2:] if tokens[n].dep == "prep"]  # "out of", from the meeting outwards
        if len(inner) > 1 and (found := fates().get(f"{tokens[verb].lemma} {inner[1]} {inner[0]}")):
            return found
        phrase = f"{phrase_of(tokens, verb)} {tokens[below].lower}"
        return fates().get(phrase) or (fates().get(phrase_of(tokens, verb)) if is_passive(tokens, verb) else None)
    if dep == "acomp" and len(path) > 1 and tokens[path[-2]].lower in ("to", "for"):  # "open to talks"
        return words_with_status("stance").get(tokens[below].lemma)
    if dep not in CARRIED:
        return None
    if tokens[verb].lemma == "be":
        return _by_predicate(tokens, verb)
    table = passive_fates() if dep in ("nsubjpass", "nsubj", "csubjpass") and is_passive(tokens, verb) else fates()
    return table.get(phrase_of(tokens, verb))


def _by_predicate(tokens: Tokens, verb: int) -> MeetingStatus | None:
    """ "The talks are due to begin", "are on hold", "are out of the question"."""
    for c in children(tokens, verb, *PREDICATE_ROLES):
        if tokens[c].lemma in passive_fates() and tokens[c].dep == "acomp":
            return passive_fates()[tokens[c].lemma]
        said = " ".join(tokens[n].lower for n in subtree(tokens, c)[:4])
        if found := next(
            (status for words, status in words_with_status("predicate").items() if f"{said} ".startswith(words + " ")), None
        ):
            return "refused" if found == "proposed" and is_negated(tokens, verb) else found
    return None


def _in_tense(tokens: Tokens, verb: int, fate: MeetingStatus) -> MeetingStatus | None:
    """A meeting is held only where a past verb says so: "will hold talks" is scheduled, "refused to hold talks" refused."""
    top = outermost(tokens, verb)
    outer = fates().get(phrase_of(tokens, top)) if top != verb else None
    words = {*auxiliaries(tokens, verb), *auxiliaries(tokens, top)}
    if outer in DECIDED:
        return outer
    if tokens[top].lemma == "fail" and top != verb:  # "failed to meet"
        return None
    if stance := _stance(tokens, verb):
        return stance
    if (is_negated(tokens, verb) or is_negated(tokens, top)) and fate in ("held", "scheduled"):
        return _negated(tokens, verb, words, outer)
    if fate != "held":
        return fate
    if _is_wished(tokens, top):
        return "proposed"
    if outer in ("proposed", "scheduled"):
        return outer
    if {"to", "have"} <= words:  # "was to have met"
        return "scheduled"
    return _by_tense(tokens, verb, words)


def _stance(tokens: Tokens, verb: int) -> MeetingStatus | None:
    """ "He is ready to meet": proposed."""
    above = tokens[tokens[verb].head]
    if tokens[verb].dep not in ("xcomp", "ccomp", "advcl") or above.pos != "ADJ":
        return None
    found = words_with_status("stance").get(above.lemma)
    return "refused" if found == "proposed" and (is_negated(tokens, above.i) or is_negated(tokens, above.head)) else found


def _negated(tokens: Tokens, verb: int, words: set[str], outer: MeetingStatus | None) -> MeetingStatus | None:
    """ "Will not meet", "did not turn up for the talks": refused; "have not met since Wednesday": held then."""
    by_itself = phrase_of(tokens, verb) in OF_ITSELF or (phrase_of(tokens, verb) == "hold" and is_passive(tokens, verb))
    if by_itself and words & FUTURE and outer != "proposed":
        return "cancelled"  # "the summit will not take place"
    if words & FUTURE or outer == "proposed" or is_attended(tokens, verb):
        return "refused"
    if words & {"have", "has", "had"}:
        return "held" if any(tokens[c].lower == "since" for c in children(tokens, verb, "prep")) else None
    return None if format_is_verb(tokens, verb) else "cancelled"  # "the talks did not take place"


def format_is_verb(tokens: Tokens, verb: int) -> bool:
    """ "They did not meet": no meeting was called off by that, as it is by "the talks did not take place"."""
    return tokens[verb].lemma in ("meet", "speak", "see", "discuss", "visit", "receive", "confer")


def _by_tense(tokens: Tokens, verb: int, words: set[str]) -> MeetingStatus:
    if tokens[verb].lemma in GOING_ON and tokens[verb].tag in ("VBZ", "VBP") and not words & (FUTURE | MODAL):
        return "held"
    if words & MODAL:
        return "scheduled" if "would" in words and _is_told(tokens, verb) else "proposed"
    if tokens[verb].tag == "VBG" and tokens[verb].dep == "advcl" and not words:
        verb = tokens[verb].head  # "Speaking to Putin, Biden said ...": a participle has the tense of its clause
    if tokens[verb].tag == "VBG" and tokens[verb].dep == "acl" and not words:
        verb = tokens[
            tokens[verb].head
        ].head  # "The ministers, meeting on Sunday, signed": so does one that hangs on its subject
    past = tokens[verb].tag == "VBD" or bool(words & PERFECT) or (tokens[verb].tag == "VBN" and not words)
    return "held" if past and not words & FUTURE else "scheduled"


def _is_wished(tokens: Tokens, top: int) -> bool:
    """ "Has proposed that the prime ministers meet": a bare form below a verb of proposing."""
    above = tokens[top].head
    bare = tokens[top].tag in ("VB", "VBP") and tokens[top].dep == "ccomp" and not auxiliaries(tokens, top)
    return bare and fates().get(phrase_of(tokens, above)) == "proposed"


def _is_told(tokens: Tokens, verb: int) -> bool:
    """ "They said that they would meet": the future of what was said in the past."""
    top = outermost(tokens, verb)
    above = tokens[tokens[top].head]
    return tokens[top].dep == "ccomp" and above.tag in ("VBD", "VBN") and above.lemma in TOLD
