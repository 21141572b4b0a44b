"""What was done: events with their type, source, target, day and status."""

from twotrack.find.events.finder import find_events

__all__ = ["find_events"]
