"""Site data: the checklist, an editor for every sheet, the calendar, and the workbook."""
