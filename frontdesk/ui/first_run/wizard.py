"""The way through the first start, one card after another."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QShowEvent

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
        self._holder = column()  # a stack would be as tall as its cards are at their narrowest
        self._foot = label("", "caption")
        self.show_body(centred(card(column(self._holder), _WIDTH), below=self._foot))
        bind_keys(self, "Esc").activated.connect(self._back)
        self._choose()
        self.retranslate()

    @property
    def step(self) -> Step:
        """The card in view."""
        return self._step

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

    def _show(self, step: Step) -> None:
        while (item := self._holder.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._step = step
        self._holder.addWidget(step)
        step.show()
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
