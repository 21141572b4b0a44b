"""The benchmark of texts in other styles: which words an annotation means."""

import pytest

from styles import attribution

TEXT = 'Chad said it would go. Niger said: "It will stay," and Chad left.'


def test_words_that_stand_twice_are_those_nearest_to_each_other() -> None:
    found = attribution(TEXT, {"source": "Niger", "cue": "said", "content": ["It will stay"]})
    assert min(found.cue) == TEXT.index("said:")


def test_a_word_is_no_part_of_another() -> None:
    text = "The envoy said he had the text."
    found = attribution(text, {"source": "he", "cue": "had", "content": ["the text"]})
    assert min(found.source) == text.index("he had")


def test_parts_of_a_content_are_one() -> None:
    found = attribution(TEXT, {"source": "", "cue": "", "content": ["it would go", "It will stay"]})
    assert len(found.content) == len("itwouldgo") + len("Itwillstay")


def test_words_that_are_not_there_are_named() -> None:
    with pytest.raises(ValueError, match="Mali"):
        attribution(TEXT, {"source": "Mali", "cue": "said", "content": ["it would go"]})
