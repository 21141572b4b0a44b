"""What becomes of a meeting: scheduled, held, postponed, cancelled, proposed or refused, by the verbs that govern it.

"Seoul called off the talks that were planned for Thursday" -> cancelled; "will hold talks" -> scheduled.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import get_args

from twotrack.find.gatherings import travels_to
from twotrack.lexicon import rows
from twotrack.model import DateMark, MeetingStatus
from twotrack.reading import Reading
from twotrack.syntax import Tokens, auxiliaries, children, conjunction_head, governors, is_negated, is_passive, is_verb

FUTURE = frozenset({"will", "shall", "'ll", "going", "would"})
MODAL = frozenset({"would", "could", "might", "may", "should"})
PERFECT = frozenset({"has", "have", "had", "was", "were"})
UPCOMING = frozenset({"upcoming", "planned", "scheduled", "forthcoming", "coming", "next", "future", "expected", "proposed"})
CARRIED = frozenset({"dobj", "nsubjpass", "xcomp", "nsubj", "ccomp", "pobj", "conj", "csubj"})
DECIDED = ("refused", "postponed", "cancelled")  # a verb of these decides, whatever verb stands below it


@lru_cache
def fates() -> dict[str, MeetingStatus]:
    """Verb lemma, with its particle where it has one -> what becomes of the meeting that is its object."""
    return _table(passive=False)


@lru_cache
def _passive_fates() -> dict[str, MeetingStatus]:
    return _table(passive=True)


def _table(*, passive: bool) -> dict[str, MeetingStatus]:
    found: dict[str, MeetingStatus] = {}
    for row in rows("meetings", "fate", "status", "verbs", "examples"):
        if passive or not row.get("passive"):
            assert row["status"] in get_args(MeetingStatus), row["status"]
            found |= dict.fromkeys(row["verbs"], row["status"])
    return found


def status_of_meeting(
    reading: Reading, i: int, chain: Sequence[int], dates: Sequence[DateMark]
) -> tuple[MeetingStatus | None, str]:
    """The status of the meeting that token i names, and what it was told by; None where the report only mentions it.

    `chain` are the verbs above i, nearest first, i itself where it is a verb; only the nearest can decide, since
    "declined to discuss the talks" refuses no talks. `dates` are those of the meeting.
    """
    tokens, published = reading.tokens, reading.report.published
    for verb in (*chain[:1], *children(tokens, i, "acl")):
        fate = "held" if verb == i else _fate_of(tokens, i, verb)
        if fate in DECIDED and is_negated(tokens, verb):
            return None, "fate"  # "did not reject talks": neither refused nor agreed
        if travels_to(reading, i, verb):
            return "scheduled", "fate"
        if fate:
            return _in_tense(tokens, verb, fate), "verb" if verb == i else "fate"
    upcoming = any(tokens[c].lower in UPCOMING for c in tokens[i].children)
    ahead = published is not None and any(m.when.start is not None and m.when.start > published for m in dates)
    return ("scheduled", "date") if ahead or (upcoming and dates) else (None, "date")


def carries_dates(tokens: Tokens, verb: int) -> bool:
    """Whether a verb below a meeting's word gives the meeting its date: "talks scheduled for", "due to begin on"."""
    return tokens[verb].dep in ("acl", "xcomp") and (tokens[verb].lemma in fates() or tokens[verb].lemma in _passive_fates())


def fate_of_object(tokens: Tokens, verb: int) -> MeetingStatus | None:
    """What a verb makes of a meeting that is its object: "called off" -> cancelled."""
    return fates().get(_phrase(tokens, verb))


def _fate_of(tokens: Tokens, i: int, verb: int) -> MeetingStatus | None:
    """What this verb makes of the meeting, where the meeting is what it is about."""
    if tokens[verb].dep == "acl" and tokens[verb].head == i:
        return _passive_fates().get(_phrase(tokens, verb))
    below = conjunction_head(tokens, i)
    for g in governors(tokens, below):
        if g == verb:
            return _fate_by_role(tokens, below, verb)
        below = g
    return None


def _fate_by_role(tokens: Tokens, below: int, verb: int) -> MeetingStatus | None:
    """The fate by how the meeting's branch hangs on the verb: its object, its passive subject, "called for" it."""
    dep = tokens[below].dep
    if dep == "prep":
        phrase = f"{_phrase(tokens, verb)} {tokens[below].lower}"
        return fates().get(phrase) or (fates().get(_phrase(tokens, verb)) if is_passive(tokens, verb) else None)
    if dep not in CARRIED:
        return None
    if tokens[verb].lemma == "be":  # "the talks are due to begin"
        return next(
            (_passive_fates()[w] for c in children(tokens, verb, "acomp") if (w := tokens[c].lemma) in _passive_fates()), None
        )
    table = _passive_fates() if dep in ("nsubjpass", "nsubj") and is_passive(tokens, verb) else fates()
    return table.get(_phrase(tokens, verb))


def _phrase(tokens: Tokens, verb: int) -> str:
    """The verb as the lexicon has it: "call off", "take place", "postpone"."""
    nouns = {tokens[c].lemma for c in children(tokens, verb, "dobj")}
    particles = {tokens[c].lower for c in children(tokens, verb, "prt", "advmod")}
    words = [f"{tokens[verb].lemma} {word}" for word in sorted(particles | (nouns & {"place", "part"}))]
    return next(
        (word for word in words if any(key == word or key.startswith(word + " ") for key in fates())), tokens[verb].lemma
    )


def _in_tense(tokens: Tokens, verb: int, fate: MeetingStatus) -> MeetingStatus:
    """A meeting is held only where a past verb says so: "will hold talks" is scheduled, "refused to hold talks" refused."""
    top = _outermost(tokens, verb)
    outer = fates().get(_phrase(tokens, top)) if top != verb else None
    words = {*auxiliaries(tokens, verb), *auxiliaries(tokens, top)}
    if outer in DECIDED:
        return outer
    if (is_negated(tokens, verb) or is_negated(tokens, top)) and fate in ("held", "scheduled"):
        return "refused" if words & FUTURE or outer == "proposed" else "cancelled"
    if fate != "held":
        return fate
    if outer in ("proposed", "scheduled"):
        return outer
    return _by_tense(tokens, verb, words)


def _by_tense(tokens: Tokens, verb: int, words: set[str]) -> MeetingStatus:
    if words & MODAL:
        return "proposed"
    if tokens[verb].tag == "VBG" and tokens[verb].dep == "advcl" and not words:
        verb = tokens[verb].head  # "Speaking to Putin, Biden said ...": a participle has the tense of its clause
    past = tokens[verb].tag == "VBD" or bool(words & PERFECT) or (tokens[verb].tag == "VBN" and not words)
    return "held" if past and not words & FUTURE else "scheduled"


def _outermost(tokens: Tokens, verb: int) -> int:
    """The verb that a chain of infinitives and joined verbs starts from: "agreed" for "hold" in "agreed to hold talks"."""
    top = verb
    while tokens[top].dep in ("xcomp", "pcomp") or (
        tokens[top].dep == "conj" and not children(tokens, top, "nsubj", "nsubjpass")
    ):
        above = next((g for g in governors(tokens, top) if is_verb(tokens[g])), None)
        if above is None:
            break
        top = above
    return top


def _shares_subject(tokens: Tokens, verb: int) -> bool:
    return tokens[verb].dep == "conj" and not children(tokens, verb, "nsubj", "nsubjpass")
