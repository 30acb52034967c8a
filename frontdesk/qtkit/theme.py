"""Design tokens → a palette, one style sheet, fonts and icons; nothing else knows a colour.

One `Theme` lives as long as the window it dresses. Painters ask it while they paint and keep nothing of what it says,
so a change of scheme, language or text size needs no more than `use(…)`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

from frontdesk.qtkit import icons

SYSTEM = "system"  # follow the desktop's own scheme
_BETWEEN_MS = 1  # not 0: that would be the same turn
_NUMBERS = ("type", "space", "radius", "size")


@dataclass(frozen=True)
class Status:
    """How a status is shown: colour role, icon and word (an English msgid), always all three."""

    role: str
    icon: str
    word: str


class Theme(QObject):
    """The look of one program: tokens resolved for a scheme, a language, a panel and a text size."""

    changed = Signal()

    def __init__(self, tokens: Mapping[str, Any], sheet: str, scheme: str, language: str, panel: str = "") -> None:
        super().__init__()
        self._tokens, self._sheet = tokens, Template(sheet)
        self._wish, self._language, self._panel, self._large = scheme, language, panel, False
        self._app: QApplication | None = None
        self._resolve()

    @classmethod
    def load(
        cls, tokens: Path, sheet: Path, scheme: str = SYSTEM, *, language: str = "zh_CN", panel: str = ""
    ) -> Theme:
        """Reads a look.

        Args:
            tokens: TOML with the tables `families` (by language), `color.<scheme>`, `palette.active` and
                `palette.disabled` (role of QPalette = colour), `status` (optional), and numbers in px under `type`,
                `space`, `radius`, `size`. A number may be a pair [usual, large text]; a table may be split by panel
                (`type.portrait`).
            sheet: the style sheet, a `string.Template` over the colours and `<table>_<name>` numbers.
            scheme: a table of `color`, or `SYSTEM`.
            panel: which table to take where numbers are split by panel.

        Raises:
            OSError, tomllib.TOMLDecodeError: the files cannot be read.
            KeyError: the tokens lack something that is asked for.
        """
        values = tomllib.loads(tokens.read_text(encoding="utf-8"))
        return cls(values, sheet.read_text(encoding="utf-8"), scheme, language, panel)

    # -- what it is now ----------------------------------------------------------------------------------------------

    @property
    def scheme(self) -> str:
        """The scheme shown now: light, dark, contrast."""
        return self._scheme

    @property
    def wish(self) -> str:
        """The scheme chosen, which may be `SYSTEM`."""
        return self._wish

    @property
    def language(self) -> str:
        """The language whose forms of the characters are shown."""
        return self._language

    @property
    def large(self) -> bool:
        """Large text is on."""
        return self._large

    def use(
        self,
        *,
        scheme: str | None = None,
        language: str | None = None,
        panel: str | None = None,
        large: bool | None = None,
    ) -> None:
        """Changes the look; what is not named stays. Windows that it was applied to follow at once."""
        self._wish = self._wish if scheme is None else scheme
        self._language = self._language if language is None else language
        self._panel = self._panel if panel is None else panel
        self._large = self._large if large is None else large
        self._resolve()
        if self._app is not None:
            self._dress(self._app)
        self.changed.emit()

    def turn_to(self, scheme: str) -> None:
        """Changes the scheme as `use` does, in two turns of the event loop: one for taking the old sheet off, which
        lasts as long as putting the new one on. Nothing is painted in between; `changed` comes at the end.
        """
        self._wish = scheme
        self._resolve()
        if self._app is None:
            self.changed.emit()
            return
        for window in self._app.topLevelWidgets():
            window.setUpdatesEnabled(False)
        self._app.setStyleSheet("")
        QTimer.singleShot(_BETWEEN_MS, self, self._put_on)

    @Slot()
    def _put_on(self) -> None:
        """The second turn of `turn_to`."""
        if self._app is not None:
            self._dress(self._app)
            for window in self._app.topLevelWidgets():
                window.setUpdatesEnabled(True)
        self.changed.emit()

    def apply(self, app: QApplication) -> None:
        """Dresses the application, and goes on following the system's scheme where that is wished."""
        first, self._app = self._app is None, app
        if first:
            app.setStyle("Fusion")
            app.styleHints().colorSchemeChanged.connect(self._follow)
        self._resolve()
        self._dress(app)

    # -- what widgets and painters ask -------------------------------------------------------------------------------

    def color(self, role: str, alpha: float = 1.0) -> QColor:
        """The colour of a role; alpha from 0 to 1."""
        colour = QColor(self._colors[role])
        colour.setAlphaF(alpha)
        return colour

    def px(self, name: str) -> int:
        """A number of the tokens by its sheet name: `size_row`, `space_xl`, `type_body`, `radius_panel`."""
        return self._numbers[name]

    def font(self, size: str = "body", strong: bool = False) -> QFont:
        """The face in one size of the type scale; figures all of one width, so that columns of times stand still."""
        key = (size, strong)
        if key not in self._font_cache:
            font = QFont()
            font.setFamilies(self._families)
            font.setPixelSize(self._numbers[f"type_{size}"])
            font.setWeight(QFont.Weight.Bold if strong else QFont.Weight.Normal)
            font.setFeature(QFont.Tag("tnum"), 1)
            font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
            self._font_cache[key] = font
        return self._font_cache[key]

    def pixmap(self, name: str, role: str = "text_2", px: int = 18, ratio: float = 1.0) -> QPixmap:
        """An icon in the colour of a role; `ratio` is the device pixel ratio of where it is painted."""
        return icons.pixmap(name, self._colors[role], px, ratio)

    def status(self, key: str) -> Status:
        """How a status is shown."""
        return self._status[key]

    def palette(self) -> QPalette:
        """What Fusion paints by itself: menus, check boxes, selections."""
        palette, wished = QPalette(), self._tokens["palette"]
        for role, name in wished["active"].items():
            palette.setColor(QPalette.ColorRole[role], self.color(name))
        for role, name in wished["disabled"].items():
            palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole[role], self.color(name))
        return palette

    def style_sheet(self) -> str:
        """The one style sheet of the program."""
        families = ", ".join(f'"{family}"' for family in self._families)
        return self._sheet.substitute(self._colors, families=families, **self._numbers)

    # -- inside ------------------------------------------------------------------------------------------------------

    def _follow(self) -> None:
        if self._wish == SYSTEM:
            self.use()

    def _resolve(self) -> None:
        self._scheme = _system_scheme(self._tokens["color"]) if self._wish == SYSTEM else self._wish
        self._colors: dict[str, str] = self._tokens["color"][self._scheme]
        self._families: list[str] = self._tokens["families"][self._language]
        self._status = {key: Status(**value) for key, value in self._tokens.get("status", {}).items()}
        self._numbers = {
            f"{table}_{name}": _number(value, self._large)
            for table in _NUMBERS
            for name, value in _of_panel(self._tokens.get(table, {}), self._panel).items()
        }
        self._font_cache: dict[tuple[str, bool], QFont] = {}

    def _dress(self, app: QApplication) -> None:
        """Palette, font, sheet, in this order: a sheet is computed against the palette that it finds."""
        hints = app.styleHints()
        hints.blockSignals(True)  # our own choice is not news
        if self._wish == SYSTEM:
            hints.unsetColorScheme()
        else:
            light = self.palette().color(QPalette.ColorRole.Window).lightness() > 127
            hints.setColorScheme(Qt.ColorScheme.Light if light else Qt.ColorScheme.Dark)
        hints.blockSignals(False)
        sheet, font = self.style_sheet(), self.font()
        anew = sheet != app.styleSheet() or font != app.font()  # under a sheet, widgets do not hear of another font
        if anew:
            app.setStyleSheet("")  # measured: one sheet in the place of another takes four times as long
        app.setPalette(self.palette())
        app.setFont(font)
        if anew:
            app.setStyleSheet(sheet)


def _system_scheme(known: Mapping[str, Any]) -> str:
    """What the desktop asks for, of the schemes that there are."""
    hints = QGuiApplication.styleHints()
    accessibility = hints.accessibility()
    if "contrast" in known and accessibility.contrastPreference() == Qt.ContrastPreference.HighContrast:
        return "contrast"
    return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"


def _of_panel(table: Mapping[str, Any], panel: str) -> Mapping[str, Any]:
    """The part of a table that is for this panel; tables that are not split are for all."""
    inner = table.get(panel)
    return inner if isinstance(inner, dict) else {k: v for k, v in table.items() if not isinstance(v, dict)}


def _number(value: int | list[int], large: bool) -> int:
    """A plain number, or the one of a pair [usual, large text]."""
    return value if isinstance(value, int) else value[int(large)]


@cache
def load_faces(folder: Path) -> list[str]:
    """Makes the TrueType faces of a folder known to Qt, once; for systems without a Chinese interface font.

    Returns the families that came with them; none where the folder or its faces are missing.
    """
    families: list[str] = []
    for file in sorted(folder.glob("*.ttf")):
        number = QFontDatabase.addApplicationFont(str(file))
        if number >= 0:
            families += QFontDatabase.applicationFontFamilies(number)
    return families


def chinese_family(theme_families: list[str]) -> str | None:
    """The first of the wished families that this system has, or None when Chinese would come out as boxes."""
    there = set(QFontDatabase.families())
    return next((family for family in theme_families if family in there), None)


def contrast_problems(tokens: Mapping[str, Any]) -> list[str]:
    """Every pair of colours that the tokens promise to keep apart and do not, in words."""
    rules, found = tokens["contrast"], []
    for scheme, colors in tokens["color"].items():
        for kind, floor in (("text", rules["floor"][scheme]), ("shape", rules["shape_floor"][scheme])):
            for fore, back in rules[kind]:
                ratio = contrast(colors[fore], colors[back])
                if ratio < floor:
                    found.append(f"{scheme}: {fore} on {back} is {ratio:.2f}, below {floor}")
    return found


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two opaque colours, 1 to 21, as WCAG 2 defines it."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    c = QColor(colour)
    return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF())
