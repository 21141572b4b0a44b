"""How a text is laid out: its lines as paragraphs, its section labels, its quotations. Text in, offsets out.

Nothing here parses language: headline, byline, dateline, bullets and labels are told from their form.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from twotrack.lexicon import section_labels
from twotrack.model import Paragraph, Quote, Section, Span

BULLET = re.compile(r"[ \t]*(?:[•▪◦‣●○■–—*·-]|\d{1,2}[.)])[ \t]+(?=\S)")
HEADING = re.compile(r"[ \t]*#{1,6}[ \t]+")
LABEL = re.compile(r"[ \t]*([A-Za-z][A-Za-z'’, ]{2,40}?)[ \t]*(?::|[–—](?=[ \t]))[ \t]*")
LABEL_LINE = re.compile(r"[ \t]*(?:#{1,6}[ \t]+)?([A-Za-z][A-Za-z'’, ]{2,40}?)[ \t]*[?:]?[ \t]*$")
# "KYIV, Dec 30 (Agency) -", "TEHRAN, Jan. 20, IRNA -", "MOSCOW, January 3. /AGENCY/.", "LONDON —": a place not in capitals
# needs an agency, since "Iran — which denies it — ..." begins alike.
_DAY = r"(?:, ?(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})(?:,? \d{4})?)"
_CAPITALS = r"[A-Z][A-Z.'’-]+(?:[ /][A-Z][A-Z.'’-]*){0,4}(?:, ?[A-Z][\w. ]{1,18}?)?"
_PLACE = r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,2}(?:, ?[A-Z][\w. ]{1,18}?)?"
_DATED = rf"(?:{_DAY}(?:, [A-Z][A-Z-]{{1,9}})?)?"
_AGENCY = r"\.? ?(?:\((?![RDI]-)[A-Z][\w .&/-]{1,30}\) ?(?:--|[-–—:])|/[A-Z][\w .-]{1,20}/\.?(?: ?(?:--|[-–—]))?)"
DATELINE = re.compile(rf"[ \t]*(?:(?:{_CAPITALS}|{_PLACE}){_DAY}?{_AGENCY}|{_CAPITALS}{_DATED} ?(?:--|[–—]|-(?= )))[ \t]*")
# A dateline on a line of its own: "Cairo, 31 October", "Geneva, January 10, 2022"
DATELINE_LINE = re.compile(
    r"[ \t]*[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3}, (?:\d{1,2} [A-Z][a-z]{2,8}|[A-Z][a-z]{2,8}\.? \d{1,2})"
    r"(?:,? \d{4})?\.?[ \t]*$"
)
CREDIT = re.compile(
    r"[ \t]*(?:By|BY|Reporting by|Written by|Compiled by) [A-Z][\w.'’-]+(?:[ ,]+(?:and )?[A-Z][\w.'’-]+){0,8}[ \t]*$"
)
NAME_LINE = re.compile(r"[ \t]*[A-Z][\w'’-]+(?: [A-Z][\w'’.-]*){1,4}[ \t]*$")
TERMINAL = (".", "!", "?", '."', ".”", '!"', '?"', "!”", "?”", ".'", ".’", ":")
MAX_HEADLINE = 160  # characters; longer first lines are leads (the longest headline of 924 political articles has 132)
MIN_LEAD = 15  # characters of the line after a headline
TITLE_CASE_SHARE = 0.8  # of words over three letters; sentences full of names stay below two thirds
DATELINE_REACH = 80  # a dateline stands in the first characters of a paragraph


def lines_of(text: str) -> list[Span]:
    """The non-blank lines of a text; the lines of a hard-wrapped text are joined to paragraphs."""
    lines = [Span(m.start(), m.end()) for m in re.finditer(r"[^\n]*\S[^\n]*", text)]
    return _unwrap(text, lines) if _hard_wrapped(text, lines) else lines


def _hard_wrapped(text: str, lines: list[Span]) -> bool:
    """True for text broken at a column, as in mail: many short lines that go on in lower case on the next one."""
    pairs = [(a, b) for a, b in pairwise(lines) if b.start == a.end + 1]
    if len(pairs) < 4:
        return False
    going_on = [b for a, b in pairs if 40 <= a.end - a.start <= 100 and text[b.start : b.start + 1].islower()]
    return len(going_on) >= 0.4 * len(pairs)


def _unwrap(text: str, lines: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for n, line in enumerate(lines):
        follows = n > 0 and line.start == lines[n - 1].end + 1
        if follows and not BULLET.match(text, line.start) and joined:
            joined[-1] = Span(joined[-1].start, line.end)
        else:
            joined.append(line)
    return joined


def section_kind(label: str) -> str | None:
    """The kind of a section label ("What's next" -> "next"), None where the words are no known label."""
    words = " ".join(label.lower().replace("’", "'").split()).strip(" ,?")
    return next((kind for kind, pattern in section_labels() if pattern.fullmatch(words)), None)


def layout(text: str) -> tuple[tuple[Paragraph, ...], tuple[Section, ...]]:
    """Paragraphs and sections of a cleaned text: "• Why it matters: Troops massed." -> a bullet in a section "why"."""
    lines = lines_of(text)
    kinds = _edge_kinds(text, lines)
    paragraphs: list[Paragraph] = []
    sections: list[Section] = [Section("lead", "", 0, 0)]
    for n, line in enumerate(lines):
        for piece, kind, label in _pieces(text, line, kinds.get(n, "body")):
            if label is not None:
                sections.append(Section(section_kind(label) or "other", label, line.start, line.end))
            sections[-1] = sections[-1]._replace(end=line.end)
            if piece.end > piece.start:
                paragraphs.append(Paragraph(piece.start, piece.end, kind, len(sections) - 1))  # type: ignore[arg-type]
    return tuple(paragraphs), tuple(sections)


def _edge_kinds(text: str, lines: list[Span]) -> dict[int, str]:
    """Which lines are headline, byline or dateline as a whole: {0: "headline", 5: "byline"}."""
    kinds: dict[int, str] = {}
    for n, line in enumerate(lines[:3]):  # below a headline and a byline at most
        if DATELINE_LINE.match(text[slice(*line)]):
            kinds[n] = "dateline"
    if len(lines) > 1 and 0 not in kinds and _is_headline(text[slice(*lines[0])], text[slice(*lines[1])]):
        kinds[0] = "headline"
    for n, line in enumerate(lines):
        words = text[slice(*line)]
        last = n == len(lines) - 1 and n > 0
        if CREDIT.match(words) or (last and NAME_LINE.match(words) and not words.rstrip().endswith(TERMINAL)):
            kinds[n] = "byline"
    return kinds


def _is_headline(first: str, second: str) -> bool:
    """A short first line without a full stop, or with one but Written Like a Title."""
    words = HEADING.sub("", first).strip()
    if HEADING.match(first):
        return True
    if BULLET.match(first) or len(words) > MAX_HEADLINE or len(second.strip()) < MIN_LEAD:
        return False
    if DATELINE.match(second[:DATELINE_REACH]) or DATELINE_LINE.match(second):
        return True
    return not words.endswith((".", ":", ",", ";", '."', ".”")) or (words.endswith(".") and _title_case(words))


def _title_case(words: str) -> bool:
    long = [word for word in words.split() if len(word) > 3 and word[0].isalpha()]
    return len(long) >= 4 and sum(word[0].isupper() for word in long) >= TITLE_CASE_SHARE * len(long)


def _pieces(text: str, line: Span, kind: str) -> Iterator[tuple[Span, str, str | None]]:
    """A line without what is not its language: (span, kind of paragraph, section label or None)."""
    if kind in ("headline", "byline", "dateline"):
        start = m.end() if (m := HEADING.match(text, line.start, line.end)) else line.start
        yield _trim(text, start, line.end), kind, None
        return
    start, label = line.start, None
    if (m := LABEL_LINE.match(text, start, line.end)) and section_kind(m[1]):
        yield Span(line.end, line.end), "body", m[1]
        return
    if m := (BULLET.match(text, start, line.end) or HEADING.match(text, start, line.end)):
        start, kind = m.end(), "bullet" if not text[m.start() : m.end()].strip().startswith("#") else kind
    if (m := LABEL.match(text, start, line.end)) and section_kind(m[1]):
        start, label = m.end(), m[1]
    elif (m := DATELINE.match(text, start, min(line.end, start + DATELINE_REACH))) and m.end() < line.end:
        yield _trim(text, start, m.end()), "dateline", None
        start = m.end()
    yield _trim(text, start, line.end), kind, label


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


# --- quotations -------------------------------------------------------------------------------------------------------

OPENING, CLOSING = "“„«", "”»"
MAX_SINGLE = 300  # characters between single quotation marks; further apart they are apostrophes


def quotes(text: str, paragraphs: tuple[Paragraph, ...]) -> tuple[Quote, ...]:
    """Quotations with their marks, straight or curly, double or single; one left open runs to its paragraph's end.

    A paragraph that opens with a mark while the speech before it was left open continues that speech.
    """
    found: list[Quote] = []
    left_open = False
    for paragraph in paragraphs:
        if paragraph.kind in ("byline", "dateline"):
            continue
        spans = list(_double_quotes(text, paragraph)) or list(_single_quotes(text, paragraph))
        for n, (start, end, closed) in enumerate(spans):
            found.append(Quote(start, end, closed, left_open and n == 0 and start == paragraph.start))
        left_open = bool(spans) and not spans[-1][2]
    return tuple(found)


def _double_quotes(text: str, paragraph: Paragraph) -> Iterator[tuple[int, int, bool]]:
    start: int | None = None
    for m in re.compile("[“”„«»\"]|''|``").finditer(text, paragraph.start, paragraph.end):
        opens = m[0] in OPENING or m[0] == "``" or (m[0] in "\"''" and start is None)
        if opens and start is None:
            start = m.start()
        elif not opens and start is not None:
            yield start, m.end(), True
            start = None
    if start is not None:
        yield start, paragraph.end, False


SINGLE = re.compile(rf"(?<!\w)[‘'](?=[^\s\d])((?:[^‘’'\n]|(?<=\w)[’'](?=\w)){{1,{MAX_SINGLE}}}?)(?<=\S)[’'](?!\w)")


def _single_quotes(text: str, paragraph: Paragraph) -> Iterator[tuple[int, int, bool]]:
    for m in SINGLE.finditer(text, paragraph.start, paragraph.end):
        yield m.start(), m.end(), True
