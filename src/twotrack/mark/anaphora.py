"""Pronouns and phrases that point back: "he", "the president", "the two leaders", "our".

Each asks the actors of the report so far (coreference.py) and stays unresolved where no candidate leads clearly.
"""

from bisect import bisect_right
from collections.abc import Sequence

from twotrack.mark.coreference import MARGIN, Entity, clear, clear_group, ranked, score
from twotrack.mark.offices import called, composed, is_body, root_of
from twotrack.mark.phrases import Mention
from twotrack.mark.resolve import GENERIC, SPEECH, Scene, Who, modifiers, office_person, seen_at
from twotrack.model import Actor, ActorMark, Sentence, Span, Token
from twotrack.reading import Reading
from twotrack.syntax import governors, is_verb

Found = tuple[Sequence[Who], str, Entity | None]
NOBODY: Found = ((), "unresolved", None)
GENDERED = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})
NUMBERS = {"two": 2, "both": 2, "three": 3, "four": 4}
STATE_WORDS = frozenset({"=COUNTRY", "=SIDE", "=REGION"})
LEADER = frozenset({"GOV.HOS", "GOV.HOG"})
COMPLEMENT = 0.7  # "X said he ...", "Russia massed troops on its border": the subject of the clause that holds the pronoun
UNKNOWN_GENDER = -0.25  # a name of which nothing tells the gender is a weaker candidate
UNNAMED_PERSON = -0.5
FAR_MARGIN = 1.0  # definite phrases reach the whole report: the lead over a rival of the same role must be larger
POINTING = frozenset({"the", "this", "that", "these", "those", "both"})


def who_of(entity: Entity) -> list[Who]:
    if entity.parts:
        return [w for part in entity.parts for w in who_of(part)]
    return [Who(entity.id, entity.name, entity.person)]


# --- pronouns ---------------------------------------------------------------------------------------------------------


def resolve_pronoun(scene: Scene, m: Mention) -> Found:
    """Who "he", "they" or "its" is: agreement first, then the score, refused where two are nearly alike."""
    token = scene.tokens[m.core]
    gender = GENDERED.get(token.lower)
    if token.lower == "it" and _pleonastic(scene.tokens, token):
        return NOBODY
    near = [e for e in scene.memory.recent(token.sentence) if _agrees(e, token.lower, gender)]
    barred = _co_arguments(scene, token)
    near = [e for e in near if id(e) not in barred]
    bonus = {id(e): (UNKNOWN_GENDER if gender and not e.gender else 0.0) + (UNNAMED_PERSON if e.anonymous else 0.0) for e in near}
    for entity in _clause_subjects(scene, token):
        bonus[id(entity)] = bonus.get(id(entity), 0.0) + COMPLEMENT
    before = (cataphoric(scene.tokens, token.i) or token.i - 1) + 1
    best = clear(ranked(near, token.sentence, before, token.dep in ("nsubj", "nsubjpass"), bonus))
    if best is None or best.kind == "thing" or (token.lower == "it" and _thing_beside(scene, token)) or (not gender and _other_subject(scene, token, best)):
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
    """ "It was said that", "it is clear that", "made it clear": stands for no one."""
    if token.dep == "expl":
        return True
    verb = tokens[token.head]
    if token.dep not in ("nsubj", "nsubjpass"):
        return verb.lemma in ("make", "find", "see", "take", "put", "call")
    clausal = any(tokens[c].dep in ("ccomp", "xcomp", "csubj", "advcl") or tokens[c].tag == "WRB" for c in verb.children)
    if verb.lemma in ("be", "seem", "appear", "take", "remain", "become") and (clausal or verb.lemma in ("be", "seem", "appear")):
        return True
    return token.dep == "nsubjpass" and clausal and verb.lemma in ("say", "report", "believe", "think", "know", "understand", "expect")


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


def _thing_beside(scene: Scene, token: Token) -> bool:
    """Whether "it" may mean a thing of its own sentence: "Egypt rejected the plan because it was one-sided"."""
    if scene.tokens[token.head].dep == "ccomp":
        return False
    return any(e.kind == "thing" and not e.many and e.seen[-1].sentence == token.sentence for e in scene.memory.recent(token.sentence))


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
        subjects = [c for c in scene.tokens[g].children if scene.tokens[c].dep in ("nsubj", "nsubjpass") and c < token.i]
        subjects = [scene.tokens[g].head if scene.tokens[c].tag in ("WP", "WDT") else c for c in subjects]
        found = [e for c in subjects if (e := scene.memory.at.get(c))]
        if found and seen_own:
            return found
        if subjects and token.i not in subjects and seen_own:
            return []
        seen_own = True
    return []


# --- definite phrases -------------------------------------------------------------------------------------------------


def resolve_definite(scene: Scene, m: Mention) -> Found:
    """Who "the president", "the two sides", "his counterpart", "the alliance" are."""
    token = scene.tokens[m.core]
    if m.role is None or any(t.lower in ("other", "another", "new", "next", "no", "any") for t in scene.tokens[m.first : m.core]):
        return NOBODY
    if m.role.id.startswith("=COUNTERPART"):
        return NOBODY
    number = NUMBERS.get(m.count) or NUMBERS.get(m.determiner) or (2 if m.role.id == "=SIDE" and m.many else 0)
    if m.many and number and (m.determiner in POINTING or m.determiner == "both" or m.owner is not None):
        return _several(scene, m, token, number)
    if m.determiner not in POINTING:
        return NOBODY
    if m.role.id == "=COUNTRY" and not m.many:
        return _country(scene, m, token)
    found = NOBODY if m.role.kind == "common" else _titled(scene, m, token)
    return found if found[0] else _common(scene, m, token)


def _several(scene: Scene, m: Mention, token: Token, number: int) -> Found:
    """ "the two leaders": the two that stand out among those who can be meant."""
    recent = scene.memory.recent(token.sentence)
    if m.code in STATE_WORDS or (m.role and m.role.kind in ("body", "group")):
        group = _states(scene, recent, token, number)
        if group is None:
            return NOBODY
        code = "" if m.code in STATE_WORDS else m.code
        who = [Who(i, called(i)) for i in (composed(root, code) for root in group)]
        return who, "definite", None
    fits = [e for e in recent if e.kind == "person" and not e.many and not e.parts and _can_be(e, m)]
    persons = clear_group(ranked(fits, token.sentence, token.i), number)
    return ([w for e in persons for w in who_of(e)], "definite", None) if persons else NOBODY


def _states(scene: Scene, recent: Sequence[Entity], token: Token, number: int) -> list[str] | None:
    """The states or bodies that stand out, whoever spoke for them."""
    points: dict[str, float] = {}
    order: dict[str, int] = {}
    for entity in recent:
        root, value = entity.root, score(entity, token.sentence, token.i)
        if root and value > 0 and not entity.parts:
            points[root] = max(points.get(root, 0.0), value)
            order[root] = min(order.get(root, token.i), entity.seen[-1].head)
    best = sorted(points, key=lambda root: -points[root])
    if len(best) < number or (len(best) > number and points[best[number - 1]] - points[best[number]] < MARGIN):
        return None
    return sorted(best[:number], key=lambda root: order[root])


def _can_be(entity: Entity, m: Mention) -> bool:
    """Whether a person can be called by the role of a phrase: "leader" fits heads of state and government."""
    if m.role_word in entity.titles or (entity.id and m.code not in GENERIC and entity.id.endswith("." + m.code)):
        return True
    if m.role_word in ("leader", "man", "head"):
        return bool(entity.id and any(entity.id.endswith("." + code) for code in LEADER))
    return False


def _country(scene: Scene, m: Mention, token: Token) -> Found:
    """ "the country": the state that stands out; a body or person does not compete."""
    states = [e for e in scene.memory.recent(token.sentence) if e.kind == "state"]
    best = clear(ranked(states, token.sentence, token.i))
    return (who_of(best), "definite", best) if best else NOBODY


def _common(scene: Scene, m: Mention, token: Token) -> Found:
    """ "the alliance": the body in the report that is called so."""
    called_so = {n.id for n in m.names if n.kind == "common"}
    bodies = [e for i in called_so if (e := scene.memory.by_key.get((i, "body")))]
    best = bodies[0] if len(bodies) == 1 else clear(ranked(bodies, token.sentence, token.i), FAR_MARGIN)
    if best is None:
        return NOBODY
    scene.memory.again(best, seen_at(scene, m.head))
    return who_of(best), "definite", best


def _titled(scene: Scene, m: Mention, token: Token) -> Found:
    """ "the minister", "the official", "the ministry": who was given that role before, in all of the report."""
    said = modifiers(scene, m)
    fits = [e for e in scene.memory.titled(m.role_word) if e.many == m.many and not e.parts and (e.id or e.name) and said <= e.words]
    if m.role_word in ("leader", "president"):
        fits += [e for e in scene.memory.recent(token.sentence) if e.kind == "person" and _can_be(e, m) and e not in fits and not e.many]
    if not fits:
        return NOBODY if said else _of_the_state(scene, m, token)
    distinct = {(e.id, e.person, e.name) for e in fits}
    best = fits[-1] if len(distinct) == 1 else clear(ranked(fits, token.sentence, token.i), FAR_MARGIN)
    if best is None:
        return NOBODY
    scene.memory.again(best, seen_at(scene, m.head))
    return who_of(best), "definite", best


def _of_the_state(scene: Scene, m: Mention, token: Token) -> Found:
    """ "Venezuela expelled the envoy. The government gave no reason": a body of the state that stands out."""
    if m.role is None or m.role.kind != "body" or m.many or m.code.startswith("=") or not m.code:
        return NOBODY
    states = _states(scene, scene.memory.recent(token.sentence), token, 1)
    if not states or is_body(states[0]):
        return NOBODY
    actor = composed(states[0], m.code)
    return [Who(actor, called(actor))], "definite", None


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
    if alone and m.sort == "pronoun" or speaker.id is None:
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
        if 0 <= n < len(reading.sentences) and reading.sentences[n].paragraph == here.paragraph:
            if found := _says(reading, reading.sentences[n], token, marks):
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
