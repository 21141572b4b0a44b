"""A case's folder: what is made, what is read, what is refused."""

import tomllib
from pathlib import Path

import pytest

from twotrack.errors import TwotrackError
from twotrack.ledger.case import checked_sides, init_case, open_case


def test_a_case_is_a_readable_folder(tmp_path: Path) -> None:
    case = init_case(tmp_path / "geneva", ["usa", " RUS"])
    assert sorted(path.name for path in case.folder.iterdir()) == ["case.toml", "judgements.jsonl"]
    assert tomllib.loads((case.folder / "case.toml").read_text()) == {
        "title": "geneva",
        "sides": ["USA", "RUS"],
        "outlets": {},
        "issues": {},
    }
    assert (case.folder / "judgements.jsonl").read_bytes() == b""
    assert (case.title, case.sides, case.ledger) == ("geneva", ("USA", "RUS"), f"sqlite:///{case.folder / 'ledger.sqlite'}")
    assert open_case(tmp_path / "geneva") == case


@pytest.mark.parametrize("title", ['The "two paths"', "back\\slash", "tab\tand\nline", "Ünïcode \x7f", "# no comment"])
def test_a_title_is_kept_as_it_is(tmp_path: Path, title: str) -> None:
    assert init_case(tmp_path / "case", ["USA", "RUS"], title=title).title == title


def test_an_empty_folder_may_become_a_case_and_a_used_one_not(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    init_case(tmp_path / "empty", ["USA", "RUS"])
    before = (tmp_path / "empty" / "case.toml").read_bytes()
    with pytest.raises(TwotrackError, match="empty exists already; give another name"):
        init_case(tmp_path / "empty", ["IRN", "ISR"])
    assert (tmp_path / "empty" / "case.toml").read_bytes() == before


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(TwotrackError, match=r"cannot be made \(Not a directory\); choose a folder that you may write to"):
        init_case(tmp_path / "file" / "geneva", ["USA", "RUS"])


def test_sides_are_actor_ids_of_any_depth() -> None:
    assert checked_sides(["usa", "rus.gov", "IGO.NATO", "USA", ""]) == ("USA", "RUS.GOV", "IGO.NATO")


@pytest.mark.parametrize(
    ("sides", "told"),
    [
        (["Russia", "USA"], "'Russia' is no actor id; did you mean RUS (Russia)?"),
        (["USA", "RUSS"], "did you mean RUS (Russia)"),
        (["USA", "IGO.NATTO"], "did you mean IGO.NATO (NATO)"),
        (["USA", "qqqqqq"], "'qqqqqq' is no actor id; states have ISO 3166 codes, as USA."),
        (["USA"], "A case needs at least two sides"),
        (["USA", "usa"], "A case needs at least two sides"),
    ],
)
def test_a_wrong_side_is_told_with_what_is_near(sides: list[str], told: str) -> None:
    with pytest.raises(TwotrackError) as raised:
        checked_sides(sides)
    assert told in str(raised.value)


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        ("sides = [", "cannot be read"),
        ('sides = "USA,RUS"', "sides is a list of actor ids"),
        ("title = 3", "title is a text in quotes"),
        ('sides = ["USA", "RUS"]\nlegder = "x"', "'legder' is no setting; did you mean ledger?"),
        ('sides = ["USA", "RUS"]\nledger = "mysql://x"', "ledger is a database address"),
        ('sides = ["USA", "RUS"]\n[outlets]\nTASS = "G"', "'TASS' has the letter 'G'; reliability goes from A to F."),
        ('sides = ["USA", "XX1"]', "'XX1' is no actor id"),
    ],
)
def test_a_wrong_setting_is_told_with_its_file(tmp_path: Path, toml: str, told: str) -> None:
    (tmp_path / "case.toml").write_text(toml)
    with pytest.raises(TwotrackError) as raised:
        open_case(tmp_path)
    assert str(raised.value).startswith(str(tmp_path / "case.toml"))
    assert told in str(raised.value)


def test_no_case_is_told_with_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(TwotrackError, match="holds no case; make one with twotrack init NAME --sides A,B"):
        open_case(tmp_path)


def test_settings_are_read(tmp_path: Path) -> None:
    (tmp_path / "case.toml").write_text(
        'title = "Gulf"\nsides = ["IRN", "SAU"]\nledger = "sqlite:///data/gulf.sqlite"\n[outlets]\n"The Gulf Post" = "C"\n'
    )
    case = open_case(tmp_path)
    assert (case.title, case.ledger) == ("Gulf", f"sqlite:///{tmp_path / 'data' / 'gulf.sqlite'}")
    assert dict(case.outlets) == {"The Gulf Post": "C"}
    (tmp_path / "case.toml").write_text('sides = ["IRN", "SAU"]\nledger = "postgresql://me@host/gulf"\n')
    assert open_case(tmp_path).ledger == "postgresql://me@host/gulf"
