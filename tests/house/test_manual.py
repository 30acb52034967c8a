"""The manual says what the screens say: bold words are in the catalogue, links lead somewhere, both languages agree."""

import re
from pathlib import Path

import pytest
from babel.messages import pofile

from tests.house import sources

MANUAL = sources.ROOT / "docs" / "manual"
PAGES = sorted(file.name for file in (MANUAL / "zh").glob("*.md"))
BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def texts(value: object) -> tuple[str, ...]:
    """A message's text, or its singular and plural."""
    return tuple(value) if isinstance(value, list | tuple) else (str(value),)


def plain(text: str) -> str:
    """A text without line breaks, with … for what is filled in, and without its last full stop."""
    return re.sub(r"\{\w+\}|\s", lambda found: "…" if found[0].strip() else "", text).rstrip("。.")


def screen_words(language: str) -> set[str]:
    found: set[str] = set()
    for file in (sources.ROOT / "resources" / "translations" / "zh_CN").glob("*.po"):
        with file.open("rb") as source:
            for message in pofile.read_po(source):
                found |= {plain(text) for text in texts(message.id if language == "en" else message.string)}
    return found - {""}


def anchors(file: Path) -> set[str]:
    """The anchors of a page's headings, as the usual viewers make them."""
    heads = HEADING.findall(file.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_bold_words_are_on_the_screen(language: str) -> None:
    known = screen_words(language)
    foreign = [
        f"{page}: {words}"
        for page in PAGES
        for words in BOLD.findall((MANUAL / language / page).read_text(encoding="utf-8"))
        if plain(words) not in known
        and not (words.endswith("…") and any(each.startswith(plain(words)[:-1]) for each in known))
    ]
    assert not foreign, "\n".join(foreign)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_links_lead_somewhere(language: str) -> None:
    broken = []
    for page in PAGES:
        for target in LINK.findall((MANUAL / language / page).read_text(encoding="utf-8")):
            name, _, anchor = target.partition("#")
            file = MANUAL / language / (name or page)
            if not file.is_file() or (anchor and anchor not in anchors(file)):
                broken.append(f"{page}: {target}")
    assert not broken, "\n".join(broken)


@pytest.mark.parametrize("page", PAGES)
def test_both_languages_have_the_same_build(page: str) -> None:
    def build(language: str) -> list[str]:
        """Heading levels, table rows, steps and commands, in their order."""
        lines = (MANUAL / language / page).read_text(encoding="utf-8").splitlines()
        return [found[0] for line in lines if (found := re.match(r"#+ |\|| {4,}(?=python|git|icacls)|\d\. ", line))]

    assert build("zh") == build("en")
