"""Visits: until when an invited visitor may stay."""

from datetime import UTC, datetime, timedelta

import pytest

from frontdesk.domain.visits import SHORTEST_STAY, stay_until

END = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("before_end", "stays"),
    [(timedelta(hours=9), timedelta(hours=9)), (timedelta(minutes=5), SHORTEST_STAY), (timedelta(), SHORTEST_STAY)],
)
def test_as_long_as_the_invitation_says_and_never_less_than_the_shortest_stay(
    before_end: timedelta, stays: timedelta
) -> None:
    assert stay_until(END - before_end, END) == END - before_end + stays
