"""To which state or body a role belongs: by what is named with it, its possessive, its body, or the sentence's opening place.

"In Baghdad, an Information Ministry spokesman rejected the offer." -> IRQ; "army spokesman Jane Roe" -> the army of the report.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import takewhile

from twotrack.gazetteer import state_of_capital, state_of_city
from twotrack.lexicon import rows
from twotrack.mark.actors.coreference import ROOT_SUBJECT
from twotrack.mark.actors.definite import resolve_definite
from twotrack.mark.actors.firstperson import FIRST_PERSON
from twotrack.mark.actors.mention import Mention
from twotrack.mark.actors.names import Meaning
from twotrack.mark.actors.offices import called, composed, is_body, root_of
from twotrack.mark.actors.persons import personal
from twotrack.mark.actors.pronouns import resolve_pronoun
from twotrack.mark.actors.resolve import SPEECH, Scene, Who, named, note_role, role_of
from twotrack.model import Token
from twotrack.reading import Reading
from twotrack.syntax import children, subjects, verb_above

OPENING_REACH = 2  # sentences of its paragraph that "In Baghdad, ..." holds for, as long as they name nobody else
OF_THE_PLACE = frozenset({"office", "member", "body"})  # kinds of roles that a capital has of its own
GUESTS = frozenset({"diplomat", "ambassador", "envoy", "negotiator", "leader", "source", "person", "aide", "counterpart",
                    "analyst", "mediator", "representative", "head", "member", "chair"})  # fmt: skip  # those met in any town
SENT = frozenset(
    {"envoy", "special envoy", "delegation", "negotiating team", "negotiator", "special representative", "emissary"}
)
SPOKESMEN = frozenset({"spokesman", "spokeswoman", "spokesperson"})
NEAR_MENTIONS = 60  # looked back at within a paragraph; more than any has, and a bound for hostile text
TOWN = re.compile(r"\s*([A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3})")  # before the comma, the agency or the dash
CREW = frozenset({"pilot", "crew", "captain", "crewman", "fighter pilot"})


def owners_of(scene: Scene, m: Mention) -> list[Who]:
    """The states or bodies of a role: those named with it, else by its possessive, its body, or its sentence's opening."""
    of = [w for one in m.of for w in affiliation(scene, one)]
    if m.owner is not None and not of:
        of = owner_of(scene, m)
    return (
        of
        or administration(scene, m)
        or _by_title(scene, m)
        or _sent_by(scene, m)
        or _spoken_for(scene, m)
        or _told_before(scene, m)
        or _of_its_body(scene, m)
        or opening(scene, m, same=True)
    )


def _sent_by(scene: Scene, m: Mention) -> list[Who]:
    """ "Iran said a delegation would travel to Vienna": its own."""
    verb = verb_above(scene.tokens, m.core)
    if m.determiner not in ("a", "an") or m.role_word not in SENT or m.owner is not None or m.of or verb is None:
        return []
    said = scene.tokens[verb].head
    if scene.tokens[verb].dep != "ccomp" or scene.tokens[said].lemma not in SPEECH:
        return []
    states = {e.root for c in subjects(scene.tokens, said) if (e := scene.memory.at.get(c)) and e.root and not is_body(e.root)}
    return [Who(root, called(root)) for root in states] if len(states) == 1 else []


def _spoken_for(scene: Scene, m: Mention) -> list[Who]:
    """ "The ministry withdrew the ships. 'They are near,' a spokesman said": of whoever the sentence before is about."""
    sentence = scene.tokens[m.core].sentence
    if m.role_word not in SPOKESMEN or m.body is not None or m.many or not sentence or m.owner is not None or m.of:
        return []
    if scene.paragraphs[sentence] != scene.paragraphs[sentence - 1] or _roots_in(scene, sentence):
        return []
    log = takewhile(lambda item: item[0] >= sentence - 1, reversed(scene.memory.log))
    acting = [e for where, e in log if where == sentence - 1 and e.seen and e.seen[-1].salience >= ROOT_SUBJECT]
    known = {e.id: e for e in acting if e.id and e.kind in ("state", "body") and not e.parts}
    return [Who(e.id, e.name) for e in known.values()] if len(known) == 1 else []


def _told_before(scene: Scene, m: Mention) -> list[Who]:
    """ "Poland will close the crossing, the government spokesman said": of the state whose intent he has just told."""
    verb = verb_above(scene.tokens, m.core)
    if (
        m.role is None
        or m.role.kind not in OF_THE_PLACE
        or m.role_word in GUESTS
        or m.of
        or m.many
        or not m.code
        or verb is None
    ):
        return []
    told = [c for c in children(scene.tokens, verb, "ccomp") if c < m.first]
    will = any(scene.tokens[c].lower in ("will", "would") for n in told for c in scene.tokens[n].children)
    if not will or m.code.startswith("=") or (scene.tokens[m.core].head != verb and scene.tokens[m.head].head != verb):
        return []
    states = {e.root for c in subjects(scene.tokens, told[0]) if (e := scene.memory.at.get(c)) and e.kind == "state" and e.root}
    home = scene.memory.home
    return [Who(root, called(root)) for root in states if home in (None, root)] if len(states) == 1 else []


def _of_its_body(scene: Scene, m: Mention) -> list[Who]:
    """ "Army jets", "army spokesman Jane Roe": of the one army that the report has spoken of."""
    word = m.body.word if m.body else m.role_word.rpartition(" ")[0]
    if not word or m.sort == "unknown" or m.of or m.owner is not None:
        return []
    roots = {e.root: e for e in scene.memory.titled(word) if e.id and not e.parts and e.kind == "body"}
    if len(roots) != 1:
        return []
    entity = next(iter(roots.values()))
    acting = _acting_before(scene, m)
    if acting and entity.root not in acting and m.body is not None:
        body = composed(acting[0], m.body.id)
        return [Who(body, called(body))]
    return [Who(entity.id, entity.name)]


def _acting_before(scene: Scene, m: Mention) -> list[str]:
    """The states that a paragraph has named so far, where the first acts: "Iraq withdrew ... A ministry spokesman"."""
    paragraph = scene.paragraphs[scene.tokens[m.core].sentence]
    log = takewhile(lambda item: scene.paragraphs[item[0]] == paragraph, reversed(scene.memory.log[-NEAR_MENTIONS:]))
    before = [(n, e, e.root) for n, e in log if e.root and n < scene.tokens[m.core].sentence]
    if not before:
        return []
    sentence, first, root = before[-1]
    heads = [scene.tokens[seen.head] for seen in first.seen if seen.sentence == sentence]
    acts = any(token.dep in ("nsubj", "nsubjpass") for token in heads[:1]) and not is_body(root)
    return list(dict.fromkeys(root for *_, root in reversed(before))) if acts else []


def note_opening(scene: Scene, m: Mention, first: int) -> None:
    """Remembers the state of "In Baghdad" where that opens a sentence, whose first token is given."""
    if m.sort != "name" or m.first - first not in (1, 2) or scene.tokens[m.first - 1].lower != "in":
        return
    state = next((root_of(n.id) for n in m.names if n.kind in ("capital", "state")), None)
    if state:
        sentence = scene.tokens[first].sentence
        scene.memory.openings[scene.paragraphs[sentence]] = (sentence, state)


def opening(scene: Scene, m: Mention, same: bool) -> list[Who]:
    """The state of the capital that opens the sentence (or the paragraph) of a role, where the report is about that state."""
    if m.role is None or m.role.kind not in OF_THE_PLACE or m.of or m.owner is not None or m.sort not in ("role", "person"):
        return []
    sentence = scene.tokens[m.core].sentence
    where, state = scene.memory.openings.get(scene.paragraphs[sentence], (-1, ""))
    guests = m.role_word in GUESTS or m.code.startswith("=") or (m.many and m.role.kind != "member")
    if (
        not state
        or guests
        or not m.code
        or state not in scene.memory.nations
        or sentence - where > (0 if same else OPENING_REACH)
    ):
        return []
    if not same and any(root != state for root in _roots_in(scene, sentence)):
        return []
    return [Who(state, called(state))]


def at_home(scene: Scene, m: Mention) -> list[Who]:
    """The state of the dateline's town, for an office of no country named: "BEIJING, April 4 -- ... the premier said".

    Where the paragraph has named another state, the office may be that one's; not where that state meets or calls on it.
    """
    state = scene.memory.home
    if m.role is None or m.role.kind not in OF_THE_PLACE or m.of or m.owner is not None or not m.code or m.code.startswith("="):
        return []
    if state not in scene.memory.nations or m.role_word in GUESTS or m.many:
        return []
    paragraph = scene.paragraphs[scene.tokens[m.core].sentence]
    before = takewhile(lambda item: scene.paragraphs[item[0]] == paragraph, reversed(scene.memory.log[-NEAR_MENTIONS:]))
    if any(e.root and e.root != state for _, e in before) and not _is_met(scene, m, state):
        return []
    return [Who(state, called(state))]


def _is_met(scene: Scene, m: Mention, state: str) -> bool:
    """ "The British envoy met Deputy Foreign Minister X": where all others of the sentence act on him, X is at home."""
    verb = verb_above(scene.tokens, m.core)
    if m.sort != "person" or m.role is None or m.role.kind != "office" or verb is None:
        return False
    acting = {e.root for c in subjects(scene.tokens, verb) if c < m.first and (e := scene.memory.at.get(c))}
    others = {root for root in _roots_in(scene, scene.tokens[m.core].sentence) if root != state}
    return bool(acting) and acting >= others


def dateline_town(reading: Reading) -> re.Match[str] | None:
    """The town of a report's dateline, its first group: "QUITO, Ecuador, Jan. 31 --"."""
    lines = (TOWN.match(reading.report.text, p.start, p.end) for p in reading.paragraphs if p.kind == "dateline")
    return next((town for town in lines if town), None)


def home_of(reading: Reading) -> str | None:
    """The state of the town in a report's dateline."""
    town = dateline_town(reading)
    return (state_of_capital(town[1], reading.report.published) or state_of_city(town[1])) if town else None


def _roots_in(scene: Scene, sentence: int) -> list[str]:
    """The states and bodies that a sentence has named so far."""
    log = takewhile(lambda item: item[0] >= sentence, reversed(scene.memory.log))
    return [e.root for _, e in log if e.root]


def nations(tokens: Sequence[Token], mentions: Iterable[Mention]) -> frozenset[str]:
    """The states and bodies that a report names, other than by a town where something takes place or by a person."""
    found: set[str] = set()
    for m in mentions:
        for one in (m, *m.of, *m.beside, *(x for o in m.of for x in o.of)):
            kinds = {n.kind for n in one.names}
            venue = "capital" in kinds and one.core > 0 and tokens[one.first - 1].lower in ("in", "from", "to")
            if one.sort in ("name", "adjective") and not venue:
                found.update(root_of(n.id) for n in one.names)
    return frozenset(found)


def administration(scene: Scene, m: Mention) -> list[Who]:
    """ "A senior administration official" of no country named: U.S. style for its own, where the report is about the U.S."""
    said = m.role_word.startswith("administration") or (m.body is not None and m.body.word == "administration")
    any_one = m.determiner == "this" or (m.role_word == "administration" and m.determiner in ("a", "an"))
    american = scene.memory.by_root.get("USA") if said and not any_one else None
    return [Who("USA.GOV", called("USA.GOV"))] if american else []


@lru_cache
def _titles() -> dict[str, str]:
    """Titles that one state has: {"home secretary": "GBR", "treasury secretary": "USA"}."""
    return {word: row["of"][0] for row in rows("references", "title", "words", "of") for word in row["words"]}


def _by_title(scene: Scene, m: Mention) -> list[Who]:
    """ "Home Secretary Leon Brittan": of the one state that has such an office, where the report names it."""
    state = _titles().get(m.role_word) or (_titles().get(m.body.word) if m.body else None)
    return [Who(state, called(state))] if state and state in scene.memory.nations and m.owner is None else []


def counterpart(scene: Scene, m: Mention, role: Meaning) -> Meaning:
    """The role that "his Ukrainian counterpart" shares with him: that of the one whom the possessive means."""
    owner = owner_of(scene, m)
    same = owner[0].id if owner else None
    return role._replace(id=same[len(root_of(same)) + 1 :] if same else "")


def affiliation(scene: Scene, m: Mention) -> list[Who]:
    """The states or bodies that an inner mention gives to the role around it."""
    m.head = m.core
    if m.sort in ("name", "adjective"):
        who = named(scene, m)
        return [who] if who else []
    of = [w for one in m.of for w in affiliation(scene, one)]
    if m.sort == "person":
        return [personal(scene, m, of)]
    if m.owner is not None and not of:
        of = owner_of(scene, m)
    found = role_of(scene, m, of)
    if found and m.role and m.role.kind == "body":
        note_role(scene, m, found)
    return found or list(resolve_definite(scene, m)[0])


def owner_of(scene: Scene, m: Mention) -> list[Who]:
    """Whom "his", "its" or "their" before a role stands for."""
    if m.owner is None or scene.tokens[m.owner].lower in FIRST_PERSON:
        return []
    if m.role_word in CREW and (craft := _craft(scene, m)):
        return craft
    return list(resolve_pronoun(scene, Mention(m.owner, m.owner, m.owner, "pronoun", head=m.owner))[0])


def _craft(scene: Scene, m: Mention) -> list[Who]:
    """Whose jet it is in "shot down an Indian jet and captured its pilot": the one craft that the sentence names."""
    sentence = scene.tokens[m.core].sentence
    near = [e for e in scene.memory.recent(sentence) if e.kind == "group" and e.id and e.seen[-1].sentence == sentence]
    return [Who(near[0].id, near[0].name)] if len(near) == 1 and not near[0].many else []
