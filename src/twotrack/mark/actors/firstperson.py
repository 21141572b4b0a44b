"""Whom "we", "our president" and "I" stand for within quotations: the side of whoever speaks there.

"We will not sign," the Norwegian minister said. -> we: NOR.GOV.
"""

from bisect import bisect_right
from collections.abc import Sequence

from twotrack.mark.actors.mention import Mention
from twotrack.mark.actors.offices import called, composed, is_body, root_of
from twotrack.mark.actors.resolve import SPEECH, Scene, Who, office_person
from twotrack.model import Actor, ActorMark, Sentence, Span, Token
from twotrack.reading import Reading

FIRST_PERSON = frozenset({"i", "we", "our", "us", "my", "me", "ours"})


def resolve_first_person(reading: Reading, scene: Scene, m: Mention, found: Sequence[ActorMark]) -> ActorMark | None:
    """ "We", "our president" within a quotation: the side of whoever speaks there."""
    token = reading.tokens[m.core]
    if not _quoted(reading, token.start):
        return None
    speaker = _speaker(reading, token, {mark.head: mark for mark in found})
    if speaker is None:
        return None
    alone = reading.tokens[m.core if m.sort == "pronoun" else m.owner or 0].lower in ("i", "my", "me")
    start, end = reading.tokens[m.first].start, token.end
    actors = tuple(_side(scene, m, a, alone, Span(start, end), reading.report.text) for a in speaker.actors if a.id or a.name)
    return ActorMark(start, end, m.head, actors, "pronoun") if actors else None


def _quoted(reading: Reading, start: int) -> bool:
    n = bisect_right(reading.quotes, start, key=lambda quote: quote.start) - 1
    return n >= 0 and start < reading.quotes[n].end


def _side(scene: Scene, m: Mention, speaker: Actor, alone: bool, span: Span, text: str) -> Actor:
    """What a speaker's first person stands for: "I" the speaker, "we" the speaker's government, "our president" its head."""
    words = text[span.start : span.end]
    if (alone and m.sort == "pronoun") or speaker.id is None:
        return Actor(speaker.id, speaker.name, words, *span, speaker.person, speaker.anonymous, speaker.number)
    if m.sort == "pronoun":
        root = root_of(speaker.id)
        side = root if is_body(root) or speaker.id == root else composed(root, "GOV")
        return Actor(side, called(side), words, *span, number="many")
    role = composed(speaker.id, m.code)
    who = office_person(scene, role, m) or Who(role, called(role))
    return Actor(who.id, who.name, words, *span, who.person)


def _speaker(reading: Reading, token: Token, marks: dict[int, ActorMark]) -> ActorMark | None:
    """The subject of the verb of speech nearest to a quotation: in its sentence, or the next or last of its paragraph."""
    here = reading.sentences[token.sentence]
    for n in (here.i, here.i + 1, here.i - 1):
        near = 0 <= n < len(reading.sentences) and reading.sentences[n].paragraph == here.paragraph
        if near and (found := _says(reading, reading.sentences[n], token, marks)):
            return found
    return None


def _says(reading: Reading, sentence: Sentence, token: Token, marks: dict[int, ActorMark]) -> ActorMark | None:
    tokens = reading.tokens
    best: tuple[int, ActorMark] | None = None
    for i in range(sentence.first, sentence.last):
        if tokens[i].lemma not in SPEECH or _quoted(reading, tokens[i].start):
            continue
        for c in tokens[i].children:
            mark = marks.get(c) if tokens[c].dep in ("nsubj", "nsubjpass") else None
            if mark and (best is None or abs(i - token.i) < best[0]):
                best = abs(i - token.i), mark
    return best[1] if best else None
