"""Plain, pasted and Markdown text -> Report: cleaned once, with the headline, byline and outlet that its lines show."""

import hashlib
import re
import unicodedata
from datetime import date, datetime

from twotrack.errors import TwotrackError, UnreadableReport
from twotrack.intake.outlets import outlet_in_dateline
from twotrack.layout import layout
from twotrack.model import Report

MAX_CHARACTERS = 2_000_000  # of text; a long newspaper report has 10,000, a whole book a million
MIN_LETTERS = 10  # fewer are no report
MIN_FOR_LANGUAGE = 120  # letters; on shorter texts full of names the language is guessed wrongly
# Latin letters make up nearly all of an English report; this tells other scripts at any length.
MIN_LATIN_SHARE = 0.6
# Words that English has many of and other languages few: 913 of 924 English articles have a share of 0.10 or more (median
# 0.16), neighbours such as Dutch up to 0.09. What has less is not refused, but told by its letters.
ENGLISH = frozenset(
    {
        "the",
        "and",
        "to",
        "that",
        "with",
        "from",
        "they",
        "has",
        "been",
        "were",
        "which",
        "would",
        "this",
        "it",
        "said",
        "not",
        "their",
    }
)
ENGLISH_SHARE = 0.10
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
DATE_FORMS = ("%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%d %b %Y", "%b %d, %Y", "%Y%m%d", "%Y/%m/%d")
FIRST_YEAR, LAST_YEAR = 1800, 2100
MARKDOWN_LINK = re.compile(r"!?\[([^\[\]\n]{1,300})\]\((?:https?:|/|#|mailto:)[^()\s]{0,500}\)")
MARKDOWN_EMPHASIS = re.compile(r"(?<![\w*])(\*\*|__|\*)(?=\S)([^*_\n]{1,300}?)(?<=\S)\1(?![\w*])")


def clean(text: str) -> str:
    """Text as a report keeps it: NFC, plain line ends, no control, invisible or direction marks, no Markdown marks."""
    text = re.sub(r"\r\n?|\u2028|\u2029|\x85|\x0b|\x0c", "\n", text)
    text = unicodedata.normalize("NFC", CONTROL.sub("", text))
    text = re.sub(r"[\xa0\u2000-\u200a\u202f\u205f\u3000]", " ", text)
    text = MARKDOWN_EMPHASIS.sub(r"\2", MARKDOWN_LINK.sub(r"\1", text))
    text = re.sub(r"[ \t]+(?=\n)", "", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n ")


def parsed_date(words: str) -> date:
    """A date that a user gives: "2021-12-31", "31 December 2021". Raises TwotrackError for anything else."""
    for form in DATE_FORMS:
        try:
            day = datetime.strptime(words.strip(), form).date()
        except ValueError:
            continue
        if FIRST_YEAR <= day.year <= LAST_YEAR:
            return day
    raise TwotrackError(f"{words!r} is no date; write it as 2021-12-31.")


def report_of_text(
    text: str,
    *,
    published: date | str | None = None,
    outlet: str | None = None,
    title: str | None = None,
    byline: str | None = None,
    url: str | None = None,
) -> Report:
    """A report from a text: "Envoys to meet in Oman\\n\\nMUSCAT, March 3 (Agency) - Iran ..." has a title and an outlet.

    What the caller gives wins over what the text shows. Raises TwotrackError for a text that is no readable report.
    """
    day = parsed_date(published) if isinstance(published, str) else published
    if len(text) > MAX_CHARACTERS:
        raise UnreadableReport(f"The report has {len(text):,} characters; give one report of at most {MAX_CHARACTERS:,}.")
    text = clean(text)
    lang = _checked_language(text)
    paragraphs, _ = layout(text)
    shown = {kind: text[p.start : p.end] for p in reversed(paragraphs) for kind in [p.kind]}
    return Report(
        id=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12],
        text=text,
        title=clean(title) if title else shown.get("headline"),
        outlet=clean(outlet) if outlet else outlet_in_dateline(shown.get("dateline", "")),
        byline=clean(byline) if byline else _without_by(shown.get("byline")),
        published=day,
        url=url,
        lang=lang,
    )


def _without_by(byline: str | None) -> str | None:
    return re.sub(r"^(?:(?:Reporting |Written |Compiled )?by) ", "", byline, flags=re.IGNORECASE) if byline else None


def _checked_language(text: str) -> str:
    """ "en", or UnreadableReport for a text with no words or in another language."""
    letters = [c for c in text[:20_000] if c.isalpha()]
    if len(letters) < MIN_LETTERS:
        raise UnreadableReport("The report is empty; give a text with at least one sentence.")
    latin = sum(c < "\u0250" for c in letters) / len(letters)
    if latin >= MIN_LATIN_SHARE and len(letters) < MIN_FOR_LANGUAGE:
        return "en"
    if _english_share(text[:20_000]) >= ENGLISH_SHARE:
        return "en"
    import py3langid  # its model takes half a second to load, which most reports need not wait for

    code = str(py3langid.classify(text[:20_000])[0])
    if code != "en" or latin < MIN_LATIN_SHARE:
        raise UnreadableReport(f"The report seems to be in another language ({code}); Twotrack reads English.")
    return "en"


def _english_share(text: str) -> float:
    words = text.lower().split()
    return sum(word in ENGLISH for word in words) / max(len(words), 1)
