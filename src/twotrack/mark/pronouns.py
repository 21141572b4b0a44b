"""Whom pronouns stand for: "he", "they", "its" by agreement and score, "we" and "our" within quotations by their speaker.

"Speaking from his home, Biden warned Putin" -> his: Biden. "Lavrov met Kuleba. He left." -> nobody for sure.
"""

from bisect import bisect_right
from collections.abc import Sequence

from twotrack.mark.coreference import Entity, clear, ranked
from twotrack.mark.mention import Mention
from twotrack.mark.offices import called, composed, is_body, root_of
from twotrack.mark.resolve import NOBODY, SPEECH, Found, Scene, Who, office_person, place, seen_at, who_of
from twotrack.model import Actor, ActorMark, Sentence, Span, Token
from twotrack.reading import Reading
from twotrack.syntax import governors, is_verb

GENDERED = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})
HELD = frozenset({"say", "report", "believe", "think", "know", "understand", "expect"})  # "it is believed that"
COMPLEMENT = 0.7  # "X said he ...", "Russia massed troops on its border": the subject of the clause that holds the pronoun
UNKNOWN_GENDER = -0.25  # a name of which nothing tells the gender is a weaker candidate
UNNAMED_PERSON = -0.5  # so is someone without a name


def resolve_pronoun(scene: Scene, m: Mention) -> Found:
    """Who "he", "they" or "its" is: agreement first, then the score, refused where two are nearly alike."""
    token = scene.tokens[m.core]
    gender = GENDERED.get(token.lower)
    if token.lower == "it" and _pleonastic(scene.tokens, token):
        return NOBODY
    near = [e for e in scene.memory.recent(token.sentence) if _agrees(e, token.lower, gender)]
    barred = _co_arguments(scene, token)
    near = [e for e in near if id(e) not in barred]
    bonus = {
        id(e): (UNKNOWN_GENDER if gender and not e.gender else 0.0) + (UNNAMED_PERSON if e.anonymous else 0.0) for e in near
    }
    for entity in _clause_subjects(scene, token):
        bonus[id(entity)] = bonus.get(id(entity), 0.0) + COMPLEMENT
    before = (cataphoric(scene.tokens, token.i) or token.i - 1) + 1
    best = clear(ranked(near, place(scene, token, before), bonus))
    if best is None or best.kind == "thing" or (not gender and _means_other(scene, token, best)):
        return ([Who(None, None)], "unresolved", None) if gender else NOBODY
    scene.memory.again(best, seen_at(scene, token.i))
    return who_of(best), "pronoun", best


def _agrees(entity: Entity, word: str, gender: str | None) -> bool:
    if gender:
        return entity.kind == "person" and not entity.many and not entity.parts and entity.gender in ("", gender)
    if word in PLURAL:
        return entity.many or bool(entity.parts) or entity.kind == "group"
    return entity.kind in ("state", "body", "thing", "group") and not entity.many and not entity.parts


def _pleonastic(tokens: Sequence[Token], token: Token) -> bool:
    """ "It was said that", "it is clear that", "made it clear", "denied it": stands for no one."""
    if token.dep == "expl":
        return True
    verb = tokens[token.head]
    if token.dep not in ("nsubj", "nsubjpass"):
        return token.dep != "pobj"
    clausal = any(tokens[c].dep in ("ccomp", "xcomp", "csubj", "advcl") or tokens[c].tag == "WRB" for c in verb.children)
    if verb.lemma in ("be", "seem", "appear", "take", "remain", "become") and (
        clausal or verb.lemma in ("be", "seem", "appear")
    ):
        return True
    return (
        token.dep == "nsubjpass"
        and clausal
        and verb.lemma in ("say", "report", "believe", "think", "know", "understand", "expect")
    )


def _co_arguments(scene: Scene, token: Token) -> set[int]:
    """Entities that a pronoun cannot be since they are the subject of its own verb: not Biden in "Biden told him"."""
    if token.dep in ("nsubj", "nsubjpass", "poss") or token.lower.endswith(("self", "selves")):
        return set()
    verb = scene.tokens[token.head]
    if verb.dep in ("prep", "dative", "agent") or verb.tag == "IN":
        verb = scene.tokens[verb.head]
    return {id(e) for c in verb.children if scene.tokens[c].dep in ("nsubj", "nsubjpass") and (e := scene.memory.at.get(c))}


def cataphoric(tokens: Sequence[Token], i: int) -> int | None:
    """The subject that follows a pronoun in a clause before it: "Speaking from his home, Biden warned"."""
    for g in governors(tokens, i):
        main = tokens[g].head
        if tokens[g].dep in ("advcl", "prep") and i < main and is_verb(tokens[main]):
            later = [c for c in tokens[main].children if tokens[c].dep in ("nsubj", "nsubjpass") and c > max(i, g)]
            own = any(tokens[c].dep in ("nsubj", "nsubjpass") and c != i for c in tokens[g].children)
            return later[0] if later and not own else None
    return None


def _means_other(scene: Scene, token: Token, best: Entity) -> bool:
    return (token.lower == "it" and _thing_beside(scene, token)) or _other_subject(scene, token, best)


def _thing_beside(scene: Scene, token: Token) -> bool:
    """Whether "it" may mean a thing of its own sentence: "Egypt rejected the plan because it was one-sided"."""
    if scene.tokens[token.head].dep == "ccomp":
        return False
    return any(
        e.kind == "thing" and not e.many and e.seen[-1].sentence == token.sentence for e in scene.memory.recent(token.sentence)
    )


def _other_subject(scene: Scene, token: Token, best: Entity) -> bool:
    """Whether the clause above has a subject of its own that is no actor: "Twelve percent said they were unsure"."""
    clause = scene.tokens[token.head]
    above = scene.tokens[clause.head]
    if token.dep not in ("nsubj", "nsubjpass") or clause.dep not in ("ccomp", "advcl") or not is_verb(above):
        return False
    found = [c for c in above.children if scene.tokens[c].dep in ("nsubj", "nsubjpass") and c < token.i]
    return bool(found) and best not in (scene.memory.at.get(found[0]), scene.memory.joined.get(found[0]))


def _clause_subjects(scene: Scene, token: Token) -> list[Entity]:
    """The subject of the verb above a pronoun's clause, or, for a possessive or object, of its own clause."""
    if (later := cataphoric(scene.tokens, token.i)) is not None:
        return [e] if (e := scene.memory.at.get(later)) else []
    seen_own = token.dep not in ("nsubj", "nsubjpass")
    for g in governors(scene.tokens, token.i):
        if not is_verb(scene.tokens[g]):
            continue
        above = [c for c in scene.tokens[g].children if scene.tokens[c].dep in ("nsubj", "nsubjpass") and c < token.i]
        above = [scene.tokens[g].head if scene.tokens[c].tag in ("WP", "WDT") else c for c in above]
        found = [e for c in above if (e := scene.memory.at.get(c))]
        if found and seen_own:
            return found
        if above and token.i not in above and seen_own:
            return []
        seen_own = True
    return []


# --- first person -----------------------------------------------------------------------------------------------------


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
    role = composed(speaker.id, m.code if not m.code.startswith("=") else "")
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
