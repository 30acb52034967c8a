"""Where the program's own files and the machine's data lie; knows places, opens nothing."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import platformdirs

APP = "Frontdesk"
KIOSK_APP = "Frontdesk-Kiosk"


def root() -> Path:
    """The folder that holds `resources` and `forms_templates`: the checkout, or the frozen bundle."""
    bundle = getattr(sys, "_MEIPASS", None)
    return Path(bundle) if bundle else Path(__file__).resolve().parent.parent


def resources() -> Path:
    """Style tokens, translations, pictures, sounds."""
    return root() / "resources"


def templates() -> Path:
    """The forms that ship with the program."""
    return root() / "forms_templates"


def built() -> Path:
    """What `frontdesk prepare` makes of the sources: compiled translations, TrueType faces."""
    return root() / ("built" if getattr(sys, "_MEIPASS", None) else ".built")


def machine_data() -> Path:
    """The machine-wide data folder; `FRONTDESK_DATA` names another one.

    On Windows it is shared by the machine's accounts (`ProgramData`), because the reception's PC is; elsewhere,
    where programs may not write to a shared place unasked, it is the account's own.
    """
    named = os.environ.get("FRONTDESK_DATA")
    if named:
        return Path(named)
    if sys.platform == "win32":
        return platformdirs.site_data_path(APP, appauthor=False)
    return platformdirs.user_data_path(APP, appauthor=False)


def kiosk_data() -> Path:
    """What belongs to the kiosk's own account: its pairing key, its outbox; `FRONTDESK_KIOSK_DATA` names another."""
    named = os.environ.get("FRONTDESK_KIOSK_DATA")
    return Path(named) if named else platformdirs.user_data_path(KIOSK_APP, appauthor=False)
