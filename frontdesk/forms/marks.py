"""What a camera looks for on a sheet: four corner marks, and the QR code that names it."""

from __future__ import annotations

from functools import lru_cache

from frontdesk.forms.pen import MM, Pen

CORNER_MM = 18.0
QUIET_MODULES = 4  # white around a QR code, by its standard
LEAST_CODE_MM = 20.0

# The inner 4 × 4 cells of markers 0-3 of the 4x4_50 dictionary, 1 is white; a black border of one cell goes round.
_INNER = (
    ("1011", "0101", "0011", "0010"),
    ("0000", "1111", "1001", "1010"),
    ("0011", "0011", "0010", "1101"),
    ("1001", "1001", "0100", "0110"),
)


def _cells(inner: tuple[str, ...]) -> list[list[bool]]:
    edge = [True] * (len(inner) + 2)
    return [edge, *([True, *(bit == "0" for bit in line), True] for line in inner), edge]


def draw_corners(pen: Pen, left: float, top: float, right: float, bottom: float) -> None:
    """The marks 0-3 inside a rectangle's corners, clockwise from the top left."""
    size = CORNER_MM * MM
    places = ((left, top), (right - size, top), (right - size, bottom - size), (left, bottom - size))
    for inner, (x, y) in zip(_INNER, places, strict=True):
        pen.squares(x, y, size, _cells(inner))


@lru_cache(maxsize=64)
def _modules(text: str) -> list[list[bool]]:
    import qrcode
    from qrcode.util import MODE_ALPHA_NUM, QRData

    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=0)
    try:
        code.add_data(QRData(text, mode=MODE_ALPHA_NUM))
    except ValueError:  # not one of our codes' alphabet, as in a web address
        code.add_data(text)
    code.make(fit=True)
    return [list(line) for line in code.modules]


def draw_code(pen: Pen, x: float, y: float, size: float, text: str) -> None:
    """A QR code at level M whose dark square has this size; the caller leaves the white around it."""
    pen.squares(x, y, size, _modules(text))


def quiet_zone(size: float, text: str) -> float:
    """How much white a code of this size wants on every side."""
    return size / len(_modules(text)) * QUIET_MODULES
