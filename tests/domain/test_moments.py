"""Times to come in the words of a desk."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.domain.moments import moment_of

NOW = datetime(2026, 11, 23, 14, 0, tzinfo=ZoneInfo("Asia/Shanghai"))  # a Monday


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("18:00", "2026-11-23 18:00"),
        ("18：00", "2026-11-23 18:00"),
        ("9:30", "2026-11-23 09:30"),  # has passed; a person says what is meant
        ("明天 9:30", "2026-11-24 09:30"),
        ("tomorrow 9:30", "2026-11-24 09:30"),
        ("后天下午3点", "2026-11-25 15:00"),
        ("下午3点半", "2026-11-23 15:30"),
        ("晚上8点一刻", "2026-11-23 20:15"),
        ("今晚7点", "2026-11-23 19:00"),
        ("3pm", "2026-11-23 15:00"),
        ("12am", "2026-11-23 00:00"),
        ("12pm", "2026-11-23 12:00"),
        ("中午12点", "2026-11-23 12:00"),
        ("17点前", "2026-11-23 17:00"),
        ("11-25 15:00", "2026-11-25 15:00"),
        ("11/25 15:00", "2026-11-25 15:00"),
        ("11-25 9:05", "2026-11-25 09:05"),
        ("12-2 14:30", "2026-12-02 14:30"),
        ("12 - 2  14 : 30", "2026-12-02 14:30"),
        ("11月25日 15:00", "2026-11-25 15:00"),
        ("2026-11-25T15:00", "2026-11-25 15:00"),
        ("1-5 9:00", "2027-01-05 09:00"),
        ("周五 9:30", "2026-11-27 09:30"),
        ("周一 18:00", "2026-11-23 18:00"),
        ("下周一 9:30", "2026-11-30 09:30"),
        ("星期天10点", "2026-11-29 10:00"),
        ("fri 9:30", "2026-11-27 09:30"),
    ],
)
def test_what_people_say_is_understood(said, meant):
    found = moment_of(said, NOW)
    assert found is not None
    assert f"{found:%Y-%m-%d %H:%M}" == meant
    assert found.tzinfo is NOW.tzinfo


@pytest.mark.parametrize(
    "said", ["", "尽快", "25:00", "02-30 10:00", "18", "11-25", "明天", "等电话", "今天 17:00 以后"]
)
def test_what_names_no_time_stays_words(said):
    assert moment_of(said, NOW) is None


@given(st.text(max_size=30))
def test_no_words_make_it_stumble(said):
    found = moment_of(said, NOW)
    assert found is None or found.tzinfo is NOW.tzinfo
