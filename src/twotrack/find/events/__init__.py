"""Events: who did what to whom, by the rules alone or together with the encoder."""

from twotrack.find.events.combined import find_events_learned
from twotrack.find.events.finder import find_events

__all__ = ["find_events", "find_events_learned"]
