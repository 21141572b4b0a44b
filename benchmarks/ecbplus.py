"""ECB+ (Cybulska and Vossen 2014): event mentions and which are one event, within and across documents. Reads its XML; scores.

A file `1_1ecbplus.xml` or `1_1ecb.xml` of topic 1 has <token t_id sentence number>text</token>, <Markables> whose ACTION_*
elements anchor tokens, and <Relations> that link mentions (<source m_id>) to an instance (<target m_id>): CROSS_DOC_COREF by
`note`, INTRA_DOC_COREF by its own id. The data are not part of this project.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from twotrack.ledger.merging import Verdicts, components, entries_in
from twotrack.ledger.traits import Trait, stems

SAME_DAY = date(2000, 1, 1)  # documents of one topic come without dates; a topic is one seminal event
Score = Callable[[Sequence[Hashable], Sequence[Hashable]], tuple[float, float, float]]


@dataclass(frozen=True)
class Mention:
    """An event mention: the document, its words, those of its sentence, and the label of its event across documents."""

    id: str
    topic: str
    document: str
    type: str
    words: str
    sentence: str
    event: str


def is_ecbplus(folder: Path) -> bool:
    """Whether a folder holds ECB+ files."""
    return any(folder.rglob("*ecb*.xml"))


def mentions(folder: Path) -> list[Mention]:
    """All event mentions, in the order of files and tokens."""
    return [mention for path in sorted(folder.rglob("*ecb*.xml")) for mention in mentions_in(path)]


def mentions_in(path: Path) -> list[Mention]:
    """The event mentions of one document; one without a relation is an event of its own."""
    root = ET.parse(path).getroot()
    tokens = {token.get("t_id"): (token.get("sentence"), token.text or "") for token in root.iter("token")}
    events = _events(root, path.stem)
    topic = re.match(r"\d+", path.stem)
    found = []
    for marked in root.iter():
        anchors = [anchor.get("t_id") for anchor in marked.iter("token_anchor")]
        if not anchors or not marked.tag.startswith(("ACTION", "NEG_ACTION")):
            continue
        sentence = tokens[anchors[0]][0]
        own = f"{path.stem}.{marked.get('m_id')}"
        found.append(
            Mention(
                own,
                topic[0] if topic else "",
                path.stem,
                marked.tag,
                " ".join(tokens[anchor][1] for anchor in anchors),
                " ".join(word for number, word in tokens.values() if number == sentence),
                events.get(str(marked.get("m_id")), own),
            )
        )
    return found


def _events(root: ET.Element, document: str) -> dict[str, str]:
    """Mention -> its event: the same note across documents is the same event."""
    found: dict[str, str] = {}
    for relation in root.iter():
        if relation.tag in ("CROSS_DOC_COREF", "INTRA_DOC_COREF"):
            label = relation.get("note") or f"{document}.{relation.get('r_id')}"
            found |= {str(source.get("m_id")): label for source in relation.iter("source")}
    return found


def ecbplus_figures(folder: Path, score: Score) -> dict[str, float]:
    """B-cubed of our merging over gold mentions, topic by topic together; beside it one group for each word that heads one."""
    found = mentions(folder)
    label: dict[str, str] = {}
    for topic in sorted({one.topic for one in found}):
        traits = [_trait(n, one) for n, one in enumerate(found) if one.topic == topic]
        for component in components(traits, Verdicts()):
            for group in entries_in(component, Verdicts()):
                label |= {trait.claim: group[0].claim for trait in group}
    golden = [(one.topic, one.event) for one in found]
    lemma = [(one.topic, " ".join(stems(one.words)) or one.words) for one in found]
    figures: dict[str, float] = {"mentions": len(found)}
    ways: dict[str, list[Hashable]] = {"": [label[one.id] for one in found], "lemma_": [*lemma]}
    for name, made in ways.items():
        precision, recall, f1 = score(made, golden)
        figures |= {f"{name}bcubed_precision": precision, f"{name}bcubed_recall": recall, f"{name}bcubed_f1": f1}
    return figures


def _trait(place: int, mention: Mention) -> Trait:
    """A mention as the ledger would have it if it knew no parties: type by its words, and its sentence."""
    words = frozenset(stems(mention.words)) or frozenset({mention.words.lower()})
    return Trait(
        mention.id, mention.document, place, "event", " ".join(sorted(words)), "actual", SAME_DAY, None, None, (), (),
        words | frozenset(stems(mention.sentence)), frozenset(), False,
    )  # fmt: skip
