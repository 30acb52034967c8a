"""Known errors in words: what happened, what was kept, what to do next."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from frontdesk.i18n import language, mark, tr
from frontdesk.ui import form_words

_NOTHING_WRITTEN = mark("Nothing was changed.")
_DATA_SAFE = mark("Your data is untouched.")
_ON_RECORD = mark("The case is on record.")
_RESTORE = mark("Rename the site's folder, then bring back the last backup: {restore} FILE")


@dataclass(frozen=True)
class Told:
    """An error as it is told: three sentences, the last two may be empty."""

    what: str
    kept: str
    next: str

    def text(self) -> str:
        """All of it in one line."""
        return joined(self.what, self.kept, self.next)


_TOLD: dict[str, tuple[str, str, str]] = {
    "forbidden": (mark("Your role does not allow this."), _NOTHING_WRITTEN, mark("Ask the office director.")),
    "edit_conflict": (
        mark("Somebody else has changed this meanwhile."),
        _NOTHING_WRITTEN,
        mark("It is shown afresh; please look and do it again."),
    ),
    "not_found": (mark("This is no longer there."), _NOTHING_WRITTEN, mark("Somebody may have removed it.")),
    "not_allowed": (mark("This can no longer be done as things stand."), _NOTHING_WRITTEN, ""),
    "steps_missing": (mark("It cannot be marked completed yet."), _NOTHING_WRITTEN, mark("A step is still missing.")),
    "bad_input": (mark("Something in the form needs another look."), _NOTHING_WRITTEN, ""),
    "wrong_password": (mark("The name or the password is wrong."), "", mark("Please try again.")),
    "locked_out": (mark("Too many wrong passwords."), "", mark("Please wait a moment.")),
    "weak_password": (mark("This password is too easy to guess."), "", mark("Please choose another one.")),
    "login_taken": (mark("Somebody else signs in with this name already."), "", mark("Please choose another one.")),
    "last_administrator": (mark("The site needs at least one administrator."), _NOTHING_WRITTEN, ""),
    "wrong_code": (
        mark("This code is not the kiosk's."),
        _NOTHING_WRITTEN,
        mark("Read it off the kiosk's screen again."),
    ),
    "foreign_code": (mark("This is no code of ours."), "", mark("Scan it again, or type the badge's number.")),
    "damaged_code": (mark("The code was not read whole."), "", mark("Scan it again, or type the badge's number.")),
    "other_version_code": (
        mark("This code comes from another version of the program."),
        "",
        mark("Type the badge's number."),
    ),
    "badge_unknown": (mark("No visitor has this badge."), "", mark("Look at the number again.")),
    "not_a_badge": (mark("This code is ours, but it is no badge."), "", mark("Scan the code on the badge.")),
    "other_site": (mark("This badge is another site's."), _NOTHING_WRITTEN, ""),
    "already_left": (mark("This visitor has been checked out already."), _NOTHING_WRITTEN, ""),
    "still_on_site": (mark("This visitor is on site already."), _NOTHING_WRITTEN, ""),
    "bad_window": (mark("The visit must end after it begins, and may not be that long."), "", ""),
    "too_many_companions": (mark("So many companions are not possible on one invitation."), "", ""),
    "invitation_used": (mark("This invitation has been used already."), _NOTHING_WRITTEN, ""),
    "no_request": (
        mark("This kiosk no longer asks to be paired."),
        _NOTHING_WRITTEN,
        mark("Begin the pairing at the kiosk again."),
    ),
    "letters_used_up": (
        mark("There is no letter left for another kiosk's badges."),
        _NOTHING_WRITTEN,
        mark("Remove a kiosk that is no longer used."),
    ),
    "bad_map": (mark("The site's map cannot be read."), _NOTHING_WRITTEN, mark("Please ask whoever drew it.")),
    "nothing_rendered": (mark("This paper has not been made yet."), _NOTHING_WRITTEN, mark("Open it and print again.")),
    "unprintable": (
        mark("No typeface of the forms has these characters: {characters}"),
        _ON_RECORD,
        mark("Write them in another way, then print again."),
    ),
    "form_missing": (
        mark("This version has no form for this paper."),
        _ON_RECORD,
        mark("Use the sheet that you have."),
    ),
    "form_broken": (
        mark("The form cannot be used: {faults}"),
        mark("Nothing was printed."),
        mark("Mend the file in the site's folder, or take it away; then the form of the program is used."),
    ),
    "no_printer": (
        mark("This printer is no longer there."),
        mark("Nothing was lost."),
        mark("Choose another one, or save the form as a PDF file."),
    ),
    "printer_stopped": (
        mark("The printer is stopped or cannot be reached."),
        mark("Nothing was lost."),
        mark("Switch it on and print again, or choose another one."),
    ),
    "too_many_lines": (
        mark("That is more than goes onto paper at once: {count} lines of at most {most}."),
        "",
        mark("Narrow the list down, or save it as a workbook."),
    ),
    "no_picture": (
        mark("This is no picture that can be read."),
        _NOTHING_WRITTEN,
        mark("Take a JPEG, PNG, WebP or BMP file; a HEIC photo has to be saved as JPEG first."),
    ),
    "picture_too_large": (
        mark("This picture is larger than any camera makes."),
        _NOTHING_WRITTEN,
        mark("Save it smaller, then try again."),
    ),
    "too_many_pictures": (
        mark("A case takes no more than {most} pictures."),
        _NOTHING_WRITTEN,
        mark("Take one away that is not needed."),
    ),
    "cannot_save": (mark("The file cannot be written there."), "", mark("Choose another folder.")),
    "row_in_use": (
        mark("The row cannot be taken out of use."),
        _NOTHING_WRITTEN,
        mark("Other entries, or the program itself, refer to it."),
    ),
    "workbook_refused": (
        mark("The workbook has mistakes."),
        mark("Nothing was imported."),
        mark("Correct them in the workbook, then read it again."),
    ),
    "cannot_read": (mark("The file cannot be read."), "", mark("Close it in the other program, then try again.")),
    "cannot_publish": (
        mark("What the kiosks are to show cannot be written: {where}"),
        mark("They go on with what they have."),
        mark("Shorten the site's name, or ask whoever entered the areas."),
    ),
    "database_locked": (
        mark("Another program is holding the database."),
        _DATA_SAFE,
        mark("Wait until a backup or virus scan has finished, then try again."),
    ),
    "database_damaged": (
        mark("The database file is damaged."),
        mark("Nothing was written to it."),
        _RESTORE,
    ),
    "database_missing": (
        mark("The site's folder has no database."),
        mark("The other files are untouched."),
        _RESTORE,
    ),
    "database_newer": (
        mark("A newer version of Frontdesk has used this database."),
        _DATA_SAFE,
        mark("Update Frontdesk on this computer."),
    ),
    "sqlite_too_old": (
        mark("The database library on this computer is too old and could damage data."),
        _DATA_SAFE,
        mark("Run start.py again; it installs the right one."),
    ),
    "folder_not_writable": (
        mark("The data folder cannot be written."),
        _DATA_SAFE,
        mark("Give this account the right to write there, or free the disk from its write protection."),
    ),
    "site_exists": (
        mark("This folder already holds something."),
        _NOTHING_WRITTEN,
        mark("Choose another data folder."),
    ),
    "site_missing": (
        mark("The site's folder cannot be read."),
        _DATA_SAFE,
        mark("Check that the disk or shared folder is there."),
    ),
    "server_away": (
        mark("The database server does not answer."),
        mark("What you typed is kept here."),
        mark("Check the network, then try again."),
    ),
    "wrong_key": (
        mark("The key kept on this computer is not this site's."),
        _DATA_SAFE,
        mark("Enter the site's recovery code."),
    ),
    "key_missing": (
        mark("This computer account has no key for the site."),
        _DATA_SAFE,
        mark("Enter the recovery code that was printed when the site was set up."),
    ),
    "recovery_mistyped": (mark("The recovery code has a typing mistake."), "", mark("Compare it group by group.")),
    "recovery_wrong": (mark("This recovery code belongs to another site."), "", mark("Look for the right sheet.")),
    "disk_full": (
        mark("The disk is full."),
        mark("Nothing was half-written."),
        mark("Free some space, then try again."),
    ),
    "disk_failed": (
        mark("The disk cannot be read or written."),
        _NOTHING_WRITTEN,
        mark("Check the disk and its cable, then try again."),
    ),
    "blob_damaged": (mark("A stored file is damaged."), _DATA_SAFE, mark("Print the paper again.")),
    "blob_missing": (mark("A stored file is gone."), _DATA_SAFE, mark("Print the paper again.")),
    "backup_damaged": (mark("The backup cannot be used."), mark("Nothing was replaced."), mark("Take an older one.")),
    "lobby_away": (
        mark("The lobby folder cannot be reached."),
        mark("The kiosks go on by themselves."),
        mark("Visits appear here when it is back."),
    ),
    "fonts_missing": (
        mark("No Chinese font was found."),
        _DATA_SAFE,
        mark("Run start.py again, or install a Chinese font."),
    ),
    "storage": (mark("The data could not be reached."), _NOTHING_WRITTEN, mark("Please try again.")),
}


def is_known(error: Exception) -> bool:
    """Whether a person can act on the error; all others are bugs."""
    return isinstance(getattr(error, "code", None), str)


def joined(*sentences: str) -> str:
    """Sentences one after another, as the language writes them: Chinese puts no blank after a full stop."""
    return ("" if language().startswith("zh") else " ").join(sentence for sentence in sentences if sentence)


def tell(code: str) -> Told:
    """What is told of an error code alone; a code that nobody has worded is told as trouble with the data."""
    return _tell(code, None)


def told(error: Exception) -> Told:
    """What is told of a known error, with what it names: characters, places in a file."""
    return _tell(str(getattr(error, "code", "")), error)


def text(error: Exception) -> str:
    """A known error in one line."""
    return told(error).text()


def of_own_password(error: Exception) -> str:
    """The same where somebody who is signed in typed their own password once more."""
    wrong = getattr(error, "code", "") == "wrong_password"
    return tr("The password is wrong. Please try again.") if wrong else text(error)


def restore_command() -> str:
    """How one restores here: by the program itself where it is frozen, else by the script."""
    return "frontdesk restore" if hasattr(sys, "_MEIPASS") else "python start.py restore"


def _tell(code: str, error: Exception | None) -> Told:
    values = {
        "restore": restore_command(),
        "characters": ", ".join(map(_described, getattr(error, "characters", ""))),
        "faults": form_words.faults(getattr(error, "faults", ())),
        "where": str(getattr(error, "where", "")),
        "count": getattr(error, "count", ""),
        "most": getattr(error, "most", ""),
    }
    what, kept, next_step = _TOLD.get(code, _TOLD["storage"])
    return Told(tr(what, **values), tr(kept, **values), tr(next_step, **values))


def _described(character: str) -> str:
    """A character that perhaps nobody can show, with its code point."""
    shown = f"{character} " if character.isprintable() else ""
    return f"{shown}(U+{ord(character):04X})"


def detail(error: Exception) -> str:
    """What else is known and helps whoever is asked for help: code and path; never personal data."""
    details = getattr(error, "details", {})
    path = str(details.get("path", "")) if isinstance(details, dict) else ""
    code = str(getattr(error, "code", ""))
    return f"{code} · {path}" if path else code


def codes() -> frozenset[str]:
    """The codes that have words."""
    return frozenset(_TOLD)
