"""特约服务: the price offered from the price list, and what the customer paid (procedure 4.4)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from frontdesk.i18n import language, mark, tr
from frontdesk.qtkit.parts import Button, Choice, Field, IconButton, Pick, column, edit, frame, label, row
from frontdesk.services import special_services
from frontdesk.services.views import CaseView, PriceView, QuoteLine
from frontdesk.ui.cases.asking.base import DeedDialog, Doer, about
from frontdesk.ui.context import Context

_HOW = (("cash", mark("Cash")), ("transfer", mark("Transfer")), ("phone", mark("Mobile payment")))
_MOST_SHOWN = 6


def yuan(fen: int) -> str:
    """Money as it is written: `¥1,280.00`."""
    return f"¥{fen // 100:,}.{fen % 100:02}"


def hundredths(text: str) -> int | None:
    """A number with up to two places as so many hundredths, None where it is no such number: yuan to fen as well."""
    typed = text.strip().lstrip("¥").replace(",", "").replace("，", "")
    try:
        number = Decimal(typed)
    except InvalidOperation:
        return None
    return int((number * 100).quantize(Decimal(1), ROUND_HALF_UP)) if number.is_finite() and number >= 0 else None


@dataclass
class _Line:
    """A line of the offer as its fields."""

    name: str
    per: str
    code: str
    price: QLineEdit
    quantity: QLineEdit
    amount: QLabel
    box: QWidget

    def quoted(self) -> QuoteLine | None:
        """The line; None where price or quantity is no number."""
        price, quantity = hundredths(self.price.text()), hundredths(self.quantity.text())
        return None if price is None or not quantity else QuoteLine(self.name, self.per, price, quantity, self.code)


class QuoteDialog(DeedDialog):
    """Offers a price: lines from the price list or freely named, quantity, total."""

    def __init__(self, context: Context, parent: QWidget, case: CaseView, doer: Doer, paper_id: int) -> None:
        super().__init__(context, parent, case, doer, tr("Offer a price"), 640)
        self._paper_id = paper_id
        self._lines: list[_Line] = []
        self._prices: dict[int, PriceView] = {}
        self._item = Pick(context.theme)
        self._item.offer([(None, tr("Choose an item"))])
        self._free = edit(limit=80, placeholder=tr("or name something else"))
        self._free.setAccessibleName(tr("Something that is not in the list"))
        add = Button(context.theme, tr("Add a line"))
        add.clicked.connect(self._on_add)
        self._field = Field(self._item, tr("Item of the price list"))
        self._box = column()
        self._total = label("", "strong")
        total = frame(row(label(tr("Total"), "strong"), ..., self._total))
        chooser = frame(row((self._free, 1), 12, add))
        self.stack(tr("Offer"), about(case), self._field, chooser, frame(self._box), total)
        self._item.chosen.connect(self._on_item)
        context.work.run(special_services.prices, then=self._on_prices)
        self._show_total()
        self._item.setFocus()

    @Slot(object)
    def _on_prices(self, prices: tuple[PriceView, ...]) -> None:
        self._prices = {each.id: each for each in prices}
        lines = [(each.id, f"{_named(each)} · {yuan(each.price_fen)}/{each.per}") for each in prices]
        self._item.offer([(None, tr("Choose an item")), *lines])

    @Slot()
    def _on_item(self) -> None:
        chosen = self._item.value()
        price = self._prices.get(chosen) if isinstance(chosen, int) else None
        if price is not None:
            self._item.choose(None)
            self._add(price.zh, price.per, price.code, price.price_fen)

    @Slot()
    def _on_add(self) -> None:
        name = self._free.text().strip()
        if name:
            self._free.clear()
            self._add(name, tr("piece"), "", None)

    def _add(self, name: str, per: str, code: str, price_fen: int | None) -> None:
        if len(self._lines) >= _MOST_SHOWN:
            self._field.show_error(tr("More than {n} lines do not fit; sum some of them up.", n=_MOST_SHOWN))
            return
        price = edit("" if price_fen is None else f"{price_fen / 100:.2f}", limit=12)
        quantity = edit("1", limit=8)
        price.setAccessibleName(tr("{item}: price in yuan", item=name))
        quantity.setAccessibleName(tr("{item}: quantity", item=name))
        price.setFixedWidth(96)
        quantity.setFixedWidth(72)
        amount = label("", "body", 96, right=True)
        drop = IconButton(self.theme, "ph.x", tr("Leave out {item}", item=name), px=28)
        parts = row((label(name), 1), 8, price, 6, label(f"/{per} ×", "small"), 6, quantity, 8, amount, 4, drop)
        line = _Line(name, per, code, price, quantity, amount, frame(parts, height=40))
        for field in (price, quantity):
            field.textChanged.connect(self._show_total)
        drop.clicked.connect(lambda: self._drop(line))
        self._lines.append(line)
        self._box.addWidget(line.box)
        self._show_total()
        quantity.setFocus()
        quantity.selectAll()
        self._grow()

    def _drop(self, line: _Line) -> None:
        self._lines.remove(line)
        line.box.hide()
        line.box.deleteLater()
        self._show_total()

    @Slot()
    def _show_total(self) -> None:
        self._field.clear_error()
        total = 0
        for line in self._lines:
            quoted = line.quoted()
            total += quoted.amount_fen if quoted else 0
            line.amount.setText(yuan(quoted.amount_fen) if quoted else "–")
        self._total.setText(yuan(total))

    @Slot()
    def accept(self) -> None:
        """Sends the lines; each needs a price and a quantity."""
        lines = [line.quoted() for line in self._lines]
        whole = tuple(line for line in lines if line is not None)
        if not lines:
            self._field.show_error(tr("Choose at least one item."))
        elif len(whole) < len(lines):
            self._field.show_error(tr("Every line needs a price and a quantity."))
        else:
            self.send(special_services.quote, self._paper_id, whole)


def _named(price: PriceView) -> str:
    return price.en if language() == "en" and price.en else price.zh


class ChargeDialog(DeedDialog):
    """Records what the customer paid, and how; nothing may be charged with a reason."""

    def __init__(self, context: Context, parent: QWidget, case: CaseView, doer: Doer, paper_id: int) -> None:
        super().__init__(context, parent, case, doer, tr("Record the charge"), 480)
        self._paper_id = paper_id
        paper = next(each for each in case.papers if each.id == paper_id)
        offered = paper.details.get("total_fen")
        fen = offered if isinstance(offered, int) else 0
        hint = tr("offered: {sum}", sum=yuan(fen))
        self._amount = Field(edit(f"{fen / 100:.2f}", limit=14), tr("Amount in yuan"), hint)
        self._how = Choice("chip", tr("How it was paid"))
        self._how.show_choices([(tr(text), tr(text)) for _key, text in _HOW])
        self._note = Field(edit(limit=200), tr("Remark"))
        self.stack(tr("Record"), about(case), self._amount, self._how, self._note)
        self._amount.body.setFocus()
        self._amount.body.selectAll()

    @Slot()
    def accept(self) -> None:
        """Sends the charge."""
        fen, note = hundredths(self._amount.body.text()), self._note.body.text().strip()
        if fen is None:
            self._amount.show_error(tr("Write the amount in yuan, as 128.50."))
        elif fen == 0 and not note:
            self._note.show_error(tr("Say why nothing is charged."))
        else:
            self.send(special_services.charge, self._paper_id, fen, str(self._how.value()) if fen else "", note)
