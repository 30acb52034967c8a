"""The deeds of a case: the next one stands out, the usual ones beside it, all others in a menu; each has its key."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QWidget

from frontdesk.domain.access import Permission
from frontdesk.domain.cases import Action
from frontdesk.i18n import tr
from frontdesk.qtkit.parts import Button, IconButton, bind_keys
from frontdesk.services.views import CaseView
from frontdesk.ui.cases import acts
from frontdesk.ui.cases.acts import Deed, Extra
from frontdesk.ui.context import Context

_GAP_PX = 6
_OVERRULES = frozenset({Action.REROUTE, Action.ADD_ROUTE})


class ActBar(QWidget):
    """Tells `act` with a Deed. The buttons go on in a second line where one has no room for them."""

    act = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._possible: frozenset[Action | Extra] = frozenset()
        self._next: Deed | None = None
        self._primary = Button(context.theme, "", "primary")
        self._primary.clicked.connect(self._on_primary)
        self._buttons = {
            action: Button(context.theme, "", "plain", acts.key(action), bind=False) for action in acts.IN_BAR
        }
        self._more = IconButton(context.theme, "ph.dots-three", px=context.theme.px("size_control"))
        self._more.clicked.connect(self._pop_up)
        self._row: list[QAbstractButton] = [self._primary, *self._buttons.values(), self._more]
        for button in self._row:
            button.setParent(self)
        for action, button in self._buttons.items():
            button.clicked.connect(lambda _checked=False, action=action: self._do(action))
        for each in acts.ALL:
            bind_keys(self, acts.key(each)).activated.connect(lambda each=each: self._do(each))
        bind_keys(self, "N").activated.connect(self._on_primary)

    def retranslate(self) -> None:
        """Says everything again in the current language."""
        for action, button in self._buttons.items():
            button.setText(acts.words(action))
        self._more.setText(tr("More"))
        self._show_primary()
        self._place()

    def show_case(self, case: CaseView) -> None:
        """What can be done with this case now."""
        may_overrule = self._context.may(Permission.OVERRULE_ROUTE)
        self._possible = acts.possible(case) - (frozenset() if may_overrule else _OVERRULES)
        self._next = acts.following(case)
        self._show_primary()
        taken = self._next.action if self._next is not None else None
        usual = self._possible if acts.untold(case) else self._possible - {Action.TELL}
        for action, button in self._buttons.items():
            button.setVisible(action in usual and action is not taken)
        self._more.setVisible(bool(self._in_menu()))
        self._place()

    def _show_primary(self) -> None:
        self._primary.setVisible(self._next is not None)
        if self._next is not None:
            self._primary.set_key(acts.key(self._next.action))
            self._primary.setText(acts.words(self._next))

    def _in_menu(self) -> list[Action | Extra]:
        seen: set[Action | Extra] = {action for action, button in self._buttons.items() if not button.isHidden()}
        if self._next is not None:
            seen.add(self._next.action)
        return [action for action in acts.ALL if action in self._possible and action not in seen]

    @Slot()
    def _on_primary(self) -> None:
        if self._next is not None:
            self.act.emit(self._next)

    def _do(self, action: Action | Extra) -> None:
        if self._next is not None and action is self._next.action:
            self.act.emit(self._next)
        elif action in self._possible:
            self.act.emit(Deed(action))

    @Slot()
    def _pop_up(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for action in self._in_menu():
            entry = menu.addAction(acts.words(action))
            entry.setShortcut(QKeySequence(acts.key(action)))
            entry.setShortcutVisibleInContextMenu(True)
            entry.triggered.connect(lambda _checked=False, action=action: self._do(action))
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height() + 4)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        """Puts the buttons that can be seen one after another, and takes as many lines as they need."""
        x, y, height = 0, 0, self._context.theme.px("size_control")
        for button in self._row:
            if button.isHidden():
                continue
            width = button.sizeHint().width()
            if x and x + width > self.width():
                x, y = 0, y + height + _GAP_PX
            button.setGeometry(x, y, width, height)
            x += width + _GAP_PX
        self.setFixedHeight(y + height)
