"""An earlier matter of the same caller or home that a new one comes back to; a complaint opens it again."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot

from frontdesk.domain.cases import CaseState
from frontdesk.i18n import tr
from frontdesk.qtkit.parts import Field, Pick
from frontdesk.services import cases
from frontdesk.services.views import CaseFilter, CasePage, PastLine
from frontdesk.ui.context import Context

_MOST = 6


class EarlierField(Field[Pick]):
    """Offers what the home and the caller have reported before; what a draft names is kept until it is found."""

    edited = Signal()
    found = Signal()  # there is something else to choose from

    def __init__(self, context: Context) -> None:
        self._context = context
        self._past: tuple[PastLine, ...] = ()
        self._offered: tuple[PastLine, ...] = ()
        self._kept: int | None = None
        self._reopens = False
        self._asked = ""
        super().__init__(Pick(context.theme))
        self.body.chosen.connect(self._on_chosen)

    def retranslate(self) -> None:
        """Says everything again in the current language."""
        self._offer()

    def look(self, past: tuple[PastLine, ...], home: str) -> None:
        """What to offer: the caller's own matters at once, those of the home as soon as they are found."""
        if (past, home) == (self._past, self._asked):
            return
        self._past, self._asked = past, home
        self._offered = past
        self._offer()
        if home:
            args = (CaseFilter.ALL, home, None, _MOST)
            self._context.work.run(cases.case_page, *args, then=self._on_page, key="earlier")

    @Slot(object)
    def _on_page(self, page: CasePage) -> None:
        known = {each.case_id for each in self._past}
        found = (
            PastLine(each.id, each.opened_at, each.content, each.record_no, each.state is CaseState.OPEN)
            for each in page.lines
            if each.id not in known
        )
        self._offered = (*self._past, *found)
        self._offer()
        self.found.emit()

    def choose(self, case_id: int | None) -> None:
        """Shows a draft's matter without telling."""
        self._kept = case_id
        self._offer()

    def value(self) -> int | None:
        """The earlier matter; None for none."""
        return self._kept

    def offers_any(self) -> bool:
        """There is something to choose from, or chosen."""
        return bool(self._offered) or self._kept is not None

    def show_reopening(self, reopens: bool) -> None:
        """Whether this kind of matter opens a closed one again."""
        if reopens is not self._reopens:
            self._reopens = reopens
            self._say_what_follows()

    @Slot()
    def _on_chosen(self) -> None:
        value = self.body.value()
        self._kept = value if isinstance(value, int) else None
        self._say_what_follows()
        self.edited.emit()

    def _offer(self) -> None:
        lines: list[tuple[object, str]] = [(None, tr("none"))]
        lines += [(each.case_id, self._words(each)) for each in self._offered]
        if self._kept is not None and self._kept not in {value for value, _text in lines}:
            lines.append((self._kept, tr("an earlier matter")))
        self.body.offer(lines)
        self.body.choose(self._kept)
        self._say_what_follows()

    def _words(self, past: PastLine) -> str:
        at = self._context.local(past.at)
        return f"{at:%m-%d} {past.text.splitlines()[0] if past.text else ''} · {past.number}"

    def _say_what_follows(self) -> None:
        chosen = next((each for each in self._offered if each.case_id == self._kept), None)
        note = ""
        if chosen is not None and chosen.open:
            note = tr("still open")
        elif chosen is not None and self._reopens:
            note = tr("will be opened again")
        self.setText(tr("Earlier matter"), note)
