"""The fields of the picture sheet (照片附页): whose pictures they are, and the pictures with their captions."""

from __future__ import annotations

import struct
import zlib
from datetime import datetime

from frontdesk.forms.field import Field, FieldType, Words


def _sample(width: int, height: int) -> bytes:
    """A plain grey PNG of this size in pixels."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress((b"\0" + b"\xc8" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def _text(name: str, zh: str, en: str, sample: str) -> Field:
    return Field(name, Words(zh, en), sample)


_AT = datetime(2026, 11, 23, 9, 31)  # noqa: DTZ001 - already on the site's clock, as all instants of forms
_PICTURES = Field(
    "pictures",
    Words("照片", "Pictures"),
    (
        {"picture": _sample(160, 120), "caption": "厨房水槽下方，角阀处滴水", "taken": _AT},
        {"picture": _sample(90, 120), "caption": "楼下顶棚水印", "taken": _AT},
        {"picture": _sample(160, 90), "caption": "", "taken": _AT},
    ),
    FieldType.LINES,
    columns=(
        Field("picture", Words("照片", "Picture"), b"", FieldType.PICTURE),
        _text("caption", "说明", "Caption", "厨房水槽下方"),
        Field("taken", Words("存入时间", "Added"), _AT, FieldType.INSTANT),
    ),
)

PICTURE_SHEET = (
    _text("site_name", "小区", "Community", "云杉苑小区"),
    _text("company", "物业公司", "Property company", "云杉物业服务有限公司"),
    _text("number", "编号", "No.", "LF-202611-0007"),
    _text("record_no", "登记编号", "Record No.", "CV-202611-0187"),
    _text("location", "位置", "Location", "3号楼 2单元 1502室"),
    _text("matter", "反映事项", "Matter", "厨房水槽下方角阀漏水，楼下顶棚有水印。"),
    _PICTURES,
)
