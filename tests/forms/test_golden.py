"""The shipped forms do not change by accident: every run of text with its place, kept in files that a person reviews.

After a change that is meant, set FRONTDESK_WRITE_GOLDEN=1, run this file, look at the forms, and commit the difference.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from pypdf import PdfReader

from frontdesk.forms.fields import REGISTRY, samples
from frontdesk.forms.render import render

GOLDEN = Path(__file__).parent / "golden"


def placed_texts(pdf: bytes) -> str:
    """One line for each piece of text: page, x, y in points, size, text."""
    lines: list[str] = []
    for number, page in enumerate(PdfReader(io.BytesIO(pdf)).pages, 1):

        def note(text: str, _cm: object, place: list[float], _font: object, size: float, page: int = number) -> None:
            if text.strip():
                lines.append(f"{page} {place[4]:.1f} {place[5]:.1f} {size:.1f} {text.strip()}")

        page.extract_text(visitor_text=note)
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("kind", sorted(REGISTRY))
def test_the_form_is_as_reviewed(kind: str) -> None:
    drawn = placed_texts(render(kind, samples(kind), copies=()).pdf)
    file = GOLDEN / f"{kind}.txt"
    if os.environ.get("FRONTDESK_WRITE_GOLDEN"):
        file.write_text(drawn, encoding="utf-8", newline="\n")
    assert drawn == file.read_text(encoding="utf-8")
