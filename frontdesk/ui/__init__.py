"""The staff console's screens."""
