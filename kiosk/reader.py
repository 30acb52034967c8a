"""Which of the codes that the camera sees are taken: each showing once, and only while somebody is asked for one."""

from __future__ import annotations

from frontdesk.scanning.codes import CodeWatch


class Reader:
    """Turns what every frame shows into the few texts that the flow hears of."""

    def __init__(self) -> None:
        self._watch = CodeWatch()
        self._taking = False

    def take(self, fresh: bool) -> None:
        """From now on codes are taken; `fresh`: also one that has been in sight all the time."""
        self._taking = True
        if fresh:
            self._watch.reset()

    def stop(self) -> None:
        """Codes that were taken are watched, so that one that stays in sight is not taken for a new one later."""
        self._taking = False

    def texts(self, seen: list[str], now_s: float) -> list[str]:
        """Those of a frame's texts that are news and wanted; seconds of a clock that never jumps."""
        if self._taking:
            return self._watch.news(seen, now_s)
        self._watch.keep(seen, now_s)
        return []
