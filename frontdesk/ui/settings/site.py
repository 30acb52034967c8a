"""This site: its name, its company, where its data lies, how its key is kept, backups, the recovery code."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit

from frontdesk.domain.access import Actor, Permission
from frontdesk.i18n import ntr, tr
from frontdesk.qtkit.parts import Button, Facts, Field, Notice, column, edit, frame, row
from frontdesk.services import backups, settings
from frontdesk.services.site import open_site
from frontdesk.services.views import BackupView, SiteView
from frontdesk.ui import time_words
from frontdesk.ui.context import Context
from frontdesk.ui.settings.renewal import RenewalDialog
from frontdesk.ui.settings.section import Section

_NAME_LIMIT = 60
_MEGA = 1024 * 1024


class SiteSettings(Section):
    """What belongs to the site, for all who work there."""

    topics = frozenset({"site"})

    def __init__(self, context: Context) -> None:
        super().__init__()
        theme = context.theme
        self._context = context
        self._last: BackupView | None = None
        self._may_manage, self._may_back_up = context.may(Permission.MANAGE_SITE), context.may(Permission.BACK_UP)
        self._edit: QLineEdit = edit(limit=_NAME_LIMIT)
        self._company: QLineEdit = edit(limit=_NAME_LIMIT)
        self._name, self._company_field = Field(self._edit), Field(self._company)
        self._rename = Button(theme, "", "plain")
        self._facts = Facts(120)
        self._key_note = Notice(theme, "warn")
        self._backup_note = Notice(theme, "warn")
        self._back_up = Button(theme, "", "plain", glyph="ph.floppy-disk")
        self._renew = Button(theme, "", "plain", glyph="ph.key")
        company = row((self._company_field, 1), 12, column(25, self._rename, ...))
        deeds = row(self._back_up, 12, self._renew, ...)
        notes = column(self._key_note, self._backup_note)
        notes.setSpacing(8)  # between the two, where both are shown
        self.show_body(frame(column(self._name, 12, company, 12, self._facts, 8, notes, 12, deeds, ...)))
        for field in (self._edit, self._company):
            field.setReadOnly(not self._may_manage)
            field.returnPressed.connect(self._on_rename)
        self._rename.setVisible(self._may_manage)
        self._renew.setVisible(self._may_manage)
        self._back_up.setVisible(self._may_back_up)
        self._renew.clicked.connect(lambda: RenewalDialog(self._context, self.window()).open())
        self._rename.clicked.connect(self._on_rename)
        self._back_up.clicked.connect(self._on_back_up)

    def retranslate(self) -> None:
        """Says every word again."""
        self.setText(tr("This site"), tr("For everybody who works here."))
        self._name.setText(tr("Name of the site"))
        self._company_field.setText(tr("Property company"), tr("optional"))
        self._rename.setText(tr("Save"))
        self._renew.setText(tr("New recovery code…"))
        self._back_up.setText(tr("Back up now"))
        self._key_note.setText(
            tr("This computer has no keyring: the key lies in a file that only this account can read.")
        )
        self._show()

    def load(self) -> None:
        """Reads name and last backup afresh."""
        self._context.work.run(settings.site_view, then=self._on_site)
        if self._may_back_up:
            self._context.work.run(backups.last_backup, then=self._on_last)

    @Slot(object)
    def _on_site(self, site: SiteView) -> None:
        self._context.site = site
        for field, name in ((self._edit, site.name), (self._company, site.company)):
            if not field.isModified():
                field.setText(name)
        self._show()

    @Slot(object)
    def _on_last(self, last: BackupView | None) -> None:
        self._last = last
        self._show()

    def _show(self) -> None:
        site, last = self._context.site, self._last
        self._key_note.setVisible(site.key_in_file)
        facts = [
            (tr("Kind"), tr("Practice: everything is made up") if site.practice else tr("Real site")),
            (tr("Data folder"), str(self._context.work.folder)),
            (tr("The key lies in"), tr("a file of this account") if site.key_in_file else tr("the system's keyring")),
        ]
        if self._may_back_up:
            facts.append((tr("Last backup"), self._told(last) if last else tr("none yet")))
        self._facts.show_facts(*facts)
        lacking = _told_damaged(last.damaged) if last and last.damaged else ""
        if lacking != self._backup_note.accessibleName():  # a screen reader says it each time it is set
            self._backup_note.setText(lacking)
        self._backup_note.setVisible(bool(lacking))

    def _told(self, backup: BackupView) -> str:
        at = time_words.moment(self._context.local(backup.at), self._context.now().date())
        return f"{at} · {backup.size / _MEGA:.1f} MB · {backup.path}"

    @Slot()
    def _on_rename(self) -> None:
        name, company = self._edit.text().strip(), self._company.text().strip()
        if not name:
            self._name.show_error(tr("Please give the site a name."))
        elif (name, company) != (self._context.site.name, self._context.site.company):
            self._context.work.run(settings.rename_site, name, company, then=self._renamed)

    @Slot(object)
    def _renamed(self, site: SiteView) -> None:
        self._edit.setModified(False)
        self._company.setModified(False)
        self._on_site(site)
        self._context.notify(tr("The names are saved."), "ok")

    @Slot()
    def _on_back_up(self) -> None:
        self._back_up.setEnabled(False)
        self._back_up.setText(tr("Backing up …"))
        work = self._context.work
        work.rest(_back_up, work.folder, work.actor, then=self._backed_up, failed=self._not_backed_up)

    @Slot(object)
    def _backed_up(self, made: BackupView) -> None:
        self._ended()
        self._on_last(made)
        if made.damaged:
            self._context.notify(_told_damaged(made.damaged), "warn")
        else:
            self._context.notify(tr("Backed up and read back: {path}", path=made.path), "ok")

    def _not_backed_up(self, error: Exception) -> None:
        self._ended()
        self._context.show_error(error)

    def _ended(self) -> None:
        self._back_up.setEnabled(True)
        self._back_up.setText(tr("Back up now"))


def _told_damaged(n: int) -> str:
    """That the last backup is not all of the site."""
    return ntr(
        "The last backup lacks {n} stored file, which is damaged or gone. An older backup may still have it.",
        "The last backup lacks {n} stored files, which are damaged or gone. An older backup may still have them.",
        n,
    )


def _back_up(folder: Path, actor: Actor) -> BackupView:
    """Backs up over a connection of its own: it takes a while, and the desk saves meanwhile what is typed."""
    with closing(open_site(folder)) as site:
        return backups.back_up(site, actor)
