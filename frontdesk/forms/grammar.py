"""The words of the template language: which blocks there are, and which keys each may have."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from frontdesk.forms import template as t
from frontdesk.forms.fields import REGISTRY, Field, FieldType, Words
from frontdesk.forms.layout import LEAST_SIZE
from frontdesk.forms.marks import LEAST_CODE_MM
from frontdesk.forms.reader import Reader, Section

_SLOT = re.compile(r"(\w+)(?:\*(\d+(?:\.\d+)?))?")
_LABEL_SHARE = 0.125
_WRITTEN = frozenset(FieldType) - {FieldType.LINES, FieldType.STEPS, FieldType.PICTURE}
_PLAIN = _WRITTEN - {FieldType.CODE}
_PICTURE = frozenset({FieldType.PICTURE})
_NUMBERS = frozenset({FieldType.NUMBER, FieldType.MONEY})
_CHART_EXTRAS = (("part", _NUMBERS, ""), ("sign", _PLAIN, ""))

Fields = Mapping[str, Field]


def read_template(reader: Reader, content: Mapping[str, object], digest: str) -> t.Template | None:
    """A template out of a parsed file; what is wrong with it is left in the reader. None when its kind is unknown."""
    head = reader.head(content)
    kind = head.text("kind")
    fields = REGISTRY.get(kind)
    if fields is None:
        head.wrong("kind", "unknown_form")
        return None
    if kind != reader.file.stem:
        head.wrong("kind", "not_the_file_name")
    blocks = head.items("block")
    made = t.Template(
        kind=kind,
        version=f"{head.text('version')}-{digest}",
        title=head.words("title"),
        papers=_papers(head),
        subtitle=_field(head, "subtitle", fields, _PLAIN, ""),
        number=_field(head, "number", fields, _PLAIN, ""),
        code=_field(head, "code", fields, frozenset({FieldType.CODE}), ""),
        code_mm=head.number("code_mm", 22.0, LEAST_CODE_MM, 60.0),
        marks=head.flag("marks"),
        logo=_logo(head, reader.file.parent),
        footer=head.words("footer") if head.has("footer") else None,
        copies=_named(head, "copies") if head.has("copies") else (),
        labels=_labels(head, fields),
        blocks=tuple(filter(None, (_block(reader, item, index, fields) for index, item in enumerate(blocks)))),
        landscape=head.flag("landscape"),
        info=_field(head, "info", fields, _PLAIN, ""),
        initials=head.words("initials") if head.has("initials") else None,
    )
    head.close()
    return made


def _block(reader: Reader, content: object, index: int, fields: Fields) -> t.Block | None:
    section = reader.block(content if isinstance(content, dict) else {}, index)
    kind = section.text("type")
    read = _BLOCKS.get(kind)
    if read is None:
        if kind:
            section.wrong(kind, "unknown_block")
        return None
    made = read(section, fields, section.number("gap_mm", 2.0 if kind == "note" else 0.0, 0.0, 100.0))
    section.close()
    return made


def _grid(section: Section, fields: Fields, gap_mm: float) -> t.Grid:
    rows = tuple(_slots(section, "rows", row, fields, _PLAIN) for row in section.items("rows"))
    return t.Grid(rows, _label_share(section), section.flag("skip_empty"), gap_mm)


def _box(section: Section, fields: Fields, gap_mm: float) -> t.Box:
    return t.Box(
        _field(section, "field", fields, _PLAIN), _label_share(section),
        int(section.number("least_lines", 2, 1, 60)), section.number("stretch", 0.0, 0.0, 100.0), gap_mm,
    )  # fmt: skip


def _table(section: Section, fields: Fields, gap_mm: float) -> t.Table:
    name = _field(section, "field", fields, frozenset({FieldType.LINES}))
    shown = _columns(section, fields[name]) if name else ()
    if not name:
        section.skip("columns")
    totals = _slots(section, "totals", section.items("totals", []), fields, _PLAIN)
    size = section.number("size", LEAST_SIZE, LEAST_SIZE, 24.0) if section.has("size") else 0.0
    least_rows = int(section.number("least_rows", 0, 0, 60))
    return t.Table(name, shown, least_rows, totals, size, section.flag("keep_rows"), gap_mm)


def _columns(section: Section, table: Field) -> tuple[t.Slot, ...]:
    """The columns of a table; where the template names none, all that there are, in their usual widths."""
    if not section.has("columns"):
        return tuple(t.Slot(column.name, column.share) for column in table.columns)
    return _slots(
        section, "columns", section.items("columns"), {column.name: column for column in table.columns}, _PLAIN
    )


def _ticks(section: Section, fields: Fields, gap_mm: float) -> t.Ticks:
    choices = frozenset({FieldType.CHOICE})
    rows = tuple(_slots(section, "rows", row, fields, choices) for row in section.items("rows"))
    return t.Ticks(rows, _label_share(section), gap_mm)


def _signatures(section: Section, fields: Fields, gap_mm: float) -> t.Signatures:
    return t.Signatures(_named(section, "boxes"), section.number("height_mm", 20.0, 12.0, 80.0), gap_mm)


def _note(section: Section, fields: Fields, gap_mm: float) -> t.Note:
    align = section.text("align", "left")
    if align not in {"left", "center", "right"}:
        section.wrong("align", "unknown_value")
    return t.Note(
        section.words("text"), section.number("size", 9.0, LEAST_SIZE, 72.0), section.flag("bold"), align,
        section.flag("rule"), _field(section, "only_with", fields, frozenset(FieldType), ""), gap_mm,
    )  # fmt: skip


def _big(section: Section, fields: Fields, gap_mm: float) -> t.Big:
    return t.Big(_field(section, "field", fields, _PLAIN), section.number("size", 40.0, LEAST_SIZE, 120.0), gap_mm)


def _groups(section: Section, fields: Fields, gap_mm: float) -> t.Groups:
    name = _field(section, "field", fields, _WRITTEN)
    size = section.number("size", 22.0, LEAST_SIZE, 60.0)
    return t.Groups(name, size, int(section.number("columns", 4, 1, 8)), gap_mm)


def _steps(section: Section, fields: Fields, gap_mm: float) -> t.Steps:
    name = _field(section, "field", fields, frozenset({FieldType.STEPS}))
    return t.Steps(name, section.number("size", 12.0, LEAST_SIZE, 40.0), gap_mm)


def _code(section: Section, fields: Fields, gap_mm: float) -> t.CodeBlock:
    name = _field(section, "field", fields, frozenset({FieldType.CODE}))
    return t.CodeBlock(name, section.number("size_mm", 45.0, LEAST_CODE_MM, 120.0), gap_mm)


def _chart(section: Section, fields: Fields, gap_mm: float) -> t.Chart:
    name = _field(section, "field", fields, frozenset({FieldType.LINES}))
    columns = {column.name: column for column in fields[name].columns} if name else {}
    shape = section.text("shape", "bars")
    if shape not in {"bars", "line"}:
        section.wrong("shape", "unknown_value")
    chosen = {}
    for key, types, default in (("label", _PLAIN, None), ("value", _NUMBERS, None), *_CHART_EXTRAS):
        if name:
            chosen[key] = _field(section, key, columns, types, default)
        else:
            section.skip(key)
    return t.Chart(
        name, shape, chosen.get("label", ""), chosen.get("value", ""), chosen.get("part", ""), chosen.get("sign", ""),
        int(section.number("most", 0, 0, 60)), section.number("height_mm", 30.0, 20.0, 120.0), gap_mm,
    )  # fmt: skip


def _pictures(section: Section, fields: Fields, gap_mm: float) -> t.Pictures:
    name = _field(section, "field", fields, frozenset({FieldType.LINES}))
    columns = {column.name: column for column in fields[name].columns} if name else {}
    chosen = {}
    for key, types, default in (("picture", _PICTURE, None), ("caption", _PLAIN, None), ("note", _PLAIN, "")):
        if name:
            chosen[key] = _field(section, key, columns, types, default)
        else:
            section.skip(key)
    return t.Pictures(
        name, chosen.get("picture", ""), chosen.get("caption", ""), chosen.get("note", ""),
        section.number("height_mm", 100.0, 30.0, 240.0), gap_mm,
    )  # fmt: skip


_BLOCKS: Mapping[str, Callable[[Section, Fields, float], t.Block]] = {
    "grid": _grid,
    "box": _box,
    "table": _table,
    "ticks": _ticks,
    "signatures": _signatures,
    "note": _note,
    "big": _big,
    "groups": _groups,
    "steps": _steps,
    "code": _code,
    "chart": _chart,
    "pictures": _pictures,
}


def _known(section: Section, key: str, name: str, fields: Fields, types: frozenset[FieldType]) -> str:
    """The name, if there is such a field and it can stand here; else empty, and a problem."""
    if name not in fields:
        section.wrong(name, "unknown_field", key)
        return ""
    if fields[name].type not in types:
        section.wrong(name, "wrong_kind_of_field", key)
        return ""
    return name


def _field(section: Section, key: str, fields: Fields, types: frozenset[FieldType], default: str | None = None) -> str:
    name = section.text(key, default)
    return _known(section, key, name, fields, types) if name else ""


def _slots(
    section: Section, key: str, items: object, fields: Fields, types: frozenset[FieldType]
) -> tuple[t.Slot, ...]:
    """Fields with shares, written `"phone"` or `"phone*1.5"`."""
    if not isinstance(items, list):
        section.wrong(key, "wrong_type")
        return ()
    slots = []
    for item in items:
        found = _SLOT.fullmatch(item) if isinstance(item, str) else None
        if found is None:
            section.wrong(str(item), "wrong_type")
            continue
        share = float(found.group(2) or 1)
        if share == 0:
            section.wrong(found.group(1), "out_of_range")
        elif _known(section, key, found.group(1), fields, types):
            slots.append(t.Slot(found.group(1), share))
    return tuple(slots)


def _label_share(section: Section) -> float:
    return section.number("label_share", _LABEL_SHARE, 0.05, 0.5)


def _papers(head: Section) -> tuple[str, ...]:
    papers = head.texts("paper")
    for name in papers:
        if name not in t.PAPERS:
            head.wrong(name, "unknown_paper")
    if not papers:
        head.wrong("paper", "missing")
    return tuple(papers)


def _named(section: Section, key: str) -> tuple[t.Named, ...]:
    """Copies or signature boxes: `{ name = "office", zh = "...", en = "..." }`."""
    found = []
    for item in section.items(key):
        if not isinstance(item, dict) or not isinstance(item.get("name"), str):
            section.wrong(key, "needs_name_zh_and_en")
            continue
        words = section.as_words(item["name"], {language: item[language] for language in item if language != "name"})
        found.append(t.Named(item["name"], words))
    return tuple(found)


def _labels(head: Section, fields: Fields) -> Mapping[str, Words]:
    """Labels in the clerk's own words, in place of the registry's."""
    labels = {}
    for name, value in head.table("labels").items():
        if name in fields:
            labels[name] = head.as_words(name, value)
        else:
            head.wrong(name, "unknown_field")
    return labels


def _logo(head: Section, folder: Path) -> Path | None:
    """A picture beside the template."""
    name = head.text("logo", "")
    if not name:
        return None
    file = folder / name
    if Path(name).name != name or not file.is_file():
        head.wrong("logo", "file_missing")
    return file
