"""Recordings in place of a camera."""

from __future__ import annotations

from pathlib import Path

import numpy
import pytest

from frontdesk.scanning.frames import STILL_FPS, Feed, FeedError, FeedFault, opencv


def picture(shade: int) -> numpy.ndarray:
    return numpy.full((48, 64, 3), shade, dtype=numpy.uint8)


def shades(feed: Feed) -> list[int]:
    """The grey of every frame, roughly."""
    found = []
    while (frame := feed.next()) is not None:
        assert (frame.width, frame.height) == (64, 48)
        found.append(round(float(frame.gray.mean()) / 50))
    feed.close()
    return found


def recorded(path: Path, codec: str, fps: float) -> Path:
    cv2 = opencv()
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter_fourcc(*codec), fps, (64, 48))
    for shade in (50, 100, 150):
        writer.write(picture(shade))
    writer.release()
    return path


@pytest.mark.parametrize(("name", "codec"), [("a.avi", "MJPG"), ("b.mp4", "mp4v")])
def test_a_video_plays_at_its_pace(tmp_path: Path, name: str, codec: str) -> None:
    feed = Feed(recorded(tmp_path / name, codec, 25.0))
    assert feed.interval_s == pytest.approx(0.04)
    assert shades(feed) == [1, 2, 3]


def numbered(folder: Path) -> None:
    for number, shade in enumerate((50, 100, 150)):
        opencv().imwrite(str(folder / f"code-{number:03d}.png"), picture(shade))


def test_a_numbered_sequence_a_folder_and_one_picture_play(tmp_path: Path) -> None:
    numbered(tmp_path)
    sequence = Feed(tmp_path / "code-%03d.png")
    assert sequence.interval_s == pytest.approx(1 / STILL_FPS)
    assert shades(sequence) == [1, 2, 3]
    assert shades(Feed(tmp_path)) == [1, 2, 3]
    assert shades(Feed(tmp_path / "code-001.png")) == [2]


def test_a_folder_with_a_chinese_name_plays(tmp_path: Path) -> None:
    folder = tmp_path / "录像 一"
    folder.mkdir()
    numbered(tmp_path)
    (tmp_path / "code-000.png").rename(folder / "码.png")
    assert shades(Feed(folder)) == [1]


def test_what_is_not_there_is_missing(tmp_path: Path) -> None:
    for name in ("none.avi", "none.png", "."):
        with pytest.raises(FeedError) as caught:
            Feed(tmp_path / name)
        assert caught.value.fault is FeedFault.MISSING


def test_what_is_no_recording_is_unreadable(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.avi").write_text("no video", encoding="utf-8")
    (tmp_path / "b.png").write_text("no picture", encoding="utf-8")
    with pytest.raises(FeedError) as caught:
        Feed(tmp_path / "a.avi")
    assert caught.value.fault is FeedFault.UNREADABLE
    with pytest.raises(FeedError) as caught:
        Feed(tmp_path / "b.png").next()
    assert caught.value.fault is FeedFault.UNREADABLE
    capfd.readouterr()
