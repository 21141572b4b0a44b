"""Who commits whom: subjects as actors, the speaker above a clause, and whether the one speaks for the other.

In "The FARC said that they will lay down arms" the party of "lay down" is "The FARC"; in "Kyiv said that Moscow will attack"
there is none.
"""

from bisect import bisect_right
from typing import NamedTuple

from twotrack.find.polarity import lemmas
from twotrack.mark.clauses import quote_at
from twotrack.model import Actor, ActorMark, AttributionMark, Span
from twotrack.reading import Reading
from twotrack.syntax import Tokens, children, conjunction_head, conjuncts, governors, is_verb, prep_objects, subjects

FIRST_PERSON = frozenset({"i", "we", "us", "our", "my", "me"})
THIRD_PERSON = frozenset({"he", "she", "it", "they"})
PARTY_ENTS = frozenset({"PERSON", "ORG", "GPE", "NORP"})
THING_ENTS = frozenset(
    {
        "DATE",
        "TIME",
        "EVENT",
        "LAW",
        "PRODUCT",
        "WORK_OF_ART",
        "MONEY",
        "CARDINAL",
        "PERCENT",
        "QUANTITY",
        "LANGUAGE",
        "ORDINAL",
    }
)
DETERMINERS = frozenset(
    {"the", "a", "an", "its", "their", "his", "her", "our", "this", "that", "these", "those", "some", "both", "even"}
)
SAYINGS = lemmas("words", "sayings")
NEARBY = 1_000  # characters after an act in which the words that report it can stand
MAX_AROUND = 20  # attributions looked at around an act; more than that stand between an act and its own only in lists
MAX_CLIMB = 12  # heads between an act and the verb that reports it


class Voice(NamedTuple):
    """Who says a clause: the head token of the speaker, the reporting verb's index, None where unknown."""

    speaker: int | None
    verb: int | None


def is_party(reading: Reading, head: int) -> bool:
    """Whether a noun can commit itself: a state, body, person or their pronoun, not "the strategy" or "sanctions"."""
    token = reading.tokens[head]
    if token.pos == "PRON":
        return token.lower in FIRST_PERSON | THIRD_PERSON | {"who"}
    if token.lemma in lemmas("people") or token.lower in lemmas("people"):
        return True
    if (token.ent in PARTY_ENTS and token.pos in ("PROPN", "NOUN", "ADJ")) or head in reading.actors_at:
        return True
    return token.pos == "PROPN" and token.ent not in THING_ENTS


def actors_of(reading: Reading, heads: tuple[int, ...]) -> tuple[Actor, ...]:
    """The actors that these tokens head: those of the marks, and unresolved ones where no mark stands."""
    found: list[Actor] = []
    for head in heads:
        mark = reading.actors_at.get(head) or _mark_over(reading, head)
        found.extend(mark.actors if mark else (unresolved(reading, head),))
    return tuple({(actor.start, actor.id, actor.name): actor for actor in found}.values())


def _mark_over(reading: Reading, head: int) -> ActorMark | None:
    """The mark whose phrase holds a token that heads none, if that phrase's head hangs on it."""
    token = reading.tokens[head]
    near = [
        n
        for n in (*token.children, token.head)
        if n in reading.actors_at and reading.tokens[n].dep in ("compound", "nmod", "appos", "flat")
    ]
    return next((m for n in near if (m := reading.actors_at[n]).start <= token.start and token.end <= m.end), None)


def unresolved(reading: Reading, head: int) -> Actor:
    """An actor by its words alone: "around 1,800 of 2,200 Serbian teachers"."""
    span = party_span(reading.tokens, head)
    return Actor(None, None, reading.report.text[span.start : span.end], span.start, span.end)


def party_span(tokens: Tokens, head: int) -> Span:
    """A party's noun phrase without article and relative clauses, with what "of" adds: "leaders of the opposition"."""
    first = last = head
    for c in tokens[head].children:
        if c < head and tokens[c].dep not in ("punct", "cc", "preconj", "relcl", "prep", "appos"):
            first = min(first, c, *(g for g in tokens[c].children))
        elif tokens[c].dep == "prep" and tokens[c].lower in ("of", "in") and c == head + 1:
            inner = children(tokens, c, "pobj")
            last = max(last, inner[0]) if inner and inner[0] - head < 15 and tokens[inner[0]].ent != "DATE" else last
    while first < head and (
        tokens[first].lower in DETERMINERS or tokens[first].pos in ("PUNCT", "ADP", "SCONJ", "ADV", "CCONJ")
    ):
        first += 1
    return Span(tokens[first].start, tokens[last].end)


def agents(tokens: Tokens, verb: int) -> tuple[int, ...]:
    """Who does what a passive verb tells: "was urged by Paris"."""
    by = children(tokens, verb, "agent")
    return tuple(n for c in by for one in children(tokens, c, "pobj") for n in conjuncts(tokens, one))


def doers(tokens: Tokens, verb: int) -> tuple[int, ...]:
    """The subjects of a verb, or the agents of a passive one."""
    if any(tokens[c].dep in ("auxpass", "nsubjpass") for c in tokens[verb].children):
        return agents(tokens, verb)
    return tuple(subjects(tokens, verb))


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
            if said and (speakers := doers(tokens, up)):
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
    return _trailing_voice(reading, verb) or _attributed(reading, verb) or Voice(None, None)


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


def is_watcher(reading: Reading, head: int) -> bool:
    """An analyst, a study: what they say that others will do binds nobody."""
    tokens = reading.tokens
    names = [head, *children(tokens, head, "appos", "compound")]
    return any(tokens[n].lemma in lemmas("watcher") for n in names)


def same_side(reading: Reading, one: int, other: int) -> bool:
    """Whether one may speak for the other: their ids share the state or body, or either is without one."""
    ids = [
        {a.id.split(".")[0] if not a.id.startswith("IGO") else a.id for a in actors_of(reading, (n,)) if a.id}
        for n in (one, other)
    ]
    if ids[0] and ids[1]:
        return bool(ids[0] & ids[1])
    tokens = reading.tokens
    places = [_states(tokens, n) for n in (one, other)]
    return not (places[0] and places[1]) or bool(places[0] & places[1])


def _states(tokens: Tokens, head: int) -> set[str]:
    """The names of states and peoples in a phrase, cut so that "Iran" and "Iranian" are one."""
    near = (head, *tokens[head].children)
    return {tokens[n].lower[:4] for n in near if tokens[n].ent in ("GPE", "NORP")}


def refers_to(reading: Reading, pronoun: int, speaker: int) -> bool:
    """Whether a pronoun in what is said may mean who says it: "The ministry said it ...", not "The minister said they ..."."""
    tokens = reading.tokens
    word = tokens[pronoun].lower
    quote = quote_at(reading, tokens[pronoun].start)
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


def owner(reading: Reading, noun: int) -> tuple[int, ...]:
    """Whose a noun is: "Mandela's threat", "the Australian ultimatum", "demands by the rebels", "its demand"."""
    tokens = reading.tokens
    for c in tokens[noun].children:
        if tokens[c].dep == "poss" and tokens[c].pos == "PRON":
            verb = tokens[noun].head
            above = subjects(tokens, verb) if is_verb(tokens[verb]) else []
            known = c in reading.actors_at and any(actor.id for actor in reading.actors_at[c].actors)
            return tuple(n for n in above if is_party(reading, n)) or ((c,) if known else ())
        if tokens[c].dep == "poss" and is_party(reading, c):
            return tuple(conjuncts(tokens, c))
        if tokens[c].dep in ("amod", "compound", "nmod") and tokens[c].ent in ("NORP", "GPE", "ORG"):
            return (c,)
    return tuple(n for n in prep_objects(tokens, noun, "by", "from") if is_party(reading, n))


def doing_party(reading: Reading, i: int) -> tuple[int, ...] | None:
    """Who does the demanding, vowing, refusing: None where that is a thing ("the flood threatened the city")."""
    tokens = reading.tokens
    doing = doers(tokens, i)
    if not doing:
        passive = any(tokens[c].dep in ("auxpass", "nsubjpass") for c in tokens[i].children)
        noun = tokens[i].head if tokens[i].dep in ("acl", "pcomp") else None
        return (
            ()
            if (passive and tokens[i].dep != "acl") or (noun is not None and not passive and tokens[i].tag == "VBG")
            else None
        )
    kept = tuple(n for n in doing if is_party(reading, n))
    if kept or tokens[i].dep not in ("acl", "relcl", "advcl", "xcomp"):
        return kept or None
    while tokens[doing[0]].dep == "appos":  # "China and India, the biggest buyers, which vowed ..."
        doing = tuple(conjuncts(tokens, conjunction_head(tokens, tokens[doing[0]].head)))
    if is_party(reading, doing[0]):
        return tuple(n for n in doing if is_party(reading, n))
    if tokens[doing[0]].dep != "dobj":
        return owner(reading, doing[0]) or None
    issuers = owner(reading, doing[0]) or tuple(
        n for n in doers(tokens, tokens[doing[0]].head) if is_verb(tokens[tokens[doing[0]].head])
    )
    return tuple(n for n in issuers if is_party(reading, n)) or None


def spoken_by(reading: Reading, i: int, party: tuple[int, ...]) -> tuple[int, ...]:
    """The speaker instead of the pronoun for it: "The Kremlin said [it] was considering" -> the Kremlin."""
    if len(party) != 1 or reading.tokens[party[0]].lower not in FIRST_PERSON | THIRD_PERSON:
        return party
    speaker = voice(reading, i).speaker
    if speaker is None or speaker == party[0] or not is_party(reading, speaker) or not refers_to(reading, party[0], speaker):
        return party
    return (speaker,)


def is_question(reading: Reading, i: int) -> bool:
    """ "Has he called for talks?" calls for nothing."""
    sentence = reading.sentences[reading.tokens[i].sentence]
    return reading.report.text[max(sentence.start, sentence.end - 3) : sentence.end].rstrip("\"”’'").endswith("?")
