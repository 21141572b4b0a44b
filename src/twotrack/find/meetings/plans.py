"""Plans for meetings that came to nothing or to another day: "were to have met on Friday, but Burundi pulled out"."""

from collections.abc import Sequence

from twotrack.find.meetings.fatewords import FUTURE, fates, outermost, passive_fates, phrase_of
from twotrack.syntax import Tokens, auxiliaries, children, is_passive


def is_unmet(tokens: Tokens, verb: int) -> bool:
    """ "Was to have met", "had planned to meet", "were to meet": a plan that came to nothing, or to another day."""
    top = outermost(tokens, verb)
    own, words = set(auxiliaries(tokens, verb)), set(auxiliaries(tokens, top))
    if top == verb:
        return {"would", "have"} <= own
    planned = tokens[top].lemma == "be" and tokens[top].lower in ("was", "were")
    meant = (passive_fates() if is_passive(tokens, top) else fates()).get(phrase_of(tokens, top))
    return planned or (meant == "scheduled" and "had" in words)


def replaces_plan(tokens: Tokens, i: int, chain: Sequence[int]) -> bool:
    """ "Talks that were to begin on Wednesday will now start on October 18": the verb's day replaces the planned one."""
    planned = any(is_unmet(tokens, c) or _was_to(tokens, c) for c in children(tokens, i, "relcl"))
    return planned and bool(chain) and bool(set(auxiliaries(tokens, chain[0])) & FUTURE)


def _was_to(tokens: Tokens, verb: int) -> bool:
    """ "That were to begin", "which had been due to begin"."""
    words = {tokens[verb].lower, *auxiliaries(tokens, verb)}
    return bool(words & {"was", "were", "had"}) and bool(children(tokens, verb, "xcomp", "acomp"))


def is_given_up(tokens: Tokens, verb: int) -> bool:
    """ "Were to have met on Friday, but Burundi pulled out": a joined clause that undoes the plan."""
    joined = (c for top in {verb, outermost(tokens, verb)} for c in children(tokens, top, "conj"))
    phrases = {phrase_of(tokens, c) for c in joined}
    return any(
        known.startswith(phrase) and status in ("refused", "cancelled")
        for phrase in phrases
        for known, status in fates().items()
    )
