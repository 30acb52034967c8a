"""Visitors: who is expected, on site, overdue and gone; invitations and their codes; the way to the area."""
