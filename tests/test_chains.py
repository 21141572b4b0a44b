"""Through whom words came, as whole reports have it: outlets, spokesmen, messengers, and what the next sentence tells."""

import pytest

from twotrack import read
from twotrack.citing import names_outlet
from twotrack.model import Statement

CHAINS = [
    # who is told prints it
    ("A Chadian minister told the Financial Times that the border would reopen.", "minister", ["the Financial Times"]),
    (
        "The bridge will be rebuilt, the Peruvian premier said in an interview with Le Monde.",
        "premier",
        ["interview", "Le Monde"],
    ),
    ("Speaking to state television, the Kenyan envoy said that the pact was dead.", "envoy", ["state television"]),
    ("The Norwegian premier said on the BBC that the cable had been cut.", "premier", ["the BBC"]),
    # who quotes stands behind the words
    ("The ferry was searched twice, Xinhua quoted port officials as saying.", "port officials", ["Xinhua"]),
    ("The ferry had been searched twice, the consul was reported by Xinhua to have said.", "consul", ["Xinhua"]),
    ("The island was calm, Petra reported, quoting sources close to the palace.", "sources", ["Petra"]),
    # the parse hangs the clause on whom or by what they were told
    (
        "Chile's envoy told his Peruvian host by telephone that the ships would leave, Santiago said.",
        "Chile's envoy",
        ["Santiago"],
    ),
    ("The captain's wife said he had told her in a short letter that the crew was well.", "he", ["wife"]),
    ("The station said the bishop had promised in a sermon that no church would close.", "bishop", ["The station"]),
    # a spokesman, an office, a messenger
    ("The Kremlin said that the Russian president had told him that grain would flow.", "president", ["the Kremlin"]),
    ("The Danish minister had told his guest that the port was shut, his spokeswoman said.", "minister", ["spokeswoman"]),
    ("Oman's envoy relayed a message from the rebels that they would free the crew.", "the rebels", ["Oman's envoy"]),
    ("Through his lawyers, the deposed premier said that the trial was a farce.", "premier", ["his lawyers"]),
    # what follows
    (
        '"The pass is open," the governor said. His remarks were carried by the Oman News Agency.',
        "governor",
        ["Oman News Agency"],
    ),
    ("The pass is open, the governor told reporters. The minutes were lost by the clerk.", "governor", []),
    ("The minister said he had met the Danish envoy, who told him that the cable was cut.", "envoy", ["the minister"]),
]


def said(text: str) -> list[Statement]:
    return [claim for claim in read(text).claims if isinstance(claim, Statement)]


@pytest.mark.parametrize(("text", "speaker", "links"), CHAINS, ids=[text[:60] for text, *_ in CHAINS])
def test_a_chain_names_every_mouth(text: str, speaker: str, links: list[str]) -> None:
    by_speaker = [one for one in said(text) if one.speaker and speaker.lower() in one.speaker.words.lower()]
    chains = [" | ".join(one.via).lower() for one in by_speaker]
    assert any(all(link.lower() in chain for link in links) and bool(links) == bool(chain) for chain in chains), chains


@pytest.mark.parametrize(
    ("words", "is_one"),
    [
        ("the Financial Times", True), ("Polish television", True), ("the weekly Al Balad", True), ("The Kabul Monitor", True),
        ("the Sana news agency", True), ("reporters", False), ("the press", False), ("the International Energy Agency", False),
        ("The Hague", False), ("his wife", False),
    ],
)  # fmt: skip
def test_outlets_by_their_names(words: str, is_one: bool) -> None:
    assert names_outlet(words) is is_one


def test_a_report_is_no_link_to_itself() -> None:
    reading = read("The port is shut, the Danish minister told Reuters.", outlet="Reuters")
    assert [one.via for one in reading.claims if isinstance(one, Statement)] == [()]


def test_messages_that_are_sent_to_say() -> None:
    (found,) = [
        one for one in said("The consul telephoned the ministry to say that the road was open.") if one.status == "said"
    ]
    assert found.content.text == "that the road was open"


def test_a_dismissal_of_what_is_called_untrue_denies_it() -> None:
    found = said("The palace dismissed as untrue local reports that the king had fled.")
    assert [one.status for one in found if "the king had fled" in one.content.text] == ["denied"]


def test_who_is_who_he_is() -> None:
    found = said("Police arrested the group's leader, who vowed that the strike would go on.")
    assert [one.speaker.words for one in found if one.speaker] == ["the group's leader"]
