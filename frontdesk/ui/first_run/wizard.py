"""The way through the first start, one card after another."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from frontdesk.i18n import tr
from frontdesk.qtkit.parts import bind_keys, column, label
from frontdesk.qtkit.theme import Theme
from frontdesk.services.site_setup import SiteKind
from frontdesk.ui.first_run.choose import Choose
from frontdesk.ui.first_run.recovery import Recovery
from frontdesk.ui.first_run.site_form import SiteForm
from frontdesk.ui.stage import Stage, card, centred

Step = Choose | SiteForm | Recovery

_WIDTH = 560


class Wizard(Stage):
    """Choose → name and administrator → recovery code. What is made, the console makes; this only asks."""

    submitted = Signal(object)  # Wanted
    language_picked = Signal(str)
    print_wanted = Signal(str)  # the recovery code
    done = Signal()
    left = Signal()  # back from the first card, where there is somewhere to go back to

    def __init__(self, theme: Theme, kinds: tuple[SiteKind, ...], *, may_leave: bool = False) -> None:
        super().__init__(theme)
        self._theme, self._kinds, self._may_leave = theme, kinds, may_leave
        self._steps = _OneSize()
        self._foot = label("", "caption")
        self.show_body(centred(card(column(self._steps), _WIDTH), below=self._foot))
        bind_keys(self, "Esc").activated.connect(self._back)
        self._choose()
        self.retranslate()

    @property
    def step(self) -> Step:
        """The card in view."""
        return cast(Step, self._steps.currentWidget())

    def show_recovery(self, code: str, *, practice: bool) -> None:
        """The site has been made: now its code."""
        recovery = Recovery(self._theme, code, practice=practice)
        recovery.print_wanted.connect(lambda: self.print_wanted.emit(code))
        recovery.done.connect(self.done)
        self._show(recovery)

    def retranslate(self) -> None:
        """Says every word again."""
        self._foot.setText(tr("All data stays in the community."))
        self.step.retranslate()

    @Slot()
    def _back(self) -> None:
        if isinstance(self.step, SiteForm) and len(self._kinds) > 1:
            self._choose()
        elif self._may_leave and not isinstance(self.step, Recovery):
            self.left.emit()

    def _choose(self) -> None:
        if len(self._kinds) == 1:
            self._ask(self._kinds[0])
            return
        choose = Choose(self._theme, self._kinds)
        choose.chosen.connect(self._ask)
        choose.language_picked.connect(self.language_picked)
        self._show(choose)

    @Slot(object)
    def _ask(self, kind: SiteKind) -> None:
        form = SiteForm(self._theme, kind)
        form.submitted.connect(self.submitted)
        form.back_wanted.connect(self._back)
        self._show(form)

    def _show(self, step: QWidget) -> None:
        old = self._steps.currentWidget()
        self._steps.addWidget(step)
        self._steps.setCurrentWidget(step)
        if old is not None:
            self._steps.removeWidget(old)
            old.deleteLater()
        self._focus()

    def _focus(self) -> None:
        self.step.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._focus()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


class _OneSize(QStackedWidget):
    """A stack that is as tall as the card in view, not as its tallest."""

    def sizeHint(self) -> QSize:
        shown = self.currentWidget()
        return shown.sizeHint() if shown else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        shown = self.currentWidget()
        return shown.minimumSizeHint() if shown else super().minimumSizeHint()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        shown = self.currentWidget()
        return shown.heightForWidth(width) if shown else super().heightForWidth(width)
