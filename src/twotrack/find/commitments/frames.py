"""Frames: where the act of a committing word stands: "urged Iraq to [leave]", "ruled out [talks]".

A frame is a function of the reading, the word and its row of data/commitments.toml; it yields acts, or nothing.
"""

from collections.abc import Callable, Iterator

from twotrack.find.commitments.acts import noun_act, verb_act
from twotrack.find.commitments.announcements import MAYBE, WILL, Act
from twotrack.find.commitments.objects import asked_of, inner_act, receiver, suits, without_source
from twotrack.find.commitments.parties import FIRST_PERSON, THIRD_PERSON, agents, is_party, same_side
from twotrack.find.commitments.polarity import lemmas, polarity
from twotrack.lexicon import Row
from twotrack.model import Span
from twotrack.reading import Reading
from twotrack.syntax import Tokens, auxiliaries, children, conjuncts, is_negated, is_verb, objects, prep_objects, subjects

NEAR = 4  # tokens; an infinitive further off tells a purpose
MUST = frozenset({"must", "should", "shall", "needs", "has", "have"})
SILENCE = lemmas("words", "silence")


def _infinitives(tokens: Tokens, i: int) -> list[int]:
    """Verbs with "to" that hang on token i after it."""
    found = [
        c
        for c in tokens[i].children
        if c > i and is_verb(tokens[c]) and tokens[c].dep in ("xcomp", "ccomp", "advcl", "acl", "relcl", "conj")
    ]
    return [
        c for c in found if any(tokens[g].lower in ("to", "handover") and tokens[g].dep == "aux" for g in tokens[c].children)
    ]


def _frame_to(reading: Reading, i: int, row: Row) -> Iterator[Act]:
    tokens = reading.tokens
    found = _infinitives(tokens, i)
    if not found and tokens[i].dep == "acomp":  # "Chile is ready, he added, to discuss the waters"
        found = [v for v in _infinitives(tokens, tokens[i].head) if v > i]
    if (
        not found and row["id"] == "ultimatum"
    ):  # the parse hangs the infinitive on the verb: "issued an ultimatum to Riga to leave"
        found = [v for v in _infinitives(tokens, tokens[i].head) if v > i]
    for verb in found:
        if row["kind"] == "refusal" and tokens[verb].lemma in (
            SILENCE if tokens[i].lemma == "decline" else ("be", "believe", "comment", "doubt", "fear", "think", "worry")
        ):
            continue
        if tokens[verb].dep == "advcl" and row["id"] == "demand":
            continue
        far = tokens[verb].dep == "advcl" and verb - i > NEAR
        if far or (row["id"] in ("decide", "plan") and tokens[verb].lemma in ("be", "have", "see", "know", "think")):
            continue
        toward = tuple(n for n in objects(tokens, i) if n < verb and is_party(reading, n))
        yield Act(verb_act(reading, verb), verb, toward, is_negated(tokens, verb))


def _frame_ask(reading: Reading, i: int, row: Row) -> Iterator[Act]:
    tokens = reading.tokens
    asked = prep_objects(tokens, i, *(("on", "upon") if row["id"] == "call" else ("to", "with")))
    if row["id"] != "call":
        asked += [n for n in [*objects(tokens, i), *children(tokens, i, "nsubjpass", "dative")] if is_party(reading, n)]
    asked = [
        n for n in asked if tokens[n].ent not in ("DATE", "TIME") and tokens[n].pos in ("NOUN", "PROPN", "PRON", "ADJ", "NUM")
    ]
    verbs = [*_infinitives(tokens, i), *(v for n in asked for v in _infinitives(tokens, n))]
    for verb in sorted(verbs):
        own = [c for c in children(tokens, verb, "nsubj", "nsubjpass") if i < c < verb and tokens[c].tag not in ("WDT", "WP")]
        toward = tuple(n for one in own for n in conjuncts(tokens, one)) or tuple(n for n in asked if n < verb)
        if toward and tokens[verb].dep != "conj" and tokens[verb].lemma not in ("know", "see"):
            yield Act(verb_act(reading, verb), verb, toward, is_negated(tokens, verb))


def _frame_that(reading: Reading, i: int, row: Row) -> Iterator[Act]:
    tokens = reading.tokens
    for verb in children(tokens, i, "ccomp", "acl", "relcl"):
        said, own = set(auxiliaries(tokens, verb)), subjects(tokens, verb)
        if verb < i or "to" in said or not own or not _is_that_clause(tokens, verb):
            continue
        if row["kind"] == "demand":
            yield _demanded(reading, verb, own)
        elif said & WILL or (row["kind"] == "threat" and said & MAYBE):
            yield from _undertaken(reading, i, verb, own)


def _is_that_clause(tokens: Tokens, verb: int) -> bool:
    marks = [tokens[c].lower for c in tokens[verb].children if tokens[c].dep == "mark"]
    return not set(marks) - {"that"} and not any(tokens[c].tag in ("WP", "WDT", "WRB") for c in tokens[verb].children)


def _demanded(reading: Reading, verb: int, own: list[int]) -> Act:
    """ "that Lima withdraw": Lima is asked; "that the ban be lifted": nobody is named, the act holds the ban."""
    tokens = reading.tokens
    if any(tokens[c].dep == "nsubjpass" for c in tokens[verb].children) and not is_party(reading, own[0]):
        span = Span(noun_act(reading, own[0]).start, verb_act(reading, verb).end)
        return Act(span, verb, agents(tokens, verb))
    return Act(verb_act(reading, verb), verb, tuple(n for n in own if is_party(reading, n)), is_negated(tokens, verb))


def _undertaken(reading: Reading, i: int, verb: int, own: list[int]) -> Iterator[Act]:
    """ "vowed that it would defend", "promised the allies that his men will defend": the doer is the subject of the clause."""
    tokens = reading.tokens
    toward = tuple(n for n in [*objects(tokens, i), *children(tokens, i, "dative")] if n < verb)
    speaker = subjects(tokens, i)
    if tokens[own[0]].lower in FIRST_PERSON | THIRD_PERSON:
        yield Act(verb_act(reading, verb), verb, toward, is_negated(tokens, verb))
    elif is_party(reading, own[0]) and (not speaker or same_side(reading, own[0], speaker[0])):
        yield Act(verb_act(reading, verb), verb, toward, is_negated(tokens, verb), tuple(own))


def _frame_that_must(reading: Reading, i: int, row: Row) -> Iterator[Act]:
    tokens = reading.tokens
    for act in _frame_that(reading, i, row):
        if MUST & set(auxiliaries(tokens, act.head)) or (tokens[act.head].tag == "VB" and not auxiliaries(tokens, act.head)):
            yield act


def _frame_object(reading: Reading, i: int, row: Row) -> Iterator[Act]:
    tokens = reading.tokens
    nouns = [*children(tokens, i, "dobj", *(["ccomp"] if row["id"] == "threaten" else [])), *children(tokens, i, "nsubjpass")]
    for noun in nouns[:1]:
        named = tokens[noun].pos in ("NOUN", "PROPN") and tokens[noun].ent not in ("PERSON", "DATE")
        if not (named or tokens[noun].ent == "MONEY") or not suits(tokens, noun, row):
            continue
        if tokens[noun].lemma == "anonymity":  # "insisted on anonymity"
            continue
        toward = asked_of(reading, i, noun, row)
        if inner := inner_act(reading, noun) if row["kind"] in ("refusal", "commit") else None:
            yield Act(inner.span, inner.head, toward)
            continue
        beside = ("from", "by", "to") if row["kind"] == "commit" else ("from", "by")
        span = without_source(reading, noun_act(reading, noun), noun, beside)
        yield Act(span, noun, toward or receiver(reading, noun, row))


def _frame_ing(reading: Reading, i: int, row: Row) -> Iterator[Act]:
    tokens = reading.tokens
    for verb in children(tokens, i, "xcomp", "ccomp", "pcomp", "dobj", "advcl"):
        if tokens[verb].tag == "VBG" and verb > i and tokens[verb - 1].text != "," and not children(tokens, verb, "aux"):
            yield Act(verb_act(reading, verb), verb)


def _preposition(*prepositions: str) -> "Frame":
    """The frame of the object of a preposition: "called for [an end to the siege]", "committed to [helping]"."""

    def frame(reading: Reading, i: int, row: Row) -> Iterator[Act]:
        tokens = reading.tokens
        below = [c for n in objects(tokens, i) for c in children(tokens, n, "prep")] if "with" in prepositions else []
        for prep in [*children(tokens, i, "prep"), *below]:
            if prep < i or tokens[prep].lower not in prepositions:
                continue
            for n in children(tokens, prep, "pobj", "pcomp")[:1]:
                yield from _prepositional(reading, i, prep, n, row)

    return frame


def _prepositional(reading: Reading, i: int, prep: int, n: int, row: Row) -> Iterator[Act]:
    tokens = reading.tokens
    gerund = tokens[n].dep == "pcomp" and is_verb(tokens[n])
    span = verb_act(reading, n) if gerund else noun_act(reading, n)
    money = row["kind"] == "demand" and tokens[n].ent == "MONEY"
    if tokens[n].lemma == "anonymity":  # "insisted on anonymity"
        return
    if (
        not gerund
        and not money
        and (tokens[n].pos not in ("NOUN", "PROPN") or tokens[n].ent in ("PERSON", "DATE", "GPE", "MONEY"))
    ):
        return
    if (
        row["kind"] not in ("demand", "threat")
        and not gerund
        and polarity(tokens, n) == 0
        and tokens[n].lemma not in lemmas("object")
    ):
        return
    if row["id"] == "press-for" and not money and polarity(tokens, n) == 0 and tokens[n].lemma not in lemmas("object"):
        return
    if tokens[prep].lower == "against":
        span = Span(tokens[prep].start, span.end)
    toward = tuple(c for c in objects(tokens, i) if is_party(reading, c)) if is_verb(tokens[i]) else ()
    yield Act(
        without_source(reading, span, n),
        n,
        toward or tuple(c for c in prep_objects(tokens, n, "from", "by") if is_party(reading, c)),
    )


def _frame_given(reading: Reading, i: int, row: Row) -> Iterator[Act]:
    """ "gave the strikers two days to [return to work]"."""
    tokens = reading.tokens
    if tokens[tokens[i].head].lemma not in ("give", "set", "grant", "allow"):
        return
    for verb in [*_infinitives(tokens, i), *_infinitives(tokens, tokens[i].head)][:1]:
        yield Act(verb_act(reading, verb), verb)


def _frame_given_until(reading: Reading, i: int, row: Row) -> Iterator[Act]:
    """ "gave Paris until Sunday to [retract the statement]"."""
    tokens = reading.tokens
    until = [c for n in (i, *tokens[i].children) for c in tokens[n].children if tokens[c].lower in ("until", "till")]
    given = [*children(tokens, i, "dative"), *objects(tokens, i)]
    for verb in sorted({v for n in (i, *(g for c in until for g in tokens[c].children)) for v in _infinitives(tokens, n)})[:1]:
        if until and given:
            yield Act(verb_act(reading, verb), verb, tuple(given[:1]))


def _frame_wanted(reading: Reading, i: int, row: Row) -> Iterator[Act]:
    """ "wants [the ban lifted]", "wants the envoy to [leave]": what another is to do."""
    tokens = reading.tokens
    for verb in children(tokens, i, "ccomp", "xcomp"):
        own = children(tokens, verb, "nsubj", "nsubjpass")
        if not own or own[0] < i or tokens[own[0]].pos == "PRON" or tokens[verb].lemma in lemmas("words", "never-announced"):
            continue
        if tokens[verb].tag == "VBN" and not is_party(reading, own[0]):
            yield Act(Span(noun_act(reading, own[0]).start, verb_act(reading, verb).end), verb, agents(tokens, verb))
        elif tokens[verb].tag == "VB" and "to" in auxiliaries(tokens, verb) and is_party(reading, own[0]):
            yield Act(verb_act(reading, verb), verb, tuple(own), is_negated(tokens, verb))


def _frame_would(reading: Reading, i: int, row: Row) -> Iterator[Act]:
    """ "a bill that would [sanction the ministry]"."""
    tokens = reading.tokens
    for verb in children(tokens, i, "relcl"):
        if set(auxiliaries(tokens, verb)) & {"would", "will"} and not is_negated(tokens, verb):
            yield Act(verb_act(reading, verb), verb)


Frame = Callable[[Reading, int, Row], Iterator[Act]]
FRAMES: dict[str, Frame] = {
    "to": _frame_to,
    "ask": _frame_ask,
    "that": _frame_that,
    "that-must": _frame_that_must,
    "object": _frame_object,
    "ing": _frame_ing,
    "would": _frame_would,
    "wanted": _frame_wanted,
    "given": _frame_given,
    "given-until": _frame_given_until,
    "of": _preposition("of"),
    "for": _preposition("for"),
    "on": _preposition("on", "upon"),
    "against": _preposition("against"),
    "with-act": _preposition("with"),
    "to-noun": _preposition("to"),
}
