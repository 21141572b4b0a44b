"""`twotrack read` as its users run it: a process, its output, its exit code."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

TWOTRACK = str(Path(sys.executable).parent / "twotrack")
TEXT = (
    "Envoys meet in Muscat\n\nIran will reopen its embassy in Oman if Oman lifts its ban on flights, "
    "Iranian Foreign Minister Hossein Amir-Abdollahian said on Friday.\n"
)


def twotrack(*words: str, text: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run([TWOTRACK, *words], input=text, capture_output=True, text=True, timeout=120, check=False)


def test_json_holds_the_contract() -> None:
    done = twotrack("read", "-", "--published", "2022-03-04", "--outlet", "The Gulf Post", "--json", text=TEXT)
    found = json.loads(done.stdout)
    assert done.returncode == 0
    assert found["report"] | {"id": 0, "text": 0} == {
        "id": 0, "title": "Envoys meet in Muscat", "outlet": "The Gulf Post", "byline": None, "published": "2022-03-04",
        "url": None, "lang": "en", "text": 0,
    }  # fmt: skip
    text = found["report"]["text"]
    commitment = next(claim for claim in found["claims"] if claim["kind"] == "commitment")
    assert {
        "id",
        "kind",
        "act_kind",
        "party",
        "toward",
        "act",
        "condition",
        "relation",
        "deadline",
        "strength",
        "speaker",
    } <= set(commitment)
    assert commitment["party"][0]["id"].startswith("IRN")
    assert text[commitment["condition"]["start"] : commitment["condition"]["end"]] == commitment["condition"]["text"]
    assert all(text[cite["start"] : cite["end"]] == cite["text"] for claim in found["claims"] for cite in claim["cites"])


@pytest.mark.parametrize(
    ("form", "start"), [("terminal", "Envoys meet in Muscat"), ("markdown", "# Envoys meet"), ("html", "<!doctype html>")]
)
def test_each_format_prints_the_brief(form: str, start: str) -> None:
    done = twotrack("read", "-", "--published", "2022-03-04", "--format", form, text=TEXT)
    assert done.returncode == 0
    assert done.stdout.startswith(start)
    assert "reopen its embassy" in done.stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["read", "no-such-file.txt"], "no-such-file.txt does not exist; check the path"),
        (["read", "-", "--published", "someday"], "'someday' is no date; write it as 2021-12-31."),
        (["read", "-", "--pipeline", "en_none"], "No spaCy pipeline 'en_none' is installed"),
        (["read", "http://127.0.0.1:9/a"], "does not answer"),
    ],
)
def test_mistakes_are_told_in_one_line_with_exit_code_2(words: list[str], told: str) -> None:
    done = twotrack(*words, text=TEXT)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert done.stderr.count("\n") == 1


def test_sure_leaves_out_what_is_less_so() -> None:
    found = [json.loads(twotrack("read", "-", "--json", *more, text=TEXT).stdout)["claims"] for more in ((), ("--sure", "0.9"))]
    assert [claim for claim in found[0] if claim["confidence"] >= 0.9] == found[1]
    assert 0 < len(found[1]) < len(found[0])


def test_output_is_plain_when_it_is_no_terminal() -> None:
    done = twotrack("read", "-", text=TEXT)
    assert "\x1b" not in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80
