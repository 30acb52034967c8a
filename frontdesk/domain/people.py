"""Names and telephone numbers: how they are compared, and what of them may be shown."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum


class Relation(StrEnum):
    """How a person belongs to a unit (居民类别)."""

    OWNER = "owner"
    FAMILY = "family"
    TENANT = "tenant"


class Verification(StrEnum):
    """How sure we are of who is calling; a recorded result, not a feeling (domain section 1)."""

    UNVERIFIED = "unverified"
    NUMBER_MATCHES = "number_matches"
    VERIFIED = "verified"


_COUNTRY = re.compile(r"^(?:\+|00)?86(?=1[3-9]\d{9}$|0?\d{10,11}$)")


def normalise_phone(text: str) -> str:
    """The digits by which a number is compared: no spaces, no country code of China, full-width digits folded.

    Returns "" when the text holds no telephone number (fewer than 5 or more than 15 digits).
    """
    folded = unicodedata.normalize("NFKC", text)
    digits = re.sub(r"[^\d+]", "", folded)
    digits = _COUNTRY.sub("", digits).lstrip("+")
    return digits if 5 <= len(digits) <= 15 else ""


def mask_phone(number: str) -> str:
    """The number with its middle hidden: `138****2210`; short numbers keep only their last two digits."""
    if len(number) >= 10:
        return f"{number[:3]}****{number[-4:]}"
    if len(number) > 4:
        return f"****{number[-2:]}"
    return "*" * len(number)


def mask_name(name: str) -> str:
    """The name for those who need not know it: `沈**`, `A**`; empty stays empty."""
    bare = name.strip()
    return f"{bare[0]}**" if bare else ""


def fold_name(text: str) -> str:
    """A name as it is compared: compatibility forms folded, no spaces, lower case."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()
