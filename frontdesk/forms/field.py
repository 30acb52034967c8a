"""What a field of a form is: its words in both languages of the paper, its sample, how it is written."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class FieldType(Enum):
    """How a value is written on paper."""

    TEXT = "text"
    MONEY = "money"
    NUMBER = "number"
    INSTANT = "instant"
    DATE = "date"
    CHOICE = "choice"
    CODE = "code"
    LINES = "lines"
    STEPS = "steps"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Words:
    """One text in the two languages of the paper."""

    zh: str
    en: str

    def first(self, language: str) -> str:
        """The text in the paper's own language."""
        return self.zh if language.startswith("zh") else self.en

    def second(self, language: str) -> str:
        """The text in the other one, for bilingual paper."""
        return self.en if language.startswith("zh") else self.zh


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its labels, a sample, its type; `choices` by code, `columns` of a table by name.

    `share` is a column's usual share of its table's width.
    """

    name: str
    label: Words
    sample: object
    type: FieldType = FieldType.TEXT
    choices: tuple[tuple[str, Words], ...] = ()
    columns: tuple[Field, ...] = ()
    share: float = 1.0

    def column(self, name: str) -> Field | None:
        """A table's column of this name."""
        return next((column for column in self.columns if column.name == name), None)
