"""Acts that a word commits a party to: "Quito demanded that Lima [withdraw]", "is ready to [talk]", "its threat to [leave]".

The words stand in data/commitments.toml with the frames in which their act can stand.
"""

from collections.abc import Iterator

from twotrack.find.commitments.acts import with_not
from twotrack.find.commitments.announcements import MAYBE, Act, Announcement, rows_by_lemma
from twotrack.find.commitments.frames import FRAMES
from twotrack.find.commitments.parties import (
    FIRST_PERSON,
    THIRD_PERSON,
    actors_of,
    doers,
    doing_party,
    is_party,
    is_question,
    owner,
    same_side,
)
from twotrack.find.commitments.polarity import lemmas, polarity
from twotrack.find.commitments.voices import spoken_by, voice
from twotrack.lexicon import Row
from twotrack.mark.clauses import readable_tokens
from twotrack.model import ActKind, Strength
from twotrack.reading import Reading
from twotrack.syntax import Tokens, auxiliaries, children, is_negated, is_verb, objects, prep_objects, subjects

BETWEEN = lemmas("words", "go-betweens")  # they speak for those they shuttle between
DEMANDING = lemmas("words", "asking-verbs")  # also without who, or as "to demand"
LIGHT_VERBS = lemmas("words", "light-verbs")
SPONSORING = lemmas("words", "sponsoring-verbs")
SEVERAL = lemmas("words", "several")


def find_triggered(reading: Reading) -> Iterator[Announcement]:
    """The commitments that verbs, adjectives and nouns of committing announce, in text order."""
    verbs, adjectives, nouns = rows_by_lemma("verb"), rows_by_lemma("adjective"), rows_by_lemma("noun")
    for token in readable_tokens(reading):
        if token.lemma in verbs and token.pos == "VERB" and token.dep != "amod":
            yield from _of_verb(reading, token.i, verbs[token.lemma])
        elif token.lower in adjectives and token.dep in ("acomp", "conj", "ROOT", "oprd", "advcl", "ccomp", "amod", "acl"):
            yield from _of_adjective(reading, token.i, adjectives[token.lower])
        if token.lemma in nouns and token.pos == "NOUN":
            yield from _of_noun(reading, token.i, nouns[token.lemma])


# --- verbs --------------------------------------------------------------------------------------------------------------


def _of_verb(reading: Reading, i: int, candidates: tuple[Row, ...]) -> Iterator[Announcement]:
    tokens = reading.tokens
    party = doing_party(reading, i)
    if party is None or not _is_said(reading, i) or is_question(reading, i):
        return
    if not party and tokens[i].lemma not in DEMANDING:
        return
    party = spoken_by(reading, i, party)
    if party and tokens[party[0]].lower == "it" and not any(actor.id for actor in actors_of(reading, party[:1])):
        return  # "it is odd that he demands ... and refuses": an "it" that stands for nobody
    for row in candidates:
        if "particle" in row and not any(
            tokens[c].lower == row["particle"] for c in children(tokens, i, "prt", "advmod", "prep")
        ):
            continue
        if acts := [act for frame in row["frames"] for act in FRAMES[frame](reading, i, row)]:
            yield from _found(reading, i, row, party, acts[:1])
            return


def _is_said(reading: Reading, i: int) -> bool:
    """Whether a verb of committing is asserted: not "did not promise", "could agree", "if it refuses"."""
    tokens = reading.tokens
    said = auxiliaries(tokens, i)
    if any(tokens[c].tag == "WRB" or tokens[c].lower in ("whether", "if") for c in tokens[i].children if c < i):
        return False
    if tokens[i].lemma == "rule":
        return not MAYBE & set(said)
    if (
        "to" in said
        and tokens[i].lemma not in DEMANDING
        and tokens[tokens[i].head].lemma not in ("continue", "go", "begin", "decide", "use")
    ):
        return False
    if MAYBE & set(said) or "should" in said or ("would" in said and voice(reading, i).speaker is None):
        return False
    if is_negated(tokens, i):
        return tokens[i].lemma in ("rule", "exclude")
    return not (
        "to" in said
        and tokens[i].dep == "xcomp"
        and tokens[tokens[i].head].lemma in ("fail", "have", "need", "seem", "appear", "want", "hope")
    )


def _found(reading: Reading, i: int, row: Row, party: tuple[int, ...], acts: list[Act]) -> Iterator[Announcement]:
    tokens = reading.tokens
    for act in acts:
        kind = _kind(reading, i, row, party, act)
        if kind is None:
            continue
        strength: Strength = row.get("strength", "conditional_only" if row["id"] == "law" else "firm")
        if row["id"] == "rule-out" and is_negated(tokens, i):
            strength = "possible"
        span = act.span
        if act.negated and kind in ("demand", "promise", "threat"):
            span = with_not(reading, span, act.head)
        speaker = party[0] if act.doer and party else None
        agreed = kind == "agreement"  # who agrees is the party, whoever is to carry it out
        speaker, who = (None, party) if agreed else (speaker, act.doer or party)
        yield Announcement(kind, i, who, act.toward, span, act.head, strength, row["id"], row["confidence"], speaker)


def _kind(reading: Reading, i: int, row: Row, party: tuple[int, ...], act: Act) -> ActKind | None:
    """The kind of a row, or what the act makes of it: "vowed to attack" threatens, "vowed to help" promises."""
    tokens, kind = reading.tokens, row["kind"]
    sign = polarity(tokens, act.head)
    if row["id"] == "rule-out" and is_negated(tokens, i):
        return "threat" if sign < 0 else None
    if kind == "demand":
        return "demand"
    if act.negated:
        return "promise" if sign < 0 and kind != "refusal" else "refusal"
    if kind in ("refusal", "threat"):
        return "refusal" if kind == "refusal" else "threat"
    if tokens[i].lemma == "offer":
        return "promise"  # "offered to cut its catch": what is offered is welcome, whatever it is called
    if kind == "agree":
        return "agreement" if _several(tokens, party) else "threat" if sign < 0 else "promise"
    if sign < 0:
        return "threat"
    if kind == "commit" or sign > 0:
        return "promise"
    named = tokens[act.head].lemma in lemmas("act", "plan-verb")
    named = named or (row["id"] == "consider" and tokens[act.head].lemma in lemmas("words", "meetings"))
    return "plan" if named or (not row.get("acts_only") and is_verb(tokens[act.head])) else None


def _several(tokens: Tokens, party: tuple[int, ...]) -> bool:
    """ "Egypt and Libya agreed", "the two sides agreed", not "Egypt agreed"."""
    if len(party) > 1:
        return True
    return any(
        (
            tokens[n].lower in SEVERAL
            and tokens[n].tag in ("NNS", "NNPS")
            and any(tokens[c].lower in SEVERAL for c in tokens[n].children)
        )
        or tokens[n].lower in ("both", "sides", "parties")
        for n in party
    )


# --- adjectives and nouns ---------------------------------------------------------------------------------------------------


def _of_adjective(reading: Reading, i: int, candidates: tuple[Row, ...]) -> Iterator[Announcement]:
    """ "Amman is ready to [take part]"; "is not ready to" refuses; "would be ready to" is for a condition."""
    tokens = reading.tokens
    verb = tokens[i].head if tokens[i].dep in ("acomp", "oprd") or (tokens[i].dep == "conj" and not is_verb(tokens[i])) else i
    if tokens[verb].dep == "acomp":
        verb = tokens[verb].head
    party = tuple(n for n in subjects(tokens, verb) if is_party(reading, n))
    party = spoken_by(reading, verb, party)
    if any(
        tokens[c].tag == "WRB" or tokens[c].lower in ("whether", "if") for c in (*tokens[verb].children, *tokens[i].children)
    ):
        return
    if not party or tokens[verb].lemma not in ("be", "remain", "stand", "seem", "declare", "stay", tokens[i].lemma):
        return
    said, refused = set(auxiliaries(tokens, verb)), is_negated(tokens, verb) or is_negated(tokens, i)
    told = voice(reading, verb).verb
    if told is not None and tokens[told].lemma == "deny":
        return  # "denied that he was ready to resign"
    if "must" in said or "should" in said or not _speaks_for(reading, verb, party):
        return
    for row in candidates:
        for act in [act for frame in row["frames"] for act in FRAMES[frame](reading, i, row)][:1]:
            if refused and row["kind"] == "refusal":
                return
            for found in _found(reading, i, row, party, [act]):
                kind: ActKind = "refusal" if refused else found.kind
                strength: Strength = "possible" if MAYBE & said else "conditional_only" if "would" in said else "firm"
                yield found._replace(kind=kind, strength=strength)


def _speaks_for(reading: Reading, verb: int, party: tuple[int, ...]) -> bool:
    """What one says of another's readiness binds nobody: "Kyiv said that Moscow is ready to attack"."""
    speaker = voice(reading, verb).speaker
    if speaker is None or speaker in party or reading.tokens[party[0]].lower in FIRST_PERSON | THIRD_PERSON:
        return True
    return same_side(reading, party[0], speaker) or reading.tokens[speaker].lemma in BETWEEN


def _of_noun(reading: Reading, i: int, candidates: tuple[Row, ...]) -> Iterator[Announcement]:
    tokens = reading.tokens
    denied = is_negated(tokens, i) or is_negated(tokens, tokens[i].head)
    if tokens[i].dep in ("compound", "npadvmod"):
        return
    for row in candidates:
        if denied != row.get("negated", False) or tokens[tokens[i].head].lemma not in row.get(
            "with", (tokens[tokens[i].head].lemma,)
        ):
            continue
        acts = [act for frame in row["frames"] for act in FRAMES[frame](reading, i, row)]
        party = _noun_party(reading, i, row) if acts else ()
        if party:
            yield from _found(reading, i, row, party, [_toward_light(reading, i, act) for act in acts[:1]])
            return


def _noun_party(reading: Reading, i: int, row: Row) -> tuple[int, ...]:
    """Whose threat, demand or pledge it is: its owner, or who issues, repeats, gives it."""
    tokens = reading.tokens
    verb = tokens[i].head
    if tokens[i].dep in ("dobj", "conj") and tokens[verb].lemma in (
        row["with"] if "with" in row else SPONSORING if row["id"] == "law" else LIGHT_VERBS
    ):
        return tuple(n for n in doers(tokens, verb) if is_party(reading, n))
    return owner(reading, i) if row["id"] != "law" else ()


def _toward_light(reading: Reading, noun: int, act: Act) -> Act:
    """ "gave [the militia] an ultimatum", "an ultimatum to [Damascus] to withdraw"."""
    tokens = reading.tokens
    if act.toward:
        return act
    verb = tokens[noun].head
    near = [
        *children(tokens, verb, "dative"),
        *(n for n in objects(tokens, verb) if n < noun),
        *prep_objects(tokens, noun, "to", "on", "against"),
        *prep_objects(tokens, verb, "to", "on"),
    ]
    near = [n for n in near if tokens[n].pos != "ADP" and n != act.head] + [
        g for c in children(tokens, verb, "dative") for g in children(tokens, c, "pobj")
    ]
    return act._replace(toward=tuple(n for n in near if is_party(reading, n))[:3])
