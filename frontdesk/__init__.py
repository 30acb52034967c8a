"""Frontdesk: the reception of a residential community."""

__version__ = "0.1.0"
