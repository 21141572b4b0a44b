"""Who is mentioned: names and phrases in the text, and what each was resolved to."""

from twotrack.mark.actors.marker import mark_actors

__all__ = ["mark_actors"]
