"""Trials: every draft of an attribution in PolNeAR's articles, held against what is annotated there.

"The minister said that the talks had failed" gives the trial "say+that", right, in the contexts "main verb" and "long content".
"""

import pickle
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))

from attribution import as_characters, linked, paired
from polnear import Article, Attribution, articles
from twotrack.mark.attribution import contexts, cues, drafts, formulas, marker
from twotrack.mark.attribution.quotations import quote_map
from twotrack.model import Report
from twotrack.reading import Reading, parse_report
from twotrack.syntax import Tokens, is_verb, subtree

MIN_CUES = 2  # as a cue of whatever complement, that let a verb be tried beside quotations
SHARE_OF_CONTENT = 0.4  # of a complement's words that must lie in the annotated content; contents may end early
WORD_CLASSES = frozenset({"VERB", "NOUN", "ADJ", "AUX", "ADV", "PROPN"})

Corpus = list[tuple[Article, Reading]]
Use = tuple[str, str]  # word, frame


class Trial(NamedTuple):
    """A draft of a training article: its rule, whether it is annotated so, the contexts that it stands in."""

    rule: str
    right: bool
    contexts: tuple[str, ...]


def corpus(folder: Path, kept: Path | None) -> Corpus:
    """The articles of a split with their parses, which are kept in a file where one is named."""
    if kept is not None and (file := kept / f"{folder.name}.pickle").exists():
        return pickle.loads(file.read_bytes())  # type: ignore[no-any-return]
    made = [(one, parse_report(Report(one.name, one.text))) for one in articles(folder)]
    if kept is not None:
        (kept / f"{folder.name}.pickle").write_bytes(pickle.dumps(made))
    return made


def by_token(tokens: Tokens, article: Article, part: str) -> dict[int, int]:
    """The attribution, by number, whose source, cue or content each token stands in."""
    owners: dict[int, int] = {}
    for number, one in enumerate(article.attributions):
        for position in getattr(one, part):
            owners.setdefault(position, number)
    found = ((token.i, owners[n]) for token in tokens for n in range(token.start, token.end) if n in owners)
    return dict(reversed(list(found)))


def uses(found: Corpus) -> Counter[Use]:
    """How often each word attributes with each complement; "*" for a word as a cue whatever its complement."""
    counts: Counter[Use] = Counter()
    for article, reading in found:
        tokens = reading.tokens
        cue_of, content_of = by_token(tokens, article, "cue"), by_token(tokens, article, "content")
        for i, number in cue_of.items():
            if i in content_of or tokens[i].dep in ("aux", "auxpass") or tokens[i].pos not in WORD_CLASSES:
                continue
            key = cues.cue_key(tokens, i)
            counts[key, "*"] += 1
            prefix = "passive:" if is_verb(tokens[i]) and cues.is_passive_cue(tokens, i) else ""
            for complement in cues.complements(tokens, i):
                below = subtree(tokens, complement.anchor)
                if sum(content_of.get(n) == number for n in below) >= SHARE_OF_CONTENT * len(below):
                    counts[key, prefix + complement.frame] += 1
                    break
    return counts


def every_word(counts: Counter[Use]) -> dict[Use, cues.CueWord]:
    """A table of all words that ever attribute, for drafts to be tried."""
    any_word = cues.CueWord(0.5, "speech")
    made = {use: any_word for use in counts if use[1] != "*"}
    for (key, frame), n in counts.items():
        if frame == "*" and n >= MIN_CUES and "/" not in key:
            made |= {(key, inserted): any_word for inserted in ("quote", "as", "inserted")}
    return made


def trials(found: Corpus, words: Mapping[Use, cues.CueWord]) -> list[Trial]:
    """All drafts outside annotated contents and sources, held against the annotations."""
    stems = frozenset({word.split(" ")[0].split("/")[0] for word, _ in words} | set(cues.LEMMA_SLIPS))
    with (
        patch.object(drafts, "cue_words", lambda: words),
        patch.object(drafts, "cue_lemmas", lambda: stems),
        patch.object(formulas, "cue_lemmas", lambda: stems),
    ):
        return [trial for article, reading in found for trial in _trials(article, reading)]


def _trials(article: Article, reading: Reading) -> Iterable[Trial]:
    quotes = quote_map(reading)
    owners = {n: one for one in article.attributions for n in one.cue}
    inside = frozenset().union(*(one.content | one.source for one in article.attributions))
    for draft in drafts.drafts(reading, quotes):
        mark = marker.mark_of(reading, quotes, draft)
        if mark is None:
            continue
        made = as_characters(mark, article.text)
        start = reading.tokens[draft.head].start
        owner = owners.get(start) or next((owners[n] for n in sorted(made.cue) if n in owners), None)
        if owner is None and start in inside:
            continue
        quoted = quotes.at[draft.head] >= 0, any(quotes.at[n] >= 0 for n in draft.content)
        seen = contexts.contexts(reading, draft.head, draft.source, draft.content, quoted)
        yield Trial(draft.rule, owner is not None and _is_right(owner, made), tuple(seen))


def _is_right(gold: Attribution, made: Attribution) -> bool:
    return bool(paired([gold], [made])) and linked(gold, made)
