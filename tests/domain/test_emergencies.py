"""Words that speak of an emergency."""

import pytest

from frontdesk.domain.emergencies import alarm_word


@pytest.mark.parametrize(
    ("text", "word"),
    [("电梯困人，两个人被困", "困人"), ("厨房里有煤气味", "煤气味"), ("厨房水龙头一直滴水", ""), ("", "")],
)
def test_the_first_word_that_speaks_of_an_emergency(text: str, word: str) -> None:
    assert alarm_word(text) == word
