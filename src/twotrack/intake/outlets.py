"""Which outlet published a report, as far as its dateline or its address says so. Nothing is guessed beyond the lexicon."""

import re
from functools import lru_cache
from urllib.parse import urlsplit

from twotrack.lexicon import rows


@lru_cache
def _outlets() -> tuple[dict[str, str], dict[str, str]]:
    """Name as cited, in lower case -> name; domain -> name."""
    listed = rows("outlets", "outlet", "id", "name", "names", "domains")
    names = {words.lower().removeprefix("the "): row["name"] for row in listed for words in (row["name"], *row["names"])}
    return names, {domain: row["name"] for row in listed for domain in row["domains"]}


def outlet_in_dateline(dateline: str) -> str | None:
    """The outlet that a dateline names: "KYIV, Dec 30 (Reuters) -" -> "Reuters"."""
    named = re.search(r"[(/]([^()/]{2,40})[)/]", dateline)
    return _outlets()[0].get(named[1].strip().lower().removeprefix("the ")) if named else None


def outlet_of_url(url: str) -> str | None:
    """The outlet of a web address: "https://www.reuters.com/world/..." -> "Reuters"."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    domains = _outlets()[1]
    parts = host.split(".")
    return next((domains[name] for n in range(len(parts) - 1) if (name := ".".join(parts[n:])) in domains), None)
