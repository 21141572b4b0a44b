"""Giving in the progressive: "The Commission is [allocating €95 million to Yemen]" promises what is under way to be given."""

from collections.abc import Iterator

from twotrack.find.commitments.acts import verb_act
from twotrack.find.commitments.announcements import Announcement
from twotrack.find.commitments.modals import CONFIDENCE
from twotrack.find.commitments.parties import is_party
from twotrack.find.commitments.polarity import polarity
from twotrack.mark.clauses import readable_tokens
from twotrack.model import ActKind
from twotrack.reading import Reading
from twotrack.syntax import children, objects, prep_objects, subjects


def find_giving(reading: Reading, used: frozenset[int]) -> Iterator[Announcement]:
    """ "The Commission is [allocating €95 million to Yemen]": an aid or mission under way to be given."""
    tokens = reading.tokens
    for token in readable_tokens(reading):
        if (
            token.tag != "VBG"
            or token.lemma not in ("allocate", "send", "dispatch", "provide", "deploy", "prepare")
            or token.i in used
        ):
            continue
        said = [c for c in children(tokens, token.i, "aux") if tokens[c].lower in ("is", "are")]
        own = [n for n in subjects(tokens, token.i) if is_party(reading, n)] if said else []
        if own and objects(tokens, token.i) and token.dep in ("ROOT", "ccomp", "conj", "parataxis"):
            sign = polarity(tokens, objects(tokens, token.i)[0])
            if not sign and token.lemma not in ("send", "dispatch", "deploy"):
                continue
            kind: ActKind = "threat" if sign < 0 else "promise" if sign > 0 else "plan"
            toward = tuple(n for n in prep_objects(tokens, token.i, "to", "for") if is_party(reading, n))
            yield Announcement(
                kind, token.i, tuple(own), toward, verb_act(reading, token.i), token.i, "firm", "giving", CONFIDENCE["told"]
            )
