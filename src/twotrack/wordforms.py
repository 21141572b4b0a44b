"""Parts of speech and lemmas by what decides them: a word's form, its tag and its dependency; each worked out once and kept.

spaCy's rules for them cost as much as its parser, and look at more than one word only in the few phrases of `CLOSE`: "gonna",
"there is". A text that holds one of these has its rules run as they are.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

Form = tuple[int, int, int]  # numbers of orthography, tag and dependency in spaCy's store of strings
RULES = ("attribute_ruler", "lemmatizer")
CLOSE = frozenset({"ai", "gon", "got", "let", "c'm", "y", "y'"})  # first words of the rules' patterns of two words
BETWEEN = "."  # keeps such a word and the next from being taken for a phrase
PLAIN = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ", "JJR", "JJS", "CD"})  # tags of words whose dependency no rule looks at ...
TELLING = frozenset({"aux", "auxpass", "expl"})  # ... except for these,
SINGLE = frozenset({"do", "does", "did", "'d", "have", "has", "had", "i", "you", "it"})  # and these words
MOST = 200_000  # forms kept: some 40 MB; a year of news holds fewer


class WordForms:
    """What the rules of one pipeline say of every form that was asked for: its part of speech and its lemma."""

    def __init__(self, nlp: "Language") -> None:
        self.nlp = nlp
        self.known: dict[Form, tuple[str, str]] = {}
        self.plain, self.telling, self.single, self.close = (
            frozenset(nlp.vocab.strings[name] for name in names) for names in (PLAIN, TELLING, SINGLE, CLOSE)
        )
        self.expletive = nlp.vocab.strings["expl"]

    def of(self, docs: Iterable["Doc"]) -> list[list[tuple[str, str]]]:
        """(part of speech, lemma) of every word of every document, as the rules would have them."""
        kept = list(docs)
        if len(self.known) > MOST:
            self.known.clear()
        forms = [self._forms(doc) for doc in kept]
        self._learn({form for doc in forms for form in doc if form not in self.known})
        known = self.known
        return [
            self._by_rule(doc) if self._has_phrase(doc) else [known[form] for form in own]
            for doc, own in zip(kept, forms, strict=True)
        ]

    def _forms(self, doc: "Doc") -> list[Form]:
        """What the rules look at in every word: of a plain word its dependency is left out, so that it is worked out once."""
        plain, telling, single = self.plain, self.telling, self.single
        return [
            (orth, tag, 0 if tag in plain and dep not in telling and lower not in single else dep)
            for orth, tag, dep, lower in doc.to_array(["ORTH", "TAG", "DEP", "LOWER"]).tolist()
        ]

    def _learn(self, forms: set[Form]) -> None:
        from spacy.tokens import Doc

        if not forms:
            return
        strings, asked = self.nlp.vocab.strings, sorted(forms)
        rows: list[tuple[str, str, str]] = []
        places = []
        for orth, tag, dep in asked:
            places.append(len(rows))
            rows.append((strings[orth], strings[tag], strings[dep] or "dep"))
            if rows[-1][2] == "expl" or rows[-1][0].lower() in CLOSE:
                rows.append((BETWEEN, BETWEEN, "punct"))
        words, tags, deps = (list(column) for column in zip(*rows, strict=True))
        found = self._by_rule(Doc(self.nlp.vocab, words=words, tags=tags, deps=deps, heads=list(range(len(words)))))
        self.known.update(zip(asked, (found[n] for n in places), strict=True))

    def _by_rule(self, doc: "Doc") -> list[tuple[str, str]]:
        for name in RULES:
            doc = self.nlp.get_pipe(name)(doc)
        return [(token.pos_, token.lemma_) for token in doc]

    def _has_phrase(self, doc: "Doc") -> bool:
        """Whether words stand in a document of which a rule may look at two at once."""
        deps, lowers = doc.to_array(["DEP", "LOWER"]).T.tolist()
        return self.expletive in deps or not self.close.isdisjoint(lowers)
