"""Whether an attribution tells that somebody said something, and whether it was said, denied or declined.

"Moscow denied that it had recalled its envoy" does, as denied; "ministers are to discuss the standoff", "unless London
acknowledges the treaty" and "Britain voted for the resolution" tell of no speech, though PolNeAR marks them alike.
"""

from twotrack.find.statements.chains import DEFINITE, SPOKESMAN, is_citation, is_link
from twotrack.find.statements.speakers import holds_office, keeps_name, speakers
from twotrack.mark.attribution.cues import cue_words, kind_of, words_of
from twotrack.mark.wordcues import cue_words as factual_words
from twotrack.model import Actor, AttributionMark
from twotrack.reading import Reading
from twotrack.syntax import Tokens, children, conjunction_head, governors, is_negated, is_verb, objects, subjects

OURSELVES = frozenset({"i", "we", "you"})  # within a speech: its speaker, whose statement it is already
MINDS = frozenset({"attitude", "intention", "stance"})  # what somebody thinks or wants: a statement only of a known actor
FINITE = frozenset({"VBD", "VBZ", "VBP", "JJ", "NN"})
WOULD = frozenset({"would", "will", "could", "'d", "wo"})
PLANNED = frozenset({"will", "shall", "should", "may", "might", "could", "must", "'ll"})
SUPPOSING = frozenset({"if", "unless", "once", "whether", "provided", "lest", "until"})
BARE_PRONOUNS = frozenset({"it", "this", "that", "them", "him", "her", "so", "what", "which", "himself", "herself", "itself"})
BODIES = frozenset({"IGO", "NGO", "REB", "MNC"})  # these begin ids that have no country in common


def is_statement(reading: Reading, mark: AttributionMark, outer: list[AttributionMark]) -> bool:
    """Whether somebody says something; what they think or want counts where a known actor's main verb tells it."""
    if is_citation(reading, mark) or is_link(reading, mark) or _is_question(reading, mark) or _is_deed(reading, mark):
        return False
    if keeps_name(reading, mark.cue.start, mark.content[-1].end) or _says_nothing(reading, mark):
        return False
    if outer and mark.source is not None and reading.report.text[slice(*mark.source)].lower() in OURSELVES:
        return False
    if _is_supposed(reading, mark):
        return False
    kind = kind_of(mark)
    if kind == "speech" or _is_voiced(reading, mark):
        return True
    if mark.source is None or kind not in MINDS | {"finding"}:
        return False
    if kind == "finding":
        return True
    found = speakers(reading, mark.source)
    if (
        outer
        and found
        and not _is_spoken_for(reading, found, outer[0])
        and all(any(_speak_alike(one, other) for other in speakers(reading, outer[0].source)) for one in found)
    ):
        return False  # "Tehran wants the sanctions lifted, its envoy said" is one statement, the envoy's
    passive = children(reading.tokens, mark.cue_head, "auxpass")
    told = reading.tokens[mark.cue_head].tag in FINITE or bool(passive) or not outer
    return told and any(actor.id or actor.anonymous or _is_officer(actor.words) for actor in found)


def _is_question(reading: Reading, mark: AttributionMark) -> bool:
    """Whether nobody named asks: "asked whether he would resign"."""
    return mark.source is None and reading.tokens[mark.cue_head].lemma in words_of("asked")


def _is_deed(reading: Reading, mark: AttributionMark) -> bool:
    """Whether an attribution without a quotation tells of a deed: "voted for the resolution", "released a list"."""
    if mark.source is None and "/n+" in mark.rule:
        return True  # "a claim that the ministry rejected": nobody is said to make it
    if mark.rule not in words_of("deed"):
        return False
    return not any(reading.quote_at(part.start) or '"' in reading.report.text[slice(*part)] for part in mark.content)


def _says_nothing(reading: Reading, mark: AttributionMark) -> bool:
    """Whether the content is a pronoun alone: "the Americans see it differently"; "Tehran denied it" says what it says."""
    words = [reading.report.text[slice(*part)].lower() for part in mark.content]
    denied = mark.rule.partition("+")[0] in words_of("denial")
    return len(words) == 1 and words[0] in BARE_PRONOUNS and not denied


def _is_supposed(reading: Reading, mark: AttributionMark) -> bool:
    """Whether the cue stands in a condition: "unless London first acknowledged her sovereignty"."""
    tokens = reading.tokens
    for n in (mark.cue_head, *governors(tokens, mark.cue_head)):
        if tokens[n].dep == "advcl" and _supposes(tokens, n):
            return True
        if tokens[n].dep in ("ccomp", "relcl", "parataxis", "ROOT"):
            return False
    return False


def _supposes(tokens: Tokens, clause: int) -> bool:
    return any(tokens[c].dep in ("mark", "advmod") and tokens[c].lower in SUPPOSING for c in tokens[clause].children)


def _is_voiced(reading: Reading, mark: AttributionMark) -> bool:
    """Whether a verb of saying carries the cue: "expressed concern about" is said, "has concerns about" is thought."""
    verb = reading.tokens[reading.tokens[mark.cue_head].head]
    found = cue_words().get((verb.lemma, "np"))
    return mark.cue.start <= verb.start < mark.cue.end and found is not None and found.kind == "speech"


def _is_officer(words: str) -> bool:
    """Whether words are of somebody in office, known or not: "the president", "her envoy"; not "few people"."""
    return words.partition(" ")[0].lower() in DEFINITE and holds_office(words)


def _is_spoken_for(reading: Reading, found: list[Actor], outer: AttributionMark) -> bool:
    """ "The president regards it as closed, his spokesman said": not the spokesman's view."""
    names = [actor.words.lower() for actor in speakers(reading, outer.source)]
    return any(SPOKESMAN in words for words in names) and not any(SPOKESMAN in actor.words.lower() for actor in found)


def _speak_alike(one: Actor, other: Actor) -> bool:
    """Whether two actors speak for one side: a capital and its minister, "Iran" and "he" of Iran's envoy."""
    if one.id is None or other.id is None or (one.person is not None and one.person != other.person):
        return False
    first, second = one.id.split("."), other.id.split(".")
    return first[0] == second[0] and (first[0] not in BODIES or first[:2] == second[:2])


def status_of(reading: Reading, mark: AttributionMark, nested: bool) -> str | None:
    """ "said", "denied", "declined"; None where nothing was said: "did not say", "should say", "is expected to announce"."""
    tokens = reading.tokens
    token = tokens[mark.cue_head]
    words = [tokens[n] for n in cue_words_of(reading, mark)]
    lemmas = {one.lemma for one in words}
    if lemmas & words_of("refusal") and (mark.rule.split("+")[0] in words_of("refusal") or lemmas & words_of("telling")):
        return "declined" if lemmas & words_of("telling") or _content_lemma(reading, mark) in words_of("telling") else "said"
    speech = kind_of(mark) == "speech"
    modal = next((tokens[c].lower for c in token.children if tokens[c].dep == "aux" and tokens[c].tag == "MD"), None)
    if speech and nested and modal in WOULD:
        return None  # "said it would reject the plan" is a plan to speak
    if speech and _is_negated(tokens, mark.cue_head):
        return "declined" if modal in WOULD and token.lemma in words_of("telling") else None
    if speech and (modal in PLANNED or _is_to_come(tokens, mark.cue_head, len(words))):
        return None
    denied = mark.rule.split("+")[0] in words_of("denial") or _is_dismissal(reading, mark)
    return "denied" if denied else "said"


def _is_dismissal(reading: Reading, mark: AttributionMark) -> bool:
    """ "Dismissed reports that it had sent troops", "rejected a statement that the ship was his": no plan, but a claim."""
    tokens, cue = reading.tokens, mark.cue_head
    if mark.rule.split("+")[0] not in words_of("dismissal"):
        return False
    called = [n for c in tokens[cue].children if tokens[c].dep in ("prep", "advcl") for n in (*tokens[c].children,)]
    for n in (*objects(tokens, cue), *called):  # "dismissed as untrue reports that": the parse hangs the reports on "as"
        that = any(tokens[g].lower == "that" for c in tokens[n].children if tokens[c].dep == "acl" for g in tokens[c].children)
        if tokens[n].lemma in factual_words("accusation") or (that and tokens[n].lemma in ("statement", "remark", "comment")):
            return True
    return False


def _is_negated(tokens: Tokens, cue: int) -> bool:
    """Whether a cue is negated, or joined to a negated verb of its form under the same subject: "did not confirm or deny"."""
    if is_negated(tokens, cue):
        return True
    first = conjunction_head(tokens, cue)
    alike = first != cue and tokens[first].tag == tokens[cue].tag and is_negated(tokens, first)
    return alike and subjects(tokens, first) == subjects(tokens, cue)


def _is_to_come(tokens: Tokens, cue: int, words: int) -> bool:
    """Whether a cue is an infinitive alone, or follows "is": "came to say", "ministers are to discuss"."""
    token = tokens[cue]
    infinitive = token.tag == "VB" and any(tokens[c].tag == "TO" for c in token.children)
    head = tokens[token.head]
    messaged = head.tag in ("VBD", "VBN") and head.lemma in words_of("messaging") and token.lemma in ("say", "tell")
    if token.dep in ("xcomp", "advcl") and messaged:
        return False  # "emailed her to say that it was over"
    return infinitive and (words == 1 or (head.lemma == "be" and is_verb(head) and token.dep == "xcomp"))


def cue_words_of(reading: Reading, mark: AttributionMark) -> list[int]:
    """The tokens of a cue."""
    first = reading.token_starts.get(mark.cue.start, mark.cue_head)
    found = []
    for n in range(first, len(reading.tokens)):
        if reading.tokens[n].start >= mark.cue.end:
            break
        found.append(n)
    return found


def _content_lemma(reading: Reading, mark: AttributionMark) -> str:
    """The verb of "to comment", the content of a bare "declined to comment"."""
    first = reading.token_starts.get(mark.content[0].start)
    if first is None:
        return ""
    following = reading.tokens[first : first + 2]
    if following[0].lower == "to":
        following = following[1:]
    return following[0].lemma if following else ""
