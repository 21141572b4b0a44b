"""Text, Markdown and web pages become reports; what is none is refused in one sentence that says what to do."""

import http.server
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twotrack.errors import TwotrackError, UnreadableReport
from twotrack.intake import source
from twotrack.intake.html import is_html, report_of_html
from twotrack.intake.outlets import outlet_of_url
from twotrack.intake.source import decoded, report_of_source
from twotrack.intake.text import clean, parsed_date, report_of_text

PASTED = (
    "Envoys meet in Muscat\n\nMUSCAT, March 3 (Reuters) - Iran and Oman met on Friday.\n\nThey meet again soon.\n\nBy Jane Roe"
)
PAGE = """<!doctype html><html lang="en"><head><title>Envoys meet in Muscat | The Gulf Post</title>
<meta property="og:site_name" content="The Gulf Post"><meta name="author" content="Jane Roe">
<meta property="article:published_time" content="2021-03-05T10:00:00Z"></head><body><nav><a href="/">Home</a></nav><article>
<h1>Envoys meet in Muscat</h1><p>The foreign ministers of Iran and Oman met in Muscat on Friday and agreed to meet again.</p>
<p>Iran's minister said that his country would reopen its embassy if Oman lifted its ban on flights.</p>
<ul><li>The ban has been in force since January.</li><li>Oman has not answered the offer so far.</li></ul>
<script>alert(1)</script></article><footer>Subscribe to our newsletter</footer></body></html>"""


def test_a_pasted_text_shows_its_title_byline_and_agency() -> None:
    report = report_of_text(PASTED, published="2021-03-05")
    assert (report.title, report.byline, report.outlet) == ("Envoys meet in Muscat", "Jane Roe", "Reuters")
    assert (report.published, report.lang, report.url) == (date(2021, 3, 5), "en", None)


def test_the_id_depends_on_the_words_alone() -> None:
    assert report_of_text(PASTED).id == report_of_text(PASTED.replace("\n", "\r\n") + "  \n", outlet="Other").id
    assert report_of_text(PASTED).id != report_of_text(PASTED + "!").id


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\u202eb\u200bc\ufeff\x07d", "abcd"),
        ("a\xa0b \nc", "a b\nc"),
        ("e\u0301t\u00e9", "\u00e9t\u00e9"),
        ("**Why it matters:** [Iran](https://x.org/a) *may* act", "Why it matters: Iran may act"),
        ("2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name"),
        ("a\n\n\n\n\nb", "a\n\nb"),
    ],
)
def test_text_is_cleaned_once(raw: str, expected: str) -> None:
    assert clean(raw) == expected


@given(st.text(max_size=200))
def test_cleaning_a_clean_text_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize("words", ["2021-12-31", "31 December 2021", "December 31, 2021", "31 Dec 2021"])
def test_dates_that_users_write(words: str) -> None:
    assert parsed_date(words) == date(2021, 12, 31)


@pytest.mark.parametrize("words", ["yesterday", "2021-13-01", "31.12.2021 or so", "0021-12-31", ""])
def test_what_is_no_date_is_told(words: str) -> None:
    with pytest.raises(TwotrackError, match="is no date; write it as 2021-12-31"):
        parsed_date(words)


def test_a_page_gives_its_article_and_metadata() -> None:
    report = report_of_html(PAGE)
    assert (report.title, report.outlet, report.byline) == ("Envoys meet in Muscat", "The Gulf Post", "Jane Roe")
    assert report.published == date(2021, 3, 5)
    assert report.text.startswith("Envoys meet in Muscat\n")
    assert "reopen its embassy" in report.text
    assert all(words not in report.text for words in ("alert(1)", "Subscribe", "Home"))


def test_what_the_caller_gives_wins_over_the_page() -> None:
    report = report_of_html(PAGE, published="2021-03-06", outlet="Mine", url="https://www.bbc.co.uk/news/1")
    assert (report.published, report.outlet, report.url) == (date(2021, 3, 6), "Mine", "https://www.bbc.co.uk/news/1")


def test_markup_tells_a_page_from_a_text() -> None:
    assert is_html(PAGE)
    assert not is_html("Iran said that <b> is no tag of its own.")


@pytest.mark.parametrize(
    ("url", "outlet"),
    [("https://www.reuters.com/world/a", "Reuters"), ("https://news.example.org/a", None), ("https://notreuters.com/a", None)],
)
def test_an_address_names_its_outlet(url: str, outlet: str | None) -> None:
    assert outlet_of_url(url) == outlet


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding: str, tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_bytes(
        ("The café in Zürich is where the “envoys” met on Friday, and they agreed to meet there again. " * 3).encode(encoding)
    )
    assert "café in Zürich" in report_of_source(str(file)).text


UNREADABLE = {
    "empty": (b"", "empty"),
    "white space": (b" \n\t \n", "empty"),
    "digits": (b"1 2 3 4 5", "empty"),
    "binary": (b"Iran said\x00\x01\x02" * 9, "is not text"),
    "pdf": (b"%PDF-1.7 Iran said that it would come to the talks.", "is a PDF; save its text"),
    "zip": (b"PK\x03\x04....", "save the report as plain text"),
    "picture": (b"\x89PNG....", "is a picture"),
    "French": ("Le ministre iranien des affaires étrangères a déclaré vendredi que son pays ne participerait pas aux négociations. ".encode() * 3, "another language"),
    "Russian": ("Министр иностранных дел заявил в пятницу.".encode(), "another language"),
    "page without article": (b"<!doctype html><html><body><div></div></body></html>", "holds no article"),
}  # fmt: skip


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_is_no_report_is_refused_in_one_sentence(name: str, tmp_path: Path) -> None:
    raw, told = UNREADABLE[name]
    file = tmp_path / "report"
    file.write_bytes(raw)
    with pytest.raises(UnreadableReport, match=told) as refused:
        report_of_source(str(file))
    assert "\n" not in str(refused.value)


def test_large_files_missing_files_and_folders_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "large.txt"
    file.write_bytes(b"Iran said so. " * 100)
    monkeypatch.setattr(source, "MAX_BYTES", 1000)
    with pytest.raises(UnreadableReport, match="is larger than"):
        report_of_source(str(file))
    with pytest.raises(UnreadableReport, match="is a folder; give one file"):
        report_of_source(str(tmp_path))
    with pytest.raises(UnreadableReport, match="does not exist; check the path"):
        report_of_source(str(tmp_path / "none.txt"))


def test_a_text_of_names_is_not_taken_for_another_language() -> None:
    text = "Zelenskiy, Duda und Nausėda met Macron, Scholz and von der Leyen in Kraków."
    assert report_of_text(text).lang == "en"


def test_bytes_of_no_encoding_are_read_or_refused() -> None:
    assert decoded(b"caf\xe9 in Geneva, where the envoys met on Friday", "x").startswith("caf")
    with pytest.raises(UnreadableReport, match="x is not text"):
        decoded(b"\x01\x00\x02", "x")


class Pages(http.server.BaseHTTPRequestHandler):
    """A site with one article and one page that is gone."""

    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/a" else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(PAGE.encode())

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_page_is_fetched_by_its_address(site: str) -> None:
    report = report_of_source(f"{site}/a")
    assert (report.title, report.url) == ("Envoys meet in Muscat", f"{site}/a")


def test_an_address_that_does_not_answer_is_told(site: str) -> None:
    with pytest.raises(UnreadableReport, match="answers with error 404; check the address, or save the page"):
        report_of_source(f"{site}/gone")
    with pytest.raises(UnreadableReport, match="does not answer"):
        report_of_source("http://127.0.0.1:9/a")
