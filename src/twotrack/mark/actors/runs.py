"""Flat noun phrases of a sentence, as atoms: what a lexicon knows, and single words.

"Iran's new foreign minister Jane Roe said" -> Iran | 's | new | foreign minister | Jane | Roe.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from twotrack.mark.actors.names import ROLE_KINDS, Meaning, Piece
from twotrack.model import Token
from twotrack.syntax import conjunction_head

Tokens = Sequence[Token]
NOMINAL = frozenset(
    {"NN", "NNS", "NNP", "NNPS", "JJ", "JJR", "JJS", "CD", "POS", "HYPH", "PRP$", "DT", "PDT", "AFX", "ADD", "FW"}
)
MODIFIERS = frozenset({"compound", "amod", "nmod", "nummod", "poss", "det", "case", "predet", "quantmod", "punct", "advmod"})
HONORIFICS = {
    "mr": "m",
    "mrs": "f",
    "ms": "f",
    "miss": "f",
    "sir": "m",
    "lord": "m",
    "lady": "f",
    "dame": "f",
    "dr": "",
    "sheikh": "m",
}


@dataclass(frozen=True, slots=True)
class Atom:
    """A lexicon piece, or a token that is none (`meanings` empty)."""

    first: int
    last: int
    meanings: tuple[Meaning, ...]

    def has(self, *kinds: str) -> bool:
        return any(m.kind in kinds for m in self.meanings)

    @property
    def is_role(self) -> bool:
        return bool(self.meanings) and self.meanings[0].kind in ROLE_KINDS

    @property
    def role(self) -> Meaning:
        """The role that the words give; "the group" is rather a common noun for a body than a role where it can be both."""
        return next((m for m in self.meanings if m.kind != "common"), self.meanings[0])


def runs(tokens: Tokens, first: int, last: int, pieces: dict[int, Piece]) -> Iterator[list[Atom]]:
    """The flat noun phrases among tokens `[first, last)` as atoms, possessives included: "Russia 's foreign minister".

    Phrases without a known word and without a proper noun mention no actor and are left out.
    """
    run: list[Atom] = []
    telling = False
    i = first
    while i < last:
        piece, token = pieces.get(i), tokens[i]
        nominal = (
            piece or token.tag in NOMINAL or (token.dep == "amod" and token.tag[:2] == "VB" and not _clausal(tokens, run, i))
        )
        if nominal or (token.text == "," and run and _listing(tokens, run, i)):
            atom = Atom(i, piece.last, piece.meanings) if piece else Atom(i, i, ())
            if run and (_starts(tokens, run, token) or _ends(tokens, run, atom)):
                if telling:
                    yield run
                run, telling = [], False
            run.append(atom)
            telling = telling or piece is not None or token.tag[:3] == "NNP"
            i = atom.last + 1
        else:
            if telling:
                yield run
            run, telling = [], False
            i += 1
    if telling:
        yield run


def _clausal(tokens: Tokens, run: list[Atom], i: int) -> bool:
    """Whether a participle behind a comma, "reported, quoting sources", opens a clause and no phrase."""
    return not run and tokens[i].tag == "VBG" and i > 0 and tokens[i - 1].text == ","


def _starts(tokens: Tokens, run: list[Atom], token: Token) -> bool:
    """A determiner or possessive pronoun opens a new phrase, but not after "both" or "all"."""
    return token.tag in ("PDT", "PRP$") or (token.tag == "DT" and tokens[run[-1].last].tag != "PDT")


def _listing(tokens: Tokens, run: list[Atom], i: int) -> bool:
    """The comma of "Iran's new, hardline government"."""
    if i + 1 >= len(tokens):
        return False
    before, after = tokens[i - 1], tokens[i + 1]
    return before.tag.startswith("JJ") and before.head > i + 1 and after.head == before.head and after.dep in MODIFIERS


def _ends(tokens: Tokens, run: list[Atom], after: Atom) -> bool:
    """Whether a phrase is over before `after`: its last word depends on none that follow, and names no title of a name."""
    last = run[-1]
    token = tokens[last.last]
    if token.tag in ("POS", "HYPH", "DT", "PDT", "PRP$", "CD") or tokens[after.first].tag in ("POS", "HYPH"):
        return False
    if last.meanings and not after.meanings and tokens[after.first].ent == "DATE":
        return True  # "told parliament | Wednesday"
    if last.is_role and tokens[after.first].pos == "PROPN":
        return False
    if tokens[after.first].tag in ("NNP", "NNPS") and token.tag in ("NNP", "NNPS"):
        return (
            token.dep not in MODIFIERS
            and tokens[after.first].head not in range(run[0].first, after.first)
            and not (tokens[after.first].dep in MODIFIERS and token.head == tokens[after.first].head)
        )
    joined = tokens[conjunction_head(tokens, last.last)]  # "the Kyrgyz and Tajik | leaders": both modify
    shared = joined.i != last.last and joined.dep in MODIFIERS and joined.head >= after.first
    if token.dep in MODIFIERS or token.tag.startswith("JJ") or shared:
        return False
    return (
        token.head < run[0].first or token.head > after.last or token.dep in ("nsubj", "dobj", "pobj", "npadvmod", "nsubjpass")
    )


def is_proper(tokens: Tokens, atom: Atom) -> bool:
    """Whether an atom is a word of a proper name that no lexicon has."""
    token = tokens[atom.first]
    return not atom.meanings and token.tag in ("NNP", "NNPS") and (token.text[:1].isupper() or token.ent == "PERSON")


def is_honorific(tokens: Tokens, atom: Atom) -> bool:
    """ "Mr.", "Ms", "Sheikh"."""
    return not atom.meanings and tokens[atom.first].lower.rstrip(".") in HONORIFICS


def first_of_name(tokens: Tokens, part: list[Atom], core: int) -> int:
    """Where a personal name starts that ends at `core`: "Mevlut Cavusoglu" before a known surname, "Mr." included."""
    first = core
    while first > 0:
        atom = part[first - 1]
        hyphen = (
            tokens[atom.first].tag == "HYPH"
            and not atom.meanings
            and first > 1
            and _joined(tokens, part[first - 2], part[first])
        )
        inner = atom.has("surname") and tokens[atom.first].ent == tokens[part[core].first].ent == "PERSON"
        if is_proper(tokens, atom) or inner or (hyphen and is_proper(tokens, part[first - 2])) or is_honorific(tokens, atom):
            first -= 1
        else:
            break
    return first


def _joined(tokens: Tokens, before: Atom, after: Atom) -> bool:
    """No white space around a hyphen: "Mi-hyun"."""
    return tokens[before.last].end + 1 == tokens[after.first].start
