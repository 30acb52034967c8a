"""Pictures of a case: hostile bytes are refused, metadata is gone, taking away can be undone, the attachment prints."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from frontdesk import paths
from frontdesk.domain.access import Forbidden, Role
from frontdesk.forms.fontbuild import build_fonts
from frontdesk.services import cases, pictures
from frontdesk.services.errors import EditConflict, NotFound
from tests.services import lobby_kit
from tests.services.house_kit import House


def made(size: tuple[int, int] = (64, 48), kind: str = "JPEG", **more: object) -> bytes:
    """A picture whose left half is red and whose right half is blue."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def with_exif(orientation: int) -> bytes:
    """A photo as a telephone makes it: turned, with the place and its maker."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = orientation, "SecretPhone"
    exif.get_ifd(0x8825)[1] = "N"
    return made(exif=exif, comment=b"SecretComment")


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "BMP"])
def test_every_usual_kind_is_taken_and_kept_as_jpeg(kind: str) -> None:
    clean = pictures.clean(made(kind=kind))
    image = opened(clean.data)
    assert (image.format, image.size) == ("JPEG", (64, 48))
    assert (clean.width, clean.height) == (64, 48)


def test_a_turned_photo_stands_upright_and_says_nothing_of_its_place_or_maker() -> None:
    clean = pictures.clean(with_exif(6))
    image = opened(clean.data)
    assert image.size == (48, 64)
    assert image.convert("RGB").getpixel((24, 4))[0] > 200  # type: ignore[index]  # what was left is above now
    assert not image.getexif()
    assert b"Secret" not in clean.data
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_what_hides_behind_the_picture_is_not_kept() -> None:
    assert b"hidden archive" not in pictures.clean(made() + b"hidden archive").data


def test_the_longest_side_is_limited() -> None:
    clean = pictures.clean(made((5000, 1000)))
    assert (clean.width, clean.height) == (2000, 400)


def test_transparent_parts_become_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(out, "PNG")
    assert opened(pictures.clean(out.getvalue()).data).getpixel((10, 10)) == (255, 255, 255)


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"%PDF-1.7 x", b"\x89PNG\r\n\x1a\n", made()[:200], b"GIF89a" + b"\0" * 50]
)
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(pictures.NoPicture):
        pictures.clean(data)


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims to be huge."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [9_500, 12_000])
def test_a_picture_that_claims_to_be_huge_is_refused_without_being_unpacked(side: int) -> None:
    with pytest.raises(pictures.PictureTooLarge):
        pictures.clean(bomb(side, side))


def test_a_picture_that_claims_to_be_absurd_is_refused() -> None:
    with pytest.raises((pictures.PictureTooLarge, pictures.NoPicture)):
        pictures.clean(bomb(60_000, 60_000))


@given(st.binary(max_size=40), st.integers(0, 600), st.sampled_from(["JPEG", "PNG", "WEBP", "BMP"]))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_damaged_bytes_are_refused_or_give_a_picture(noise: bytes, at: int, kind: str) -> None:
    data = made(kind=kind)
    hurt = data[:at] + noise + data[at + len(noise) :]
    try:
        clean = pictures.clean(hurt)
    except (pictures.NoPicture, pictures.PictureTooLarge):
        return
    assert opened(clean.data).format == "JPEG"


def test_a_picture_is_added_with_its_caption_and_comes_back(house: House) -> None:
    case = house.log()
    case = pictures.add(house.site, house.desk, case.id, case.version, made(), "厨房  水槽")
    shown = case.pictures[0]
    assert (shown.caption, shown.width, shown.height, shown.by) == ("厨房 水槽", 64, 48, house.desk.name)
    assert opened(pictures.picture(house.site, house.desk, shown.id)).format == "JPEG"
    assert case.events[-1].kind == "picture"


def test_taking_a_picture_away_can_be_undone(house: House) -> None:
    case = house.log()
    case = pictures.add(house.site, house.desk, case.id, case.version, made())
    shown = case.pictures[0]
    gone = pictures.remove(house.site, house.desk, case.id, case.version, shown.id)
    assert gone.pictures == ()
    with pytest.raises(NotFound):
        pictures.picture(house.site, house.desk, shown.id)
    with pytest.raises(NotFound):
        pictures.remove(house.site, house.desk, case.id, gone.version, shown.id)
    back = pictures.restore(house.site, house.desk, case.id, gone.version, shown.id)
    assert [each.id for each in back.pictures] == [shown.id]


def test_a_picture_of_another_case_is_not_taken_away(house: House) -> None:
    one, other = house.log(), house.log()
    one = pictures.add(house.site, house.desk, one.id, one.version, made())
    with pytest.raises(NotFound):
        pictures.remove(house.site, house.desk, other.id, other.version, one.pictures[0].id)


def test_another_desk_is_never_overwritten(house: House) -> None:
    case = house.log()
    pictures.add(house.site, house.desk, case.id, case.version, made())
    with pytest.raises(EditConflict):
        pictures.add(house.site, house.desk, case.id, case.version, made())
    assert len(cases.case(house.site, house.desk, case.id).pictures) == 1


def test_a_case_takes_only_so_many(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST", 1)
    case = house.log()
    case = pictures.add(house.site, house.desk, case.id, case.version, made())
    with pytest.raises(pictures.TooManyPictures):
        pictures.add(house.site, house.desk, case.id, case.version, made((10, 10)))


def test_who_may_not_work_on_cases_adds_none(house: House) -> None:
    case = house.log()
    guard = lobby_kit.add_account(house.site, Role.GUARD)
    with pytest.raises(Forbidden):
        pictures.add(house.site, guard, case.id, case.version, made())


def test_4_1_3_the_attachment_to_the_liaison_form_has_two_pictures_a_page(house: House) -> None:
    build_fonts(paths.built() / "fonts")
    case = house.log()
    with pytest.raises(NotFound):
        pictures.sheet(house.site, house.desk, case.id)
    for at in range(3):
        case = pictures.add(house.site, house.desk, case.id, case.version, made((60 + at, 40)), f"第{at}张")
    sheet = pictures.sheet(house.site, house.desk, case.id)
    pages = PdfReader(io.BytesIO(sheet.pdf)).pages
    assert (sheet.pages, [len(page.images) for page in pages]) == (2, [2, 1])
    assert "第0张" in pages[0].extract_text()
    assert case.papers[0].number in pages[0].extract_text()
