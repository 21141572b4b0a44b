"""What rules and encoder say together: the type of an act, its probability, and the class of a sentence.

Where the lexicon says ACCUSE at "sued" and the encoder finds ACCUSE .6 and COERCE .3, ACCUSE has .9. A rule's word adds a
fixed weight to the log-odds of its type. The weights stand below what the training sets would give them, since the lexicon was
written with those at hand: they were fitted with every row silent that fires in no other sentence.
"""

from collections.abc import Mapping, Sequence
from math import exp

from twotrack.model import Event
from twotrack.ontology import types

TYPE_WEIGHT = 1.5  # log-odds that a rule adds to its type; least loss on held-out pairs
CLASS_WEIGHT = 1.5  # log-odds that a rule adds to its class; from .5 to 3 the held-out figure moves by a point
TEMPERATURE = 2.0  # the encoder's log-odds are divided by this: by themselves they were .99 where .93 were right
COMING = frozenset({"planned"})
SPOKEN = frozenset({"REQUEST", "REJECT", "ACCUSE", "THREATEN"})


def coded_type(event: Event) -> str:
    """The type as a coder of PLOVER gives it: what is announced and friendly is AGREE, what is announced and hostile THREATEN,
    a friendly act that its source says it will not do REJECT."""
    friendly = types()[event.type] in (1, 2)
    if event.status in COMING and event.type not in SPOKEN:
        return "AGREE" if friendly else "THREATEN"
    if event.status == "negated" and friendly:
        return "REJECT"
    return event.type


def probabilities(logits: Mapping[str, float], ruled: str | None) -> dict[str, float]:
    """The probability of each type, with the rule's type weighed in; of no other than the logits have."""
    raised = {kind: value / TEMPERATURE + TYPE_WEIGHT * (kind == ruled) for kind, value in logits.items()}
    top = max(raised.values())
    odds = {kind: exp(value - top) for kind, value in raised.items()}
    total = sum(odds.values())
    return {kind: value / total for kind, value in odds.items()}


def likeliest_class(logits: Sequence[float], ruled: int | None) -> int:
    """The class 0-4 by its log-odds, with the rule's class weighed in."""
    raised = [value + CLASS_WEIGHT * (number == ruled) for number, value in enumerate(logits)]
    return max(range(len(raised)), key=raised.__getitem__)
