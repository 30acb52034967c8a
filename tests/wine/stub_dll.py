"""Writes a Windows library whose functions all return nought, for the two that Qt is linked to and wine does not have.

For the tests under wine alone; nothing of this is ever shipped. The file follows the PE format: headers, then one
section that holds the code, the table of exports, and their names.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path

CODE = b"\x31\xc0\xc3".ljust(16, b"\xcc")  # xor eax, eax; ret
SECTION_AT = 0x1000  # where the only section lies in memory, relative to the image's base
IN_FILE = 0x200  # what parts of the file are rounded to, and how long the headers are
IN_MEMORY = 0x1000
DIRECTORIES = 16

Field = tuple[str, int]  # struct's letter, value


def write(target: Path, names: Sequence[str]) -> None:
    """Writes a library of the file's name that exports these functions."""
    exports_at = SECTION_AT + len(CODE)
    exports = _exports(target.name, sorted(names), exports_at)
    content = CODE + exports
    headers = _headers(len(content), exports_at, len(exports))
    target.write_bytes(headers.ljust(IN_FILE, b"\0") + content.ljust(_rounded(len(content), IN_FILE), b"\0"))


def _exports(library: str, names: Sequence[str], at: int) -> bytes:
    """The export directory, its three tables, and the names; every function is the code at the section's start."""
    count = len(names)
    functions_at = at + 40
    names_at = functions_at + 4 * count
    ordinals_at = names_at + 4 * count
    texts_at = ordinals_at + 2 * count
    texts = [name.encode("ascii") + b"\0" for name in (library, *names)]
    starts = [texts_at + sum(map(len, texts[:index])) for index in range(len(texts))]
    directory = struct.pack("<2I2H7I", 0, 0, 0, 0, starts[0], 1, count, count, functions_at, names_at, ordinals_at)
    tables = struct.pack(f"<{count}I{count}I{count}H", *[SECTION_AT] * count, *starts[1:], *range(count))
    return directory + tables + b"".join(texts)


def _headers(content_size: int, exports_at: int, exports_size: int) -> bytes:
    """All headers of the file."""
    optional = _packed(_optional_header(content_size)) + struct.pack("<2I", exports_at, exports_size)
    optional = optional.ljust(len(optional) + 8 * (DIRECTORIES - 1), b"\0")
    dos = b"MZ".ljust(60, b"\0") + struct.pack("<I", 64)
    file_header: list[Field] = [
        ("H", 0x8664),  # machine: x86-64
        ("H", 1),  # sections
        ("I", 0),  # time
        ("I", 0),  # symbols
        ("I", 0),
        ("H", len(optional)),
        ("H", 0x2022),  # an executable image, large addresses, a library
    ]
    section: list[Field] = [
        ("I", content_size),
        ("I", SECTION_AT),
        ("I", _rounded(content_size, IN_FILE)),
        ("I", IN_FILE),  # where it starts in the file
        *([("I", 0)] * 2),  # relocations and line numbers
        *([("H", 0)] * 2),
        ("I", 0x60000020),  # code; may be run and read
    ]
    return dos + b"PE\0\0" + _packed(file_header) + optional + b".text\0\0\0" + _packed(section)


def _optional_header(content_size: int) -> list[Field]:
    """The header that every image has, up to the directories."""
    return [
        ("H", 0x20B),  # 64-bit
        *([("B", 14), ("B", 0)]),  # linker
        ("I", _rounded(content_size, IN_FILE)),  # code
        ("I", 0),  # data
        ("I", 0),
        ("I", 0),  # entry point: none
        ("I", SECTION_AT),  # base of code
        ("Q", 0x180000000),  # base of the image
        ("I", IN_MEMORY),
        ("I", IN_FILE),
        *([("H", 6), ("H", 0)]),  # operating system
        *([("H", 0), ("H", 0)]),  # image version
        *([("H", 6), ("H", 0)]),  # subsystem version
        ("I", 0),
        ("I", SECTION_AT + _rounded(content_size, IN_MEMORY)),  # image
        ("I", IN_FILE),  # headers
        ("I", 0),  # checksum
        ("H", 2),  # subsystem: windows
        ("H", 0x100),  # no code in data
        *([("Q", 0x100000), ("Q", 0x1000)]),  # stack
        *([("Q", 0x100000), ("Q", 0x1000)]),  # heap
        ("I", 0),
        ("I", DIRECTORIES),
    ]


def _packed(fields: Sequence[Field]) -> bytes:
    return struct.pack("<" + "".join(letter for letter, _ in fields), *(value for _, value in fields))


def _rounded(size: int, step: int) -> int:
    return -(-size // step) * step
