"""What is said to follow: "warned that a strike would lead to [war]", "[massive sanctions] if Russia invaded".

An outcome that harms and that the party does not bring about itself is a warning; its own harm is a threat; a good outcome
held out for something is a promise.
"""

from collections.abc import Iterator

from twotrack.find.acts import FACING, noun_act, verb_act, with_not
from twotrack.find.announcements import MAYBE, WILL, Announcement
from twotrack.find.parties import FIRST_PERSON, THIRD_PERSON, doing_party, is_party, is_watcher, refers_to, spoken_by, voice
from twotrack.find.polarity import lemmas, polarity
from twotrack.mark.clauses import readable_tokens
from twotrack.model import ActKind, ConditionMark, Relation, Span, Strength
from twotrack.reading import Reading
from twotrack.syntax import (
    Tokens,
    auxiliaries,
    children,
    conjuncts,
    governors,
    is_negated,
    is_verb,
    objects,
    prep_objects,
    subjects,
)

WARNING = lemmas("words", "warning-words")
OWN_ACTS = lemmas("words", "acts-of-the-warner")
CONFIDENCE = {"warned": 0.75, "outcome": 0.65, "nominal": 0.6, "depends": 0.6}  # measured like those in data/commitments.toml
MAX_GAP = 25  # tokens between a noun and the condition behind it


def find_warned(reading: Reading) -> Iterator[Announcement]:
    """ "warned of [reprisals] if ...", "warned that the raid would trigger [a war]"."""
    tokens = reading.tokens
    for token in readable_tokens(reading):
        if token.lemma not in WARNING or token.pos not in ("VERB", "NOUN") or is_negated(tokens, token.i):
            continue
        party = _warner(reading, token.i)
        if not party:
            continue
        toward = tuple(n for n in _warned(reading, token.i) if is_party(reading, n))
        for prep in children(tokens, token.i, "prep"):
            for noun in children(tokens, prep, "pobj") if tokens[prep].lower == "of" else ():
                kind: ActKind = "threat" if {tokens[n].lemma for n in conjuncts(tokens, noun)} & OWN_ACTS else "warning"
                yield Announcement(
                    kind, token.i, party, toward, noun_act(reading, noun), noun, "firm", "warn-of", CONFIDENCE["warned"]
                )
        for verb in children(tokens, token.i, "ccomp", "acl", "relcl"):
            for found in _warned_clause(reading, verb, party):
                yield found._replace(trigger=token.i, toward=found.toward or toward)


def _warner(reading: Reading, i: int) -> tuple[int, ...]:
    tokens = reading.tokens
    if is_verb(tokens[i]) and tokens[i].pos != "NOUN":
        warners = spoken_by(reading, i, doing_party(reading, i) or ())
        return tuple(n for n in warners if not is_watcher(reading, n))
    verb = tokens[i].head
    issued = subjects(tokens, verb) if is_verb(tokens[verb]) and tokens[i].dep == "dobj" else []
    owners = [*children(tokens, i, "poss"), *prep_objects(tokens, i, "by", "from"), *issued]
    return tuple(n for n in owners if is_party(reading, n))


def _warned(reading: Reading, i: int) -> list[int]:
    tokens = reading.tokens
    heads = [*objects(tokens, i), *prep_objects(tokens, i, "to")] if is_verb(tokens[i]) else prep_objects(tokens, i, "to")
    verb = tokens[i].head
    return heads or (prep_objects(tokens, verb, "to") if is_verb(tokens[verb]) and not is_verb(tokens[i]) else [])


def _warned_clause(reading: Reading, verb: int, party: tuple[int, ...]) -> Iterator[Announcement]:
    """The clause after "warned that", where its subject is not the warner, whose own act is a plain modal's business."""
    tokens = reading.tokens
    said, own = set(auxiliaries(tokens, verb)), subjects(tokens, verb)
    if not said & (WILL | MAYBE) or not own or children(tokens, verb, "expl"):
        return
    first = tokens[own[0]]
    if first.lower in FIRST_PERSON | THIRD_PERSON and refers_to(reading, own[0], party[0]) and first.lower != "it":
        return
    if any(tokens[c].tag in ("WP", "WRB") for c in tokens[verb].children) or is_negated(tokens, verb):
        return
    strength = _strength(said)
    if outcome := _outcome_of(tokens, verb):
        condition = noun_act(reading, own[0]) if first.pos != "PRON" else None
        strength = _strength(set(auxiliaries(tokens, tokens[outcome].head))) if tokens[verb].lemma == "be" else strength
        yield _warning(reading, verb, party, noun_act(reading, outcome), outcome, strength, condition)
    elif tokens[verb].lemma in lemmas("outcome", "follows") and first.pos in ("NOUN", "PROPN"):
        yield _warning(reading, verb, party, noun_act(reading, own[0]), verb, strength, None)
    elif tokens[verb].lemma == "be" and (attribute := children(tokens, verb, "attr")):
        yield from _would_be(reading, verb, party, own[0], attribute[0], strength)
    else:
        yield _warning(reading, verb, party, with_not(reading, verb_act(reading, verb), verb), verb, strength, None)


def _would_be(
    reading: Reading, verb: int, party: tuple[int, ...], subject: int, attribute: int, strength: Strength
) -> Iterator[Announcement]:
    """ "would be a mistake that could lead to [a breakdown]": the last outcome counts; else the mistake itself."""
    tokens = reading.tokens
    condition = noun_act(reading, subject) if tokens[subject].pos != "PRON" else None
    for clause in children(tokens, attribute, "relcl"):
        if outcome := _outcome_of(tokens, clause):
            yield _warning(
                reading,
                outcome,
                party,
                noun_act(reading, outcome),
                outcome,
                _strength(set(auxiliaries(tokens, clause))),
                condition,
            )
            return
    yield _warning(reading, verb, party, noun_act(reading, attribute), attribute, strength, condition)


def _warning(
    reading: Reading, i: int, party: tuple[int, ...], act: Span, head: int, strength: Strength, condition: Span | None
) -> Announcement:
    relation: Relation | None = "if" if condition else None
    return Announcement(
        "warning", i, party, (), act, head, strength, "warn-that", CONFIDENCE["warned"], None, condition, relation
    )


def _strength(said: set[str]) -> Strength:
    return "possible" if said & MAYBE else "conditional_only" if said & {"would", "'d", "’d"} else "firm"


def _outcome_of(tokens: Tokens, verb: int) -> int | None:
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
        outcome = _outcome_of(tokens, verb) if verb not in used else None
        own = subjects(tokens, verb)
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
        act, condition, strength = noun_act(reading, outcome), noun_act(reading, own[0]), _strength({token.lower})
        confidence = CONFIDENCE["outcome"]
        yield Announcement(
            "promise", verb, (speaker,), (), act, outcome, strength, "held-out", confidence, None, condition, "if"
        )


def _would_come(reading: Reading, verb: int, subject: int, modal: str) -> Iterator[Announcement]:
    """ "[Sanctions relief] would come only after inspectors certify it": held out for a condition, which must stand there."""
    speaker = voice(reading, verb).speaker
    if speaker is None or not is_party(reading, speaker) or is_watcher(reading, speaker) or is_negated(reading.tokens, verb):
        return
    if polarity(reading.tokens, subject) > 0 and not is_party(reading, subject):
        yield Announcement(
            "promise",
            verb,
            (speaker,),
            (),
            noun_act(reading, subject),
            verb,
            _strength({modal}),
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
    span, after = noun_act(reading, noun), reading.tokens[verb + 1]
    return Span(max(span.start, after.start), span.end)


def find_depending(reading: Reading, used: frozenset[int]) -> Iterator[Announcement]:
    """ "offered [a way out] that depends on the conduct of the army": a route held out, with what it hangs on."""
    tokens = reading.tokens
    for mark in reading.conditions:
        verb = mark.governor
        cue = reading.token_starts.get(mark.cue.start, 0)
        verb = cue if tokens[cue].lemma in ("depend", "hinge", "rest") else verb
        own = (
            subjects(tokens, verb) if tokens[verb].lemma in ("depend", "hinge", "rest", "be") and mark.relation == "if" else []
        )
        if not own or own[0] in used or tokens[own[0]].lemma not in lemmas("route") or tokens[own[0]].pos != "NOUN":
            continue
        if tokens[verb].lemma == "be" and tokens[cue].lower not in (
            "subject",
            "contingent",
            "conditional",
            "conditioned",
            "dependent",
        ):
            continue
        above = tokens[own[0]].head if tokens[own[0]].dep == "dobj" else None
        laid_out = (
            [n for n in subjects(tokens, above) if is_party(reading, n)] if above is not None and is_verb(tokens[above]) else []
        )
        speaker = voice(reading, above if above is not None else verb).speaker
        party = tuple(laid_out[:1]) or ((speaker,) if speaker is not None and is_party(reading, speaker) else ())
        if not party or is_watcher(reading, party[0]):
            continue
        told = speaker if laid_out and speaker != party[0] else None
        yield Announcement("promise", verb, party, (), noun_act(reading, own[0]), own[0], "conditional_only", "depends-on",
                    CONFIDENCE["depends"], told, Span(mark.start, mark.end), "if")  # fmt: skip
