"""Which other outlets a report leans on: "Axios reported", "told the Financial Times". Edges between reports.

A digest shares no words with what it digests; that it names its source is then all there is. A name alone is no citation:
"Reuters could not verify the video" and "MOSCOW (Reuters) -" lean on nobody.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from twotrack.lexicon import rows
from twotrack.model import Cite

REACH = 90  # characters before a name in which its cue stands; "according to the semi-official Iranian news agency" has 50

# What may stand between a cue and an outlet's name: articles, what the outlet is, its country, another outlet beside it.
_BETWEEN = (
    r"(?:[ ,]+(?:the|a|an|and|or|by|both|in|on|with|local|state|state-run|state-owned|official|semi-official|private|public|"
    r"independent|pro-government|opposition|country['’]s|news|agency|agencies|wire|newspaper|newspapers|paper|daily|weekly|magazine|broadcaster|"
    r"channel|station|website|site|outlet|outlets|portal|television|TV|radio|[A-Z][\w.-]*(?:['’]s?)?))"
)
BEFORE = re.compile(
    r"\b((?i:according to|citing|cited by|quoting|quoted by|told|telling|(?:first |earlier )?reported (?:by|in|on)|"
    r"(?:first |earlier )?published (?:by|in)|revealed by|broken by|obtained by|seen by|"
    r"(?:report|story|article|interview|essay|column|investigation|account|op-ed) (?:by|in|for|with|to)|interviewed by|"
    r"wrote (?:in|for)|writing (?:in|for))|"
    r"(?<=[,”\"’'] )(?:says|said|reports|reported|writes|wrote))" + _BETWEEN + r"{0,6}[ ,]+$"
)
AFTER = re.compile(
    r"(?:['’]s?)?(?: (?:newspaper|news|agency|daily|television|TV|radio|magazine|website|channel|Online))*"
    r"(?: on \w+day)?(?:,? (?:which|who))?(?: (?:has|have|had|was the|were the|also|earlier|later|has also))?"
    r"(?: (?:first|first to))? "
    r"(?:(reported|reports|report|said|says|wrote|writes|quoted|quotes|cited|cites|revealed|reveals|disclosed|published|"
    r"learned|broke the|added|noted|claimed|citing|quoting)\b|(?:exclusive )?(report|story|interview|investigation|scoop)\b)"
)
KINDS = (
    r"(?i:newspaper|daily|weekly|magazine|broadcaster|television|TV|radio|channel|newswire|website|"
    r"news (?:agency|site|portal))"
)
TITLES = (
    r"(?:Times|Post|Herald|Tribune|Gazette|Journal|Chronicle|Observer|Courier|Press|News|Mail|Telegraph|Standard|Express|"
    r"Inquirer|Examiner|Mirror|Star|Guardian|Independent)"
)
PLACES = r"(?!Hague\b|Gambia\b|Bahamas\b)"
# "Polish television", "the weekly Al Balad", "the Kabul Times"; an article with a capital within a sentence opens a title, too.
OUTLET = re.compile(rf"(?:.* )?{KINDS}(?: [A-Z0-9].*)?|(?:.* )?[A-Z][\w.'’-]* {TITLES}|(?:The|Der|Die|Das) {PLACES}[A-Z].*")
LONGER_NAME = re.compile(r" [A-Z]")  # "told Dawn Butler"
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class CitedOutlet:
    """Another outlet that a report leans on: its id in outlets.toml, its name as written, and the words that cite it."""

    outlet: str
    cite: Cite
    cue: str


def cited_outlets(text: str, extra: Mapping[str, str] | None = None) -> tuple[CitedOutlet, ...]:
    """The outlets that a report cites, each time it does, in text order: "The talks were put off, Axios reported." -> axios.

    `extra` adds names to those of outlets.toml: {"Meridian Wire": "meridian"}.
    """
    return tuple(_cited(text, extra or {}))


def names_outlet(words: str) -> bool:
    """Whether words are of an outlet: "the Financial Times", "Polish television", "the weekly Al Balad"; not "the press"."""
    return OUTLET.fullmatch(words) is not None or any(_ends_as_outlet(words, word) for word in WORD.finditer(words))


def _ends_as_outlet(words: str, word: re.Match[str]) -> bool:
    """Whether words end with a known name: "told the BBC"; not "the Guardian Council"."""
    return any(words[word.start() :] == name for name, _ in _known_outlets().get(word[0], ()))


def _cited(text: str, extra: Mapping[str, str]) -> Iterator[CitedOutlet]:
    own = _by_first_word(extra.items()) if extra else {}
    known = _known_outlets()
    end = 0
    for word in WORD.finditer(text):
        if word.start() < end:
            continue
        for name, outlet in (*own.get(word[0], ()), *known.get(word[0], ())):
            if _stands(text, word.start(), name):
                end = word.start() + len(name)
                if cue := _cue(text, word.start(), end):
                    yield CitedOutlet(outlet, Cite(word.start(), end, name), cue)
                break


def _stands(text: str, start: int, name: str) -> bool:
    """Whether the whole name stands there: not "Reuters" in "Reutersville"."""
    end = start + len(name)
    return text.startswith(name, start) and not text[end : end + 1].isalnum()


def _cue(text: str, start: int, end: int) -> str | None:
    """The words that make a name a citation, in lower case; None where there are none."""
    if after := AFTER.match(text, end):
        return (after[1] or after[2]).lower()
    before = BEFORE.search(text[max(0, start - REACH) : start])
    if before is None or LONGER_NAME.match(text, end):
        return None
    return before[1].lower()


@lru_cache
def _known_outlets() -> dict[str, tuple[tuple[str, str], ...]]:
    listed = rows("outlets", "outlet", "id", "names", "examples")
    return _by_first_word((name, row["id"]) for row in listed for name in row["names"])


def _by_first_word(named: Iterable[tuple[str, str]]) -> dict[str, tuple[tuple[str, str], ...]]:
    """Names and their outlets by the name's first word, the longest name first."""
    found: dict[str, list[tuple[str, str]]] = {}
    for name, outlet in named:
        if first := WORD.search(name):
            found.setdefault(first[0], []).append((name, outlet))
    return {word: tuple(sorted(names, key=lambda pair: (-len(pair[0]), pair[0]))) for word, names in found.items()}
