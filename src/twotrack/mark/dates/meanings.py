"""The meanings that the rules of data/dates.toml name, each a function: "distance" reads "two weeks ago"."""

from collections.abc import Mapping

from twotrack.mark.dates.days import (
    beside,
    calendar_date,
    day_alone,
    eve,
    holiday,
    iso,
    near,
    slashed,
    week_of,
    week_of_month,
    weekday_of_month,
)
from twotrack.mark.dates.distances import distance, duration, fixed, from_event, shift, span
from twotrack.mark.dates.ranges import stretch
from twotrack.mark.dates.senses import Meaning
from twotrack.mark.dates.times import clock, nothing, reference, repeated
from twotrack.mark.dates.years import (
    century,
    decade,
    fiscal,
    half,
    new_year,
    quarter,
    quarter_of_year,
    season,
    year,
    year_before,
    year_end,
    year_in_words,
)

MEANINGS: Mapping[str, Meaning] = {
    "fixed": fixed, "new_year": new_year, "weekday_of_month": weekday_of_month,
    "beside": beside, "calendar": calendar_date, "century": century, "clock": clock, "decade": decade, "distance": distance,
    "day_alone": day_alone, "duration": duration, "eve": eve,
    "fiscal": fiscal, "from_event": from_event, "half": half, "holiday": holiday, "iso": iso,
    "near": near, "nothing": nothing, "quarter": quarter, "quarter_of_year": quarter_of_year,
    "reference": reference, "repeated": repeated, "season": season, "shift": shift, "slashed": slashed, "span": span,
    "stretch": stretch, "week_of": week_of, "week_of_month": week_of_month,
    "year": year, "year_before": year_before, "year_end": year_end,
    "year_in_words": year_in_words,
}  # fmt: skip
