"""Who is speaking where: source, cue and content."""

from twotrack.mark.attribution.marker import mark_attribution

__all__ = ["mark_attribution"]
