"""QR codes in a stream of grey frames: a fast look at every frame, one capped retry after a miss, no reading twice.

Frames are two-dimensional arrays of 8-bit grey, or anything that numpy takes for one.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from frontdesk.scanning.frames import opencv

RETRY_CAP_MS = 25.0
REGION_PX = 420
WHOLE_EVERY = 3  # of the retries, every third looks at the whole frame instead of a region
AGAIN_S = 3.0  # the same text is not news within this time …
AWAY_S = 0.7  # … nor until it has been out of sight for this long
_TEXT_LIMIT = 4300  # no QR code holds more characters

Corner = tuple[float, float]
Box = tuple[int, int, int, int]  # left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Sighting:
    """A code in a frame: its text, and its four corners as shares of the frame's width and height."""

    text: str
    corners: tuple[Corner, ...]


def read_codes(gray: Any) -> list[str]:
    """The texts of all QR codes in one picture, without regard to those before it; tries harder after a miss."""
    reader = CodeReader()
    frame = _array(gray)
    found = reader.read(frame)
    for _ in _RETRIES if not found else ():
        found = reader.read(frame)
        if found:
            break
    return [sighting.text for sighting in found]


class CodeReader:
    """Reads one stream of frames; remembers where the last code was, and which retry is next."""

    def __init__(self) -> None:
        self._region: Box | None = None
        self._turn = 0
        self._slow: set[Callable[..., Any]] = set()

    def read(self, gray: Any) -> list[Sighting]:
        """The QR codes of one frame: the fast way, and after a miss one retry of at most `RETRY_CAP_MS`."""
        frame = _array(gray)
        found = self._fast(frame, 0, 0, frame.shape)
        return found or self._retry(frame)

    def _fast(self, part: Any, left: int, top: int, shape: tuple[int, ...], scale: float = 1.0) -> list[Sighting]:
        """One pass over a part of a frame of that shape; `scale` is how much the part was enlarged."""
        import zxingcpp

        found = []
        for code in zxingcpp.read_barcodes(part, formats=zxingcpp.BarcodeFormat.QRCode, return_errors=True):
            p = code.position
            corners = [
                (left + each.x / scale, top + each.y / scale)
                for each in (p.top_left, p.top_right, p.bottom_right, p.bottom_left)
            ]
            self._region = _around(corners, shape)
            if code.valid and 0 < len(code.text) <= _TEXT_LIMIT:
                shares = tuple((x / shape[1], y / shape[0]) for x, y in corners)
                found.append(Sighting(code.text, shares))
        return found

    def _retry(self, frame: Any) -> list[Sighting]:
        """One harder look, another one each time, at where a code was seen or at the middle."""
        self._turn += 1
        if self._turn % WHOLE_EVERY == 0:
            return self._fast(_bright(frame)[0], 0, 0, frame.shape)
        ways = [way for way in _RETRIES if way not in self._slow]
        if not ways:
            return []
        left, top, right, bottom = self._region or _middle(frame.shape)
        self._region = None if self._turn % (2 * WHOLE_EVERY) == 1 else self._region
        way = ways[self._turn % len(ways)]
        began = time.perf_counter()
        better, scale = way(frame[top:bottom, left:right])
        if (time.perf_counter() - began) * 1000 > RETRY_CAP_MS / 2:
            self._slow.add(way)  # on this machine it costs more than a frame may
            return []
        return self._fast(better, left, top, frame.shape, scale)


@dataclass(slots=True)
class _Shown:
    """One text: when it was told, when it was last in sight, whether it has been away in between."""

    told_s: float
    seen_s: float
    left: bool = False


class CodeWatch:
    """Says which texts are news: not those told within `AGAIN_S`, nor those that have not been away since."""

    def __init__(self) -> None:
        self._shown: dict[str, _Shown] = {}

    def news(self, texts: list[str], now_s: float) -> list[str]:
        """The texts of one frame that count as shown anew; seconds of a clock that never jumps."""
        fresh = []
        for text in dict.fromkeys(texts):
            shown = self._shown.get(text)
            if shown is not None:
                shown.left = shown.left or now_s - shown.seen_s >= AWAY_S
                shown.seen_s = now_s
            if shown is None or (shown.left and now_s - shown.told_s >= AGAIN_S):
                self._shown[text] = _Shown(now_s, now_s)
                fresh.append(text)
        self._forget(now_s)
        return fresh

    def keep(self, texts: list[str], now_s: float) -> None:
        """Notes that texts told before are still in sight; tells nothing, and takes nothing for told."""
        for shown in (self._shown[text] for text in texts if text in self._shown):
            shown.left = shown.left or now_s - shown.seen_s >= AWAY_S
            shown.seen_s = now_s
        self._forget(now_s)

    def reset(self) -> None:
        """Everything in sight is news again."""
        self._shown.clear()

    def _forget(self, now_s: float) -> None:
        """What has been away and may be told again is news anyway."""
        for text, shown in list(self._shown.items()):
            if now_s - shown.seen_s >= AWAY_S and now_s - shown.told_s >= AGAIN_S:
                del self._shown[text]


def _array(gray: Any) -> Any:
    import numpy

    return numpy.ascontiguousarray(gray, dtype=numpy.uint8)


def _around(corners: list[Corner], shape: tuple[int, ...]) -> Box:
    """A region around a code, with its quiet zone, no larger than `REGION_PX`."""
    x = sum(corner[0] for corner in corners) / len(corners)
    y = sum(corner[1] for corner in corners) / len(corners)
    reach = max(max(abs(cx - x), abs(cy - y)) for cx, cy in corners) * 1.3 + 8
    return _square(x, y, min(reach, REGION_PX / 2), shape)


def _middle(shape: tuple[int, ...]) -> Box:
    return _square(shape[1] / 2, shape[0] / 2, REGION_PX / 2, shape)


def _square(x: float, y: float, reach: float, shape: tuple[int, ...]) -> Box:
    left, top = max(0, int(x - reach)), max(0, int(y - reach))
    return left, top, min(shape[1], int(x + reach) + 1), min(shape[0], int(y + reach) + 1)


# -- what a retry does to the picture: (picture, by how much it grew) --------------------------------------------------


def _sharper(part: Any) -> tuple[Any, float]:
    """Twice as large, contrast evened out."""
    cv2 = opencv()

    large = cv2.resize(part, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    return cv2.createCLAHE(2.0, (8, 8)).apply(large), 2.0


def _deblurred(sigma: float) -> Callable[[Any], tuple[Any, float]]:
    """Takes a lens out of focus back, for one size of blur (Wiener filter)."""

    def way(part: Any) -> tuple[Any, float]:
        import numpy

        cv2 = opencv()

        height, width = (cv2.getOptimalDFTSize(side) for side in part.shape)
        padded = cv2.copyMakeBorder(
            part, 0, height - part.shape[0], 0, width - part.shape[1], cv2.BORDER_REFLECT
        ).astype(numpy.float32)
        u = numpy.fft.fftfreq(height)[:, None]
        v = numpy.fft.rfftfreq(width)[None, :]
        blur = numpy.exp(-2 * (numpy.pi * sigma) ** 2 * (u * u + v * v))
        spectrum = numpy.fft.rfft2(padded) * blur / (blur * blur + 0.01)
        plain = numpy.fft.irfft2(spectrum, s=padded.shape)[: part.shape[0], : part.shape[1]]
        return numpy.clip(plain, 0, 255).astype(numpy.uint8), 1.0

    return way


def _bright(part: Any) -> tuple[Any, float]:
    """Dark grey lifted out of the shadow (gamma 2.2)."""
    import numpy

    cv2 = opencv()

    table = ((numpy.arange(256) / 255.0) ** (1 / 2.2) * 255).astype(numpy.uint8)
    return cv2.LUT(part, table), 1.0


def _threshold(part: Any) -> tuple[Any, float]:
    """Black or white by the neighbourhood, against reflections."""
    cv2 = opencv()

    large = cv2.resize(part, None, fx=2, fy=2, interpolation=cv2.INTER_LINEAR)
    even = cv2.adaptiveThreshold(large, 255, cv2.ADAPTIVE_THRESH_GAUSSIAN_C, cv2.THRESH_BINARY, 51, 5)
    return even, 2.0


_RETRIES = (_sharper, _deblurred(1.8), _bright, _deblurred(1.2), _threshold, _deblurred(2.5))
