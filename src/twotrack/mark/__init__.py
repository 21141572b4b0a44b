"""What the text mentions: who, when, who is speaking where, what hangs on what. Each marker sees the marks before it."""

from collections.abc import Callable, Iterator

from twotrack.errors import Problem
from twotrack.mark.actors import mark_actors
from twotrack.mark.attribution import mark_attribution, mark_attribution_learned
from twotrack.mark.conditions import mark_conditions
from twotrack.mark.dates import mark_dates
from twotrack.model import Mark
from twotrack.reading import Reading

MARKERS: tuple[Callable[[Reading], Iterator[Mark | Problem]], ...] = (
    mark_actors,
    mark_dates,
    mark_attribution_learned,
    mark_conditions,
)
# Without any learned part: half the time, and a lower score.
FAST_MARKERS = tuple(mark_attribution if mark is mark_attribution_learned else mark for mark in MARKERS)
