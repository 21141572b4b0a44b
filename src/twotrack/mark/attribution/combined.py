"""Attributions by the learned tagger and the rules together.

The tagger draws what is attributed: two thirds of it is indirect speech, half of that without a verb that any list holds. The
rules say of what kind a cue is, add what somebody tells within a quoted speech, which the tagger never learned, and have the
last word where they are surest: "Asked about the talks, the ministry declined to comment, Tass reported".
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from twotrack.errors import Problem
from twotrack.mark.attribution.contents import Draft, without_conjunction
from twotrack.mark.attribution.cues import (
    complements,
    cue_key,
    cue_words,
    is_passive_cue,
    quoting_verb,
    sender_of,
    subject_of,
    words_of,
)
from twotrack.mark.attribution.decoding import Tagged, tagged
from twotrack.mark.attribution.drafts import drafts
from twotrack.mark.attribution.free import with_free_quotations
from twotrack.mark.attribution.marker import disentangled, mark_of, settled, sure
from twotrack.mark.attribution.quotations import QuoteMap, quote_map
from twotrack.mark.attribution.tagger import scores
from twotrack.model import AttributionMark
from twotrack.reading import Reading
from twotrack.syntax import Tokens, children, is_passive, is_verb, subtree

# A rule's draft that the tagger has no part of is kept from here; lower figures cost linked F1 on PolNeAR's dev articles.
RULES_ALONE = 0.95
FRONTED_ALONE = 0.8  # the same of one whose content stands before it, or is a quotation
DENIALS = 0.65  # the same of "denies sheltering him"; on PolNeAR's dev articles it changes nothing
AROUND = ("+fronted", "according to")  # rules whose content may hold another's speech, which the tagger leaves out ...
NESTED = 3  # ... if all but a third of what it leaves out is such speech
# Both links of a rule's chain are kept from here, of one whose form makes chains from FORMED; lower figures cost linked F1.
IN_CHAINS, FORMED = 0.8, 0.7
IN_HEADLINES = 0.6  # the same of words that the tagger drew into what a headline says, of which it tells nothing
CHAINING = ("according to", "cite+np", "+inserted")
NAMING = ("NOUN", "PROPN", "PRON")  # a source has one of them


def mark_attribution_learned(reading: Reading) -> Iterator[AttributionMark | Problem]:
    """The attributions of a report, those within the content of another marked as well.

    "Rice's office was upbeat about the talks" -> source "Rice's office", cue "was upbeat about", content "the talks".
    """
    quotes = quote_map(reading)
    tried = list(drafts(reading, quotes))
    ruled = disentangled(reading.tokens, settled(sure(reading, quotes, tried)))
    found = scores(reading, quotes, tried, ruled)
    tags = tagged(found) if found is not None else []
    drawn = [whole(draft, quotes) for one in tags if (draft := as_draft(reading, tried, one)).content]
    lost = {n for one in tags for n in one.content} - {n for one in drawn for n in (*one.content, *one.cue, *one.source)}
    drawn = parted(reading.tokens, with_speakers(reading.tokens, drawn, ruled), ruled)
    told = combined(with_chains(reading.tokens, drawn, ruled), ruled, lost)
    for draft in with_free_quotations(reading, quotes, told):
        mark = mark_of(reading, quotes, draft)
        if mark is not None:
            yield mark


def with_speakers(tokens: Tokens, drawn: Sequence[Draft], ruled: Sequence[Draft]) -> list[Draft]:
    """The tagger's drafts but those whose source names nothing, where a rule that is sure tells who says the same.

    "We agree,” the ministry said, according to a translation: the tagger's source may be a bare "a".
    """
    surest = [one for one in ruled if one.precision >= RULES_ALONE and one.source]
    by_head = {one.head: one for one in ruled if one.source}
    return [
        _with_clause(tokens, _with_own_speaker(tokens, draft, by_head), by_head)
        for draft in drawn
        if not draft.source
        or any(tokens[n].pos in NAMING for n in draft.source)
        or not any(one.content & draft.content for one in surest)
    ]


def _with_own_speaker(tokens: Tokens, draft: Draft, by_head: Mapping[int, Draft]) -> Draft:
    """ "The envoy, two aides said, had told them": the tagger may link "had told" to the aides, whose verb is inserted."""
    own = by_head.get(draft.head)
    if own is None or own.source & draft.source:
        return draft
    heard = tokens[draft.head].tag == "VBG" and subject_of(tokens, draft.head) in own.source
    if heard or quoting_verb(tokens, draft.head) is not None or sender_of(tokens, draft.head) in own.source:
        return replace(draft, source=own.source)  # not who quotes somebody as saying, or recalls the premier remarking
    between = (by_head[n] for n in range(min(own.source) + 1, draft.head) if n in by_head)
    return replace(draft, source=own.source) if any(one.source & draft.source for one in between) else draft


def _with_clause(tokens: Tokens, draft: Draft, by_head: Mapping[int, Draft]) -> Draft:
    """ "Told the committee, its chairwoman said, that it was over": the tagger may take whoever is told for what is told."""
    own = by_head.get(draft.head)
    told = {n for c in children(tokens, draft.head, "dobj") for n in subtree(tokens, c)}
    addressed = tokens[draft.head].lemma in words_of("addressing") and draft.content <= told
    return replace(draft, content=own.content) if addressed and own and not own.content <= told else draft


def parted(tokens: Tokens, drawn: Sequence[Draft], ruled: Sequence[Draft]) -> list[Draft]:
    """The tagger's drafts; of those that run on over the next verb that the rules have, the rest is that verb's own.

    "Denounced the vote as a charade and wants the council to meet"; "it fell, officials said, and Paris appealed for help".
    """
    made: list[Draft] = []
    for draft in drawn:
        following = next((one for one in ruled if one.head in draft.content and _is_next(tokens, draft, one)), None)
        if following is None:
            made.append(draft)
            continue
        first = min(following.cue | (following.source - draft.source))
        rest = without_conjunction(tokens, {n for n in draft.content if n < first})
        own = frozenset(n for n in draft.content if n > max(following.cue)) or following.content
        made += [replace(draft, content=frozenset(rest))] if rest else []
        made.append(replace(following, source=following.source or draft.source, content=own, precision=draft.precision))
    return made


def _is_next(tokens: Tokens, draft: Draft, one: Draft) -> bool:
    """Whether a rule's verb is joined to a draft's own, or with a subject of its own to the clause that it is inserted in."""
    if tokens[one.head].dep != "conj":
        return False
    return tokens[one.head].head == draft.head or (bool(one.source) and tokens[one.head].head < draft.head < min(one.source))


def with_chains(tokens: Tokens, drawn: Sequence[Draft], ruled: Sequence[Draft]) -> list[Draft]:
    """The tagger's drafts, but the rules' where these have a chain of which the tagger, whose corpus is flat, has one link.

    "The envoy, according to his lawyer, denied it": the tagger draws "denied" or "according to".
    """
    kept: list[Draft] = []
    by_sentence: dict[int, list[Draft]] = {}
    for one in ruled:
        by_sentence.setdefault(tokens[one.head].sentence, []).append(one)
    cues = {n for draft in drawn for n in draft.cue}
    for pair in (pair for own in by_sentence.values() for pair in combinations(own, 2)):
        if _is_chain(*pair) and not all(link.cue & cues for link in pair):
            kept += pair
    kept += [one for one in ruled if _is_quoted(tokens, one) or _cites(tokens, one)]
    over = {n for link in kept for n in (*link.cue, *link.content)}
    return [draft for draft in drawn if not (draft.cue | draft.content) & over] + list(dict.fromkeys(kept))


def _is_chain(one: Draft, other: Draft) -> bool:
    """Whether what two rules find is one speech, told twice: both must be sure, less so where a form makes chains."""
    enough = FORMED if any(link.rule.endswith(CHAINING) for link in (one, other)) else IN_CHAINS
    sure_of_both = min(one.precision, other.precision) >= enough
    return sure_of_both and bool(one.content & other.content) and not one.cue & other.cue


def _is_quoted(tokens: Tokens, draft: Draft) -> bool:
    """ "An official was quoted by the agency as saying", "..., the agency quoted an official as saying"."""
    verb = quoting_verb(tokens, draft.head)
    return verb is not None and (is_passive(tokens, verb) or draft.rule.endswith("+fronted"))


def _cites(tokens: Tokens, draft: Draft) -> bool:
    """ "Reported, citing two officials, that the road was cut": the tagger may take the clause for what is cited."""
    between = tokens[draft.head + 1 : max(min(draft.content), draft.head + 3)]
    citing = any(token.tag == "VBG" and token.lemma in words_of("citing") for token in between)
    return citing and draft.rule.endswith("+that") and draft.precision >= IN_CHAINS


def combined(drawn: Sequence[Draft], ruled: Sequence[Draft], lost: Collection[int] = ()) -> list[Draft]:
    """The tagger's drafts, and of the rules' those within a content or around one and the surest: no two share a cue's word.

    Of the words `lost`, which the tagger drew into a content of the headline, the rules alone can tell.

    Contents that the tagger draws without the speech in them are made whole first. Where it draws two cues of the rules as one,
    "said, according to", the rules' stay.
    """
    drawn = _with_nested(drawn, ruled)
    double = {n for draft in drawn if sum(one.cue <= draft.cue for one in ruled) > 1 for n in draft.cue}
    drawn = [draft for draft in drawn if not draft.cue & double] + [one for one in ruled if one.cue & double]
    taken = {n for draft in drawn for n in draft.cue}
    holders = {n: draft for draft in drawn for n in draft.content}
    cued = {n: draft for draft in drawn for n in draft.cue}
    kept = list(drawn)
    for draft in ruled:
        if draft.cue & taken:
            continue
        if (holder := holders.get(draft.head)) is not None:
            if rest := draft.content & holder.content:
                kept.append(replace(draft, content=rest))
        elif draft.precision >= (IN_HEADLINES if draft.head in lost else _enough(draft)):
            inside = {id(one): one for n in draft.content if (one := holders.get(n) or cued.get(n))}.values()
            if all((one.cue | one.content) <= draft.content for one in inside):
                kept.append(draft)
    return sorted(kept, key=lambda draft: draft.head)


def _with_nested(drawn: Sequence[Draft], ruled: Sequence[Draft]) -> list[Draft]:
    """The tagger's drafts, those whose content stands before or around the cue with the speech in it, which it leaves out.

    "The envoy voiced regret and said that it was over, a spokesman told the briefing": the spokesman told all of it. So the
    agency did of "the agency said that, according to a diplomat, the talks were over".
    """
    sure = [one for one in ruled if one.precision >= FRONTED_ALONE]
    bare = {one.head for one in drawn if len(one.content) == 1}
    around = {one.head: one for one in sure if one.rule.endswith(AROUND) or one.head in bare}
    told = {n for one in drawn for n in (*one.cue, *one.content, *one.source)}
    found = []
    for one in drawn:
        whole = around.get(one.head)
        rest = whole.content - one.content if whole is not None and one.content < whole.content else frozenset()
        nested = rest and len(rest - told) <= len(rest) // NESTED
        found.append(replace(one, content=one.content | rest) if nested else one)
    return found


def _enough(draft: Draft) -> float:
    """How sure a rule must be where the tagger draws nothing; a denial that is missed turns a report round."""
    if draft.rule.partition("+")[0] in words_of("denial"):
        return DENIALS
    return FRONTED_ALONE if draft.rule.endswith(("+fronted", "+colon", "+quote")) else RULES_ALONE


def as_draft(reading: Reading, tried: Sequence[Draft], one: Tagged) -> Draft:
    """What the tagger found, under the rule whose cue it shares: "warn+that"; else by the word's likeliest complement."""
    tokens, cue = reading.tokens, frozenset(one.cue)
    like = next((draft for draft in tried if draft.head in cue), None)
    head = like.head if like is not None else head_of_cue(tokens, one.cue)
    rule = like.rule if like is not None else _rule(tokens, head)
    source = one.source or (like.source - one.content if like is not None else frozenset())
    source = _of_its_paragraph(reading, source, head)
    content = frozenset(n for n in one.content if _in_headline(reading, n) == _in_headline(reading, head))
    return Draft(head, cue, source - cue, content - cue, one.sure, rule)


def _in_headline(reading: Reading, i: int) -> bool:
    """Whether a word stands in the headline, which says nothing together with the text: the tagger may draw both as one."""
    return reading.paragraph_of(reading.sentences[reading.tokens[i].sentence]).kind == "headline"


def _of_its_paragraph(reading: Reading, source: frozenset[int], head: int) -> frozenset[int]:
    """What of a source stands in the cue's paragraph, where any does: a byline above it is no part of it."""
    paragraph = reading.sentences[reading.tokens[head].sentence].paragraph
    near = frozenset(n for n in source if reading.sentences[reading.tokens[n].sentence].paragraph == paragraph)
    return near or source


def whole(draft: Draft, quotes: QuoteMap) -> Draft:
    """The draft without gaps in what it has of a quotation: odd words in it, "<b>", are quoted too."""
    found = set(draft.content)
    for quote in {quotes.at[n] for n in draft.content} - {-1}:
        inside = [n for n in draft.content if quotes.at[n] == quote]
        found |= set(range(min(inside), max(inside)))
    return replace(draft, content=frozenset(found - draft.cue - draft.source))


def head_of_cue(tokens: Tokens, cue: Sequence[int]) -> int:
    """The word of a cue that the others hang on: "has" of "has no doubt"."""
    inside = set(cue)
    heads = [n for n in cue if tokens[n].head not in inside or tokens[n].head == n]
    verbs = [n for n in heads if is_verb(tokens[n]) and tokens[n].dep not in ("aux", "auxpass")]
    return (verbs or heads or list(cue))[-1]


def _rule(tokens: Tokens, head: int) -> str:
    key = cue_key(tokens, head)
    prefix = "passive:" if is_verb(tokens[head]) and is_passive_cue(tokens, head) else ""
    frames = [prefix + complement.frame for complement in complements(tokens, head)]
    listed = [frame for frame in frames if (key, frame) in cue_words()]
    return f"{key}+{(listed or frames or ['tagged'])[0]}"
