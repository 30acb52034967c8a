"""Inviting a visitor, and the invitation's code to show, save or print."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import QDateTime, Qt, Slot
from PySide6.QtWidgets import QDateTimeEdit, QFileDialog, QSpinBox, QWidget

from frontdesk.domain.visits import Purpose
from frontdesk.i18n import tr
from frontdesk.qtkit import qr
from frontdesk.qtkit.parts import Button, Dialog, Field, Paragraph, Pick, column, edit, label, row
from frontdesk.qtkit.qr import QrCode
from frontdesk.services.errors import BadInput
from frontdesk.services.invitations import TooManyCompanions
from frontdesk.services.views import InvitationView, NewInvitation
from frontdesk.ui import case_words, error_words, time_words
from frontdesk.ui.context import Context
from frontdesk.ui.words import choices, named, word

_STAY = timedelta(hours=3)
_FORMAT = "yyyy-MM-dd HH:mm"
_SAVED_PX = 720

Made = Callable[[NewInvitation], None]


class InviteDialog(Dialog):
    """Asks who comes, why, where to and when; hands a NewInvitation to `made` and waits for what becomes of it."""

    def __init__(self, context: Context, parent: QWidget, made: Made) -> None:
        super().__init__(context.theme, parent, tr("Invite a visitor"), 560)
        self._context, self._made = context, made
        self._visitor = Field(edit(limit=60), tr("Visitor's name"))
        self._purpose, self._area = Pick(context.theme), Pick(context.theme)
        self._purpose.offer(choices(Purpose))
        self._area.offer([(area.id, named(area)) for area in context.site.areas])
        now = context.now().replace(second=0, microsecond=0)
        self._from, self._until = self._moment(now), self._moment(now + _STAY)
        self._host = Field(edit(limit=60), tr("Host"), tr("resident or department"))
        self._plate = Field(edit(limit=20), tr("Plate"))
        self._companions = QSpinBox()
        self._companions.setRange(0, 99)
        self._companions.lineEdit().setTextMargins(10, 0, 10, 0)  # a style sheet's padding does not reach it
        self._companions_field = Field(self._companions, tr("Companions"))
        self._until_field = Field(self._until, tr("Until"))
        self._area_field = Field(self._area, tr("Area"))
        body = (
            self._visitor,
            row((Field(self._purpose, tr("Purpose")), 1), 12, (self._area_field, 1)),
            row((Field(self._from, tr("From")), 1), 12, (self._until_field, 1)),
            row((self._host, 2), 12, (self._plate, 1), 12, (self._companions_field, 1)),
        )
        self.body.addLayout(column(*[item for each in body for item in (each, 12)]))
        self._go = self.add_buttons(tr("Make the code"))
        self._visitor.body.setFocus()

    def _moment(self, at: datetime) -> QDateTimeEdit:
        out = QDateTimeEdit(QDateTime.fromString(f"{at:%Y-%m-%d %H:%M}", _FORMAT))
        out.setDisplayFormat(_FORMAT)
        out.setCalendarPopup(True)
        return out

    def _read(self, field: QDateTimeEdit) -> datetime:
        parsed = datetime.strptime(field.dateTime().toString(_FORMAT), "%Y-%m-%d %H:%M")  # noqa: DTZ007
        return parsed.replace(tzinfo=self._context.zone)

    @Slot()
    def accept(self) -> None:
        """Asks for the invitation; the dialog closes when it is made (`finish`) and stays when it is refused."""
        area, purpose = self._area.value(), self._purpose.value()
        if not self._go.isEnabled():
            return
        if not self._visitor.body.text().strip():
            self._visitor.show_error(tr("Who comes?"))
        elif not isinstance(area, int):
            self._area_field.show_error(tr("This site has no area to send a visitor to."))
        elif isinstance(purpose, Purpose):
            new = NewInvitation(
                visitor=self._visitor.body.text().strip(),
                purpose=purpose,
                area_id=area,
                valid_from=self._read(self._from),
                valid_until=self._read(self._until),
                host=self._host.body.text().strip(),
                plate=self._plate.body.text().strip(),
                companions=self._companions.value(),
            )
            self._go.setEnabled(False)
            self._made(new)

    def finish(self) -> None:
        """It is made."""
        super().accept()

    def refuse(self, error: Exception) -> None:
        """Says at the field what is wrong."""
        self._go.setEnabled(True)
        fields: dict[str, Field[Any]] = {
            "visitor": self._visitor,
            "host": self._host,
            "plate": self._plate,
            "area_id": self._area_field,
        }
        if isinstance(error, BadInput):
            fields.get(error.field, self._until_field).show_error(case_words.wrong(error))
        elif isinstance(error, TooManyCompanions):
            self._companions_field.show_error(error_words.text(error))
        else:
            self._until_field.show_error(error_words.text(error))


class CodeDialog(Dialog):
    """Shows an invitation's code for the visitor, to be photographed, saved as a picture or printed."""

    def __init__(self, context: Context, parent: QWidget, invitation: InvitationView) -> None:
        super().__init__(context.theme, parent, tr("Invitation for {name}", name=invitation.visitor), 460)
        self._code, self._context = invitation.code, context
        today = context.now().date()
        window = tr(
            "{start} to {end}",
            start=time_words.moment(context.local(invitation.valid_from), today),
            end=time_words.moment(context.local(invitation.valid_until), today),
        )
        told = tr("Show this code to the kiosk in the lobby. It holds no personal data and lets in once.")
        code = label(invitation.code, "caption")
        code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        save = Button(context.theme, tr("Save as picture…"), "plain", "Ctrl+S")
        save.clicked.connect(self._save)
        body = column(
            label(f"{word(invitation.purpose)} · {named(invitation.area)} · {window}", "small"),
            12,
            row(..., QrCode(invitation.code, 260, tr("QR code of the invitation")), ...),
            8,
            row(..., code, ...),
            12,
            Paragraph(told, "small"),
            12,
            row(..., save, ...),
        )
        self.body.addLayout(body)
        self.add_buttons(tr("Done"), reject=tr("Close"))

    @Slot()
    def _save(self) -> None:
        path, _ = QFileDialog.getSaveFileName(self, tr("Save the code"), "invitation.png", "PNG (*.png)")
        if not path:
            return
        path = path if Path(path).suffix else f"{path}.png"
        if qr.image(self._code, _SAVED_PX).save(path):
            self._context.notify(tr("The code was saved: {path}", path=path), "ok")
        else:
            self._context.notify(tr("The file cannot be written there. Choose another folder."), "warn")
