"""What is held out: "[massive sanctions] if Russia invaded", "success could lead to [a thaw]", "leave or face [arrest]".

What the party would do itself is a threat or a promise by what it does to the other; a good outcome held out is a promise.
"""

from collections.abc import Iterator

from twotrack.find.commitments.acts import FACING, noun_act, verb_act
from twotrack.find.commitments.announcements import MAYBE, WILL, Announcement
from twotrack.find.commitments.parties import is_party, is_watcher
from twotrack.find.commitments.polarity import lemmas, polarity
from twotrack.find.commitments.voices import voice
from twotrack.mark.clauses import readable_tokens
from twotrack.model import ActKind, ConditionMark, Span, Strength
from twotrack.reading import Reading
from twotrack.syntax import (
    Tokens,
    auxiliaries,
    conjuncts,
    governors,
    is_negated,
    is_verb,
    objects,
    prep_objects,
    subjects,
)

OWN_ACTS = lemmas("words", "acts-of-the-warner")
CONFIDENCE = {"warned": 0.75, "outcome": 0.65, "nominal": 0.6, "depends": 0.6}  # estimated like those in data/commitments.toml
DEPENDING = frozenset({"depend", "hinge", "rest"})
CONDITIONAL = frozenset({"subject", "contingent", "conditional", "conditioned", "dependent"})
MAX_GAP = 25  # tokens between a noun and the condition behind it


def strength_of(said: set[str]) -> Strength:
    """How firm a modal is: "could" possible, "would" conditional, "will" firm."""
    return "possible" if said & MAYBE else "conditional_only" if said & {"would", "'d", "’d"} else "firm"


def outcome_of(tokens: Tokens, verb: int) -> int | None:
    """The outcome that a verb of bringing about has: "lead to [war]", "trigger [a flight of refugees]"."""
    lemma = tokens[verb].lemma
    if lemma in lemmas("outcome", "leads-to") and not objects(tokens, verb):
        found = prep_objects(tokens, verb, "to", "in")
    elif lemma in ("pave", "open", "clear", "prepare"):
        opened = [n for n in objects(tokens, verb) if tokens[n].lower in ("way", "door", "path", "road", "ground")]
        found = [p for n in (verb, *opened) for p in prep_objects(tokens, n, "for", "to")] if opened else []
    else:
        found = objects(tokens, verb) if lemma in lemmas("outcome", "brings") else []
    return found[0] if found and tokens[found[0]].pos in ("NOUN", "PROPN") else None


# --- outcomes held out ----------------------------------------------------------------------------------------------


def find_held_out(reading: Reading, used: frozenset[int]) -> Iterator[Announcement]:
    """ "The ministry stressed that success of the talks could lead to [a normalisation of ties]"."""
    tokens = reading.tokens
    for token in readable_tokens(reading):
        if token.tag != "MD" or token.dep != "aux" or token.lower not in WILL | MAYBE:
            continue
        verb = token.head
        harms = tokens[verb].lemma in lemmas("words", "harming")  # "would hurt ties" holds out no ties
        outcome = outcome_of(tokens, verb) if verb not in used and not harms else None
        past = "have" in auxiliaries(tokens, verb)  # "would have resumed" did not
        own = subjects(tokens, verb) if tokens[verb].dep != "relcl" and not past else []
        if outcome is None and own and verb not in used and tokens[verb].lemma in lemmas("outcome", "follows"):
            yield from _would_come(reading, verb, own[0], token.lower)
        if outcome is None or outcome in used or not own or is_party(reading, own[0]) or tokens[own[0]].pos == "PRON":
            continue
        speaker = voice(reading, verb).speaker
        sign = polarity(tokens, outcome)
        if (
            speaker is None
            or not is_party(reading, speaker)
            or is_watcher(reading, speaker)
            or sign <= 0
            or is_negated(tokens, verb)
        ):
            continue
        act, condition, strength = noun_act(reading, outcome), noun_act(reading, own[0]), strength_of({token.lower})
        confidence = CONFIDENCE["outcome"]
        yield Announcement(
            "promise", verb, (speaker,), (), act, outcome, strength, "held-out", confidence, None, condition, "if"
        )


def _would_come(reading: Reading, verb: int, subject: int, modal: str) -> Iterator[Announcement]:
    """ "[Sanctions relief] would come only after inspectors certify it": held out for a condition, which must stand there."""
    speaker = voice(reading, verb).speaker
    if speaker is None or not is_party(reading, speaker) or is_watcher(reading, speaker) or is_negated(reading.tokens, verb):
        return
    lemma, sign = reading.tokens[subject].lemma, polarity(reading.tokens, subject)
    own_harm = sign < 0 and lemma in OWN_ACTS
    if (sign > 0 or own_harm) and not is_party(reading, subject):
        yield Announcement(
            "threat" if own_harm else "promise",
            verb,
            (speaker,),
            (),
            noun_act(reading, subject),
            verb,
            strength_of({modal}),
            "would-come",
            CONFIDENCE["outcome"],
        )


def find_nominal(reading: Reading, used: frozenset[int]) -> Iterator[Announcement]:
    """ "a tougher route, including [massive sanctions] if Russia invaded, the official said"."""
    tokens = reading.tokens
    for mark in reading.conditions:
        if mark.relation not in ("if", "unless") or tokens[mark.governor].start > mark.cue.start:
            continue
        if set(auxiliaries(tokens, mark.governor)) & (WILL | MAYBE) or mark.governor in used:
            continue
        noun = _noun_before(reading, mark)
        if noun is None or noun in used or any(n in used for n in governors(tokens, noun)):
            continue
        said_by = voice(reading, tokens[noun].head).speaker or voice(reading, noun).speaker
        party = (said_by,) if said_by is not None else tuple(_clause_subject(reading, noun))
        kind: ActKind = "threat" if polarity(tokens, noun) < 0 else "promise"
        if party and is_party(reading, party[0]) and not is_watcher(reading, party[0]):
            yield Announcement(
                kind, noun, party, (), noun_act(reading, noun), noun, "conditional_only", "nominal", CONFIDENCE["nominal"]
            )


def _noun_before(reading: Reading, mark: ConditionMark) -> int | None:
    """The noun of harm or help that stands before a condition as object or member of a list."""
    tokens = reading.tokens
    cue = reading.token_starts.get(mark.cue.start)
    if cue is None:
        return None
    first = max(reading.sentences[tokens[cue].sentence].first, cue - MAX_GAP)
    for n in range(cue - 1, first, -1):
        if (
            tokens[n].pos == "NOUN"
            and tokens[n].dep == "pobj"
            and tokens[tokens[n].head].lower in ("including", "of", "like", "with")
        ):
            own = any(tokens[c].lemma in OWN_ACTS or polarity(tokens, c) for c in conjuncts(tokens, n))
            if own and tokens[tokens[n].head].lower == "including":
                return n
    return None


def _clause_subject(reading: Reading, noun: int) -> list[int]:
    tokens = reading.tokens
    verb = next((g for g in governors(tokens, noun) if is_verb(tokens[g])), None)
    return subjects(tokens, verb)[:1] if verb is not None else []


def find_or_else(reading: Reading, found: list[Announcement]) -> Iterator[Announcement]:
    """ "gave them two days to leave or face [arrest]": the threat behind a demand, unless it is met."""
    tokens = reading.tokens
    for one in found:
        last = reading.sentences[tokens[one.act_head].sentence].last
        after = next(
            (
                n
                for n in range(one.act_head, min(one.act_head + MAX_GAP, last))
                if tokens[n].start >= one.act.end and tokens[n].lower == "or"
            ),
            None,
        )
        if one.kind != "demand" or after is None or after + 3 >= last or tokens[after + 1].lemma not in FACING:
            continue
        nouns = (
            n
            for n in range(after + 2, min(after + 10, last))
            if tokens[n].pos in ("NOUN", "PROPN") and tokens[n].dep != "compound"
        )
        if (noun := next(nouns, None)) is not None:
            act, confidence = _faced(reading, after + 1, noun), CONFIDENCE["warned"]
            yield Announcement(
                "threat", after + 1, one.party, one.toward, act, noun, "firm", "or-else", confidence, None, one.act, "unless"
            )


def _faced(reading: Reading, verb: int, noun: int) -> Span:
    """What is faced; without the verb, where the parse took it for a part of the noun."""
    after = reading.tokens[verb + 1]
    span = verb_act(reading, after.i) if after.tag == "VBG" and after.pos == "VERB" else noun_act(reading, noun)
    return Span(max(span.start, after.start), span.end)


def find_depending(reading: Reading, used: frozenset[int]) -> Iterator[Announcement]:
    """ "offered [a way out] that depends on the conduct of the army": a route held out, with what it hangs on."""
    tokens = reading.tokens
    for mark in reading.conditions:
        verb, route = _depends(reading, mark)
        if route is None or route in used:
            continue
        above = tokens[route].head if tokens[route].dep == "dobj" and is_verb(tokens[tokens[route].head]) else None
        laid_out = [n for n in subjects(tokens, above) if is_party(reading, n)] if above is not None else []
        speaker = voice(reading, verb if above is None else above).speaker
        party = tuple(laid_out[:1]) or ((speaker,) if speaker is not None and is_party(reading, speaker) else ())
        if not party or is_watcher(reading, party[0]):
            continue
        told = speaker if laid_out and speaker != party[0] else None
        act, condition, confidence = noun_act(reading, route), Span(mark.start, mark.end), CONFIDENCE["depends"]
        yield Announcement(
            "promise", verb, party, (), act, route, "conditional_only", "depends-on", confidence, told, condition, "if"
        )


def _depends(reading: Reading, mark: ConditionMark) -> tuple[int, int | None]:
    """The verb of depending, and the route, deal or step that is its subject, if it is one."""
    tokens = reading.tokens
    cue = reading.token_starts.get(mark.cue.start, 0)
    verb = cue if tokens[cue].lemma in DEPENDING else mark.governor
    adjective = tokens[verb].lemma == "be" and tokens[cue].lower in CONDITIONAL
    if mark.relation != "if" or not (tokens[verb].lemma in DEPENDING or adjective):
        return verb, None
    own = subjects(tokens, verb)
    known = own and tokens[own[0]].pos == "NOUN" and tokens[own[0]].lemma in lemmas("route")
    return verb, own[0] if known else None
