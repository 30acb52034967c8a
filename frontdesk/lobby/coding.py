"""Strict coding of the contract's values: frozen dataclasses to canonical JSON and back.

What is read comes from another account, perhaps another maker's program: every field must be known, present, of its
type and within its limits, or a `ContractError` says which rule was broken. Nothing else ever leaves `loads` and
`decode`.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import types
import typing
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum, StrEnum
from functools import cache
from typing import Annotated, Any, NoReturn, TypeVar, Union, get_args, get_origin

T = TypeVar("T")


class Fault(StrEnum):
    """How a document broke the contract; the words are for the dead-letter list, not for visitors."""

    OVERSIZE = "oversize"
    MALFORMED = "malformed"
    UNKNOWN_VERSION = "unknown_version"
    UNKNOWN_KIND = "unknown_kind"
    UNKNOWN_FIELD = "unknown_field"
    MISSING_FIELD = "missing_field"
    WRONG_TYPE = "wrong_type"
    OUT_OF_RANGE = "out_of_range"
    BAD_SIGNATURE = "bad_signature"
    WRONG_KIOSK = "wrong_kiosk"
    UNKNOWN_KEY = "unknown_key"
    CANNOT_OPEN = "cannot_open"
    SWAPPED = "swapped"
    REPLAYED = "replayed"


class ContractError(ValueError):
    """A document that the contract does not allow; `where` names the field and never holds a value."""

    def __init__(self, code: Fault, where: str = "") -> None:
        super().__init__(f"{code} {where}".strip())
        self.code = code
        self.where = where


@dataclass(frozen=True, slots=True)
class Length:
    """How many characters, bytes or items are allowed."""

    most: int
    least: int = 0

    def holds(self, value: Any) -> bool:
        return self.least <= len(value) <= self.most


@dataclass(frozen=True, slots=True)
class Range:
    """Which numbers are allowed, both ends included."""

    least: int
    most: int

    def holds(self, value: Any) -> bool:
        return bool(self.least <= value <= self.most)


@dataclass(frozen=True, slots=True)
class Pattern:
    """What a whole text must look like."""

    expression: str

    def holds(self, value: Any) -> bool:
        return bool(re.fullmatch(self.expression, value, re.ASCII))


Rule = Length | Range | Pattern


def dumps(value: object) -> bytes:
    """Canonical JSON of a dataclass: sorted keys, no blanks, UTF-8.

    Raises:
        ContractError: the value breaks a limit of the contract; we do not send what we would not accept.
    """
    given = plain(value)
    decode(type(value), given)
    return canonical(given)


def canonical(value: object) -> bytes:
    """JSON of plain values: sorted keys, no blanks, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def loads(raw: bytes, limit: int) -> dict[str, Any]:
    """The JSON object in these bytes.

    Args:
        limit: the most bytes that are looked at.

    Raises:
        ContractError: too long, not UTF-8, not one JSON object, or an object with a key twice.
    """
    if len(raw) > limit:
        raise ContractError(Fault.OVERSIZE)
    try:
        value = json.loads(raw.decode("utf-8"), object_pairs_hook=_no_key_twice, parse_constant=_no_constant)
    except ContractError:
        raise
    except (ValueError, RecursionError):  # ValueError covers UTF-8, JSON and absurdly long numbers
        raise ContractError(Fault.MALFORMED) from None
    if not isinstance(value, dict):
        raise ContractError(Fault.MALFORMED)
    return value


def decode(kind: type[T], value: object) -> T:
    """The dataclass `kind` in a plain JSON value.

    Raises:
        ContractError: unknown or missing field, wrong type, or a limit broken.
    """
    return typing.cast(T, _value(kind, value, kind.__name__))


@cache
def hints(kind: Hashable) -> Mapping[str, Any]:
    """A dataclass's fields and their types, limits included."""
    known = typing.get_type_hints(kind, include_extras=True)
    return {field.name: known[field.name] for field in fields(kind)}  # type: ignore[arg-type]


def plain(value: object) -> object:
    """JSON's own types for a value of the contract."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {plain(key): plain(item) for key, item in value.items()}
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    return value


def _value(hint: Any, value: object, where: str) -> object:
    """The value as `hint` wants it, or a ContractError that names `where`."""
    origin = get_origin(hint)
    if origin is Annotated:
        base, *rules = get_args(hint)
        result = _value(base, value, where)
        if not all(rule.holds(result) for rule in rules):
            raise ContractError(Fault.OUT_OF_RANGE, where)
        return result
    if origin in (Union, types.UnionType):
        (inner,) = (choice for choice in get_args(hint) if choice is not type(None))
        return None if value is None else _value(inner, value, where)
    if origin is tuple:
        item = get_args(hint)[0]
        return tuple(_value(item, entry, where) for entry in _instance(list, value, where))
    if origin is Mapping:
        key_hint, item = get_args(hint)
        pairs = _instance(dict, value, where).items()
        return {_value(key_hint, key, where): _value(item, entry, where) for key, entry in pairs}
    if is_dataclass(hint):
        return _object(typing.cast(type[object], hint), value, where)
    return _scalar(hint, value, where)


def _object(kind: type[object], value: object, where: str) -> object:
    """A dataclass from a JSON object with exactly its fields."""
    given = _instance(dict, value, where)
    wanted = hints(kind)  # type: ignore[arg-type]  # a class is hashable
    for name in wanted:
        if name not in given:
            raise ContractError(Fault.MISSING_FIELD, f"{where}.{name}")
    if len(given) > len(wanted):
        raise ContractError(Fault.UNKNOWN_FIELD, where)
    return kind(**{name: _value(hint, given[name], f"{where}.{name}") for name, hint in wanted.items()})


def _scalar(hint: Any, value: object, where: str) -> object:
    """A text, number, truth value, enum or base64 bytes."""
    if hint is bytes:
        return _bytes(_instance(str, value, where), where)
    if isinstance(hint, type) and issubclass(hint, Enum):
        try:
            return hint(_instance(str, value, where))
        except ValueError:
            raise ContractError(Fault.OUT_OF_RANGE, where) from None
    if hint is float and type(value) is int and abs(value) < 2**53:
        return float(value)  # JSON writes 3.0 as 3 as well
    result = _instance(hint, value, where)
    if hint is str and not _sound(result):
        raise ContractError(Fault.OUT_OF_RANGE, where)
    return result


def _instance(kind: type[T], value: object, where: str) -> T:
    """The value, if it is of exactly this type: JSON's true is no number."""
    if type(value) is not kind:
        raise ContractError(Fault.WRONG_TYPE, where)
    return value


def _sound(text: str) -> bool:
    """Whether a text is free of control characters (line feeds aside) and of half surrogate pairs."""
    return not any((ord(c) < 32 and c != "\n") or 0x7F <= ord(c) < 0xA0 or 0xD800 <= ord(c) < 0xE000 for c in text)


def _bytes(text: str, where: str) -> bytes:
    """Base64 in its one canonical form."""
    try:
        result = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        raise ContractError(Fault.WRONG_TYPE, where) from None
    if base64.b64encode(result).decode("ascii") != text:
        raise ContractError(Fault.WRONG_TYPE, where)
    return result


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ContractError(Fault.MALFORMED)
    return result


def _no_constant(text: str) -> NoReturn:
    """NaN and Infinity are no numbers of ours."""
    raise ContractError(Fault.WRONG_TYPE)
