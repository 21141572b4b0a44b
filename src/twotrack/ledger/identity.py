"""What makes two texts one report, and what makes them versions of one: the ids that the ledger gives to reports."""

import re
from dataclasses import replace
from hashlib import sha256
from typing import TypeVar
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from twotrack.model import Report

ID_LENGTH = 12  # hexadecimal digits; two of 100,000 reports have the same with a probability of 2 in 100,000
TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id|igshid|cmpid|ocid|smid", re.IGNORECASE)
DEFAULT_PORT = re.compile(r":(?:80|443)$")
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # no database keeps a null or half of a surrogate pair
Words = TypeVar("Words", str, str | None)
# What a report says of itself beside its text.
ABOUT = ("title", "outlet", "byline", "published", "url")


def identified(report: Report) -> Report:
    """The report with the id that the ledger knows it by; what cannot be stored is replaced, character by character.

    The id is made of the address and the text; without an address, of the outlet and the text; without either it is that of
    `twotrack read`, of the text alone. So the same words from two outlets are two reports, and one report that is added twice
    is one.
    """
    report = replace(
        report,
        text=_storable(report.text),
        title=_storable(report.title),
        outlet=_storable(report.outlet),
        byline=_storable(report.byline),
        url=_storable(report.url),
    )
    content = sha256(report.text.encode()).hexdigest()[:ID_LENGTH]
    where = canonical_url(report.url) if report.url else (report.outlet or "").casefold()
    return replace(report, id=_digest(f"{where}\n{content}") if where else content)


def version_of(report: Report) -> str:
    """What the versions of one report share: a digest of the address; a report without one is the only version of itself."""
    return _digest(canonical_url(report.url)) if report.url else report.id


def canonical_url(url: str) -> str:
    """One spelling of an address: "http://www.Post.com/a/?utm_source=x#top" -> "https://post.com/a"."""
    try:
        parts = urlsplit(url.strip())
        host = DEFAULT_PORT.sub("", parts.netloc.lower()).removeprefix("www.")
    except ValueError:
        return url.strip()
    kept = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if not TRACKING.fullmatch(key)]
    scheme = "https" if parts.scheme in ("http", "https") else parts.scheme
    return urlunsplit((scheme, host, parts.path.rstrip("/"), urlencode(kept), ""))


def completed(held: Report, given: Report) -> Report:
    """The report as held, with what it lacked and the other gives: a date of publication given later. Nothing is replaced."""
    return replace(held, **{key: getattr(given, key) for key in ABOUT if getattr(held, key) is None})


def _digest(words: str) -> str:
    return sha256(words.encode()).hexdigest()[:ID_LENGTH]


def _storable(words: Words) -> Words:
    return UNSTORABLE.sub("\ufffd", words) if words else words
