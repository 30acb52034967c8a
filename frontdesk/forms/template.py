"""Templates: what a form shows and in which order, as a clerk can write it in TOML.

Widths are shares of the paper, so that one template serves A4 and A5. Everything is checked when a template is loaded;
what is wrong is told with file, line and field, all of it at once.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from frontdesk import paths
from frontdesk.forms.fields import REGISTRY, Words
from frontdesk.forms.reader import Problem, Reader

PAPERS: Mapping[str, tuple[float, float]] = {"A4": (210.0, 297.0), "A5": (148.0, 210.0)}  # width, height in mm


class TemplateBroken(ValueError):
    """A template that cannot be used, with everything that is wrong with it."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class NoSuchForm(LookupError):
    """There is no template for this kind of form."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A field in a row, and its share of the row's width."""

    field: str
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Named:
    """A copy (联) or a signature box: its name, and the words on the paper."""

    name: str
    words: Words


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of label and value; `label_share` is a label's share of the paper's width.

    With `skip_empty` a row whose values are all empty is left out; without it it waits for a pen.
    """

    rows: tuple[tuple[Slot, ...], ...]
    label_share: float
    skip_empty: bool = False
    gap_mm: float = 0.0


@dataclass(frozen=True, slots=True)
class Box:
    """One long text, at least so many lines high; `stretch` is its share of a page's unused height."""

    field: str
    label_share: float
    least_lines: int = 2
    stretch: float = 0.0
    gap_mm: float = 0.0


@dataclass(frozen=True, slots=True)
class Table:
    """A field with lines: its columns, at least so many lines (blank ones are for a pen), and totals below.

    `size` is that of the lines, 0 the paper's usual one. With `keep_rows` a line goes on to the next page whole where a
    page can hold it, and one that no page can hold says its first column again.
    """

    field: str
    columns: tuple[Slot, ...]
    least_rows: int = 0
    totals: tuple[Slot, ...] = ()
    size: float = 0.0
    keep_rows: bool = False
    gap_mm: float = 0.0


@dataclass(frozen=True, slots=True)
class Ticks:
    """Rows of label and choices, all of them shown, the chosen one ticked."""

    rows: tuple[tuple[Slot, ...], ...]
    label_share: float
    gap_mm: float = 0.0


@dataclass(frozen=True, slots=True)
class Signatures:
    """Boxes to sign in, side by side, with a line for the date."""

    boxes: tuple[Named, ...]
    height_mm: float
    gap_mm: float = 0.0


@dataclass(frozen=True, slots=True)
class Note:
    """Text of the template itself, without a frame; `rule` draws a line above it.

    With `only_with` it stands there only when that field has a value.
    """

    text: Words
    size: float
    bold: bool = False
    align: str = "left"
    rule: bool = False
    only_with: str = ""
    gap_mm: float = 2.0


@dataclass(frozen=True, slots=True)
class Big:
    """One value in large type under its label."""

    field: str
    size: float
    gap_mm: float = 0.0


@dataclass(frozen=True, slots=True)
class Groups:
    """A code to be typed by hand, in numbered groups, `columns` of them in a row."""

    field: str
    size: float
    columns: int
    gap_mm: float = 0.0


@dataclass(frozen=True, slots=True)
class Steps:
    """A numbered list."""

    field: str
    size: float
    gap_mm: float = 0.0


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """A large QR code in the middle of the paper."""

    field: str
    size_mm: float
    gap_mm: float = 0.0


@dataclass(frozen=True, slots=True)
class Chart:
    """A field with lines as bars or as a line through its points; `label`, `value` and the others are its columns.

    `part` is a larger value that the bar is a part of; `sign` stands at its end. `most` lines are shown, 0 for all;
    `height_mm` is a line's.
    """

    field: str
    shape: str
    label: str
    value: str
    part: str = ""
    sign: str = ""
    most: int = 0
    height_mm: float = 30.0
    gap_mm: float = 0.0


@dataclass(frozen=True, slots=True)
class Pictures:
    """A field with pictures, each with its caption and a note; `height_mm` is the place that each takes."""

    field: str
    picture: str
    caption: str
    note: str = ""
    height_mm: float = 100.0
    gap_mm: float = 0.0


Block = Grid | Box | Table | Ticks | Signatures | Note | Big | Groups | Steps | CodeBlock | Chart | Pictures


@dataclass(frozen=True, slots=True)
class Template:
    """A form whole. `subtitle` names the field above the title, `number` the one that names the sheet.

    `info` names the field at the left above the body of every page; `initials` is a box to sign in at its foot.
    """

    kind: str
    version: str
    title: Words
    papers: tuple[str, ...]
    subtitle: str
    number: str
    code: str
    code_mm: float
    marks: bool
    logo: Path | None
    footer: Words | None
    copies: tuple[Named, ...]
    labels: Mapping[str, Words]
    blocks: tuple[Block, ...]
    landscape: bool = False
    info: str = ""
    initials: Words | None = None


def find(kind: str, own: Path | None = None) -> Path:
    """The file of a form's template: the site's own if it has one, else the one that ships.

    Raises:
        NoSuchForm: neither is there, or the program knows no such form.
    """
    if kind not in REGISTRY:
        raise NoSuchForm(kind)
    for folder in (own, paths.templates()):
        if folder is not None and (folder / f"{kind}.toml").is_file():
            return folder / f"{kind}.toml"
    raise NoSuchForm(kind)


def load(file: Path) -> Template:
    """A template from its file; a file that has not changed is not read twice.

    Raises:
        TemplateBroken: with all that is wrong.
        OSError: the file cannot be read.
    """
    state = file.stat()
    return _load(file, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=64)
def _load(file: Path, _changed_ns: int, _size: int) -> Template:
    from frontdesk.forms.grammar import read_template

    data = file.read_bytes()
    try:
        source = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise TemplateBroken((Problem(file, line, "", "not_utf8"),)) from error
    reader = Reader(file, source)
    try:
        content = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise TemplateBroken((reader.syntax_error(error),)) from error
    template = read_template(reader, content, hashlib.sha256(data).hexdigest()[:8])
    if reader.problems or template is None:
        raise TemplateBroken(tuple(sorted(reader.problems, key=lambda problem: problem.line)))
    return template
