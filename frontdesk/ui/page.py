"""What the shell asks of a page."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from frontdesk.ui.context import Context

Changes = frozenset[tuple[str, int]]


class Page(QWidget):
    """One place of the rail. It is made when somebody first goes there, and lives until its person signs out.

    A page builds its widgets without words, then calls `retranslate()`, which says all of them. One that consists of
    much builds it in `fill()`.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context.host)  # from the start: put in later, every part would be dressed again
        self.context = context
        self._says_old_words = False

    def fill(self) -> Iterator[None]:
        """Builds what is long in the making, piece by piece: in quiet moments other things happen between two pieces.

        Gone through once, before anything else is asked of the page.
        """
        return iter(())

    def title(self) -> str:
        """The page's name, for the window's title and for screen readers."""
        raise NotImplementedError

    def retranslate(self) -> None:
        """Says every word again; the language has changed."""
        raise NotImplementedError

    def activated(self, **args: object) -> None:
        """Somebody came here; the arguments are those of `navigate`."""

    def changed(self, changes: Changes) -> None:
        """What other windows, kiosks or pages have changed, as (topic, id); ("*", 0) is everything.

        Called while the page is in view, and before `activated` for what changed while it was not.
        """

    def rescue(self) -> bool:
        """The screen locks or closes: keeps what is typed. True when there is anything to come back to."""
        return False

    def busy(self) -> bool:
        """Something runs that idleness must not lock away at once: a call of which something is typed."""
        return False

    def step_back(self) -> bool:
        """Esc: goes back one step inside the page. False where it stands at its beginning."""
        return False

    def keys(self) -> list[tuple[str, str]]:
        """Keys of this page for the key bar, as ("Ctrl+P", tr("Print"))."""
        return []

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            if self.isVisible():
                self.retranslate()
            else:  # when somebody comes to it: five pages at once would hold the window
                self._says_old_words = True

    def showEvent(self, event: QShowEvent) -> None:
        if self._says_old_words:
            self._says_old_words = False
            self.retranslate()
        super().showEvent(event)
