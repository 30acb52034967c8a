"""The site's own data: on sheets to edit, in a workbook to fill in, and how far its set-up has come."""

from __future__ import annotations

from frontdesk.services.sitebook.checklist import checklist, has_homes
from frontdesk.services.sitebook.importing import WorkbookRefused, check_workbook, import_workbook
from frontdesk.services.sitebook.rows import (
    choices,
    generate_units,
    retire_row,
    reveal_phone,
    revive_row,
    save_row,
    sheet,
)
from frontdesk.services.sitebook.writing import workbook
from frontdesk.services.sitebook.years import save_days, seed_year, unpublished_years, year

__all__ = [
    "WorkbookRefused",
    "check_workbook",
    "checklist",
    "choices",
    "generate_units",
    "has_homes",
    "import_workbook",
    "retire_row",
    "reveal_phone",
    "revive_row",
    "save_days",
    "save_row",
    "seed_year",
    "sheet",
    "unpublished_years",
    "workbook",
    "year",
]
