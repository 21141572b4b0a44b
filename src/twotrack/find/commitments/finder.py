"""Commitments: what a party demands, refuses, threatens, promises, warns of, agrees or plans, and on what condition.

"Iran threatened to close the strait unless the ban is lifted" -> threat, Iran, "close the strait", unless "the ban is lifted".
Triggers, modals and outcomes find the acts; here each gets its actors, condition, deadline and speaker.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace

from twotrack.errors import Problem
from twotrack.find.commitments.acts import MAX_DEPTH, balanced, without_not
from twotrack.find.commitments.addressees import toward_of
from twotrack.find.commitments.announcements import Announcement
from twotrack.find.commitments.foretold import CONDITIONAL, find_foretold
from twotrack.find.commitments.giving import find_giving
from twotrack.find.commitments.imperatives import find_imperatives
from twotrack.find.commitments.modals import NEUTRAL, find_modal
from twotrack.find.commitments.outcomes import find_depending, find_held_out, find_nominal, find_or_else
from twotrack.find.commitments.parties import FIRST_PERSON, actors_of, is_party, same_side
from twotrack.find.commitments.polarity import lemmas, object_polarity, polarity
from twotrack.find.commitments.sides import party_of
from twotrack.find.commitments.stances import find_stances
from twotrack.find.commitments.triggers import find_triggered
from twotrack.find.commitments.voices import attribution_at, conditions_of, source_head, voice
from twotrack.find.commitments.warnings import find_warned
from twotrack.mark.clauses import MAX_SENTENCE
from twotrack.model import ActKind, Actor, AttributionMark, Cite, Commitment, ConditionMark, DateMark, Sentence, Span, When
from twotrack.reading import Reading
from twotrack.syntax import Tokens, children, is_negated, is_verb

MAX_MARKS = 20  # dates looked at in one sentence, so that hostile text stays linear
REACH = 3  # heads that a condition's governor may stand above an act: "is [willing] to withdraw if", "[threatened] to ban if"


def find_commitments(reading: Reading) -> Iterator[Commitment | Problem]:
    """The commitments of a report, in text order: "Quito demanded that Lima [withdraw its patrols] by Friday"."""
    for sentence in reading.sentences:
        if sentence.last - sentence.first > MAX_SENTENCE:
            yield Problem("A sentence too long to be language was not read for commitments.", sentence.start, sentence.end)
    done = 0
    for found in sorted(_all_found(reading), key=lambda one: one.act):
        if found.act.start < done or _within_condition(reading, found):
            continue
        if claim := _commitment(reading, found):
            done = found.act.end
            yield claim


def _all_found(reading: Reading) -> list[Announcement]:
    """What every kind of announcement finds; later ones leave alone the acts that earlier ones found."""
    found: list[Announcement] = []
    for one in find_triggered(reading):
        if not _nested(reading, one.trigger, found):
            found.append(one)
    used = frozenset(one.act_head for one in found)
    foretold = [one for one in find_foretold(reading) if one.act_head not in used and one.trigger not in used]
    used |= {n for one in foretold for n in (one.act_head, one.trigger)}
    warned = [one for one in find_warned(reading) if one.act_head not in used]
    used |= {one.act_head for one in warned}
    stances = list(find_stances(reading, used))
    used |= {n for one in stances for n in (one.act_head, one.trigger)}
    used |= {one.trigger for one in found}
    plain = [
        one for one in (*find_modal(reading, used), *find_giving(reading, used)) if not _nested(reading, one.trigger, found)
    ]
    used |= {one.act_head for one in plain}
    held_out = list(find_held_out(reading, used))
    found += [*foretold, *warned, *stances, *plain, *held_out]
    found += find_imperatives(reading, used | {one.act_head for one in held_out})
    found += list(find_or_else(reading, found))
    if reading.conditions:
        used |= {one.act_head for one in found}
        found += [*find_nominal(reading, used), *find_depending(reading, used)]
    return found


def _nested(reading: Reading, trigger: int, found: list[Announcement]) -> bool:
    """ "demanded that its partners refuse to recognise it": the refusal is part of what is demanded."""
    start = reading.tokens[trigger].start
    return any(one.act.start <= start < one.act.end for one in found[-6:])


def _within_condition(reading: Reading, found: Announcement) -> bool:
    """ "if it refuses to sign" refuses nothing."""
    start = reading.tokens[found.trigger].start
    return any(mark.start <= start < mark.end for mark in conditions_of(reading, reading.tokens[found.trigger].sentence))


def _commitment(reading: Reading, found: Announcement) -> Commitment | None:
    report, tokens = reading.report, reading.tokens
    mark = _condition(reading, found)
    if found.condition and not (mark and mark.governor == found.act_head and found.rule == "warn-that"):
        mark = None  # "warned that [the raids] would go on unless it yields": what is said to be the condition counts first
    condition = Span(mark.start, mark.end) if mark else found.condition
    relation = mark.relation if mark else found.relation
    kind = _kind(reading, found, mark)
    if kind is None:
        return None
    said_by = _speaker_head(reading, found)
    party = party_of(reading, _party(reading, found), said_by)
    if _is_idle(found, mark, party):
        return None
    speaker = _speaker(reading, found, said_by, party)
    sentence = reading.sentences[tokens[found.act_head].sentence]
    act = without_not(reading, found.act, found.act_head) if kind == "refusal" else found.act
    return Commitment(
        id=f"{report.id}-c{found.act.start}",
        act_kind=kind,
        party=party,
        toward=toward_of(reading, found._replace(kind=kind), mark, party),
        act=report.cite(*balanced(reading, act)),
        condition=report.cite(*balanced(reading, condition)) if condition else None,
        relation=relation,
        deadline=_with_preposition(reading, date) if (date := _deadline(reading, found)) else None,
        strength="firm" if found.strength == "conditional_only" and not condition else found.strength,
        speaker=speaker,
        cites=_cites(reading, sentence, speaker),
        confidence=found.confidence,
        rule=found.rule,
    )


def _is_idle(found: Announcement, mark: ConditionMark | None, party: tuple[Actor, ...]) -> bool:
    """ "The mayor said she will issue a chart": an act that neither harms nor helps, on no condition, by nobody known."""
    return found.rule == NEUTRAL and mark is None and not any(actor.id for actor in party)


def _kind(reading: Reading, found: Announcement, mark: ConditionMark | None) -> ActKind | None:
    """A neutral act on a condition: for harm ("if they invade") it threatens, for help ("if they disarm") it offers."""
    if found.rule in ("would-come", CONDITIONAL) and mark is None:
        return None
    if mark and found.kind == "promise" and _is_held_back(reading, found, mark):
        return "refusal"
    if mark and found.kind == "promise" and _is_own_defence(reading, found) and _answers_harm(reading, mark):
        return "threat"
    if found.kind != "plan":
        return found.kind
    if mark is None or mark.relation in ("until", "after"):
        return "plan" if found.rule != NEUTRAL or found.strength != "possible" else None
    return "threat" if _answers_harm(reading, mark) else "promise"


def _answers_harm(reading: Reading, mark: ConditionMark) -> bool:
    """ "if the Canadians do not comply", "unless it withdraws", "if weapons are deployed"."""
    tokens = reading.tokens
    first = reading.token_starts.get(mark.start, 0)
    inside = [n for n in range(first, min(first + 40, len(tokens))) if tokens[n].start < mark.end]
    verb = next((n for n in inside if is_verb(tokens[n]) and tokens[n].dep not in ("aux", "auxpass")), None)
    if verb is None:
        return False
    absent = any(is_negated(tokens, c) for c in children(tokens, verb, "attr", "nsubj", "dobj"))
    flipped = (is_negated(tokens, verb) or absent) != (mark.relation == "unless")
    failing = tokens[verb].lemma in lemmas("words", "failing") or _goes_on(tokens, verb)
    sign = -1 if failing else polarity(tokens, verb) or object_polarity(tokens, verb)
    return flipped if sign >= 0 else not flipped


def _goes_on(tokens: Tokens, verb: int) -> bool:
    """ "If Damascus continued to shelter them": what goes on is unwelcome, unless it helps ("continued to cooperate")."""
    below = children(tokens, verb, "xcomp", "dobj")
    return tokens[verb].lemma in ("continue", "persist", "keep") and not any(polarity(tokens, n) > 0 for n in below)


def _is_held_back(reading: Reading, found: Announcement, mark: ConditionMark) -> bool:
    """ "will not pull out its garrison unless London yields": a refusal, whatever the act; "will not attack unless" is none."""
    tokens = reading.tokens
    harms = tokens[found.act_head].lemma in lemmas("act", "harm-verb")
    return mark.relation in ("unless", "until") and is_negated(tokens, found.act_head) and not harms


def _is_own_defence(reading: Reading, found: Announcement) -> bool:
    """ "will defend its coast if attacked" threatens; "will defend Denmark if attacked" promises."""
    tokens = reading.tokens
    defended = children(tokens, found.act_head, "dobj")
    named = any(is_party(reading, n) or tokens[n].ent in ("GPE", "NORP") for n in defended)
    return tokens[found.act_head].lemma in ("defend", "protect") and bool(defended) and not named


# --- condition ------------------------------------------------------------------------------------------------------


def _condition(reading: Reading, found: Announcement) -> ConditionMark | None:
    """The condition that hangs on the act, on a word within it, or on the words that announce it."""
    tokens = reading.tokens
    number = tokens[found.act_head].sentence
    near = [mark for mark in conditions_of(reading, number) if not (mark.start <= tokens[found.act_head].start < mark.end)]
    above = _chain(reading, found.act_head)
    for reach in (above[:1], above[: REACH + 1], [found.trigger, tokens[found.trigger].head]):
        for mark in near:
            if mark.governor in reach or (found.act.start <= tokens[mark.governor].start < found.act.end):
                return mark
    return next((mark for mark in near if _is_in_aside(reading, found, mark)), None)


def _is_in_aside(reading: Reading, found: Announcement, mark: ConditionMark) -> bool:
    """ "Would take back those who had been turned away if the bloc lifted its ban": the parse hangs "if" on "turned"."""
    tokens = reading.tokens
    clause = tokens[mark.governor]
    below = clause.dep == "relcl" and found.act_head in _chain(reading, mark.governor)
    return below and mark.relation in ("if", "unless") and mark.start > clause.start


def _chain(reading: Reading, n: int) -> list[int]:
    """Token n and the heads above it."""
    chain = [n]
    while reading.tokens[n].head != n and len(chain) < MAX_DEPTH:
        n = reading.tokens[n].head
        chain.append(n)
    return chain


def _deadline(reading: Reading, found: Announcement) -> DateMark | None:
    """The date by which: one that is marked as a deadline and hangs on the act or on what announces it."""
    sentence = reading.sentences[reading.tokens[found.act_head].sentence]
    first = bisect_left(reading.dates, sentence.start, key=lambda mark: mark.start)
    last = bisect_left(reading.dates, sentence.end, key=lambda mark: mark.start)
    near = reading.dates[first : min(last, first + MAX_MARKS)]
    anchors = {found.act_head, found.trigger}
    bound = [mark for mark in near if anchors & set(_chain(reading, mark.head)[:8])]
    return next((mark for mark in bound if mark.deadline), next((m for m in bound if _is_given(reading, found, m)), None))


def _with_preposition(reading: Reading, mark: DateMark) -> When:
    """ "[within 24 hours]", "[by Sunday]": the preposition belongs to a deadline's words."""
    first = reading.token_starts.get(mark.start, 0)
    before = reading.tokens[first - 1] if first else None
    start = before.start if before and before.lower in ("by", "within", "before", "until", "till") else mark.start
    cite = reading.report.cite(start, mark.end)
    return replace(mark.when, words=cite.text, cite=cite)


def _is_given(reading: Reading, found: Announcement, mark: DateMark) -> bool:
    """ "gave them [48 hours]", "a [May 15] deadline", "gave Paris until [Sunday]": the words that demand make it one."""
    tokens = reading.tokens
    trigger = tokens[found.trigger]
    if mark.start <= trigger.start < mark.end:
        return found.rule == "time-given"
    gives = found.rule == "give-until" or tokens[found.act_head].lemma == "give"
    until = tokens[mark.head].head if gives else None
    return (trigger.lemma == "deadline" and tokens[mark.head].head == trigger.i) or (
        until is not None and tokens[until].lower in ("until", "till")
    )


# --- who ------------------------------------------------------------------------------------------------------------


def _party(reading: Reading, found: Announcement) -> tuple[int, ...]:
    """The parties; where a quotation's "we" has a speaker, "we" stays the mention and its mark says who it is."""
    return tuple(dict.fromkeys(found.party))


def _speaker_head(reading: Reading, found: Announcement) -> int | None:
    """The head of the mention that is quoted as saying so."""
    head = found.speaker
    if head is None:
        head = voice(reading, found.trigger).speaker
    mark = attribution_at(reading, found.act.start) if head is None else None
    if mark and mark.source and _reports(reading, mark):
        head = source_head(reading, mark.source)
    return head


def _speaker(reading: Reading, found: Announcement, head: int | None, party: tuple[Actor, ...]) -> Actor | None:
    """Who is quoted as saying so, where that is another mention than the party."""
    tokens = reading.tokens
    if (
        head is None
        or head in found.party
        or tokens[head].lower in FIRST_PERSON | {"he", "she", "it", "they", "who", "which", "that"}
    ):
        return None
    if tokens[found.trigger].pos == "NOUN" and found.party and not same_side(reading, found.party[0], head):
        return None  # "Oslo brushed aside Rome's demand": it is Rome's word, whoever tells of it
    said_by = actors_of(reading, (head,))
    return said_by[0] if said_by and not any(said_by[0].start == one.start for one in party) else None


def _reports(reading: Reading, mark: AttributionMark) -> bool:
    """Whether an attribution's cue reports ("said", "according to"), and is no demand or threat itself."""
    cue = reading.tokens[mark.cue_head]
    return cue.lemma in lemmas("reporting") or cue.lower == "according"


def _cites(reading: Reading, sentence: Sentence, speaker: Actor | None) -> tuple[Cite, ...]:
    """The sentence, and the one that names the speaker where that is another."""
    report = reading.report
    own = report.cite(sentence.start, sentence.end)
    if speaker is None or sentence.start <= speaker.start < sentence.end:
        return (own,)
    naming = bisect_right(reading.sentences, speaker.start, key=lambda one: one.start) - 1
    return (own, report.cite(reading.sentences[naming].start, reading.sentences[naming].end))
