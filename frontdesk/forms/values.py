"""Values as they stand on paper: one text for every value, in the paper's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from frontdesk.forms.fields import Field, FieldType


class WrongValue(TypeError):
    """A value that its field cannot show: a mistake in the program, never in what a person typed."""

    def __init__(self, field: Field, value: object) -> None:
        super().__init__(f"{field.name}: {type(value).__name__} is not a {field.type.value}")
        self.field = field


def written(field: Field, value: object, language: str) -> str:
    """A field's value as text; None is empty.

    Raises:
        WrongValue: the value is not of the field's type.
    """
    if isinstance(value, Enum):
        value = value.value
    if value is None or value == "":
        return ""
    if field.type is FieldType.CHOICE:
        return next((words.first(language) for code, words in field.choices if code == value), str(value))
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    if field.type is FieldType.MONEY and isinstance(value, (Decimal, int)):
        return f"{value:,.2f}"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, (str, int)) and not isinstance(value, bool):
        return str(value)
    raise WrongValue(field, value)


def chosen(field: Field, value: object) -> str:
    """The code of the choice that is ticked; empty when none is."""
    code = value.value if isinstance(value, Enum) else value
    return code if isinstance(code, str) and code in dict(field.choices) else ""


def lines(field: Field, value: object) -> list[Mapping[str, object]]:
    """A table's lines.

    Raises:
        WrongValue: the value is not a sequence of mappings.
    """
    found = _sequence(field, value)
    for line in found:
        if not isinstance(line, Mapping):
            raise WrongValue(field, line)
    return [line for line in found if isinstance(line, Mapping)]


def steps(field: Field, value: object) -> list[str]:
    """The texts of a list.

    Raises:
        WrongValue: the value is not a sequence of texts.
    """
    found = _sequence(field, value)
    for step in found:
        if not isinstance(step, str):
            raise WrongValue(field, step)
    return [step for step in found if isinstance(step, str)]


def _sequence(field: Field, value: object) -> Sequence[object]:
    if value is None:
        return ()
    if isinstance(value, Sequence) and not isinstance(value, (str, bytes)):
        return value
    raise WrongValue(field, value)
