"""The recovery code goes on paper, and somebody shows that it has: first start, and when renewed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from frontdesk.i18n import tr
from frontdesk.qtkit.parts import Button, Field, Notice, Paragraph, column, edit, frame, label, row
from frontdesk.qtkit.parts.layout import Items
from frontdesk.qtkit.theme import Theme
from frontdesk.ui import error_words

JOINT = "-"
_GROUPS_A_LINE = 4


class Recovery(QWidget):
    """Shows the code in groups, has it printed or saved, and asks for its last group.

    Args:
        practice: nothing is lost with it, so that nobody has to show the sheet.
        renewed: it takes the place of an older code; stands in a dialog that has a title.
    """

    print_wanted = Signal()
    done = Signal()

    def __init__(self, theme: Theme, code: str, *, practice: bool, renewed: bool = False) -> None:
        super().__init__()
        self._groups, self._practice, self._renewed = code.split(JOINT), practice, renewed
        self._title, self._text = label("", "title"), Paragraph("", "muted")
        self._note = Notice(theme, "warn")
        self._trouble = Notice(theme, "danger")
        self._trouble.hide()
        self._print = Button(theme, "", "plain", "Ctrl+P", "ph.printer")
        self._last = Field(edit(limit=8))
        self._go = Button(theme, "", "primary", "Enter", bind=False)
        self.setLayout(
            column(
                row(self._title, ...),
                6,
                self._text,
                16,
                self._code_box(code),
                12,
                row(self._print, ...),
                12,
                self._trouble,
                8,
                self._note,
                16,
                self._last,
                20,
                row(..., self._go),
            )
        )
        self._print.clicked.connect(self._trouble.hide)
        self._print.clicked.connect(self.print_wanted)
        self._last.body.returnPressed.connect(self.submit)
        self._go.clicked.connect(self.submit)
        self._last.setVisible(not practice)
        self._title.setVisible(not renewed)
        self.retranslate()

    def _code_box(self, code: str) -> QWidget:
        """The groups, four to a line, as they stand on the sheet."""
        lines: list[Items] = []
        for start in range(0, len(self._groups), _GROUPS_A_LINE):
            cells: list[Items] = [...]
            for group in self._groups[start : start + _GROUPS_A_LINE]:
                cells += [label(group, "code"), 20]
            lines += [row(*cells[:-1], ...), 10]
        box = frame(column(*lines[:-1]), "sunken", (16, 18, 16, 18))
        box.setAccessibleName(code)
        return box

    def retranslate(self) -> None:
        """Says every word again."""
        self._title.setText(tr("The recovery code"))
        self._text.setText(
            tr("It opens the site's data on a new computer or account. It is shown only now and kept nowhere.")
        )
        self._note.setText(
            tr("Keep the sheet locked away, not beside this computer. Without it, a lost key is lost data.")
        )
        self._print.setText(tr("Print or save as PDF"))
        self._last.setText(tr("Type the last group of the sheet"), tr("to show that you have it"))
        self._go.setText(tr("Done") if self._renewed else tr("To sign-in"))

    def first_focus(self) -> QWidget:
        """Where the focus begins."""
        return self._print

    def refuse(self, error: Exception) -> None:
        """The sheet cannot be made now."""
        self._trouble.show()
        self._trouble.setText(error_words.text(error))

    @Slot()
    def submit(self) -> None:
        """On, if the sheet is there; else asks for it."""
        typed = self._last.body.text().strip().upper()
        if self._practice or typed == self._groups[-1]:
            self.done.emit()
        elif typed:
            self._last.show_error(tr("This is not the last group. Please look at the sheet once more."))
        else:
            self._last.show_error(tr("Please print or save the sheet, and type its last group."))
            self._last.body.setFocus(Qt.FocusReason.OtherFocusReason)
