"""The power goes while somebody types a call: at the next start it is there, up to the last second."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from frontdesk.tour.remote import Screen
from tests.ui.hand import KNOWN_HOME, KNOWN_NAME, KNOWN_NUMBER
from tests.ui.shell_kit import LOGIN, PASSWORD

LOST_AT_MOST_S = 1.0
TYPING_S = 2.5


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Where the program's pictures would go."""
    out = tmp_path / "pictures"
    out.mkdir()
    return out


def console(pictures: Path) -> Screen:
    """The real console in a process of its own, on the practice site."""
    return Screen("console", ["--lang", "en", "--site", "practice"], pictures)


def sign_in(screen: Screen) -> None:
    """Signs in by the sign-in screen."""
    screen.fill("Login or name", LOGIN)
    screen.fill("Password", PASSWORD)
    screen.key("Return")
    screen.expect("Today's contacts")


def begin_call(screen: Screen) -> None:
    """By clicks: a window without a window manager is not in front, and takes no keys of its own."""
    screen.click("Reception")
    screen.click("New call")
    screen.expect("Telephone number")


def type_on(screen: Screen) -> list[tuple[float, str]]:
    """Types word after word without a pause, for a while; each text so far with the time at which it stood there."""
    said, typed = "", list[tuple[float, str]]()
    end = time.monotonic() + TYPING_S
    while time.monotonic() < end:
        word = f"w{len(typed)} "
        screen.type(word)
        said += word
        typed.append((time.monotonic(), said.strip()))
    return typed


def test_half_a_call_is_there_after_a_kill(practice: Path, pictures: Path) -> None:
    with console(pictures) as screen:
        sign_in(screen)
        begin_call(screen)
        screen.fill("Telephone number", KNOWN_NUMBER)
        screen.expect("Number matches")
        screen.fill("What is reported", "")
        typed = type_on(screen)
        killed = time.monotonic()
        screen.kill()

    with console(pictures) as screen:
        sign_in(screen)
        screen.click("Reception")
        screen.expect("is back")
        screen.expect("Number matches")
        seen = screen.read()

    old = [said for at, said in typed if at < killed - LOST_AT_MOST_S]
    assert len(old) > 5
    kept = next(text for text in seen if text.startswith("w0 "))
    assert kept.startswith(old[-1])
    assert typed[-1][1].startswith(kept)
    assert {KNOWN_NAME, KNOWN_NUMBER} <= set(seen)
    assert any(KNOWN_HOME in text for text in seen)


def test_a_call_on_record_does_not_come_back_as_a_draft(practice: Path, pictures: Path) -> None:
    with console(pictures) as screen:
        sign_in(screen)
        begin_call(screen)
        screen.fill("What is reported", "有一件小事")
        screen.expect("Draft kept")
        screen.click("Record")
        screen.expect("On record:")
        screen.kill()

    with console(pictures) as screen:
        sign_in(screen)
        screen.click("Reception")
        screen.expect("Nobody is on the line")
        assert not any("有一件小事" in text for text in screen.read())
