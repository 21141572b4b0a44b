"""What the report claims by what it mentions: a marked Reading -> claims. No finder needs another's claims."""

from collections.abc import Callable, Iterator

from twotrack.errors import Problem
from twotrack.find.commitments import find_commitments
from twotrack.find.events import find_events, find_events_learned
from twotrack.find.meetings import find_meetings
from twotrack.find.statements import find_statements
from twotrack.model import Claim
from twotrack.reading import Reading

FINDERS: tuple[Callable[[Reading], Iterator[Claim | Problem]], ...] = (
    find_events_learned,
    find_statements,
    find_commitments,
    find_meetings,
)
# Without any learned part: sooner, and with a lower score.
FAST_FINDERS = tuple(find_events if find is find_events_learned else find for find in FINDERS)
