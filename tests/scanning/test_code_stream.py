"""Codes in frames: read where they can be, told once a showing, within the time a frame has."""

from __future__ import annotations

import os
import time
from typing import Any

import numpy
import pytest
import qrcode

from frontdesk.scanning.codes import AGAIN_S, AWAY_S, CodeReader, CodeWatch, read_codes
from frontdesk.scanning.frames import opencv

CODE = "FD1I7Q4M000102030405060708090A0B0C0"


def drawn(text: str, module_px: int = 5) -> Any:
    """The code in black on white, with its quiet zone."""
    code = qrcode.QRCode(border=4, box_size=1, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(text)
    code.make(fit=True)
    cells = numpy.array(code.get_matrix())
    return numpy.where(numpy.kron(cells, numpy.ones((module_px, module_px))), 20, 235).astype(numpy.uint8)


def frame(*codes: Any, shape: tuple[int, int] = (480, 640), ground: int = 120) -> Any:
    """A grey frame with the codes side by side."""
    picture = numpy.full(shape, ground, dtype=numpy.uint8)
    x = 60
    for code in codes:
        picture[100 : 100 + code.shape[0], x : x + code.shape[1]] = code
        x += code.shape[1] + 40
    return picture


def blurred(picture: Any, sigma: float) -> Any:
    return opencv().GaussianBlur(picture, (0, 0), sigma)


def test_a_plain_frame_is_read_with_its_place() -> None:
    [sighting] = CodeReader().read(frame(drawn(CODE)))
    assert sighting.text == CODE
    (left, top), _, (right, bottom), _ = sighting.corners
    assert 60 / 640 < left < right < 260 / 640
    assert 100 / 480 < top < bottom < 300 / 480


def test_two_codes_at_once_are_both_read() -> None:
    assert set(read_codes(frame(drawn(CODE), drawn("https://example.com/other")))) == {
        CODE,
        "https://example.com/other",
    }


@pytest.mark.parametrize("sigma", [1.0, 2.2])
def test_a_soft_picture_is_read_after_some_retries(sigma: float) -> None:
    reader = CodeReader()
    soft = blurred(frame(drawn(CODE, 4)), sigma)
    assert any(reader.read(soft) for _ in range(18))


def test_a_dim_picture_is_read() -> None:
    dim = (frame(drawn(CODE, 4)) * 0.12).astype(numpy.uint8)
    assert read_codes(dim) == [CODE]


@pytest.mark.parametrize("picture", ["blank", "noise", "stripes"])
def test_nothing_is_read_where_nothing_is(picture: str) -> None:
    random = numpy.random.default_rng(7)
    pictures = {
        "blank": numpy.zeros((480, 640), numpy.uint8),
        "noise": random.integers(0, 256, (480, 640), dtype=numpy.uint8),
        "stripes": numpy.tile(numpy.array([0, 0, 255, 255], numpy.uint8), (480, 160)),
    }
    reader = CodeReader()
    assert [found for _ in range(12) for found in reader.read(pictures[picture])] == []


def test_odd_shapes_are_no_error() -> None:
    for shape in ((1, 1), (2, 640), (480, 3), (37, 53)):
        reader = CodeReader()
        assert [reader.read(numpy.zeros(shape, numpy.uint8)) for _ in range(7)] == [[]] * 7


def test_a_missed_frame_costs_no_more_than_its_share() -> None:
    """The median: a busy machine may hold up a single frame."""
    reader, random = CodeReader(), numpy.random.default_rng(3)
    misses = blurred(random.integers(0, 256, (720, 1280), dtype=numpy.uint8), 2.0)
    spent = []
    for _ in range(24):
        began = time.perf_counter()
        reader.read(misses)
        spent.append((time.perf_counter() - began) * 1000)
    assert sorted(spent)[len(spent) // 2] < 60


def test_a_showing_is_told_once() -> None:
    watch = CodeWatch()
    assert watch.news([CODE], 0.0) == [CODE]
    assert [watch.news([CODE], at / 10) for at in range(1, 100)] == [[]] * 99


def test_a_code_that_left_is_told_again_but_not_too_soon() -> None:
    watch = CodeWatch()
    watch.news([CODE], 0.0)
    assert watch.news([CODE], AWAY_S) == []
    assert watch.news([CODE], 1.0) == []
    assert watch.news([CODE], AGAIN_S) == [CODE]


def test_a_flicker_is_not_leaving() -> None:
    watch = CodeWatch()
    watch.news([CODE], 0.0)
    at = 0.0
    while at < 3 * AGAIN_S:
        at += AWAY_S * 0.9
        assert watch.news([CODE], at) == []


def test_a_reset_makes_news_of_what_is_in_sight() -> None:
    watch = CodeWatch()
    watch.news([CODE], 0.0)
    watch.reset()
    assert watch.news([CODE], 0.1) == [CODE]


def test_opencv_leaves_qt_alone() -> None:
    opencv()
    assert "QT_QPA_PLATFORM_PLUGIN_PATH" not in os.environ
    assert "QT_QPA_FONTDIR" not in os.environ


def test_what_is_only_kept_in_sight_is_neither_told_nor_taken_for_told() -> None:
    watch = CodeWatch()
    watch.keep([CODE], 0.0)
    assert watch.news([CODE], 0.1) == [CODE]
    for tenth in range(2, 40):
        watch.keep([CODE], tenth / 10)
    assert watch.news([CODE], 4.0) == []
