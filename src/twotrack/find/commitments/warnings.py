"""Warnings: "warned of [reprisals]", "warned that a strike would lead to [war]".

What the warner brings about itself is a threat; what follows by itself is a warning, and what would bring it its condition.
"""

from collections.abc import Iterator

from twotrack.find.commitments.acts import noun_act, verb_act, with_not
from twotrack.find.commitments.announcements import MAYBE, WILL, Announcement
from twotrack.find.commitments.outcomes import OWN_ACTS, outcome_of, strength_of
from twotrack.find.commitments.parties import FIRST_PERSON, THIRD_PERSON, doing_party, is_party, is_watcher
from twotrack.find.commitments.polarity import lemmas, polarity
from twotrack.find.commitments.voices import refers_to, spoken_by
from twotrack.mark.clauses import readable_tokens
from twotrack.model import ActKind, Relation, Span, Strength
from twotrack.reading import Reading
from twotrack.syntax import (
    auxiliaries,
    children,
    conjuncts,
    is_negated,
    is_verb,
    objects,
    prep_objects,
    subjects,
    subtree_span,
)

WARNING = lemmas("words", "warning-words")
# What befalls the warner: "warned that it will run out of money" is no threat.
HAPPENS_TO = frozenset({"be", "have", "need", "face", "suffer", "lose", "run", "find", "see"})
# Deeds of no sign of their own, which a state does to another where it warns of them: "would send its jets".
DEEDS = frozenset({"send", "deploy", "take", "use", "answer", "act", "close", "leave", "move", "go", "order", "call", "pull"})
CONFIDENCE = 0.75  # estimated like those in data/commitments.toml


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
                yield Announcement(kind, token.i, party, toward, noun_act(reading, noun), noun, "firm", "warn-of", CONFIDENCE)
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
    if not said & (WILL | MAYBE):
        return
    if children(tokens, verb, "expl"):
        yield from _there_would_be(reading, verb, party, strength_of(said))
        return
    if not own:
        return
    first = tokens[own[0]]
    dummy = first.lower == "it" and tokens[verb].lemma == "be"  # "warned that it would be a mistake to ..."
    if first.lower in FIRST_PERSON | THIRD_PERSON and refers_to(reading, own[0], party[0]) and not dummy:
        neutral = polarity(tokens, verb) == 0 and tokens[verb].lemma not in HAPPENS_TO and not is_negated(tokens, verb)
        if neutral and WILL & said:
            yield Announcement(
                "threat", verb, party, (), verb_act(reading, verb), verb, strength_of(said), "warn-that", CONFIDENCE
            )
        return
    if any(tokens[c].tag in ("WP", "WRB") for c in tokens[verb].children) or is_negated(tokens, verb):
        return
    deed = polarity(tokens, verb) < 0 or tokens[verb].lemma in DEEDS
    if _is_own_state(reading, own[0], party[0]) and deed:
        act = with_not(reading, verb_act(reading, verb), verb)
        yield Announcement("threat", verb, (own[0],), (), act, verb, strength_of(said), "warn-that", CONFIDENCE)
    else:
        yield from _outcome(reading, verb, party, own[0], strength_of(said))


def _outcome(reading: Reading, verb: int, party: tuple[int, ...], subject: int, strength: Strength) -> Iterator[Announcement]:
    """What a warner says will follow: "would trigger [a war]", "[reprisals] would follow", "would be [a mistake]"."""
    tokens, first = reading.tokens, reading.tokens[subject]
    if outcome := outcome_of(tokens, verb):
        if tokens[verb].lemma in lemmas("words", "harming"):  # "would damage relations": the verb is the harm
            yield _warning(reading, verb, party, verb_act(reading, verb), verb, strength, _cause(reading, subject))
        else:
            yield _warning(reading, verb, party, noun_act(reading, outcome), outcome, strength, _cause(reading, subject))
    elif tokens[verb].lemma in lemmas("outcome", "follows") and first.pos in ("NOUN", "PROPN"):
        yield _warning(reading, verb, party, noun_act(reading, subject), verb, strength, None)
    elif tokens[verb].lemma == "be" and (attribute := children(tokens, verb, "attr")):
        yield from _would_be(reading, verb, party, subject, attribute[0], strength)
    else:
        cause = _cause(reading, subject) if not is_party(reading, subject) else None
        yield _warning(reading, verb, party, with_not(reading, verb_act(reading, verb), verb), verb, strength, cause)


def _is_own_state(reading: Reading, subject: int, warner: int) -> bool:
    """Whether a subject is the state that the warner speaks for: "a spokesman in Washington warned that the U.S. would ..."."""
    at = reading.actors_at
    own, other = ({a.state for a in at[n].actors} - {""} if n in at else set() for n in (subject, warner))
    return own == other and bool(own)


def _there_would_be(reading: Reading, verb: int, party: tuple[int, ...], strength: Strength) -> Iterator[Announcement]:
    """ "Warned that there would be [reprisals]"; "that there would be no [deal]" is a refusal."""
    tokens = reading.tokens
    for what in children(tokens, verb, "attr") if not is_negated(tokens, verb) else ():
        none = any(tokens[c].lower == "no" for c in children(tokens, what, "det"))
        kind: ActKind = "refusal" if none else "warning"
        yield Announcement(kind, what, party, (), noun_act(reading, what), what, strength, "warn-that", CONFIDENCE)


def _cause(reading: Reading, subject: int) -> Span | None:
    """What would bring the outcome about: "[filling the dam without a treaty] would inflame the region"."""
    tokens = reading.tokens
    if tokens[subject].pos == "PRON":
        return None
    if tokens[subject].dep == "csubj" and tokens[subject].tag == "VBG":
        return subtree_span(tokens, subject)
    return noun_act(reading, subject)


def _would_be(
    reading: Reading, verb: int, party: tuple[int, ...], subject: int, attribute: int, strength: Strength
) -> Iterator[Announcement]:
    """ "would be a mistake that could lead to [a breakdown]": the last outcome counts; else the mistake itself."""
    tokens = reading.tokens
    condition = _cause(reading, subject)
    for clause in children(tokens, attribute, "relcl"):
        if outcome := outcome_of(tokens, clause):
            yield _warning(
                reading,
                outcome,
                party,
                noun_act(reading, outcome),
                outcome,
                strength_of(set(auxiliaries(tokens, clause))),
                condition,
            )
            return
    yield _warning(reading, verb, party, noun_act(reading, attribute), attribute, strength, condition)


def _warning(
    reading: Reading, i: int, party: tuple[int, ...], act: Span, head: int, strength: Strength, condition: Span | None
) -> Announcement:
    relation: Relation | None = "if" if condition else None
    return Announcement("warning", i, party, (), act, head, strength, "warn-that", CONFIDENCE, None, condition, relation)
