"""Through whom words came: the chain between a speaker and the report, from the nearest to the speaker outward.

"Putin warned of a break, the Kremlin said in its readout, according to a translation": Putin's words came through the Kremlin.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from twotrack.find.statements.carriers import in_content, interviewers, own_media, quoted_by, source_medium, told_after
from twotrack.find.statements.recall import Said
from twotrack.find.statements.speakers import head_of, holds_office, source_tokens, speakers
from twotrack.mark.attribution.cues import cited_clause, kind_of, quoting_verb, words_of
from twotrack.model import Actor, AttributionMark, Span
from twotrack.reading import Reading
from twotrack.syntax import children, governors, is_verb, prep_objects, subtree, subtree_span

Chain = tuple[str, ...]
UNNAMED = ", anonymous"
SPOKESMAN = "spokes"  # of men, women, persons
ARTICLES = frozenset({"The", "A", "An", "His", "Her", "Its", "Their", "Two", "Three", "Several", "Some"})
DEFINITE = frozenset({"the", "that", "this", "his", "her", "its", "their"})
COMMON = frozenset({"the", "a", "an", "of", "'s", "his", "her", "its", "their"})
BODIES = ("IGO", "NGO", "REB", "MNC")  # these begin ids that have no country
PRONOUNS = frozenset({"he", "she", "it", "they", "who", "which", "that", "his", "her", "its", "their"})


def chain(
    reading: Reading,
    mark: AttributionMark,
    who: list[Actor],
    outer: list[tuple[AttributionMark, list[Actor]]],
    cites: Mapping[int, Span],
) -> Chain:
    """The chain of what speakers say; `outer`: the attributions whose contents hold it and their speakers, innermost first;
    `cites`: whom attributions cite, by cue."""
    found = through(reading, mark)
    for one, others in outer:
        if not carries(one) or (who and others and same(who[0], others[0])):
            continue
        if one.cue_head in cites:
            found.append(cites[one.cue_head])
        source = source_medium(reading, one)
        found.extend([source] if source else [as_item(reading, one.source, others)])
        found.extend(through(reading, one))
    return linked(reading, [*found, *told_after(reading, mark)])


def through(reading: Reading, mark: AttributionMark) -> list[str | Span]:
    """What carries the words of one attribution: its media, who quotes it, the outlets that are told."""
    return [*own_media(reading, mark), *quoted_by(reading, mark), *interviewers(reading, mark)]


def linked(reading: Reading, found: Iterable[str | Span]) -> Chain:
    """A chain of items and of the words of those who quote or publish, each once."""
    items: list[str] = []
    for one in found:
        item = one if isinstance(one, str) else as_item(reading, one, speakers(reading, one))
        if item and not any(f"{item},".startswith(f"{known},") or f"{known},".startswith(f"{item},") for known in items):
            items.append(item)
    return tuple(items)


def carries(mark: AttributionMark) -> bool:
    """Whether an attribution passes words on: speech and findings do, thoughts and unnamed sources do not."""
    return mark.rule == "reportedly" or (mark.source is not None and kind_of(mark) in ("speech", "finding"))


def same(one: Actor, other: Actor) -> bool:
    """Whether two mentions are of one speaker: "Iran said it was ready" passes on nobody else's words.

    An office's word on who holds it does ("the Kremlin said the Russian leader had warned"), and a spokesman's on anybody.
    """
    if one.id is None or (one.id, one.person) != (other.id, other.person):
        return False
    words, others = one.words.lower(), other.words.lower()
    if one.person is not None or words in PRONOUNS:
        return True
    spoken_for = SPOKESMAN in others and SPOKESMAN not in words
    if spoken_for or one.anonymous != other.anonymous or holds_office(words) != holds_office(others):
        return False
    return is_side(one.id) or bool(set(words.split()) & set(others.split()) - COMMON)


def is_side(who: str) -> bool:
    """Whether an id is a state, its government or a body, and not an office in it: "IRN", "IRN.GOV", "IGO.NATO"."""
    return who.count(".") < 1 + (who.partition(".")[2].startswith("GOV") or who.startswith(BODIES))


def as_item(reading: Reading, source: Span | None, found: list[Actor]) -> str:
    """Speakers as an item of a chain: "according to Reuters", "according to an official, anonymous", "hearsay" for none."""
    if not found:
        return "hearsay"
    actor = found[0]
    written = reading.report.text[source.start : source.end] if source is not None and len(found) == 1 else actor.words
    words = actor.name if written.lower() in PRONOUNS and actor.name else " ".join(written.split()).rstrip(",;")
    first, _, rest = words.partition(" ")
    words = f"{first.lower()} {rest}" if first in ARTICLES and rest else words
    return f"according to {words}" + (UNNAMED if actor.anonymous else "")


def is_citation(reading: Reading, mark: AttributionMark) -> bool:
    """Whether an attribution only names the source of another: "citing two officials", "quoted a diplomat as saying that"."""
    tokens, token = reading.tokens, reading.tokens[mark.cue_head]
    as_saying = any(tokens[c].lower == "as" and children(tokens, c, "pcomp") for c in token.children)
    return token.lemma in words_of("citing") and (token.tag == "VBG" or as_saying)


def citations(reading: Reading) -> dict[int, Span]:
    """Whom each attribution cites, by its cue head: the citation in its source, below its cue, or next in its sentence."""
    found = {mark.cue_head: span for mark in reading.attributions if (span := _cited_beside(reading, mark)) is not None}
    before: AttributionMark | None = None
    for mark in reading.attributions:
        if is_citation(reading, mark):
            if before is not None and _same_sentence(reading, before, mark) and not in_content(before, mark.cue.start):
                found.setdefault(before.cue_head, mark.content[0])
        elif before is None or not in_content(before, mark.cue.start) or not _same_sentence(reading, before, mark):
            before = mark
    return found


def _cited_beside(reading: Reading, mark: AttributionMark) -> Span | None:
    """The object of a "citing" below a cue or its source: "Tass, citing the ministry, reported"."""
    tokens = reading.tokens
    below = list(tokens[mark.cue_head].children)
    if mark.source is not None and (found := source_tokens(reading, mark.source)):
        after = found[-1] + 2  # "the agency, quoting officials, said": the parse may hang the participle on the comma
        below += [after] if after < len(tokens) and tokens[after].tag == "VBG" and tokens[after - 1].text == "," else []
        below += {*tokens[head_of(tokens, found)].children, *(c for n in found for c in children(tokens, n, "relcl"))}
    for n in below:
        cited = children(tokens, n, "dobj")
        if cited and tokens[n].lemma in words_of("citing") and (tokens[n].dep == "relcl" or tokens[n].tag == "VBG"):
            return _cited_span(reading, n, cited[0])  # "according to the paper, which cited a magistrate"
        citing = [c for c in children(tokens, n, "amod") if tokens[c].lemma in words_of("citing") and tokens[c].tag == "VBG"]
        if citing and tokens[n].dep == "dobj":  # "reported, quoting sources", of which the parse makes quoted sources
            return Span(tokens[citing[0] + 1].start, subtree_span(tokens, n).end)
        if tokens[n].lower == "referring" and (cited := prep_objects(tokens, n, "to")):
            return subtree_span(tokens, cited[0])
    return None


def writer_of(reading: Reading, cited: Span) -> Span | None:
    """Who wrote a document that is cited: the chief executive of "an internal memo by the chief executive"."""
    found = source_tokens(reading, cited)
    heads = prep_objects(reading.tokens, head_of(reading.tokens, found), "by", "from") if found else []
    return subtree_span(reading.tokens, heads[0]) if heads and heads[0] in reading.actors_at else None


def _cited_span(reading: Reading, citing: int, cited: int) -> Span:
    """Whom a "citing" cites, without the clause that the parse hangs on them: "citing two officials, that the road was cut"."""
    tokens = reading.tokens
    clause = cited_clause(tokens, citing)
    below = subtree(tokens, cited)
    kept = [n for n in below if clause is None or n < subtree(tokens, clause)[0] - 1] or below
    return Span(tokens[kept[0]].start, tokens[kept[-1]].end)


def _same_sentence(reading: Reading, one: AttributionMark, other: AttributionMark) -> bool:
    return reading.tokens[one.cue_head].sentence == reading.tokens[other.cue_head].sentence


def author_of(reading: Reading, mark: AttributionMark, said: list[Said]) -> Actor | None:
    """Whose words "the statement" are that "said the order stands": those of the last main clause's speaker, if known."""
    if mark.source is None or source_medium(reading, mark) is None:
        return None
    words = reading.report.text[slice(*mark.source)].split()
    main = next((one for one in reversed(said) if reading.tokens[one.cue].dep == "ROOT"), None)
    if words[0].lower() not in DEFINITE or main is None or len(main.speakers) != 1:
        return None
    (author,) = main.speakers
    if author.id is None or author.anonymous:
        return None
    return replace(author, words=" ".join(words), start=mark.source.start, end=mark.source.end)


def principal_of(reading: Reading, mark: AttributionMark, who: list[Actor]) -> tuple[Actor, tuple[str, ...]] | None:
    """Whose words an office passes on by a verb joined to its own, and the media of the office.

    "The Kremlin said in its readout that Putin was content, but warned of a break": Putin, ("readout",). The person must belong
    to the office that speaks, and be the subject of what it says.
    """
    tokens, cue = reading.tokens, reading.tokens[mark.cue_head]
    if cue.dep != "conj" or len(who) != 1 or who[0].id is None or who[0].person is not None or children(tokens, cue.i, "nsubj"):
        return None
    joined = tokens[cue.head]
    clause = joined.i if joined.dep == "ccomp" else next(iter(children(tokens, joined.i, "ccomp")), None)
    if clause is None or clause > cue.i:
        return None
    marks = [reading.actors_at[n] for n in children(tokens, clause, "nsubj") if n in reading.actors_at]
    inner = [actor for one in marks for actor in one.actors]
    if len(inner) != 1 or inner[0].person is None or not (inner[0].id or "").startswith(who[0].id + "."):
        return None
    office = next((one for one in reading.attributions if one.cue_head == tokens[clause].head), None)
    return inner[0], linked(reading, own_media(reading, office)) if office is not None else ()


def may_be(pronoun: Actor, speaker: Actor) -> bool:
    """Whether a pronoun's actor may be the speaker before it: the same where both are known, and where neither is."""
    return (pronoun.id, pronoun.person) == (speaker.id, speaker.person)


def goes_on(reading: Reading, mark: AttributionMark) -> bool:
    """Whether an attribution may go on with the speech before it: its speaker is a pronoun, in a paragraph's later sentence."""
    tokens, cue = reading.tokens, reading.tokens[mark.cue_head]
    if mark.source is None or not cue.sentence or cue.dep != "ROOT":
        return False
    found = source_tokens(reading, mark.source)
    before, own = reading.sentences[cue.sentence - 1], reading.sentences[cue.sentence]
    return len(found) == 1 and tokens[found[0]].tag == "PRP" and before.paragraph == own.paragraph


def is_link(reading: Reading, mark: AttributionMark) -> bool:
    """Whether an attribution's source only carries others' words: "..., the Kremlin said, according to a translation"."""
    if source_medium(reading, mark) is None or quoting_verb(reading.tokens, mark.cue_head) is not None:
        return False
    if any(actor.id or actor.anonymous for actor in speakers(reading, mark.source)):
        return False
    return any(
        one is not mark and _same_sentence(reading, one, mark) and _is_beside(reading, one, mark)
        for one in _near(reading, mark)
    )


def _near(reading: Reading, mark: AttributionMark) -> Iterator[AttributionMark]:
    """The attributions of a sentence, by their place among all."""
    marks = reading.attributions
    n = bisect_left(marks, mark.cue.start, key=lambda one: one.cue.start)
    for step in (-1, 1):
        k = n + step
        while 0 <= k < len(marks) and _same_sentence(reading, marks[k], mark):
            yield marks[k]
            k += step


def _is_beside(reading: Reading, one: AttributionMark, link: AttributionMark) -> bool:
    """Whether what a link carries is another's attribution: it holds its cue, or hangs on it."""
    tokens, cue = reading.tokens, reading.tokens[link.cue_head]
    verb = is_verb(cue) and cue.lower != "according"  # "radio said a statement had denounced it": the statement speaks
    told = in_content(one, link.cue.start) and verb
    return in_content(link, one.cue.start) or (one.cue_head in governors(tokens, link.cue_head) and not told)
