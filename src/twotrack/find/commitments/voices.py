"""Who says a clause: by the reporting verb above it, beside it, or the attribution around it; and whom its pronouns mean.

In "Oslo will pay, the minister said" the voice of "pay" is the minister's; in "The army said it will go", "it" is the army.
"""

from bisect import bisect_left, bisect_right
from typing import NamedTuple

from twotrack.find.commitments.parties import FIRST_PERSON, THIRD_PERSON, doers, is_party, same_side
from twotrack.find.commitments.polarity import lemmas
from twotrack.model import AttributionMark, ConditionMark, Span
from twotrack.reading import Reading
from twotrack.syntax import Tokens, children, conjunction_head, governors, is_verb

SAYINGS = lemmas("words", "sayings")
NEARBY = 1_000  # characters after an act in which the words that report it can stand
MAX_AROUND = 20  # attributions looked at around an act; more than that stand between an act and its own only in lists
MAX_CONDITIONS = 20  # looked at in one sentence
MAX_CLIMB = 12  # heads between an act and the verb that reports it


class Voice(NamedTuple):
    """Who says a clause: the head token of the speaker, the reporting verb's index, None where unknown."""

    speaker: int | None
    verb: int | None


def voice(reading: Reading, verb: int) -> Voice:
    """Who says the clause of a verb: by the reporting verb above it, else by the attribution whose content holds it."""
    tokens = reading.tokens
    n = verb
    for up, _ in zip(governors(tokens, verb), range(MAX_CLIMB), strict=False):
        reports = tokens[up].lemma in lemmas("reporting") or tokens[up].lemma in lemmas("doubting")
        if (
            is_verb(tokens[up])
            and reports
            and tokens[n].dep in ("ccomp", "parataxis", "advcl", "conj", "pcomp", "xcomp", "prep", "acl")
        ):
            said = tokens[n].dep in ("ccomp", "parataxis")
            if said and (speakers := _reporters(reading, up)):
                return Voice(speakers[0], up)
        elif tokens[up].lemma in SAYINGS and tokens[up].pos == "NOUN" and tokens[n].dep in ("acl", "ccomp", "relcl"):
            over = tokens[up].head if tokens[tokens[up].head].dep != "prep" else tokens[tokens[up].head].head
            over = tokens[over].head if tokens[over].dep == "prep" else over  # "said in a message that his men ..."
            issued = [*children(tokens, up, "poss"), *(doers(tokens, over) if is_verb(tokens[over]) else ())]
            if issued:
                return Voice(issued[-1], over)
        elif tokens[n].dep == "conj" and is_verb(tokens[up]) and _is_that_clause(tokens, n):
            # "gave notice that ... and that", which the parse joins to "gave"
            told = reports or any(tokens[c].lemma in SAYINGS for c in children(tokens, up, "dobj"))
            if told and (speakers := doers(tokens, up)):
                return Voice(speakers[0], up)
        n = up
    first = conjunction_head(tokens, verb)  # "Oslo will pay, the minister said, and would sign"
    return _trailing_voice(reading, verb) or _trailing_voice(reading, first) or _attributed(reading, verb) or Voice(None, None)


def _reporters(reading: Reading, verb: int) -> tuple[int, ...]:
    """Who says, also where the parse joins "said" too low: "[Seoul] denied that drills would hurt ties and said ..."."""
    tokens = reading.tokens
    own, above = doers(tokens, verb), tokens[tokens[verb].head].head
    joined = tokens[verb].dep == "conj" and tokens[verb].tag == "VBD" and tokens[tokens[verb].head].tag == "VB"
    if joined and own and not is_party(reading, own[0]) and is_verb(tokens[above]):
        return tuple(n for n in doers(tokens, above) if is_party(reading, n)) or own
    return own


def _is_that_clause(tokens: Tokens, verb: int) -> bool:
    return any(tokens[c].lower == "that" for c in children(tokens, verb, "mark"))


def _trailing_voice(reading: Reading, verb: int) -> Voice | None:
    """A report verb as parataxis or after a comma that the parse hangs below the clause: "Oslo will pay, the minister said"."""
    tokens = reading.tokens
    for c in tokens[verb].children:
        if (
            tokens[c].dep in ("parataxis", "ccomp")
            and tokens[c].lemma in lemmas("reporting")
            and tokens[c].tag in ("VBD", "VBZ")
        ):
            speakers = doers(tokens, c) if c - 1 > verb else ()
            if speakers:
                return Voice(speakers[0], c)
        if tokens[c].dep == "prep" and tokens[c].lower == "according":
            inner = [g for d in children(tokens, c, "prep") for g in children(tokens, d, "pobj")]
            if inner:
                return Voice(inner[0], None)
    return None


def _attributed(reading: Reading, verb: int) -> Voice | None:
    start = reading.tokens[verb].start
    mark = attribution_at(reading, start)
    if mark is None or mark.source is None:
        return None
    return Voice(source_head(reading, mark.source), mark.cue_head)


def said_before(reading: Reading, verb: int) -> int | None:
    """Who spoke last in the sentence before, of the same paragraph: "The minister told them ... Spain would leave if ..."."""
    number = reading.tokens[verb].sentence
    if not number or reading.sentences[number - 1].paragraph != reading.sentences[number].paragraph:
        return None
    before = reading.sentences[number - 1]
    after = bisect_right(reading.attributions, before.end, key=lambda mark: mark.cue.start)
    around = reading.attributions[max(0, after - MAX_AROUND) : after]
    spoken = [mark for mark in around if mark.cue.start >= before.start]
    outer = [m for m in spoken if not any(p.start <= m.cue.start < p.end for other in spoken for p in other.content)]
    return source_head(reading, outer[-1].source) if outer and outer[-1].source else None


def conditions_of(reading: Reading, number: int) -> list[ConditionMark]:
    """The conditions of a sentence, in text order; so many at most that hostile text stays linear."""
    sentence = reading.sentences[number]
    first = bisect_left(reading.conditions, sentence.start, key=lambda mark: mark.start)
    last = bisect_left(reading.conditions, sentence.end, key=lambda mark: mark.start)
    return list(reading.conditions[first : min(last, first + MAX_CONDITIONS)])


def attribution_at(reading: Reading, start: int) -> AttributionMark | None:
    """The innermost attribution with a source whose content holds the character at `start`."""
    after = bisect_right(reading.attributions, start + NEARBY, key=lambda mark: mark.cue.start)
    around = reading.attributions[max(0, after - MAX_AROUND) : after]
    near = [m for m in around if m.source and any(part.start <= start < part.end for part in m.content)]
    return min(near, key=lambda m: m.content[-1].end - m.content[0].start, default=None)


def source_head(reading: Reading, source: Span) -> int | None:
    """The head token of an attribution's source: an actor mark's, else the word whose head stands outside."""
    tokens, first = reading.tokens, reading.token_starts.get(source.start)
    if first is None:
        return None
    for n in range(first, min(first + MAX_CLIMB * 2, len(tokens))):
        if tokens[n].start >= source.end:
            break
        head = tokens[tokens[n].head]
        if tokens[n].pos != "PUNCT" and (head.i == n or not source.start <= head.start < source.end):
            return n
    return first


def refers_to(reading: Reading, pronoun: int, speaker: int) -> bool:
    """Whether a pronoun in what is said may mean who says it: "The ministry said it ...", not "The minister said they ..."."""
    tokens = reading.tokens
    word = tokens[pronoun].lower
    quote = reading.quote_at(tokens[pronoun].start)
    if quote and not quote.start <= tokens[speaker].start < quote.end:
        return word in FIRST_PERSON
    if word in FIRST_PERSON:
        return True
    mark, said_by = reading.actors_at.get(pronoun), reading.actors_at.get(speaker)
    if mark and said_by and mark.via != "unresolved":
        return bool({a.name for a in mark.actors} & {a.name for a in said_by.actors}) or same_side(reading, pronoun, speaker)
    person = tokens[speaker].ent == "PERSON" or tokens[speaker].lower in ("he", "she", "who")
    if word in ("he", "she"):
        return tokens[speaker].ent not in ("GPE", "ORG") or tokens[speaker].lower in ("he", "she")
    return not person or word == "they"


def spoken_by(reading: Reading, i: int, party: tuple[int, ...]) -> tuple[int, ...]:
    """The speaker instead of the pronoun for it: "The Kremlin said [it] was considering" -> the Kremlin."""
    if len(party) != 1 or reading.tokens[party[0]].lower not in FIRST_PERSON | THIRD_PERSON:
        return party
    speaker = voice(reading, i).speaker
    if speaker is None or speaker == party[0] or not is_party(reading, speaker) or not refers_to(reading, party[0], speaker):
        return party
    return (speaker,)
