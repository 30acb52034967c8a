"""The faces, prepared once for the whole run; readers of what was printed."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest
from pypdf import PdfReader

from frontdesk import paths
from frontdesk.forms.fontbuild import build_fonts


@pytest.fixture(scope="session", autouse=True)
def _faces() -> None:
    build_fonts(paths.built() / "fonts")


@pytest.fixture
def text_of() -> Callable[[bytes], str]:
    """All text of a PDF without white space, which tells nothing about what was printed."""

    def read(pdf: bytes) -> str:
        return "".join(re.sub(r"\s", "", page.extract_text()) for page in PdfReader(io.BytesIO(pdf)).pages)

    return read
