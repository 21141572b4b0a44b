"""Who is speaking where: source, cue and content, by the rules alone or together with the learned tagger."""

from twotrack.mark.attribution.combined import mark_attribution_learned
from twotrack.mark.attribution.marker import mark_attribution

__all__ = ["mark_attribution", "mark_attribution_learned"]
