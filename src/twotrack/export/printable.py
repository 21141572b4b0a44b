"""Words for formats that do not take every character or address: XML, iCalendar, cells of one line."""

import re
from datetime import UTC, date, datetime, time

# What XML 1.0 or iCalendar does not allow: controls, half surrogates, non-characters.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
REPLACED = "\ufffd"
SCHEMES = ("https://", "http://")  # addresses that a reader may follow; a report's address may be any words


def printable(words: str) -> str:
    """Words with line ends of one kind, and a replacement character for what XML and iCalendar cannot hold."""
    return UNPRINTABLE.sub(REPLACED, words.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(words: str) -> str:
    """Words without tabs and line ends."""
    return " ".join(printable(words).split())


def link(url: str | None) -> str | None:
    """The address of a web page, with no blank in it; None for any other address."""
    if url and url.lower().startswith(SCHEMES):
        return "".join(printable(url).split()).replace(REPLACED, "")
    return None


def midnight(day: date) -> datetime:
    """The beginning of a day (UTC), for formats that want a moment."""
    return datetime.combine(day, time(), UTC)
