"""Which words tell that somebody says, thinks or wants something, and by what complement: the cue table applied to a parse.

"Iran warned that sanctions would follow": the verb "warn" with a that-clause. "The call for talks": the noun "call" with
"for". A word is a cue only with the complements that its rows in data/cues.toml name, each with its precision.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from twotrack.lexicon import rows
from twotrack.model import AttributionMark
from twotrack.syntax import SUBJECTS, Tokens, children, is_verb, prep_objects, subtree

WH = frozenset({"WP", "WDT", "WRB", "WP$"})
PREPOSITIONS = frozenset({"prep", "agent", "dative"})
COMPLEMENTS = frozenset({"ccomp", "xcomp", "dobj", "oprd", "attr", "acl", "relcl", "advcl"})
MEDIA_TOO = frozenset({"in", "on", "at", "during"})  # before what carries words, which may have a clause of its own
REACHING = MEDIA_TOO | {"by", "to", "over", "through", "via", "with"}
LEMMA_SLIPS = {"retweete": "retweet"}  # lemmas that the pipeline gets wrong


class CueWord(NamedTuple):
    """What the table says of a word with one complement: `kind` is "speech", "writing", "attitude", "intention", ..."""

    precision: float
    kind: str


class Complement(NamedTuple):
    """A complement that a word has in a sentence: its frame, the token that heads it."""

    frame: str
    anchor: int


@lru_cache
def cue_words() -> dict[tuple[str, str], CueWord]:
    """By word and frame: ("warn", "that") -> (0.97, "speech"); "talk+about" of "p": ("talk", "p:about")."""
    table: dict[tuple[str, str], CueWord] = {}
    for row in rows("cues", "cue", "frame", "kind", "words", "examples"):
        for entry, precision in row["words"].items():
            word, _, rest = entry.partition("+")
            frame = f"{row['frame']}:{rest}" if rest else row["frame"]
            table[word, frame] = CueWord(float(precision), row["kind"])
    return table


@lru_cache
def words_of(role: str) -> frozenset[str]:
    """Words that shape how cues are drawn: words_of("light") has "raise" as in "raise doubts about"."""
    return frozenset(
        word for row in rows("cues", "helping", "role", "words", "examples") if row["role"] == role for word in row["words"]
    )


@lru_cache
def cue_lemmas() -> frozenset[str]:
    """The words of the table without their frames and particles, for a first cheap look."""
    stems = {word.split(" ")[0].split("/")[0] for word, _ in cue_words()}
    return frozenset(stems | {slip for slip, lemma in LEMMA_SLIPS.items() if lemma in stems})


def cue_key(tokens: Tokens, i: int) -> str:
    """The table's name of a token: "warn", "point out", "warning/n", "confident/a", "reportedly/r"."""
    token = tokens[i]
    if token.pos in ("NOUN", "PROPN"):
        return token.lemma + "/n"
    if token.pos == "ADJ":
        return token.lemma + "/a"
    if token.pos == "ADV":
        return token.lemma + "/r"
    lemma = LEMMA_SLIPS.get(token.lemma, token.lemma)
    particle = next((tokens[c].lower for c in token.children if tokens[c].dep == "prt"), None)
    return f"{lemma} {particle}" if particle else lemma


def complements(tokens: Tokens, i: int) -> Iterator[Complement]:
    """The complements of a word, by what they tell most: "told reporters that ..." yields that-clause, then noun phrase."""
    lent = lent_clause(tokens, i)
    found = [c for c in (_complement(tokens, i, child) for child in tokens[i].children if child != lent) if c is not None]
    around = [tokens[i].head] if tokens[i].dep == "ccomp" and tokens[i].head > i else []
    lenders = [(c, lent_clause(tokens, c)) for c in (*tokens[i].children, *around)]
    found += [Complement("that", clause) for c, clause in lenders if clause is not None]
    found = [one for one in found if one.anchor not in {c for c, clause in lenders if clause is not None}]
    found += [Complement("that", clause) for c in tokens[i].children if (clause := cited_clause(tokens, c)) is not None]
    if not any(c.frame in CLAUSE_FRAMES for c in found) and (quoting := quoting_verb(tokens, i)) is not None:
        found = [Complement("fronted", c) for c in children(tokens, quoting, "ccomp") if c < quoting] or found
    told = TOLD - {"np"} if tokens[i].lemma in words_of("addressing") else TOLD  # "told his host by telephone that"
    if not any(c.frame in told for c in found):
        media = [c for c in tokens[i].children if c > i and tokens[c].dep == "prep" and tokens[i].pos == "VERB"]
        found += [Complement("that", clause) for c in media if (clause := _misread_in_medium(tokens, c)) is not None]
    if any(c.frame == "that" for c in found):  # "it was here, he recalled, that ..."
        found = [c for c in found if c.frame != "fronted"]
    found.sort(key=lambda c: (RANK.get(c.frame.split(":")[0], 9), c.anchor))
    yield from found


def lent_clause(tokens: Tokens, i: int) -> int | None:
    """The clause that the parse hangs on an inserted verb, of "told them, officials said, that the road was cut".

    So it does where the telling stands first: "he had been told by the king, the envoy wrote, that it was over".
    """
    head = tokens[i].head
    fronted = next((c for c in children(tokens, i, "ccomp") if c < i and tokens[c].lemma in words_of("addressing")), None)
    told = fronted if fronted is not None else head if tokens[i].dep in ("parataxis", "ccomp") and head < i else None
    if told is None or tokens[told].lemma not in words_of("addressing") or not is_inserted(tokens, told, i):
        return None
    if any(tokens[c].dep in ("ccomp", "xcomp") and c != i for c in tokens[told].children):
        return None
    clauses = ((c, subtree(tokens, c)[0]) for c in children(tokens, i, "ccomp") if c > i)
    return next((c for c, first in clauses if tokens[first].lower == "that" and tokens[first - 1].text == ","), None)


def is_inserted(tokens: Tokens, told: int, i: int) -> bool:
    """Whether a verb with its subject stands behind a comma after another: ", officials said"."""
    first = min((subtree(tokens, c)[0] for c in _own_subjects(tokens, i) if c > told), default=0)
    return first > 0 and tokens[first - 1].text == ","


def cited_clause(tokens: Tokens, i: int) -> int | None:
    """The clause of "reported, citing officials, that the road was cut", which the parse hangs on "citing" or who is cited."""
    if tokens[i].tag != "VBG" or tokens[i].lemma not in words_of("citing"):
        return None
    below = [c for c in subtree(tokens, i) if tokens[c].dep in ("ccomp", "relcl", "acl") and has_that(tokens, c)]
    opening = ((c, min(g for g in tokens[c].children if tokens[g].lower == "that")) for c in below)
    return next((c for c, that in opening if that > i and tokens[that - 1].text == ","), None)


def quoting_verb(tokens: Tokens, i: int) -> int | None:
    """The "quoted" of "talks will go on, the minister was quoted as saying", "..., the agency quoted him as saying".

    And the "reported" of "..., the minister was reported by the agency to have said".
    """
    above = tokens[tokens[i].head]
    if tokens[i].dep == "pcomp" and above.lower == "as" and tokens[above.head].lemma in words_of("citing"):
        return above.head
    reporting = above.lemma in words_of("relaying") | words_of("citing") | {"say"}
    perfect = tokens[i].dep == "xcomp" and tokens[i].tag == "VBN" and reporting
    return above.i if perfect and is_passive_cue(tokens, above.i) else None


CLAUSE_FRAMES = frozenset({"that", "bare", "wh", "to"})
TOLD = CLAUSE_FRAMES | {"fronted", "np", "pred"}
RANK = {"fronted": 0, "that": 1, "wh": 2, "bare": 2, "to": 3, "ing": 4, "pred": 5, "p": 7, "np": 6}


def _complement(tokens: Tokens, i: int, c: int) -> Complement | None:
    child, verbal = tokens[c], tokens[i].pos in ("VERB", "AUX")
    dep = child.dep
    if dep == "ccomp" or (dep == "acl" and not verbal) or (dep == "relcl" and not verbal and has_that(tokens, c)):
        return _clause(tokens, i, c)
    if dep == "advcl" and verbal and c > i and has_that(tokens, c):
        first = tokens[subtree(tokens, c)[0]]  # "reported, citing two officials, that", which the parse makes an adverb's
        return Complement("that", c) if first.lower == "that" or first.lemma in words_of("citing") else None
    if dep == "xcomp":
        return Complement(_infinitive(tokens, c), c) if c > i else None
    if dep == "dobj" and tokens[i].lemma in words_of("addressing") and (told := _told(tokens, c)) is not None:
        return Complement("that", told)
    if dep == "dobj" and verbal and c > i and child.tag not in WH:
        return Complement("np", c)
    if dep in ("oprd", "attr") and c > i and verbal:
        return Complement("pred", c)
    if dep == "prep" and verbal and (clause := _clause_in_medium(tokens, c)) is not None:
        return Complement("that", clause)
    if dep in PREPOSITIONS and c > i and any(tokens[g].dep in ("pobj", "pcomp") for g in child.children):
        return Complement("p:" + child.lower, c)
    return None


def _told(tokens: Tokens, c: int) -> int | None:
    """The clause of "told a crowd that the siege was over", "told them it would go", which the parse hangs on the crowd."""
    for g in tokens[c].children:
        if tokens[g].dep in ("relcl", "acl") and any(tokens[n].dep in SUBJECTS for n in tokens[g].children):
            first = tokens[subtree(tokens, g)[0]]
            that = first.lower == "that" and first.dep not in SUBJECTS
            future = first.tag == "PRP" and any(tokens[n].tag == "MD" for n in tokens[g].children)
            stated = tokens[g].lemma == "be" and first.tag not in WH  # "told them the road was closed"
            whole = stated and bool(children(tokens, g, "acomp", "attr"))
            return g if (that or future or whole) and first.i == c + 1 else None
    return None


def _clause_in_medium(tokens: Tokens, c: int) -> int | None:
    """The that-clause that the parse hangs on a medium or a listener: "said in a statement (posted online) that ...".

    "Boasted to an informant that"; not "pointed to claims that", which have a clause of their own.
    """
    if tokens[c].lower not in REACHING:
        return None
    own = tokens[c].lower in MEDIA_TOO
    nouns = [n for n in children(tokens, c, "pobj") if own or (cue_key(tokens, n), "that") not in cue_words()]
    clauses = [g for n in nouns for g in tokens[n].children if tokens[g].dep in ("acl", "relcl")]
    posted = [g for n in clauses if own and tokens[n].tag == "VBN" for g in children(tokens, n, "ccomp")]
    return next((g for g in (*clauses, *posted) if has_that(tokens, g)), None)


def is_medium(tokens: Tokens, i: int, complement: Complement) -> bool:
    """Whether a noun only carries what a verb says: the report of "concluded in a report that the bridge was safe"."""
    preposition = tokens[i].head
    verb = tokens[preposition].head
    clause = _clause_in_medium(tokens, preposition) if tokens[preposition].dep == "prep" and is_verb(tokens[verb]) else None
    return clause == complement.anchor and (cue_key(tokens, verb), "that") in cue_words()


def is_conveyed(tokens: Tokens, i: int) -> bool:
    """Whether a noun of saying is passed on by somebody: the message of "relayed a message from the rebels that ..."."""
    return tokens[i].dep == "dobj" and tokens[tokens[i].head].lemma in words_of("conveying") and tokens[i].head < i


def sender_of(tokens: Tokens, i: int) -> int | None:
    """Whose words a verb or a noun passes on: the rebels of "relayed a message from the rebels that it was over"."""
    verb = tokens[i].head if is_conveyed(tokens, i) else i
    if tokens[verb].lemma not in words_of("conveying"):
        return None
    nouns = [n for n in children(tokens, verb, "dobj") if (cue_key(tokens, n), "that") in cue_words()]
    return next((n for at in (*nouns, verb) for n in prep_objects(tokens, at, "from")), None) if nouns else None


def _misread_in_medium(tokens: Tokens, c: int) -> int | None:
    """The clause of "vowed in a speech that no ship would pass", which the parse takes for a relative one.

    It can be none where the verb of saying has nothing else to say and the clause has a subject.
    """
    nouns = children(tokens, c, "pobj") if tokens[c].lower in REACHING else []
    for g in (g for n in nouns for g in children(tokens, n, "relcl")):
        that = tokens[subtree(tokens, g)[0]]
        if that.lower == "that" and that.dep in ("pobj", "dobj") and that.head == g and _own_subjects(tokens, g):
            return g
    return None


def _clause(tokens: Tokens, i: int, c: int) -> Complement | None:
    if c < i:
        return Complement("fronted", c) if tokens[i].pos in ("VERB", "AUX") else None
    first = tokens[min((tokens[c].children or (c,))[0], c)]
    if (first.lower == "that" and first.dep != "det") or has_that(tokens, c):
        return Complement("that", c)
    if first.tag in WH or first.lower in ("whether", "if"):
        return Complement("wh", c)
    if tokens[c].dep == "acl":
        return Complement("to", c) if _infinitive(tokens, c) == "to" else None
    return Complement("bare", c)


def has_that(tokens: Tokens, c: int) -> bool:
    """Whether "that" opens a clause."""
    return any(tokens[g].lower == "that" and tokens[g].dep == "mark" for g in tokens[c].children)


def _infinitive(tokens: Tokens, c: int) -> str:
    token = tokens[c]
    if token.pos not in ("VERB", "AUX"):
        return "pred"
    if any(tokens[g].lower == "to" and tokens[g].tag == "TO" for g in token.children):
        return "to"
    having = any(tokens[g].tag == "VBG" and tokens[g].dep == "aux" for g in token.children)  # "denied ever having met him"
    return "ing" if token.tag == "VBG" or having else "pred"


def is_passive_cue(tokens: Tokens, i: int) -> bool:
    """ "was asked", and the bare participle of "when asked" and "a town known as": who says it is no subject."""
    deps = {tokens[c].dep for c in tokens[i].children}
    if deps & {"nsubjpass", "auxpass"}:
        return True
    return tokens[i].tag == "VBN" and tokens[i].dep in ("advcl", "acl") and not deps & {"aux", "nsubj"}


def subject_of(tokens: Tokens, i: int) -> int | None:
    """The token's own subject in the same clause.

    Parses give an inserted verb both subjects: of "the envoy, Radio Ulva announced, told them" the first is that of "told".
    """
    if own := _own_subjects(tokens, i):
        return own[-1] if tokens[i].dep == "parataxis" else own[0]
    inserted = (_own_subjects(tokens, c) for c in tokens[i].children if tokens[c].dep == "parataxis" and c < i)
    return next((both[0] for both in inserted if len(both) > 1 and both[1] < i), None)


def _own_subjects(tokens: Tokens, i: int) -> list[int]:
    return [c for c in tokens[i].children if tokens[c].dep in ("nsubj", "nsubjpass")]


def kind_of(mark: AttributionMark) -> str:
    """The kind of an attribution's cue word: "speech" for the rule "warn+that", and for rules outside the table."""
    word, _, frame = mark.rule.partition("+")
    found = cue_words().get((word, frame))
    return found.kind if found is not None else "speech"
