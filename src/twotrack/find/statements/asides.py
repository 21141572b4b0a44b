"""What is denied in an aside: "Israel accuses Hamas of hiding there, a charge the group denies", "which she denied".

Such words say no more than "which" or "a charge"; what is denied is what the same sentence has just told of somebody's saying.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from twotrack.mark.attribution.cues import words_of
from twotrack.mark.wordcues import cue_words
from twotrack.model import Actor, Cite, Sentence, Statement
from twotrack.reading import Reading
from twotrack.syntax import children, is_negated, prep_objects

NOTHING_ELSE = re.compile(
    r"which|that|(?:an?|the|this|all|such) ?(?:\w+ )?(?:charge|claim|accusation|allegation|assertion|suggestion|report)s?"
)
OPENING = frozenset({",", "-", "–", "—", "("})  # what an aside begins with
CONFIDENCE = 0.7  # judged: of a dozen sentences tried, all but one were right


def is_pointer(content: Sequence[Cite]) -> bool:
    """Whether a content only points to what was said before it."""
    return len(content) == 1 and NOTHING_ELSE.fullmatch(content[0].text.lower()) is not None


def denied_in_asides(reading: Reading, said: Sequence[Statement], cues: Collection[int]) -> Iterator[Statement]:
    """Denials that no attribution has: `said` are the statements so far, `cues` the tokens of all cues.

    One aside denies one thing: what stands nearest before it.
    """
    told: dict[int, list[Statement]] = defaultdict(list)
    for statement in said:
        if statement.status == "said":
            told[reading.sentence_at(statement.cue.start)].append(statement)
    for number, statements in told.items():
        sentence = reading.sentences[number]
        for verb, opens in _asides(reading, sentence):
            before = [one for one in statements if one.content.start < reading.tokens[opens].start]
            nearest = max(before, key=lambda one: one.content.start, default=None)
            if verb not in cues and nearest and (made := _denial(reading, nearest, sentence, verb, opens)):
                yield made


def _asides(reading: Reading, sentence: Sentence) -> Iterator[tuple[int, int]]:
    """The verbs of a sentence that deny what stands before, each with the first word of its aside: "charge", "which"."""
    tokens, denying = reading.tokens, words_of("denial") | words_of("dismissal")
    for i in range(sentence.first, sentence.last):
        token, noun = tokens[i], tokens[tokens[i].head]
        if token.lemma not in denying or is_negated(tokens, i):
            continue
        which = next((c for c in children(tokens, i, "dobj") if tokens[c].lower == "which"), None)
        if token.dep == "relcl" and which is not None:
            yield i, which
        elif token.dep in ("relcl", "acl") and noun.lemma in cue_words("accusation") and noun.i < i:
            yield i, noun.i


def _denial(reading: Reading, said: Statement, sentence: Sentence, verb: int, opens: int) -> Statement | None:
    """The statement of whoever denies what another said; of several who deny it together, the first."""
    tokens, report = reading.tokens, reading.report
    heads = children(tokens, verb, "nsubj") or prep_objects(tokens, verb, "by")
    mark = reading.actors_at.get(heads[0]) if heads else None
    comma = next((t.start for t in reversed(tokens[sentence.first : opens]) if t.text in OPENING), tokens[opens].start)
    words = report.text[said.content.start : min(said.content.end, comma)].rstrip(" ,;-–—")
    if mark is None or not mark.actors or not words or _is_speaker(mark.actors[0], said):
        return None
    return Statement(
        id=f"{report.id}-s{tokens[verb].start}",
        speaker=mark.actors[0],
        cue=report.cite(tokens[verb].start, tokens[verb].end),
        content=report.cite(said.content.start, said.content.start + len(words)),
        parts=(),
        direct=False,
        anonymous=mark.actors[0].anonymous,
        via=(),
        when=None,
        status="denied",
        cites=(report.cite(sentence.start, sentence.end),),
        confidence=CONFIDENCE,
        rule=f"statement:aside:{tokens[verb].lemma}",
    )


def _is_speaker(actor: Actor, said: Statement) -> bool:
    """Whether whoever denies has said it, and so must mean something else."""
    speaker = said.speaker
    return speaker is not None and (actor.words == speaker.words or (actor.id is not None and actor.id == speaker.id))
