"""Acts that a plain modal announces: "Kabul will [release the prisoners]", "said it would not [disrupt the vote]".

The act decides: harm is a threat, help a promise, a listed neutral act (a visit, a vote) a plan; negated, a refusal, or the
promise not to harm. Who says it decides whether it binds: "Kyiv said Moscow will attack" binds nobody.
"""

from collections.abc import Iterator

from twotrack.find.commitments.acts import clause_act, noun_act, verb_act, with_not
from twotrack.find.commitments.announcements import MAYBE, SHIFTED, Act, Announcement, rows_by_lemma
from twotrack.find.commitments.parties import FIRST_PERSON, THIRD_PERSON, doers, is_party, is_question, is_watcher, same_side
from twotrack.find.commitments.polarity import lemmas, polarity
from twotrack.find.commitments.voices import SAYINGS, conditions_of, refers_to, said_before, voice
from twotrack.mark.clauses import readable_tokens
from twotrack.model import ActKind, Strength
from twotrack.reading import Reading
from twotrack.syntax import Tokens, auxiliaries, children, is_negated, objects, prep_objects, subjects

FIRM = frozenset({"will", "'ll", "’ll", "shall", "wo"})
NEVER = lemmas("words", "never-announced")
CONFIDENCE = {"said": 0.8, "own": 0.75, "quoted": 0.75, "told": 0.6}  # estimated like those in data/commitments.toml
COMMITTING = frozenset(
    lemma for lemma in rows_by_lemma("verb") if lemma not in ("look", "turn", "rule", "press", "push", "weigh", "give")
)  # their acts are found by their frames
REFUSABLE = frozenset(
    lemma for lemma in COMMITTING if {row["kind"] for row in rows_by_lemma("verb")[lemma]} <= {"demand", "agree", "plan"}
) | {"accept", "offer"}  # "will not accept", "may ask": no frame reads what is refused or only possible
SUBORDINATE = frozenset(
    {"so", "before", "after", "until", "if", "unless", "once", "than", "whether", "because", "lest"}
)  # what such a clause tells is not announced
NEUTRAL = "modal-neutral"  # an act of no known sign: a commitment only with a condition
MUSTS = frozenset({"must"})
WITHDRAWING = lemmas("words", "withdrawing")
HELPING = lemmas("words", "helping")
RUIN = lemmas("words", "ruin")  # nobody announces that he will collapse


def find_modal(reading: Reading, used: frozenset[int]) -> Iterator[Announcement]:
    """What "will", "would", "may", "is going to", "is to" and "must" announce; `used` holds act heads already found."""
    tokens = reading.tokens
    for token in readable_tokens(reading):
        if token.tag == "MD" and token.dep == "aux" and token.head != token.i:
            verb = token.head
        elif (token.lower == "going" and token.dep == "ROOT") or (
            token.lower == "going" and token.dep in ("ccomp", "conj", "parataxis")
        ):
            verb = next((c for c in children(tokens, token.i, "xcomp") if tokens[c].tag == "VB"), -1)
        elif token.lower in ("is", "are") and token.pos in ("AUX", "VERB"):
            verb = next((c for c in children(tokens, token.i, "xcomp") if tokens[c].tag == "VB" and c - token.i <= 3), -1)
            verb = verb if verb > 0 and children(tokens, verb, "aux") and not children(tokens, token.i, "acomp", "attr") else -1
        else:
            continue
        if verb >= 0 and verb not in used:
            yield from _of_modal(reading, token.i, verb)


def _of_modal(reading: Reading, i: int, verb: int) -> Iterator[Announcement]:
    tokens = reading.tokens
    modal = tokens[i].lower
    if modal not in FIRM | SHIFTED | MAYBE | MUSTS | {"going", "is", "are"} or is_question(reading, i):
        return
    head = tokens[tokens[verb].head]
    if tokens[verb].dep in ("acl", "ccomp") and head.pos == "NOUN" and head.lemma not in SAYINGS:
        return  # "no chance that he will withdraw"
    framed = tokens[verb].lemma in COMMITTING
    if framed and not (tokens[verb].lemma in REFUSABLE and (modal in MAYBE or is_negated(tokens, verb))):
        return
    told = tokens[verb].dep == "relcl" and head.lemma in SAYINGS and children(tokens, verb, "mark")
    if (tokens[verb].dep in ("relcl", "csubj") and not told) or "have" in auxiliaries(tokens, verb):
        return
    if any(
        ((tokens[c].tag in ("WP", "WRB", "WDT") and tokens[c].dep != "mark") or tokens[c].lower in SUBORDINATE) and c < verb
        for c in tokens[verb].children
    ):
        return
    own = subjects(tokens, i if modal in ("going", "is", "are") else verb)
    if children(tokens, verb, "expl"):
        yield from _there_will_be(reading, i, verb)
    elif own and modal in MUSTS:
        yield from _must(reading, i, verb, own)
    elif own and any(tokens[c].dep == "nsubjpass" for c in tokens[verb].children):
        yield from _passive(reading, i, verb, own)
    elif own:
        yield from _active(reading, i, verb, own)


# --- whose word it is -------------------------------------------------------------------------------------------------------


def _bound(reading: Reading, verb: int, own: list[int], modal: str) -> tuple[tuple[int, ...], int | None, float] | None:
    """(party, speaker, confidence) of a modal clause with this subject; None where nobody is bound."""
    tokens = reading.tokens
    said_by = voice(reading, verb)
    pronoun = tokens[own[0]].lower in FIRST_PERSON | THIRD_PERSON
    if said_by.verb is not None and tokens[said_by.verb].lemma in lemmas("doubting"):
        return None
    if not is_party(reading, own[0]):
        if said_by.speaker is None or not _are_means_of(reading, own[0], said_by.speaker):
            return None
        return (said_by.speaker,), None, CONFIDENCE["said"]
    if said_by.speaker is None:
        quoted = reading.quote_at(tokens[verb].start) is not None
        if quoted and not pronoun:
            return None
        if modal in FIRM | {"going", "is", "are"} and (not pronoun or (tokens[own[0]].lower in FIRST_PERSON) == quoted):
            return tuple(own), None, CONFIDENCE["quoted" if quoted else "told" if pronoun else "own"]
        return None if quoted or modal not in SHIFTED else _carried_on(reading, verb, own, pronoun)
    if pronoun:
        return ((said_by.speaker,), None, CONFIDENCE["said"]) if refers_to(reading, own[0], said_by.speaker) else None
    if is_watcher(reading, said_by.speaker) or not same_side(reading, own[0], said_by.speaker):
        return None
    return tuple(own), said_by.speaker, CONFIDENCE["said"]


def _are_means_of(reading: Reading, subject: int, speaker: int) -> bool:
    """ "The admiral said his ships would fire back": what is the speaker's own does what he says."""
    owners = children(reading.tokens, subject, "poss")
    forces = reading.tokens[subject].lemma in lemmas("words", "means")
    return forces and bool(owners) and refers_to(reading, owners[0], speaker) and not is_watcher(reading, speaker)


def _carried_on(reading: Reading, verb: int, own: list[int], pronoun: bool) -> tuple[tuple[int, ...], int | None, float] | None:
    """ "... the minister told parliament. Spain would leave if Morocco gave a guarantee": whoever spoke last is bound."""
    conditional = any(mark.governor == verb for mark in conditions_of(reading, reading.tokens[verb].sentence))
    speaker = said_before(reading, verb) if conditional else None
    if speaker is None or is_watcher(reading, speaker):
        return None
    if pronoun:
        return ((speaker,), None, CONFIDENCE["told"]) if refers_to(reading, own[0], speaker) else None
    return (tuple(own), speaker, CONFIDENCE["told"]) if same_side(reading, own[0], speaker) else None


def _strength(tokens: Tokens, i: int) -> Strength:
    modal = tokens[i].lower
    return "possible" if modal in MAYBE else "conditional_only" if modal in SHIFTED else "firm"


# --- shapes of clause ---------------------------------------------------------------------------------------------------------


def _active(reading: Reading, i: int, verb: int, own: list[int]) -> Iterator[Announcement]:
    """ "The army will [withdraw its tanks]"; "may [review the pact]"."""
    tokens = reading.tokens
    bound = _bound(reading, verb, own, tokens[i].lower)
    if bound is None:
        return
    party, speaker, confidence = bound
    nobody = any(tokens[c].lower == "no" for c in tokens[own[0]].children)  # "no soldier will leave"
    party = (speaker,) if nobody and speaker is not None else party
    negated = nobody or is_negated(tokens, verb) or (verb != tokens[i].head and is_negated(tokens, i))
    inner = children(tokens, verb, "xcomp") if negated and tokens[verb].lemma in ("hesitate", "flinch", "shrink") else []
    act = _act_of(reading, inner[0] if inner else verb)
    kind = _kind(reading, act, negated and not inner, tokens[i].lower in MAYBE)
    kind = "threat" if inner and kind in ("plan", "promise") and tokens[act.head].lemma not in HELPING else kind
    if kind is None:
        return
    span = with_not(reading, act.span, verb) if negated and kind == "promise" and not inner else act.span
    unsaid = speaker is None and party == tuple(own) and tokens[own[0]].lower not in FIRST_PERSON
    toward = tuple(n for n in [*children(tokens, verb, "dative")] if is_party(reading, n))
    if kind == "plan" and tokens[act.head].lemma not in lemmas("act", "plan-verb"):
        takes = tokens[own[0]].lower == "it" and tokens[act.head].lemma == "take"
        idle = takes and not children(tokens, act.head, "prt", "advmod")  # "it would take hours", but "take back the migrants"
        if unsaid or idle or tokens[act.head].lemma in RUIN:
            return
        yield Announcement(kind, i, party, toward, span, act.head, _strength(tokens, i), NEUTRAL, CONFIDENCE["told"], speaker)
        return
    yield Announcement(
        kind, i, party, toward, span, act.head, _strength(tokens, i), f"modal-{tokens[i].lower}", confidence, speaker
    )


def _act_of(reading: Reading, verb: int) -> Act:
    """The act itself below "take": "would take [further significant measures]" is named by the noun."""
    tokens = reading.tokens
    return Act(verb_act(reading, verb), verb, tuple(n for n in objects(tokens, verb) if is_party(reading, n)))


def _kind(reading: Reading, act: Act, negated: bool, maybe: bool) -> ActKind | None:
    tokens = reading.tokens
    lemma, sign = tokens[act.head].lemma, polarity(tokens, act.head)
    if negated:
        if maybe or lemma in NEVER:
            return None
        return "promise" if sign < 0 and lemma not in WITHDRAWING else "refusal"
    stays = lemma == "remain" and children(tokens, act.head, "prep")  # "will remain on the border"
    if lemma in NEVER and lemma != "continue" and not stays:
        return None
    if sign:
        return "threat" if sign < 0 else "promise"
    return "plan"  # of an act that is neutral and only possible, a condition must tell more


def _there_will_be(reading: Reading, i: int, verb: int) -> Iterator[Announcement]:
    """ "There will be no [trade deal] if ..." refuses, "there will be [consequences]" threatens."""
    tokens = reading.tokens
    said_by = voice(reading, verb)
    nouns = children(tokens, verb, "attr", "nsubj", "dobj")
    if not nouns or (said_by.verb is not None and tokens[said_by.verb].lemma in lemmas("doubting")):
        return
    noun, refused = nouns[0], is_negated(tokens, nouns[0]) or is_negated(tokens, verb)
    sign = polarity(tokens, noun)
    kind: ActKind | None = "refusal" if refused and sign >= 0 else "threat" if sign < 0 and not refused else None
    if kind is None or (tokens[noun].lemma not in lemmas("object") and sign == 0) or tokens[i].lower in MAYBE:
        return
    party = (said_by.speaker,) if said_by.speaker is not None and is_party(reading, said_by.speaker) else ()
    if party or reading.quote_at(tokens[verb].start):
        told = [] if said_by.verb is None else [said_by.verb, *children(tokens, said_by.verb, "dobj")]
        toward = tuple(
            n for one in told for n in [*prep_objects(tokens, one, "to"), *objects(tokens, one)] if is_party(reading, n)
        )
        yield Announcement(kind, i, party, toward, noun_act(reading, noun), noun, "firm", "there-will-be", CONFIDENCE["told"])


def _passive(reading: Reading, i: int, verb: int, own: list[int]) -> Iterator[Announcement]:
    """ "No decision on the dam will be made without Sudan", "sanctions will be lifted", said by one who decides it."""
    tokens = reading.tokens
    said_by = voice(reading, verb)
    doing = tuple(n for n in doers(tokens, verb) if is_party(reading, n))
    speaker = said_by.speaker
    if not doing and (speaker is None or not is_party(reading, speaker) or is_watcher(reading, speaker)):
        return
    if (said_by.verb is not None and tokens[said_by.verb].lemma in lemmas("doubting")) or tokens[i].lower in MAYBE:
        return
    refused = any(is_negated(tokens, n) or tokens[n].lower in ("nothing", "none", "nobody") for n in own) or is_negated(
        tokens, verb
    )
    sign = polarity(tokens, verb)
    if (not refused and (sign == 0 or tokens[own[0]].pos == "PRON")) or tokens[verb].lemma in NEVER:
        return
    kept = sign < 0 or _assures(tokens, i, own[0])  # refusing harm is a promise
    kind: ActKind = ("promise" if kept else "refusal") if refused else "threat" if sign < 0 else "promise"
    party = doing or (speaker,) if speaker is not None else doing
    if refused and not doing and _is_spoken_for(reading, own[0], speaker):
        party = tuple(own)
    bare = (tokens[own[0]].pos == "PRON" and tokens[own[0]].lower not in ("nothing", "none")) or is_party(reading, own[0])
    span = verb_act(reading, verb) if bare else clause_act(reading, own[0], verb)
    hit = tuple(n for n in own if is_party(reading, n) or children(tokens, n, "amod")) if kind == "threat" else ()
    toward = tuple(c for n in hit for c in (n, *children(tokens, n, "amod")) if c in reading.actors_at)[:1]
    yield Announcement(kind, i, party, toward, span, verb, _strength(tokens, i), "modal-passive", CONFIDENCE["told"], None)


def _is_spoken_for(reading: Reading, subject: int, speaker: int | None) -> bool:
    """ "[Peru] will not be intimidated, its president said"."""
    return speaker is not None and is_party(reading, subject) and same_side(reading, subject, speaker)


def _assures(tokens: Tokens, i: int, subject: int) -> bool:
    """ "No decision without Ukraine" assures whom it will not pass over: "nothing" and "no decision", with "without" behind."""
    behind = any(tokens[n].lower == "without" for n in range(i, min(i + 8, len(tokens))))
    return behind and tokens[subject].lemma in lemmas("words", "decisions")


def _must(reading: Reading, i: int, verb: int, own: list[int]) -> Iterator[Announcement]:
    """ "Iran must [hand over the data], the agency said": a demand, where one party says it of another."""
    tokens = reading.tokens
    said_by = voice(reading, verb)
    speaker = said_by.speaker
    if (
        speaker is None
        or not is_party(reading, speaker)
        or is_watcher(reading, speaker)
        or refers_to_self(reading, own[0], speaker)
    ):
        return
    if (
        said_by.verb is None
        or tokens[said_by.verb].lemma in lemmas("doubting")
        or tokens[verb].lemma in NEVER - {"go", "do", "come"}
    ):
        return
    if any(tokens[c].dep in ("nsubjpass", "auxpass") for c in tokens[verb].children):
        toward: tuple[int, ...] = ()
        act = Act(clause_act(reading, own[0], verb), verb)
        if is_party(reading, own[0]):
            return
    elif is_party(reading, own[0]) and tokens[own[0]].pos != "PRON":
        act, toward = Act(verb_act(reading, verb), verb), tuple(own)
    else:
        return
    span = with_not(reading, act.span, verb) if is_negated(tokens, verb) else act.span
    yield Announcement("demand", i, (speaker,), toward, span, verb, "firm", "modal-must", CONFIDENCE["told"])


def refers_to_self(reading: Reading, subject: int, speaker: int) -> bool:
    """Whether what must be done is the speaker's own: "The minister said the government must act"."""
    token = reading.tokens[subject]
    if token.lower in FIRST_PERSON | THIRD_PERSON:
        return True
    one, other = reading.actors_at.get(subject), reading.actors_at.get(speaker)
    if one and other and one.actors and other.actors and one.actors[0].id and other.actors[0].id:
        return one.actors[0].id.split(".")[0] == other.actors[0].id.split(".")[0] != "IGO"
    return False
