"""Which talks, calls, visits and summits are scheduled, held, put off or refused."""

from twotrack.find.meetings.finder import find_meetings

__all__ = ["find_meetings"]
