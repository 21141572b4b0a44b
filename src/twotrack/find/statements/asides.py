"""What is denied in an aside: "Israel accuses Hamas of hiding there, a charge the group denies", "which she denied".

Such words say no more than "which" or "a charge"; what is denied is what the same sentence has just told of somebody's saying.
"""

import re
from collections.abc import Collection, Iterator, Sequence

from twotrack.mark.attribution.cues import words_of
from twotrack.mark.wordcues import cue_words
from twotrack.model import Cite, Sentence, Statement
from twotrack.reading import Reading
from twotrack.syntax import children, is_negated, prep_objects

NOTHING_ELSE = re.compile(
    r"which|that|(?:an?|the|this|all|such) ?(?:\w+ )?(?:charge|claim|accusation|allegation|assertion|suggestion|report)s?"
)
CONFIDENCE = 0.7  # judged: of a dozen sentences tried, all but one were right


def is_pointer(content: Sequence[Cite]) -> bool:
    """Whether a content only points to what was said before it."""
    return len(content) == 1 and NOTHING_ELSE.fullmatch(content[0].text.lower()) is not None


def denied_in_asides(reading: Reading, said: Sequence[Statement], cues: Collection[int]) -> Iterator[Statement]:
    """Denials that no attribution has: `said` are the statements so far, `cues` the tokens of all cues."""
    for statement in said:
        sentence = reading.sentences[reading.sentence_at(statement.cue.start)]
        verb = _denying(reading, sentence, statement) if statement.status == "said" else None
        if verb is not None and verb not in cues and (made := _denial(reading, statement, sentence, verb)):
            yield made


def _denying(reading: Reading, sentence: Sentence, statement: Statement) -> int | None:
    """The verb of an aside behind a content or within it, which denies what it tells."""
    tokens = reading.tokens
    for i in range(sentence.first, sentence.last):
        token = tokens[i]
        noun = tokens[token.head]
        if token.start < statement.content.start or token.lemma not in words_of("denial") | words_of("dismissal"):
            continue
        claim = noun.lemma in cue_words("accusation") and token.dep in ("relcl", "acl")
        which = token.dep == "relcl" and any(tokens[c].lower == "which" for c in children(tokens, i, "dobj"))
        if (claim or which) and not is_negated(tokens, i):
            return i
    return None


def _denial(reading: Reading, statement: Statement, sentence: Sentence, verb: int) -> Statement | None:
    """The statement of whoever denies what another said."""
    tokens, report = reading.tokens, reading.report
    heads = children(tokens, verb, "nsubj") or prep_objects(tokens, verb, "by")
    mark = reading.actors_at.get(heads[0]) if heads else None
    end = min(statement.content.end, _opening(reading, sentence, verb))
    words = report.text[statement.content.start : end].rstrip(" ,;-–—")
    if mark is None or not mark.actors or not words:
        return None
    return Statement(
        id=f"{report.id}-s{tokens[verb].start}",
        speaker=mark.actors[0],
        cue=report.cite(tokens[verb].start, tokens[verb].end),
        content=report.cite(statement.content.start, statement.content.start + len(words)),
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


def _opening(reading: Reading, sentence: Sentence, verb: int) -> int:
    """Where the aside begins: at the comma before its noun or "which"."""
    tokens = reading.tokens
    return next(
        (t.start for t in reversed(tokens[sentence.first : verb]) if t.text in (",", "-", "–", "—")), tokens[verb].start
    )
