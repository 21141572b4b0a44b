"""Whom pronouns stand for: "he", "they", "its" by agreement and score; "she" may be a state.

"Speaking from his home, Biden warned Putin" -> his: Biden. "Lavrov met Kuleba. He left." -> nobody for sure.
"""

from collections.abc import Sequence

from twotrack.mark.actors.coreference import Entity, clear, ranked
from twotrack.mark.actors.mention import Mention
from twotrack.mark.actors.offices import is_body
from twotrack.mark.actors.resolve import NOBODY, SPEECH, Found, Scene, Who, place, seen_at, who_of
from twotrack.model import Token
from twotrack.syntax import children, governors, is_verb, prep_objects, subjects

GENDERED = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})
HELD = frozenset({"say", "report", "believe", "think", "know", "understand", "expect"})  # "it is believed that"
DONE_TO_SOMEBODY = frozenset(
    {"accuse", "urge", "warn", "ask", "tell", "blame", "order", "invite", "thank", "invade", "sanction", "isolate", "arm"}
    | {"remind", "assure", "inform", "compel", "force", "enable", "help", "notify", "expel", "punish", "deprive", "oblige"}
    | {"persuade", "pressure", "sue", "charge"}
)  # "accused it of", unlike "rejected it"
BLAMED_WITHIN = 15  # tokens between a state and the "for" that says what it is blamed for
QUOTED_WITHIN = 80  # tokens of a sentence looked back over for the mark that opens a quotation
QUOTE_MARKS = frozenset({'"', "\u201c", "\u201d", "``", "''"})
COMPLEMENT = 0.7  # "X said he ...", "Russia massed troops on its border": the subject of the clause that holds the pronoun
CONTROL = 1.7  # "called on Iran to free its captives", "sanctions on Iran for its raids": outdoes a subject of the sentence
UNKNOWN_GENDER = -0.25  # a name of which nothing tells the gender is a weaker candidate
UNNAMED_PERSON = -0.5  # so is someone without a name


def resolve_pronoun(scene: Scene, m: Mention) -> Found:
    """Who "he", "they" or "its" is: agreement first, then the score, refused where two are nearly alike."""
    token = scene.tokens[m.core]
    gender = GENDERED.get(token.lower)
    if token.lower == "it" and _pleonastic(scene.tokens, token):
        return NOBODY
    near = [e for e in scene.memory.recent(token.sentence) if _agrees(e, token.lower, gender)]
    barred = _co_arguments(scene, token) | _joined_above(scene, token)
    near = [e for e in near if id(e) not in barred]
    if gender and (speaker := _quoting(scene, token)):
        near = [e for e in near if e.surname != speaker]
    if gender == "f" and not near and (state := _as_she(scene, token))[0]:
        return state
    bonus = {
        id(e): (UNKNOWN_GENDER if gender and not e.gender else 0.0) + (UNNAMED_PERSON if e.anonymous else 0.0) for e in near
    }
    favoured, more = _clause_subjects(scene, token)
    for entity in favoured:
        bonus[id(entity)] = bonus.get(id(entity), 0.0) + more
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
        return token.dep != "pobj" and not (token.dep in ("dobj", "dative") and verb.lemma in DONE_TO_SOMEBODY)
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
    return {id(e) for c in subjects(scene.tokens, verb.i) if (e := scene.memory.at.get(c))} if is_verb(verb) else set()


def _joined_above(scene: Scene, token: Token) -> set[int]:
    """The parts of a joined subject above, each of which is not "it": "Chile and Peru warned Bolivia that it would pay"."""
    if token.lower in PLURAL:
        return set()
    verbs = [g for g in governors(scene.tokens, token.i) if is_verb(scene.tokens[g])]
    heads = [c for g in verbs for c in children(scene.tokens, g, "nsubj", "nsubjpass") if c < token.i]
    return {id(part) for c in heads if (group := scene.memory.joined.get(c)) for part in group.parts}


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
    clause = scene.tokens[token.head]
    if clause.dep == "ccomp" or (clause.dep == "acl" and any(scene.tokens[c].dep == "mark" for c in clause.children)):
        return False  # "denied a report that it had shipped arms"
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
    if best in [scene.memory.at.get(c) for c in children(scene.tokens, above.i, "dobj", "dative")]:
        return False  # "warned Iran that it would pay"
    return bool(found) and best not in (scene.memory.at.get(found[0]), scene.memory.joined.get(found[0]))


def _clause_subjects(scene: Scene, token: Token) -> tuple[list[Entity], float]:
    """The subject of the verb above a pronoun's clause, or, for a possessive or object, of its own clause; and its bonus."""
    if (later := cataphoric(scene.tokens, token.i)) is not None:
        return [e] if (e := scene.memory.at.get(later)) else [], COMPLEMENT
    if nearer := _blamed(scene, token) or _fronted(scene, token):
        return nearer, CONTROL
    seen_own = token.dep not in ("nsubj", "nsubjpass")
    below = token.i
    for g in governors(scene.tokens, token.i):
        if is_verb(scene.tokens[g]):
            above = [c for c in scene.tokens[g].children if scene.tokens[c].dep in ("nsubj", "nsubjpass") and c < token.i]
            above = [scene.tokens[g].head if scene.tokens[c].tag in ("WP", "WDT") else c for c in above]
            controlled, told = _controlled(scene.tokens, g, below), _told(scene.tokens, g, below)
            for candidates, bonus in ((controlled, CONTROL), (above, COMPLEMENT), (told, CONTROL)):
                if seen_own and (found := _meant(scene, candidates, token)):
                    return found, bonus
            if above and token.i not in above and seen_own and not _reported(scene.tokens, g):
                return [], 0.0
            seen_own = True
        below = g
    return [], 0.0


def _meant(scene: Scene, candidates: Sequence[int], token: Token) -> list[Entity]:
    """The actors at these tokens that agree with a pronoun; "Iran and Iraq" are one for "their" and none for "its"."""
    found = []
    gender = GENDERED.get(token.lower)
    for c in candidates:
        group = scene.memory.joined.get(c)
        entity = (group if token.lower in PLURAL else None) if group else scene.memory.at.get(c)
        if entity and entity.kind != "thing" and _agrees(entity, token.lower, gender):
            found.append(entity)
    return found


def _reported(tokens: Sequence[Token], verb: int) -> bool:
    """Whether a clause is what someone says: "Iran denied [that the measures would hurt its economy]"."""
    return tokens[verb].dep == "ccomp" and tokens[tokens[verb].head].lemma in SPEECH | {"deny", "think", "believe"}


def _controlled(tokens: Sequence[Token], verb: int, below: int) -> list[int]:
    """Who is to do what an infinitive says: Egypt in "called on Egypt to withdraw its forces"."""
    infinitive = any(tokens[c].lower == "to" and tokens[c].dep == "aux" for c in tokens[below].children)
    if (
        not infinitive
        or tokens[below].dep not in ("xcomp", "advcl", "ccomp")
        or tokens[verb].lemma in ("promise", "use", "vow")
    ):
        return []
    if any(tokens[c].dep in ("nsubj", "nsubjpass") for c in tokens[below].children):
        return []
    asked = (
        prep_objects(tokens, verb, "on", "upon") if tokens[verb].lemma == "call" else children(tokens, verb, "dobj", "dative")
    )
    return [c for c in asked if c < below]


def _told(tokens: Sequence[Token], verb: int, below: int) -> list[int]:
    """Who is told of what may be its own: the Houthis in "warned the Houthis that it would bear the consequences"."""
    return children(tokens, verb, "dobj", "dative") if tokens[below].dep == "ccomp" else []


def _blamed(scene: Scene, token: Token) -> list[Entity]:
    """The state in "imposed sanctions on Iran for its tests", "criticized Iran over its tests": not who imposed them."""
    noun = scene.tokens[token.head]
    cause = scene.tokens[noun.head]
    if token.dep != "poss" or noun.dep != "pobj" or cause.lower not in ("for", "over"):
        return []
    for i in range(cause.i - 1, max(cause.i - BLAMED_WITHIN, 0), -1):
        other = scene.tokens[i]
        if other.sentence != token.sentence or other.dep in ("nsubj", "nsubjpass"):
            break
        upon = other.dep == "dobj" or (other.dep == "pobj" and scene.tokens[other.head].lower in ("on", "against"))
        if upon and (found := _meant(scene, [i], token)):
            return found
    return []


def _fronted(scene: Scene, token: Token) -> list[Entity]:
    """The subject of what is said where that stands first: "Oman may leave, its envoy said"."""
    noun = scene.tokens[token.head]
    if token.dep != "poss" or noun.dep != "nsubj":
        return []
    said = [c for c in children(scene.tokens, noun.head, "ccomp") if c < token.i]
    return _meant(scene, children(scene.tokens, said[-1], "nsubj", "nsubjpass"), token) if said else []


def _quoting(scene: Scene, token: Token) -> str:
    """The speaker's name after or before a quotation that the pronoun stands in, who is not "him" there."""
    first = token.i
    marks = 0
    while first > 0 and scene.tokens[first - 1].sentence == token.sentence and token.i - first < QUOTED_WITHIN:
        first -= 1
        marks += scene.tokens[first].text in QUOTE_MARKS
    if marks % 2 == 0:
        return ""
    says = next((g for g in governors(scene.tokens, token.i) if scene.tokens[g].lemma in SPEECH), None)
    named = children(scene.tokens, says, "nsubj") if says is not None else []
    return scene.tokens[named[0]].text if named and scene.tokens[named[0]].i != token.i else ""


def _as_she(scene: Scene, token: Token) -> Found:
    """ "Egypt will defend her territory": a state as she, where no woman can be meant and the sentence has one state."""
    near = [e for e in scene.memory.recent(token.sentence) if e.kind in ("state", "body") and e.id and not is_body(e.id)]
    near = [e for e in near if e.seen[-1].sentence == token.sentence]
    if len({e.root for e in near}) != 1:
        return NOBODY
    scene.memory.again(near[0], seen_at(scene, token.i))
    return who_of(near[0]), "pronoun", near[0]
