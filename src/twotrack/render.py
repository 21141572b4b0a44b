"""Brief -> terminal, Markdown, HTML. Text of a report is escaped wherever it is shown; nothing of it is run or trusted."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from textwrap import wrap

from jinja2 import Environment, PackageLoader
from rich.console import Console
from rich.text import Text

from twotrack.brief import Brief, Line, Part
from twotrack.reading import Reading
from twotrack.wording import quoted

QUOTE_WORDS = 150  # characters of the cited words under a line: two lines at 80 columns
AROUND = 240  # characters shown before and after cited words
WIDEST = 110  # columns; longer lines of prose are hard to read, however wide the terminal


# --- terminal ---------------------------------------------------------------------------------------------------------


def to_terminal(brief: Brief, console: Console) -> None:
    """Prints the brief: each line, and under it the words that it rests on with their place in the text."""
    width = min(console.width, WIDEST)
    for words, style, first, rest in (
        (brief.title, "bold", "", ""),
        (" · ".join(brief.facts), "dim", "", ""),
        *(item for part in shown_parts(brief) for item in _terminal_items(part)),
    ):
        for line in wrap(words, width, initial_indent=first, subsequent_indent=rest) or [""]:
            console.print(Text(line, style=style), soft_wrap=True)


def _terminal_items(part: Part) -> Iterator[tuple[str, str, str, str]]:
    """What is printed of a part: (words, style, indent of the first line, indent of the others)."""
    yield "", "", "", ""
    yield part.title.upper(), "bold cyan", "", ""
    if not part.lines:
        yield part.empty, "dim", "  ", "  "
    for group, lines in _groups(part):
        indent = "    " if group else "  "
        if group:
            yield group, "bold", "  ", "  "
        for line in lines:
            yield line.text, "", f"{indent}• ", f"{indent}  "
            yield cited_words(line), "dim italic", f"{indent}  ", f"{indent}  "


def cited_words(line: Line) -> str:
    """The cited words with their offsets; only the offsets where the line already shows the words."""
    span = f"{line.cite.start}-{line.cite.end}"
    place = f"[{line.source} · {line.report} {span}]" if line.report else f"[{span}]"
    words = quoted(line.cite, QUOTE_WORDS)
    return place if words.strip("“” …").removeprefix("that ") in line.text else f"{words} {place}"


def shown_parts(brief: Brief) -> Iterator[Part]:
    """The parts that have something to say."""
    return (part for part in brief.parts if part.lines or part.empty)


# --- Markdown ---------------------------------------------------------------------------------------------------------

MARKDOWN_MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_{}[]<>#|"})


def to_markdown(brief: Brief) -> str:
    """The brief as Markdown; marks in the report's words are escaped, so that they show and do nothing."""
    title, *facts = (fact.translate(MARKDOWN_MARKS) for fact in (brief.title, *brief.facts))
    out = [f"# {title}", "", " · ".join(facts), ""]
    for part in shown_parts(brief):
        out += [f"## {part.title}", ""]
        out += [part.empty] if not part.lines else []
        for group, lines in _groups(part):
            out += [f"**{group.translate(MARKDOWN_MARKS)}**", ""] if group else []
            for line in lines:
                out.append(f"- {line.text.translate(MARKDOWN_MARKS)}  ")
                out.append(f"  *{cited_words(line).translate(MARKDOWN_MARKS)}*")
            out.append("")
    return "\n".join(out).rstrip() + "\n"


# --- HTML -------------------------------------------------------------------------------------------------------------


def to_html(brief: Brief, reading: Reading) -> str:
    """The brief as one page with the report beside it; a line's link opens the sentence that it rests on.

    The template escapes every value, so that the report's words show and do nothing.
    """
    return (
        _environment()
        .get_template("brief.html")
        .render(
            title=brief.title,
            facts=brief.facts,
            parts=[(part, _groups(part)) for part in shown_parts(brief)],
            pieces=list(_sentence_pieces(reading)),
            sentence_at=reading.sentence_at,
        )
    )


def to_case_html(brief: Brief, texts: Mapping[str, str]) -> str:
    """The brief of a case as one page; a line opens the words that it rests on, with what stands around them.

    `texts` are the cited reports' by id. The template escapes every value.
    """
    return (
        _environment()
        .get_template("case.html")
        .render(
            title=brief.title,
            facts=brief.facts,
            parts=[(part, _groups(part)) for part in shown_parts(brief)],
            around=lambda line: around(line, texts.get(line.report, "")),
        )
    )


def around(line: Line, text: str) -> tuple[str, str]:
    """What stands before and after the cited words, on the same line of the report and AROUND characters at most."""
    before = text[max(line.cite.start - AROUND, 0) : line.cite.start].rsplit("\n", 1)[-1]
    return before, text[line.cite.end : line.cite.end + AROUND].split("\n", 1)[0]


def _environment() -> Environment:
    return Environment(loader=PackageLoader("twotrack"), autoescape=True, trim_blocks=True, lstrip_blocks=True)


def _groups(part: Part) -> list[tuple[str, list[Line]]]:
    return [(group, list(lines)) for group, lines in groupby(part.lines, key=lambda line: line.group)]


def _sentence_pieces(reading: Reading) -> Iterator[tuple[int | None, str]]:
    """The report's text in pieces: (index of the sentence or None between sentences, characters)."""
    text, at = reading.report.text, 0
    for sentence in reading.sentences:
        yield None, text[at : sentence.start]
        yield sentence.i, text[sentence.start : sentence.end]
        at = sentence.end
    yield None, text[at:]
