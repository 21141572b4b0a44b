"""What is kept of a report to tell its copies: hashes of its words, of pairs of its content words, of its figures.

Independent reports of one event share the event's quotations, and copies are made of the rest: quoted speech is cut, and what
is left is a chain of content words. A copy keeps most neighbours in it, however many words between them were replaced.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from twotrack.layout import layout, quotes
from twotrack.lexicon import rows

Hashes = NDArray[np.uint32]

# Words between the two of a pair. Of 2, 3, 5, 8 and 12, the highest share between independent reports in tests/copies is .22,
# .18, .14, .14 and .15; from 5 on only the work grows.
REACH = 5
MAX_QUOTE = 400  # characters; a longer stretch between marks is mostly a mark that was never closed
MIN_QUOTE = 3
SHINGLE = 5  # words in a row that two people hardly write alike: reports reworded by a third keep under a fifth of them
MIN_STEM = 4  # letters that a light stemmer leaves
ENDINGS = ("edly", "ing", "ed", "es", "ly", "s")
HEADS_OFF = ("headline", "byline", "dateline")  # what a copying desk replaces first

MAX_ANCHORS = 1_000  # names and figures kept in order; of 1,181 news texts two have more, half have under 70

STRAIGHT = str.maketrans({"‘": "'", "’": "'", "ʼ": "'", "`": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w'’-]+")  # a capital within a sentence; such a word is a name wherever it stands
INITIALS = re.compile(r"\b(?:[a-z]\.){2,6}")
THOUSANDS = re.compile(r"(?<=\d),(?=\d\d\d)")
MONTHS = {
    "jan": "january", "feb": "february", "mar": "march", "apr": "april", "jun": "june", "jul": "july", "aug": "august",
    "sep": "september", "sept": "september", "oct": "october", "nov": "november", "dec": "december",
}  # fmt: skip
MONTH = re.compile(r"\b(jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b(?:\.|(?= \d))")
NUMBERS = {
    "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10",
    "eleven": "11", "twelve": "12",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What is kept of one report. The hashes are unsigned 32-bit integers, little endian, the same on every machine.

    `exact` is the same for two reports only if all their words are; `words` are its content words in order, quotations cut;
    `pairs` (sorted) the ordered pairs of content words at most REACH apart; `shingles` (sorted) every SHINGLE words in a row,
    quotations included; `anchors` its names and figures in order, quotations cut; `figures` (sorted) its numbers. `report` and
    `published` are the caller's.
    """

    report: str
    published: date | None
    exact: str
    words: bytes
    pairs: bytes
    shingles: bytes
    anchors: bytes
    figures: bytes

    @property
    def length(self) -> int:
        """Content words outside quotations."""
        return len(self.words) // 4


def fingerprint(text: str, report: str = "", published: date | None = None) -> Fingerprint:
    """The fingerprint of a report's text: "Talks in Geneva ended without a deal ..." -> pairs talk-geneva, geneva-ended, ..."""
    whole, unquoted = running_text(text)
    said = WORD.findall(normalised(whole))
    content = content_words(normalised(unquoted))
    words = np.fromiter((hashed for _, hashed in content), dtype=np.uint32, count=len(content))
    names = {hashed for _, hashed in content_words(normalised(" ".join(NAME.findall(unquoted))))}
    figures = {hashed for word, hashed in content if word[0].isdigit()}
    anchors = [hashed for _, hashed in content if hashed in figures or hashed in names]
    return Fingerprint(
        report,
        published,
        blake2b((" ".join(said) or text).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest(),
        _stored(words),
        _stored(np.unique(_pairs(words))),
        _stored(np.unique(_shingles(np.fromiter(map(_hash, said), dtype=np.uint32, count=len(said))))),
        _stored(np.array(anchors[:MAX_ANCHORS], dtype=np.uint32)),
        _stored(np.array(sorted(figures), dtype=np.uint32)),
    )


def hashes(stored: bytes) -> Hashes:
    """The hashes of one field of a fingerprint."""
    return np.frombuffer(stored, dtype="<u4")


def running_text(text: str) -> tuple[str, str]:
    """A report's text without headline, byline and dateline; and the same without its quotations."""
    paragraphs, _ = layout(text)
    body = [p for p in paragraphs if p.kind not in HEADS_OFF] or list(paragraphs)
    cuts = [(q.start, q.end) for q in quotes(text, paragraphs) if MIN_QUOTE <= q.end - q.start - 2 <= MAX_QUOTE]
    unquoted: list[str] = []
    n = 0
    for paragraph in body:
        at = paragraph.start
        while n < len(cuts) and cuts[n][1] <= paragraph.end:
            if cuts[n][0] >= at:
                unquoted.append(text[at : cuts[n][0]])
                at = cuts[n][1]
            n += 1
        unquoted.append(text[at : paragraph.end] + "\n")
    return "\n".join(text[p.start : p.end] for p in body), " ".join(unquoted)


def normalised(text: str) -> str:
    """One spelling for what is written in several: "On Jan. 10 the U.S." and "on January 10 the US" are the same."""
    lower = unicodedata.normalize("NFKC", text).lower().translate(STRAIGHT).replace("'s ", " ")
    lower = INITIALS.sub(lambda m: m[0].replace(".", ""), lower)
    return THOUSANDS.sub("", MONTH.sub(lambda m: MONTHS[m[1]], lower))


def content_words(text: str) -> list[tuple[str, int]]:
    """(stem, hash) of the words of a normalised text that are no stop words: "the talks were held" -> talk, held."""
    return [found for word in WORD.findall(text) if (found := _content(word)) is not None]


@lru_cache(maxsize=1 << 16)
def _content(word: str) -> tuple[str, int] | None:
    if word in stop_words():
        return None
    stem = stemmed(NUMBERS.get(word, word))
    return stem, _hash(stem)


@lru_cache
def stop_words() -> frozenset[str]:
    """Words that two reports of anything share."""
    return frozenset(word for row in rows("stopwords", "stopword", "kind", "words", "examples") for word in row["words"])


def stemmed(word: str) -> str:
    """A word without its commonest ending: "warned", "warning", "warns" -> "warn"."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= MIN_STEM:
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=1 << 16)
def _hash(word: str) -> int:
    return crc32(word.encode("utf-8", "surrogatepass"))


def _pairs(words: Hashes) -> Hashes:
    """Ordered pairs of words at most REACH apart."""
    return np.concatenate([_mixed(words[:-gap], words[gap:]) for gap in range(1, REACH + 1)])


def _shingles(words: Hashes) -> Hashes:
    if len(words) < SHINGLE:
        return words[:0]
    rolled = words[: len(words) - SHINGLE + 1]
    for gap in range(1, SHINGLE):
        rolled = _mixed(rolled, words[gap : len(words) - SHINGLE + 1 + gap])
    return rolled


def _mixed(left: Hashes, right: Hashes) -> Hashes:
    """One hash of two, in their order; odd multipliers and a shift spread them evenly (splitmix64)."""
    both = (left.astype(np.uint64) << np.uint64(32)) | right.astype(np.uint64)
    both = (both ^ (both >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    both = (both ^ (both >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return (both >> np.uint64(32)).astype(np.uint32)


def _stored(array: Hashes) -> bytes:
    return array.astype("<u4").tobytes()
