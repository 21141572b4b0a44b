"""What is foretold on a condition or of the other side: a threat where the speaker brings it about, else a warning.

"Any attack would be met with [force]", "the raids would go on until ...", "it will [bear the consequences]" threaten;
"if war breaks out, the whole region will [burn]" warns.
"""

from collections.abc import Iterator

from twotrack.find.commitments.acts import clause_act, noun_act, verb_act
from twotrack.find.commitments.announcements import MAYBE, WILL, Announcement
from twotrack.find.commitments.outcomes import OWN_ACTS, outcome_of, strength_of
from twotrack.find.commitments.parties import doing_party, is_party, is_question, is_watcher, same_side
from twotrack.find.commitments.polarity import lemmas, polarity
from twotrack.find.commitments.voices import Voice, refers_to, voice
from twotrack.mark.clauses import readable_tokens
from twotrack.model import ActKind, Span
from twotrack.reading import Reading
from twotrack.syntax import Tokens, auxiliaries, children, is_negated, objects, prep_objects, subjects

CONDITIONAL = "foretold-if"  # a rule whose finds count only with a condition
CONFIDENCE = 0.65  # estimated like those in data/commitments.toml


def find_foretold(reading: Reading) -> Iterator[Announcement]:
    """What a party says will happen to the other side, or will follow from what the other side does."""
    tokens = reading.tokens
    for token in readable_tokens(reading):
        if token.tag != "MD" or token.lower not in WILL | MAYBE or token.dep != "aux":
            continue
        verb = token.head
        own = [] if tokens[verb].dep in ("relcl", "csubj") else subjects(tokens, verb)
        if not own or is_negated(tokens, verb) or is_question(reading, verb) or "have" in auxiliaries(tokens, verb):
            continue
        said_by = voice(reading, verb)
        if said_by.speaker is None or not is_party(reading, said_by.speaker) or is_watcher(reading, said_by.speaker):
            continue
        if said_by.verb is None or tokens[said_by.verb].lemma not in lemmas("doubting"):
            yield from _of_clause(reading, verb, own[0], said_by)


def _of_clause(reading: Reading, verb: int, subject: int, said_by: Voice) -> Iterator[Announcement]:
    tokens = reading.tokens
    speaker = said_by.speaker
    if speaker is None:
        return
    noun = _suffered(tokens, verb)
    if noun is not None and _is_other(reading, subject, said_by):
        toward = (subject,) if tokens[subject].pos != "PRON" else _told(reading, said_by)
        yield _found(reading, "threat", verb, said_by, verb_act(reading, verb), toward, "foretold-suffering")
    elif not is_party(reading, subject) and (answer := _answer(tokens, verb)) is not None:
        # what would be met with force is the condition
        found = _found(reading, "threat", verb, said_by, noun_act(reading, answer), (), "foretold-answer")
        if tokens[subject].pos == "PRON":
            yield found._replace(act_head=answer)
        else:
            yield found._replace(act_head=answer, condition=noun_act(reading, subject), relation="if")
    elif tokens[verb].lemma in lemmas("words", "going-on") and polarity(tokens, subject) < 0 and not objects(tokens, verb):
        yield _found(reading, "threat", verb, said_by, clause_act(reading, subject, verb), (), CONDITIONAL)
    elif tokens[verb].lemma in lemmas("words", "ruin") and _is_scene(reading, subject):
        act = clause_act(reading, subject, verb) if tokens[subject].pos != "PRON" else verb_act(reading, verb)
        yield _found(reading, "warning", verb, said_by, act, (), CONDITIONAL)


def _suffered(tokens: Tokens, verb: int) -> int | None:
    """ "bear [the consequences]", "pay [a price]", "face [a harsh response]"."""
    nouns = objects(tokens, verb) if tokens[verb].lemma in lemmas("words", "suffering") else []
    return next((n for n in nouns if tokens[n].lemma in OWN_ACTS | lemmas("words", "suffered")), None)


def _answer(tokens: Tokens, verb: int) -> int | None:
    """What an act of the other side would draw: "be met with [force]", "bring [a swift response]"."""
    if tokens[verb].lemma == "meet" and children(tokens, verb, "auxpass", "nsubjpass"):
        return next(iter(prep_objects(tokens, verb, "with", "by")), None)
    drawn = objects(tokens, verb) if tokens[verb].lemma in ("meet", "draw", "face") else []
    outcome = drawn[0] if drawn else outcome_of(tokens, verb)
    return outcome if outcome is not None and tokens[outcome].lemma in OWN_ACTS - {"step", "action"} else None


def _is_other(reading: Reading, subject: int, said_by: Voice) -> bool:
    """Whether the subject is another side than the speaker: "warned Laos that [it] would pay", "said [Laos] would pay"."""
    token, speaker = reading.tokens[subject], said_by.speaker
    if speaker is None or token.lower in ("i", "we"):
        return False
    if token.pos == "PRON":
        return token.lower in ("you", "they", "it", "he", "she") and (
            bool(_told(reading, said_by)) or not refers_to(reading, subject, speaker)
        )
    return is_party(reading, subject) and not same_side(reading, subject, speaker)


def _told(reading: Reading, said_by: Voice) -> tuple[int, ...]:
    """Whom the words are addressed to: "warned [Laos] that"."""
    if said_by.verb is None or reading.tokens[said_by.verb].lemma not in lemmas("words", "warning-words") | {"tell"}:
        return ()
    return tuple(n for n in objects(reading.tokens, said_by.verb) if is_party(reading, n))


def _is_scene(reading: Reading, subject: int) -> bool:
    """A region, a people, a thing that what is warned of happens to: no party that acts."""
    token = reading.tokens[subject]
    return token.lemma in lemmas("words", "scenes") or (token.pos == "NOUN" and not is_party(reading, subject))


def _found(
    reading: Reading, kind: ActKind, verb: int, said_by: Voice, act: Span, toward: tuple[int, ...], rule: str
) -> Announcement:
    tokens = reading.tokens
    issued = doing_party(reading, said_by.verb) if said_by.verb is not None else None
    speaker = () if said_by.speaker is None else (said_by.speaker,)
    party = issued if issued and said_by.speaker in issued else speaker
    strength = strength_of(set(auxiliaries(tokens, verb)))
    return Announcement(kind, verb, party, toward, act, verb, strength, rule, CONFIDENCE)
