"""Acts that a word commits a party to: "Quito demanded that Lima [withdraw]", "is ready to [talk]", "its threat to [leave]".

The words stand in data/commitments.toml with the frames in which their act can stand; each frame is a function here
that yields (act, its head, whom it is directed at).
"""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from twotrack.find.acts import lemmas, noun_act, polarity, verb_act
from twotrack.find.parties import FIRST_PERSON, THIRD_PERSON, agents, doers, is_party, refers_to, same_side, voice
from twotrack.lexicon import rows
from twotrack.model import ActKind, Relation, Span, Strength
from twotrack.reading import Reading
from twotrack.syntax import Tokens, auxiliaries, children, conjunction_head, conjuncts, is_negated, is_verb, objects, prep_objects, subjects

Row = Mapping[str, Any]
WILL = frozenset({"will", "would", "'ll", "’ll", "'d", "’d", "shall", "wo"})
MAYBE = frozenset({"may", "might", "could", "can", "ca"})
MUST = frozenset({"must", "should", "shall", "needs", "has", "have"})
BETWEEN = frozenset({"mediator", "negotiator", "intermediary", "broker", "go-between"})  # they speak for those they shuttle between
THEIR_OWN = frozenset({"resignation", "withdrawal", "retreat", "departure", "surrender", "apology", "meeting", "pullback", "pullout", "compliance", "exit"})
DEMANDING = frozenset({"urge", "call", "demand", "ask", "request", "appeal", "implore", "exhort", "warn", "insist", "seek"})  # also without who, or as "to demand"
LIGHT_VERBS = frozenset({
    "issue", "make", "repeat", "reiterate", "renew", "give", "set", "voice", "express", "have", "send", "carry", "deliver", "confirm", "restate",
    "underline", "underscore", "withdraw", "announce", "back", "publish", "present", "reaffirm", "affirm", "impose", "grant", "offer", "signal", "show", "sign", "stress",
})  # fmt: skip
SPONSORING = frozenset({"introduce", "propose", "table", "draft", "sponsor", "submit", "circulate", "unveil", "present", "announce", "pass", "adopt"})
SEVERAL = frozenset({"both", "two", "three", "sides", "leaders", "parties", "countries", "ministers", "presidents", "governments", "nations", "states", "members"})


class Found(NamedTuple):
    """A commitment as token indices and spans, before its actors, dates and condition are looked up."""

    kind: ActKind
    trigger: int
    party: tuple[int, ...]
    toward: tuple[int, ...]
    act: Span
    act_head: int
    strength: Strength
    rule: str
    confidence: float
    speaker: int | None = None
    condition: Span | None = None
    relation: Relation | None = None


class Act(NamedTuple):
    """What a frame yields: the act's words, its head, whom it is directed at, whether it is not to be done, and who would do it."""

    span: Span
    head: int
    toward: tuple[int, ...] = ()
    negated: bool = False
    doer: tuple[int, ...] = ()


@lru_cache
def rows_by_lemma(table: str) -> dict[str, tuple[Row, ...]]:
    """The rows of one word class by lemma; the rarer reading of a word ("warned X to") stands first in the file."""
    found: dict[str, list[Row]] = {}
    for row in rows("commitments", table, "id", "lemmas", "kind", "frames", "confidence", "examples"):
        for lemma in row["lemmas"]:
            found.setdefault(lemma, []).append(row)
    return {lemma: tuple(some) for lemma, some in found.items()}


def find_triggered(reading: Reading) -> Iterator[Found]:
    """The commitments that verbs, adjectives and nouns of committing announce, in text order."""
    verbs, adjectives, nouns = rows_by_lemma("verb"), rows_by_lemma("adjective"), rows_by_lemma("noun")
    for token in reading.tokens:
        if token.lemma in verbs and token.pos == "VERB" and token.dep != "amod":
            yield from _of_verb(reading, token.i, verbs[token.lemma])
        elif token.lower in adjectives and token.dep in ("acomp", "conj", "ROOT", "oprd", "advcl", "ccomp", "amod", "acl"):
            yield from _of_adjective(reading, token.i, adjectives[token.lower])
        if token.lemma in nouns and token.pos == "NOUN":
            yield from _of_noun(reading, token.i, nouns[token.lemma])


# --- verbs --------------------------------------------------------------------------------------------------------------


def _of_verb(reading: Reading, i: int, candidates: tuple[Row, ...]) -> Iterator[Found]:
    tokens = reading.tokens
    party = doing_party(reading, i)
    if party is None or not _is_said(tokens, i) or is_question(reading, i):
        return
    if not party and tokens[i].lemma not in DEMANDING:
        return
    party = spoken_by(reading, i, party)
    for row in candidates:
        if "particle" in row and not any(tokens[c].lower == row["particle"] for c in children(tokens, i, "prt", "advmod", "prep")):
            continue
        if acts := [act for frame in row["frames"] for act in FRAMES[frame](reading, i, row)]:
            yield from _found(reading, i, row, party, acts[:1] if row["kind"] != "demand" else acts[:1])
            return


def doing_party(reading: Reading, i: int) -> tuple[int, ...] | None:
    """Who does the demanding, vowing, refusing: None where that is a thing ("the flood threatened the city")."""
    tokens = reading.tokens
    doing = doers(tokens, i)
    if not doing:
        passive = any(tokens[c].dep in ("auxpass", "nsubjpass") for c in tokens[i].children)
        noun = tokens[i].head if tokens[i].dep in ("acl", "pcomp") else None
        return () if passive and tokens[i].dep != "acl" or noun is not None and not passive and tokens[i].tag == "VBG" else None
    kept = tuple(n for n in doing if is_party(reading, n))
    if kept or tokens[i].dep not in ("acl", "relcl", "advcl", "xcomp"):
        return kept or None
    while tokens[doing[0]].dep == "appos":  # "China and India, the biggest buyers, which vowed ..."
        doing = tuple(conjuncts(tokens, conjunction_head(tokens, tokens[doing[0]].head)))
    if is_party(reading, doing[0]):
        return tuple(n for n in doing if is_party(reading, n))
    issuers = _owner(reading, doing[0]) or tuple(n for n in doers(tokens, tokens[doing[0]].head) if is_verb(tokens[tokens[doing[0]].head]))
    return tuple(n for n in issuers if is_party(reading, n)) or None


def is_question(reading: Reading, i: int) -> bool:
    """ "Has he called for talks?" calls for nothing."""
    sentence = reading.sentences[reading.tokens[i].sentence]
    return reading.report.text[max(sentence.start, sentence.end - 3) : sentence.end].rstrip("\"”’'").endswith("?")


def spoken_by(reading: Reading, i: int, party: tuple[int, ...]) -> tuple[int, ...]:
    """The speaker instead of the pronoun for it: "The Kremlin said [it] was considering" -> the Kremlin."""
    if len(party) != 1 or reading.tokens[party[0]].lower not in FIRST_PERSON | THIRD_PERSON:
        return party
    speaker = voice(reading, i).speaker
    if speaker is None or speaker == party[0] or not is_party(reading, speaker) or not refers_to(reading, party[0], speaker):
        return party
    return (speaker,)


def _is_said(tokens: Tokens, i: int) -> bool:
    """Whether a verb of committing is asserted: not "did not promise", "could agree", "if it refuses"."""
    said = auxiliaries(tokens, i)
    if any(tokens[c].tag == "WRB" or tokens[c].lower in ("whether", "if") for c in tokens[i].children if c < i):
        return False
    if "to" in said and tokens[i].lemma not in DEMANDING and tokens[tokens[i].head].lemma not in ("continue", "go", "begin", "decide", "use"):
        return False
    if MAYBE & set(said) or "would" in said or "should" in said:
        return False
    if is_negated(tokens, i):
        return tokens[i].lemma in ("rule", "exclude")
    return not ("to" in said and tokens[i].dep == "xcomp" and tokens[tokens[i].head].lemma in ("fail", "have", "need", "seem", "appear", "want", "hope"))


def _found(reading: Reading, i: int, row: Row, party: tuple[int, ...], acts: list[Act]) -> Iterator[Found]:
    tokens = reading.tokens
    for act in acts:
        kind = _kind(reading, i, row, party, act)
        if kind is None:
            continue
        strength: Strength = row.get("strength", "conditional_only" if row["id"] == "law" else "firm")
        if row["id"] == "rule-out" and is_negated(tokens, i):
            strength = "possible"
        span = act.span
        if act.negated and kind in ("demand", "promise", "threat"):
            span = with_not(reading, span, act.head)
        speaker = party[0] if act.doer and party else None
        who = act.doer or party
        yield Found(kind, i, who, act.toward, span, act.head, strength, row["id"], row["confidence"], speaker)


def _kind(reading: Reading, i: int, row: Row, party: tuple[int, ...], act: Act) -> ActKind | None:
    """The kind of a row, or what the act makes of it: "vowed to attack" threatens, "vowed to help" promises."""
    tokens, kind = reading.tokens, row["kind"]
    sign = polarity(tokens, act.head)
    if row["id"] == "rule-out" and is_negated(tokens, i):
        return "threat" if sign < 0 else None
    if kind == "demand":
        return "demand"
    if act.negated:
        return "promise" if sign < 0 and kind != "refusal" else "refusal"
    if kind in ("refusal", "threat"):
        return "refusal" if kind == "refusal" else "threat"
    if kind == "agree":
        return "agreement" if _several(tokens, party) else "threat" if sign < 0 else "promise"
    if sign < 0:
        return "threat"
    if kind == "commit" or sign > 0:
        return "promise"
    named = tokens[act.head].lemma in lemmas("act", "plan-verb")
    return "plan" if named or not row.get("acts_only") and is_verb(tokens[act.head]) else None


def _several(tokens: Tokens, party: tuple[int, ...]) -> bool:
    """ "Egypt and Libya agreed", "the two sides agreed", not "Egypt agreed"."""
    if len(party) > 1:
        return True
    return any(tokens[n].lower in SEVERAL and tokens[n].tag in ("NNS", "NNPS") and any(
        tokens[c].lower in SEVERAL for c in tokens[n].children) or tokens[n].lower in ("both", "sides", "parties") for n in party)


def with_not(reading: Reading, span: Span, head: int) -> Span:
    """ "pledged [not to attack]" as an act keeps its negation: from "not" on."""
    tokens = reading.tokens
    first = [c for c in tokens[head].children if tokens[c].dep == "neg" and c < head]
    return Span(tokens[first[0]].start, span.end) if first else span


# --- adjectives and nouns ---------------------------------------------------------------------------------------------------


def _of_adjective(reading: Reading, i: int, candidates: tuple[Row, ...]) -> Iterator[Found]:
    """ "Amman is ready to [take part]"; "is not ready to" refuses; "would be ready to" is for a condition."""
    tokens = reading.tokens
    verb = tokens[i].head if tokens[i].dep in ("acomp", "oprd") or (tokens[i].dep == "conj" and not is_verb(tokens[i])) else i
    if tokens[verb].dep == "acomp":
        verb = tokens[verb].head
    party = tuple(n for n in subjects(tokens, verb) if is_party(reading, n))
    party = spoken_by(reading, verb, party)
    if any(tokens[c].tag == "WRB" or tokens[c].lower in ("whether", "if") for c in (*tokens[verb].children, *tokens[i].children)):
        return
    if not party or tokens[verb].lemma not in ("be", "remain", "stand", "seem", "declare", "stay", tokens[i].lemma):
        return
    said, refused = set(auxiliaries(tokens, verb)), is_negated(tokens, verb) or is_negated(tokens, i)
    if "must" in said or "should" in said or not _speaks_for(reading, verb, party):
        return
    for row in candidates:
        for act in [act for frame in row["frames"] for act in FRAMES[frame](reading, i, row)][:1]:
            if refused and row["kind"] == "refusal":
                return
            for found in _found(reading, i, row, party, [act]):
                kind: ActKind = "refusal" if refused else found.kind
                strength: Strength = "possible" if MAYBE & said else "conditional_only" if "would" in said else "firm"
                yield found._replace(kind=kind, strength=strength)


def _speaks_for(reading: Reading, verb: int, party: tuple[int, ...]) -> bool:
    """What one says of another's readiness binds nobody: "Kyiv said that Moscow is ready to attack"."""
    speaker = voice(reading, verb).speaker
    if speaker is None or speaker in party or reading.tokens[party[0]].lower in FIRST_PERSON | THIRD_PERSON:
        return True
    return same_side(reading, party[0], speaker) or reading.tokens[speaker].lemma in BETWEEN


def _of_noun(reading: Reading, i: int, candidates: tuple[Row, ...]) -> Iterator[Found]:
    tokens = reading.tokens
    if tokens[i].dep in ("compound", "npadvmod") or is_negated(tokens, i) or is_negated(tokens, tokens[i].head):
        return
    for row in candidates:
        acts = [act for frame in row["frames"] for act in FRAMES[frame](reading, i, row)]
        party = _noun_party(reading, i, row) if acts else ()
        if party:
            yield from _found(reading, i, row, party, [_toward_light(reading, i, act) for act in acts[:1]])
            return


def _noun_party(reading: Reading, i: int, row: Row) -> tuple[int, ...]:
    """Whose threat, demand or pledge it is: its owner, or who issues, repeats, gives it."""
    tokens = reading.tokens
    verb = tokens[i].head
    if tokens[i].dep in ("dobj", "conj") and tokens[verb].lemma in (SPONSORING if row["id"] == "law" else LIGHT_VERBS):
        if not is_negated(tokens, verb):
            return tuple(n for n in doers(tokens, verb) if is_party(reading, n))
    return _owner(reading, i) if row["id"] != "law" else ()


def _owner(reading: Reading, noun: int) -> tuple[int, ...]:
    """Whose a noun is: "Mandela's threat", "the Australian ultimatum", "demands by the rebels", "its demand" (the subject above)."""
    tokens = reading.tokens
    for c in tokens[noun].children:
        if tokens[c].dep == "poss" and tokens[c].pos == "PRON":
            verb = tokens[noun].head
            return tuple(n for n in (subjects(tokens, verb) if is_verb(tokens[verb]) else [c]) if is_party(reading, n)) or (c,)
        if tokens[c].dep == "poss" and is_party(reading, c):
            return tuple(conjuncts(tokens, c))
        if tokens[c].dep in ("amod", "compound", "nmod") and tokens[c].ent in ("NORP", "GPE", "ORG"):
            return (c,)
    return tuple(n for n in prep_objects(tokens, noun, "by", "from") if is_party(reading, n))


def _toward_light(reading: Reading, noun: int, act: Act) -> Act:
    """ "gave [the militia] an ultimatum", "an ultimatum to [Damascus] to withdraw"."""
    tokens = reading.tokens
    if act.toward:
        return act
    verb = tokens[noun].head
    near = [*children(tokens, verb, "dative"), *(n for n in objects(tokens, verb) if n < noun), *prep_objects(tokens, noun, "to", "on", "against"), *prep_objects(tokens, verb, "to", "on")]
    near = [n for n in near if tokens[n].pos != "ADP" and n != act.head] + [g for c in children(tokens, verb, "dative") for g in children(tokens, c, "pobj")]
    return act._replace(toward=tuple(n for n in near if is_party(reading, n))[:3])


# --- frames: where the act stands ---------------------------------------------------------------------------------------------


def _infinitives(tokens: Tokens, i: int) -> list[int]:
    """Verbs with "to" that hang on token i after it."""
    found = [c for c in tokens[i].children if c > i and is_verb(tokens[c]) and tokens[c].dep in ("xcomp", "ccomp", "advcl", "acl", "relcl", "conj")]
    return [c for c in found if any(tokens[g].lower in ("to", "handover") and tokens[g].dep == "aux" for g in tokens[c].children)]


def _frame_to(reading: Reading, i: int, row: Row) -> Iterator[Act]:
    tokens = reading.tokens
    found = _infinitives(tokens, i)
    if not found and row["id"] == "ultimatum":  # the parse hangs the infinitive on the verb: "issued an ultimatum to Riga to leave"
        found = [v for v in _infinitives(tokens, tokens[i].head) if v > i]
    for verb in found:
        if row["kind"] == "refusal" and tokens[verb].lemma in ("comment", "say", "be", "answer", "speculate", "discuss", "elaborate", "give", "identify", "name", "believe", "provide"):
            continue
        if tokens[verb].dep == "advcl" and row["kind"] == "demand":
            continue
        if row["id"] in ("demand",) or tokens[verb].dep != "advcl" or tokens[verb].i - i <= 4:
            if tokens[verb].lemma not in ("be", "have", "see", "know", "think") or row["id"] not in ("decide", "plan"):
                toward = tuple(n for n in objects(tokens, i) if n < verb and is_party(reading, n))
                yield Act(verb_act(reading, verb), verb, toward, is_negated(tokens, verb))


def _frame_ask(reading: Reading, i: int, row: Row) -> Iterator[Act]:
    tokens = reading.tokens
    asked = prep_objects(tokens, i, "on", "upon", "to", "with")
    if row["id"] != "call":
        asked += [*objects(tokens, i), *children(tokens, i, "nsubjpass", "dative")]
    asked = [n for n in asked if tokens[n].ent not in ("DATE", "TIME") and tokens[n].pos in ("NOUN", "PROPN", "PRON", "ADJ", "NUM")]
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
        if MUST & set(auxiliaries(tokens, act.head)) or tokens[act.head].tag == "VB" and not auxiliaries(tokens, act.head):
            yield act


def _frame_object(reading: Reading, i: int, row: Row) -> Iterator[Act]:
    tokens = reading.tokens
    passive = children(tokens, i, "nsubjpass")
    for noun in [*children(tokens, i, "dobj", "ccomp" if row["id"] == "threaten" else "dobj"), *passive][:1]:
        if tokens[noun].pos not in ("NOUN", "PROPN") or not _suits(tokens, noun, row) or tokens[noun].ent in ("PERSON", "DATE"):
            continue
        inner = _inner_act(reading, noun) if row["kind"] in ("refusal", "commit") else None
        toward = tuple(n for n in [*prep_objects(tokens, noun, "from", "by"), *prep_objects(tokens, i, "from", "to", "against", "of"), *children(tokens, i, "dative")]
                       if tokens[n].pos in ("NOUN", "PROPN", "PRON") and (row["kind"] == "demand" or is_party(reading, n)))
        if row["kind"] == "refusal" or row["id"] == "accept":
            toward = toward or _owner(reading, noun)
        elif not toward and row["kind"] == "demand":
            doing = prep_objects(tokens, noun, "of", "by") if tokens[noun].lemma in THEIR_OWN else []
            toward = tuple(n for n in [*children(tokens, noun, "poss"), *doing] if is_party(reading, n))
        if inner:
            yield Act(inner.span, inner.head, toward or inner.toward)
        else:
            yield Act(_without_source(reading, noun_act(reading, noun), noun), noun, toward)


def _suits(tokens: Tokens, noun: int, row: Row) -> bool:
    """Whether an object is an act, as far as the row asks for it: "rejected the plan", not "rejected the claim"."""
    wanted, lemma = row.get("objects"), tokens[noun].lemma
    if wanted == "proposal":
        return lemma in lemmas("object", "proposal") or polarity(tokens, noun) != 0
    if wanted == "benefit" or row["id"] in ("vow", "request") and lemma not in ("meeting", "session"):
        return polarity(tokens, noun) > 0 or lemma in lemmas("object") and wanted != "benefit"
    if row["kind"] in ("threat", "plan"):
        return polarity(tokens, noun) < 0
    return row["id"] != "rule-out" or lemma in lemmas("object") or polarity(tokens, noun) != 0


def _inner_act(reading: Reading, noun: int) -> Act | None:
    """What a rejected plan, demand or ultimatum asks: "an ultimatum to [hand over the guard]", "calls for [aid]"."""
    tokens = reading.tokens
    if tokens[noun].lemma not in ("plan", "demand", "call", "ultimatum", "proposal", "offer", "request", "appeal", "attempt", "bid", "move"):
        return None
    for verb in tokens[noun].children:
        if tokens[verb].dep in ("acl", "relcl", "ccomp") and tokens[verb].tag in ("VB", "VBP") and verb > noun:
            return Act(verb_act(reading, verb), verb)
    inner = prep_objects(tokens, noun, "for") if tokens[noun].lemma in ("call", "demand", "request", "appeal") else []
    return Act(noun_act(reading, inner[0]), inner[0]) if inner else None


def _without_source(reading: Reading, span: Span, noun: int) -> Span:
    """ "demanded [an explanation] from the clerk": whom it is demanded from is no part of it."""
    tokens = reading.tokens
    cut = [c for c in tokens[noun].children if c > noun and tokens[c].lower in ("from", "by") and tokens[c].dep == "prep"]
    return Span(span.start, tokens[cut[0] - 1].end) if cut and span.end > tokens[cut[0]].start else span


def _frame_ing(reading: Reading, i: int, row: Row) -> Iterator[Act]:
    tokens = reading.tokens
    for verb in children(tokens, i, "xcomp", "ccomp", "pcomp", "dobj", "advcl"):
        if tokens[verb].tag == "VBG" and verb > i and tokens[verb - 1].text != "," and not children(tokens, verb, "aux"):
            yield Act(verb_act(reading, verb), verb)


def _preposition(*prepositions: str) -> "Frame":
    """The frame of the object of a preposition: "called for [an end to the siege]", "committed to [helping]"."""

    def frame(reading: Reading, i: int, row: Row) -> Iterator[Act]:
        tokens = reading.tokens
        for prep in children(tokens, i, "prep"):
            if prep < i or tokens[prep].lower not in prepositions:
                continue
            for n in children(tokens, prep, "pobj", "pcomp")[:1]:
                yield from _prepositional(reading, i, prep, n, row)

    return frame


def _prepositional(reading: Reading, i: int, prep: int, n: int, row: Row) -> Iterator[Act]:
    tokens = reading.tokens
    gerund = tokens[n].dep == "pcomp" and is_verb(tokens[n])
    span = verb_act(reading, n) if gerund else noun_act(reading, n)
    if not gerund and (tokens[n].pos not in ("NOUN", "PROPN") or tokens[n].ent in ("PERSON", "DATE", "GPE", "MONEY")):
        return
    if row["kind"] != "demand" and not gerund and polarity(tokens, n) == 0 and tokens[n].lemma not in lemmas("object"):
        return
    if row["id"] == "press-for" and polarity(tokens, n) == 0 and tokens[n].lemma not in lemmas("object"):
        return
    if tokens[prep].lower == "against":
        span = Span(tokens[prep].start, span.end)
    toward = tuple(c for c in objects(tokens, i) if is_party(reading, c)) if is_verb(tokens[i]) else ()
    yield Act(_without_source(reading, span, n), n, toward or tuple(c for c in prep_objects(tokens, n, "from", "by") if is_party(reading, c)))


def _frame_given(reading: Reading, i: int, row: Row) -> Iterator[Act]:
    """ "gave the strikers two days to [return to work]"."""
    tokens = reading.tokens
    if tokens[tokens[i].head].lemma not in ("give", "set", "grant", "allow"):
        return
    for verb in [*_infinitives(tokens, i), *_infinitives(tokens, tokens[i].head)][:1]:
        yield Act(verb_act(reading, verb), verb)


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
    "given": _frame_given,
    "of": _preposition("of"),
    "for": _preposition("for"),
    "on": _preposition("on", "upon"),
    "against": _preposition("against"),
    "with-act": _preposition("with"),
    "to-noun": _preposition("to"),
}
