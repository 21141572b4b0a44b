"""Every place where a word of the cue table may attribute something: cue, source and content as sets of tokens.

"Minsk, officials said, had voiced concern about the drills": the inserted "said" has all the rest as content; "voiced concern
about", a light verb with a noun of saying, has "the drills".
"""

from collections.abc import Iterator

from twotrack.mark.attribution.contents import Draft, clause_content, cue_tokens
from twotrack.mark.attribution.cues import (
    Complement,
    CueWord,
    complements,
    cue_key,
    cue_lemmas,
    cue_words,
    is_conveyed,
    is_medium,
    is_passive_cue,
    quoting_verb,
    words_of,
)
from twotrack.mark.attribution.formulas import according, announced, hearsay, made_clear, name_after_dash, name_and_colon
from twotrack.mark.attribution.insertions import inserted, lent, spliced
from twotrack.mark.attribution.quotations import QuoteMap
from twotrack.mark.attribution.sources import noun_source, source_tokens
from twotrack.model import Sentence
from twotrack.reading import Reading
from twotrack.syntax import Tokens, children, is_verb, subtree

MAX_CUES = 40  # looked at in one sentence; more than any of 924 articles has, and a bound on the time for hostile text
WIDE = 40  # words between the first and the last of a source and its cue; a wider source is no speaker of a quotation
TOO_FAR = 15  # words between a cue and the quotation that it opens: "told a crowd of supporters in the capital on Monday: ..."


def drafts(reading: Reading, quotes: QuoteMap) -> Iterator[Draft]:
    """All drafts of a reading, in text order of their cues; they may overlap."""
    lemmas, hearsays = cue_lemmas(), words_of("hearsay")
    yield from name_and_colon(reading, quotes)
    yield from name_after_dash(reading, quotes)
    yield from announced(reading, quotes)
    sentence = tried = 0
    for token in reading.tokens:
        if token.sentence != sentence:
            sentence, tried = token.sentence, 0
        if token.lower == "according":
            draft = according(reading, token.i)
        elif token.lower == "clear":
            draft = made_clear(reading, token.i)
        elif token.lower in hearsays and token.dep == "advmod":
            draft = hearsay(reading, token.i)
        elif token.lemma in lemmas and token.dep not in ("aux", "auxpass") and tried < MAX_CUES:
            draft = _cue_word(reading, quotes, token.i)
            tried += 1
        else:
            continue
        if draft is not None and draft.content:
            yield draft


def _cue_word(reading: Reading, quotes: QuoteMap, i: int) -> Draft | None:
    tokens = reading.tokens
    key = cue_key(tokens, i)
    verbal = is_verb(tokens[i])
    if (found := spliced(reading, quotes, i, key)) is not None:
        return found
    for complement, word in _listed(tokens, i, key, verbal):
        if complement.frame == "fronted" and any(tokens[n].text == ";" for n in range(max(complement.anchor, i - TOO_FAR), i)):
            continue  # "talks had failed; the envoy told reporters ..."
        if complement.frame == "fronted":
            return _fronted(reading, quotes, i, complement, word, key)
        if not verbal and tokens[i].pos in ("NOUN", "PROPN"):
            return None if is_medium(tokens, i, complement) else _noun(tokens, i, complement, word, key)
        return _plain(reading, quotes, i, complement, word, key)
    return (inserted(reading, i, key) or _quoting(reading, quotes, i, key)) if verbal else None


def _listed(tokens: Tokens, i: int, key: str, verbal: bool) -> Iterator[tuple[Complement, CueWord]]:
    """The complements of a word that the table lists for it."""
    prefix = "passive:" if verbal and is_passive_cue(tokens, i) else ""
    table = cue_words()
    for complement in complements(tokens, i):
        frame = prefix + complement.frame
        if (word := table.get((key, frame))) is not None:
            yield complement._replace(frame=frame), word


def _plain(reading: Reading, quotes: QuoteMap, i: int, complement: Complement, word: CueWord, key: str) -> Draft:
    tokens = reading.tokens
    cue = cue_tokens(tokens, i, complement)
    top = i
    if tokens[i].pos == "ADJ":
        cue |= _copula(tokens, i)
    if tokens[i].dep == "xcomp" and tokens[tokens[i].head].lemma in words_of("aspect"):
        top = tokens[i].head
        cue |= set(range(min(cue_tokens(tokens, top, Complement("", top))), max(cue) + 1)) if top < i else set()
        if tokens[top].pos == "ADJ":
            cue |= _copula(tokens, top)
    source = source_tokens(tokens, top if top != i else i, complement.frame)
    content = clause_content(tokens, i, complement) - cue
    if complement.frame in ("np", "pred") and (following := quote_following(tokens, quotes, content)) is not None:
        announced, quote = following
        cue, content = cue | announced, set(quotes.extent(quote))
    if complement.frame == "np":
        content |= _quoted_object(tokens, quotes, i, content)
    if complement.frame in ("bare", "that") and tokens[i].tag != "VBG":
        content |= _opening_quote(reading, quotes, min(cue | source))
    if complement.frame.startswith("passive:") and tokens[i].lemma not in words_of("asked") | words_of("addressing"):
        content |= {n for c in children(tokens, i, "nsubjpass") for n in subtree(tokens, c)}
    source -= cue | content
    rule = f"{key}+{complement.frame}"
    return Draft(i, frozenset(cue), frozenset(source), frozenset(content - source), word.precision, rule)


def _copula(tokens: Tokens, i: int) -> set[int]:
    """ "is confident": the verb that an adjective completes, with all between them."""
    head = tokens[i].head
    if tokens[i].dep != "acomp" or head > i:
        return set()
    return {n for n in range(min(cue_tokens(tokens, head, Complement("", head))), i) if tokens[n].dep not in ("nsubj",)}


def _noun(tokens: Tokens, i: int, complement: Complement, word: CueWord, key: str) -> Draft:
    """ "Iran's claim that ...", "a warning from Moscow that ...", and with a light verb "raised questions about ..."."""
    cue, rule = cue_tokens(tokens, i, complement), f"{key}+{complement.frame}"
    verb = tokens[i].head
    content = clause_content(tokens, i, complement)
    conveyed = is_conveyed(tokens, i)
    light = conveyed or (tokens[i].dep == "dobj" and tokens[verb].lemma in words_of("light") and verb < i)
    stirred = light and tokens[verb].lemma in words_of("stirring") and word.kind == "attitude"
    own = noun_source(tokens, i) if conveyed else set()  # "relayed a message from the rebels that ..."
    source = set() if stirred else own or source_tokens(tokens, verb if light else i, "")
    if light:
        cue |= set(range(min(cue_tokens(tokens, verb, Complement("", verb))), i))
    else:
        before = [c for c in tokens[i].children if c < i and tokens[c].dep in ("amod", "det", "compound", "nmod")]
        cue |= {n for c in before for n in subtree(tokens, c)}
    return Draft(i, frozenset(cue - source), frozenset(source - content), frozenset(content - cue), word.precision, rule)


def _fronted(reading: Reading, quotes: QuoteMap, i: int, complement: Complement, word: CueWord, key: str) -> Draft | None:
    """ "Talks will go on, she said": the content stands first and runs from the sentence's start."""
    tokens = reading.tokens
    cue = cue_tokens(tokens, i, complement)
    source = _outside(tokens, quotes, source_tokens(tokens, i, complement.frame), min(cue))
    sentence = reading.sentences[tokens[i].sentence]
    clause = subtree(tokens, complement.anchor)
    first = sentence.first if tokens[i].dep in ("ROOT", "parataxis") or _closes(tokens, i, clause[0]) else clause[0]
    if quoting_verb(tokens, i) is not None:  # "..., the agency quoted him as saying": not the agency
        content = set(clause)
    else:
        content = _around(tokens, sentence, first, i, cue | source, set(clause)) | lent(tokens, i)
    return Draft(i, frozenset(cue), frozenset(source), frozenset(content), word.precision, f"{key}+fronted")


def _closes(tokens: Tokens, i: int, clause: int) -> bool:
    """Whether a verb reports all that stands before it: in "he said it was late, the agency reported" the parse has it said."""
    return tokens[i].dep == "ccomp" and tokens[i].head < clause and tokens[clause - 1].text != ","


def _outside(tokens: Tokens, quotes: QuoteMap, source: set[int], cue: int) -> set[int]:
    """A source that the parse drew into the quotation before it is what stands between the quotation and the cue."""
    if source and all(quotes.at[n] == quotes.at[cue] for n in source):
        return source
    if quotes.at[cue] >= 0:
        return source
    k = cue - 1
    while k >= 0 and cue - k < TOO_FAR and quotes.at[k] < 0:
        k -= 1
    if cue - k < TOO_FAR and k >= 0:
        return set(range(k + 1, cue))
    return {n for n in source if quotes.at[n] < 0}


def _around(tokens: Tokens, sentence: Sentence, first: int, i: int, cluster: set[int], clause: set[int]) -> set[int]:
    """What stands before the cue and its source, and what of the clause goes on after them."""
    start = min((n for n in cluster if n >= first), default=i)
    return set(range(first, start)) | {n for n in clause if n > max(cluster)}


def _quoting(reading: Reading, quotes: QuoteMap, i: int, key: str) -> Draft | None:
    """A cue beside a quotation that the parse does not hang on it: '"No." That was it, he said', 'He went further: "..."'."""
    tokens = reading.tokens
    table = cue_words()
    colon, quote = table.get((key, "colon")), table.get((key, "quote"))
    if quotes.at[i] >= 0 or (colon is None and quote is None):
        return None
    cue = cue_tokens(tokens, i, Complement("", i))
    source = source_tokens(tokens, i, "")
    cluster = cue | source
    found = quote_before(reading, quotes, min(cluster)) if max(cluster) - min(cluster) < WIDE else None
    if found is None:
        found = quote_after(tokens, quotes, max(cluster))
    if found is None:
        return None
    first = quotes.tokens_of[found][0]
    frame, word = ("colon", colon) if colon is not None and first > i and tokens[first - 1].text == ":" else ("quote", quote)
    if word is None:
        return None
    return Draft(i, frozenset(cue), frozenset(source), frozenset(quotes.extent(found)), word.precision, f"{key}+{frame}")


def quote_before(reading: Reading, quotes: QuoteMap, k: int) -> int | None:
    """The quotation that ends directly before token k; one of another sentence must open it, not be its last words."""
    tokens, cluster = reading.tokens, k
    k -= 1
    while k >= 0 and quotes.at[k] < 0 and not tokens[k].text.strip(" ,\n\t-–—"):
        k -= 1
    if k < 0 or (quote := quotes.at[k]) < 0:
        return None
    first = quotes.tokens_of[quote][0]
    same = tokens[first].sentence == tokens[cluster].sentence
    return quote if same or first == reading.sentences[tokens[first].sentence].first else None


def quote_after(tokens: Tokens, quotes: QuoteMap, k: int) -> int | None:
    """The quotation that opens within a few words after token k, behind a comma or a colon."""
    for n in range(k + 1, min(k + TOO_FAR, len(tokens))):
        if quotes.at[n] >= 0:
            before = tokens[n - 1].text
            behind = before in (",", ":") or n == k + 1 or not before.strip()
            return quotes.at[n] if behind else None
        if tokens[n].text in (".", "!", "?", ";"):
            return None
    return None


def quote_following(tokens: Tokens, quotes: QuoteMap, content: set[int]) -> tuple[set[int], int] | None:
    """The noun phrase that announces a quotation, and the quotation: "issued the following statement: ..."."""
    colon = next((n for n in sorted(content) if tokens[n].text == ":"), max(content, default=-1) + 1)
    if not 0 < colon < len(tokens) - 1 or tokens[colon].text != ":":
        return None
    announced = {n for n in content if n < colon}
    if any(quotes.at[n] >= 0 for n in announced):
        return None
    quote = next((quotes.at[n] for n in (colon + 1, colon + 2) if n < len(tokens) and quotes.at[n] >= 0), None)
    return (announced, quote) if quote is not None else None


def _quoted_object(tokens: Tokens, quotes: QuoteMap, i: int, content: set[int]) -> set[int]:
    """The quotation after an object that completes it: 'called it "a day of shame" for Europe'."""
    after = max(content, default=len(tokens)) + 1
    if after >= len(tokens) or (quote := quotes.at[after]) < 0 or quotes.tokens_of[quote][0] != after:
        return set()
    return {n for c in tokens[i].children if quotes.at[c] == quote for n in subtree(tokens, c)}


def _opening_quote(reading: Reading, quotes: QuoteMap, cluster: int) -> set[int]:
    """What is quoted at the start of the cue's sentence: '"If they go," she said, "we go."'."""
    sentence = reading.sentences[reading.tokens[cluster].sentence]
    quote = quotes.at[sentence.first]
    if quote < 0 or quotes.at[cluster] == quote or reading.tokens[cluster - 1].text.strip("\"'”’»") not in (",", ""):
        return set()
    return set(range(sentence.first, cluster))
