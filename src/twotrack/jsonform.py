"""Values as plain data: the JSON contract of `twotrack read --json` and of every `.json` page. Reads values, writes none."""

from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from twotrack.model import Claim, When
from twotrack.reading import Reading

REPORT_KEYS = ("id", "title", "outlet", "byline", "published", "url", "lang", "text")


def plain(value: Any) -> Any:
    """Values as JSON has them: dates as ISO 8601, tuples as lists, dataclasses as objects with their fields in order."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        found = {field.name: plain(getattr(value, field.name)) for field in fields(value)}
        if isinstance(value, When):  # the cite repeats `words`; a date carries no text of its own
            found["cite"] = {"start": value.cite.start, "end": value.cite.end} if value.cite else None
        return found
    return value


def reading_json(reading: Reading) -> dict[str, Any]:
    """The report, its claims and its problems, as the contract names them."""
    return {
        "report": {key: plain(getattr(reading.report, key)) for key in REPORT_KEYS},
        "claims": [claim_json(claim) for claim in reading.claims],
        "problems": [plain(problem) for problem in reading.problems],
    }


def claim_json(claim: Claim) -> dict[str, Any]:
    """A claim with its id and kind first."""
    found: dict[str, Any] = plain(claim)
    return {"id": found.pop("id"), "kind": found.pop("kind"), **found}
