"""The verbs above a meeting's word that may decide its fate, and those of travel that lead to it.

"Agreed to hold talks": both verbs; "arrived in Muscat for talks": whoever arrives takes part.
"""

from functools import lru_cache

from twotrack.lexicon import rows
from twotrack.reading import Reading
from twotrack.syntax import SENDING, Tokens, children, governors, is_verb

REACH = 3  # verbs above a meeting noun that may decide its fate: "agreed to hold talks" has two


@lru_cache
def travel_verbs() -> frozenset[str]:
    """Lemmas of verbs that bring somebody to a meeting: "arrived for talks"."""
    return frozenset(verb for row in rows("meetings", "travel", "verbs", "examples") for verb in row["verbs"])


def travels_to(reading: Reading, i: int, verb: int) -> bool:
    """Whether somebody travels to the meeting that token i names: "is due in Washington for talks"."""
    tokens = reading.tokens
    lemmas = {tokens[verb].lemma, *(tokens[c].lemma for c in children(tokens, verb, "acomp"))}
    above = tokens[tokens[i].head]
    if above.lower not in ("for", "to") or above.dep != "prep":
        return False
    return bool(lemmas & travel_verbs()) or (tokens[verb].lemma == "be" and above.lower == "for" and above.head == verb)


def governing_verbs(reading: Reading, i: int) -> list[int]:
    """The verbs above a trigger that may decide its fate, nearest first; the trigger itself where it is a verb."""
    tokens = reading.tokens
    found = [i] if is_verb(tokens[i]) and tokens[i].lower != "talks" else []
    for g in governors(tokens, i):
        if is_verb(tokens[g]) or _opens(tokens, g):
            if found and _is_apart(reading, found[-1], g):
                break
            found.append(g)
        if len(found) == REACH:
            break
    main = _main_verb(reading, i, found[0]) if found and found[0] != i else None
    return found if main is None else [main, *(verb for verb in found if verb != main)]


def _opens(tokens: Tokens, i: int) -> bool:
    """ "Talks open on Wednesday", of which the parse makes open talks."""
    return (
        tokens[i].lower == "open" and tokens[i].dep == "ROOT" and tokens[i].pos == "ADJ" and bool(children(tokens, i, "nsubj"))
    )


def _main_verb(reading: Reading, i: int, verb: int) -> int | None:
    """The main verb where the parse takes a participle for it: "The talks, planned for July, were put off to August"."""
    tokens = reading.tokens
    above = tokens[verb].head
    if tokens[verb].dep in ("csubj", "csubjpass") and tokens[i].head == verb and not children(tokens, verb, "aux", "auxpass"):
        return above  # "Talks planned for Monday were put off", with "talks planned" read as a clause of its own
    if tokens[i].dep == "nsubj" and tokens[i].head == verb and (lost := _verb_lost_below(tokens, verb)) is not None:
        return lost
    bare = (
        tokens[verb].tag == "VBN" and not children(tokens, verb, "aux", "auxpass") and tokens[i].dep in ("nsubj", "nsubjpass")
    )
    if not bare or tokens[i].head != verb:
        return None
    if tokens[verb].dep == "parataxis" and is_verb(tokens[above]):
        return above
    if tokens[verb].dep == "advcl" and children(tokens, above, "auxpass") and not children(tokens, above, "nsubj", "nsubjpass"):
        return above  # "Talks mediated by Oman, due on Monday, were called off"
    return next((c for c in children(tokens, verb, "conj") if children(tokens, c, "aux", "auxpass")), None)


def _verb_lost_below(tokens: Tokens, verb: int) -> int | None:
    """ "A session planned for March will not take place", of which the parse makes what is planned."""
    below = (c for c in children(tokens, verb, "ccomp") if c > verb and children(tokens, c, "aux", "auxpass"))
    alike = tokens[verb].tag in ("VBD", "VBN") and not children(tokens, verb, "aux", "auxpass")
    return next((c for c in below if alike and not children(tokens, c, "nsubj", "nsubjpass", "mark")), None)


def _is_apart(reading: Reading, below: int, verb: int) -> bool:
    """Whether a verb stands in another clause than the one above it, of which it shares nothing."""
    tokens = reading.tokens
    if tokens[below].dep == "conj" and children(tokens, below, "nsubj", "nsubjpass"):
        return True
    return tokens[below].dep in ("ccomp", "relcl", "advcl", "parataxis") and not _is_errand(reading, below, verb)


def _is_errand(reading: Reading, below: int, verb: int) -> bool:
    """ "Will leave for Shanghai on Wednesday to meet": the journey's day and place are the meeting's."""
    tokens = reading.tokens
    to = any(tokens[c].lower == "to" for c in children(tokens, below, "aux"))
    return to and tokens[below].dep == "advcl" and (tokens[verb].lemma in travel_verbs() or tokens[verb].lemma in SENDING)
