"""When: temporal expressions, and the days that they stand for."""

from twotrack.mark.dates.marker import mark_dates

__all__ = ["mark_dates"]
