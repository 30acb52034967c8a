"""The workbook away from the desk's own lane: made, checked and imported over a connection of its own."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from frontdesk.domain.access import Actor
from frontdesk.qtkit import files
from frontdesk.services import sitebook
from frontdesk.services.site import open_site
from frontdesk.services.views.sitebook import ImportPlan


def save(folder: Path, actor: Actor, language: str, filled: bool, path: Path) -> Path:
    """Writes a workbook, empty or with what the site has now."""
    with closing(open_site(folder)) as site:
        data = sitebook.workbook(site, actor, language, filled=filled)
    return files.write(path, data)


def check(folder: Path, actor: Actor, path: Path) -> tuple[ImportPlan, bytes]:
    """Reads a workbook: what it would do, or its mistakes; and the file as it was read."""
    data = files.read(path)
    with closing(open_site(folder)) as site:
        return sitebook.check_workbook(site, actor, path.name, data), data


def take(folder: Path, actor: Actor, name: str, data: bytes) -> ImportPlan:
    """Imports what was checked: all of it or nothing."""
    with closing(open_site(folder)) as site:
        return sitebook.import_workbook(site, actor, name, data)
