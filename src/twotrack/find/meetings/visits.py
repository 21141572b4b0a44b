"""Visits that are told by a verb of travel alone: "Blinken arrives in Kyiv on Friday", "is due in Washington on Thursday".

Who travels "for talks" or "to meet" somebody has a meeting, which is found by those words.
"""

from collections.abc import Iterator

from twotrack.find.meetings.fates import DECIDED, status_in_tense
from twotrack.find.meetings.fatewords import fates, phrase_of
from twotrack.find.meetings.gatherings import actors_of_subject, format_of
from twotrack.find.meetings.governing import travel_verbs
from twotrack.find.meetings.venues import state_at, state_here
from twotrack.model import Actor, MeetingStatus
from twotrack.reading import Reading
from twotrack.syntax import auxiliaries, children, is_negated, is_verb, subtree

HAVING = frozenset({"have", "make", "announce", "confirm"})  # what is done to plans of one's own
GOALS = frozenset({"to", "in", "at", "for", "into"})
OFFICIAL = (".GOV", ".HOS", ".HOG", ".MFA", ".MOD")


def visit_at(reading: Reading, verb: int) -> tuple[tuple[Actor, ...], MeetingStatus] | None:
    """(travellers and the state they go to, status) of a verb of travel, None where it tells no visit."""
    tokens = reading.tokens
    if not _travels(reading, verb) or is_negated(tokens, verb):
        return None
    planner = _planner(reading, verb)
    travellers = [a for a in actors_of_subject(reading, verb if planner is None else planner) if a.person or _is_official(a)]
    place = next(iter(_goals(reading, verb)), None)
    here = any(tokens[c].lower == "here" for c in tokens[verb].children)
    state = state_at(reading, place) if place is not None else state_here(reading) if here else None
    if not travellers or state is None or _goes_to_meet(reading, verb):
        return None
    if any(traveller.state == state.id for traveller in travellers):
        return None  # home again
    given_up = fates().get(phrase_of(tokens, planner)) if planner is not None else None
    return (*travellers, state), given_up if given_up in DECIDED else status_in_tense(tokens, verb)


def _planner(reading: Reading, verb: int) -> int | None:
    """The verb of whoever has the plan: "dropped plans to travel to Chad"; not "criticised her plan to travel"."""
    tokens, noun = reading.tokens, reading.tokens[reading.tokens[verb].head]
    if tokens[verb].dep != "acl" or noun.lemma != "plan" or not is_verb(tokens[noun.head]):
        return None
    owned = any(tokens[c].tag != "PRP$" for c in children(tokens, noun.i, "poss"))
    decides = fates().get(phrase_of(tokens, noun.head)) in DECIDED or tokens[noun.head].lemma in HAVING
    return noun.head if decides and not owned else None


def _goes_to_meet(reading: Reading, verb: int) -> bool:
    """Whether the clause has another word of a meeting, joined clauses apart."""
    tokens = reading.tokens
    branches = [c for c in tokens[verb].children if tokens[c].dep not in ("conj", "parataxis", "relcl", "ccomp", "nsubj")]
    inside = (n for c in branches for n in subtree(tokens, c))
    return any(format_of(reading, n) for n in inside if tokens[tokens[n].head].lower != "of" or tokens[n].lemma != "visit")


def _travels(reading: Reading, verb: int) -> bool:
    """A verb of travel, "is due in", or "will be in"."""
    tokens = reading.tokens
    if tokens[verb].pos not in ("VERB", "AUX") or tokens[verb].dep in ("aux", "auxpass", "amod"):
        return False
    if tokens[verb].lemma == "be":
        due = any(tokens[c].lower == "due" for c in children(tokens, verb, "acomp"))
        return due or "will" in auxiliaries(tokens, verb)
    return tokens[verb].lemma in travel_verbs()


def _goals(reading: Reading, verb: int) -> Iterator[int]:
    """The tokens of the places that a verb of travel goes to."""
    tokens = reading.tokens
    for at in (verb, *children(tokens, verb, "acomp")):
        for p in children(tokens, at, "prep"):
            if tokens[p].lower in GOALS:
                yield from children(tokens, p, "pobj")


def _is_official(actor: Actor) -> bool:
    """The holder of an office, or somebody whom the report names and the lexicons do not know."""
    return any(part in actor.id for part in OFFICIAL) if actor.id else actor.name is not None
