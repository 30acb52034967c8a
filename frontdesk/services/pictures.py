"""Pictures of a case: taken in from anywhere, kept as nothing but the picture, shown, printed as an attachment.

What people paste or drop comes from cameras and from strangers: it is decoded with limits and written anew, so that
neither places and names in its metadata nor anything hidden behind it is kept (domain sections 3 and 7).
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from frontdesk.domain import access
from frontdesk.domain.access import Actor, Permission
from frontdesk.domain.cases import Action
from frontdesk.services import case_acts, case_views, inputs, paperwork, reference
from frontdesk.services.case_acts import Act
from frontdesk.services.errors import NotFound, ServiceError
from frontdesk.services.site import Site
from frontdesk.services.views import CaseView, EventKind, Sheet
from frontdesk.storage import models as m

MEDIA = "image/jpeg"
LONGEST_SIDE = 2000
LARGEST_BYTES = 40_000_000
LARGEST_PIXELS = 80_000_000  # a large camera's; what claims to be more is no photo of a tap
MOST = 40  # of one case
_FORMATS = ("JPEG", "PNG", "WEBP", "BMP")
_QUALITY = 85


class NoPicture(ServiceError):
    """The data is no picture that can be read: JPEG, PNG, WebP and BMP can."""

    code = "no_picture"


class PictureTooLarge(ServiceError):
    """The file, or the picture that it claims to hold, is larger than any camera makes."""

    code = "picture_too_large"


class TooManyPictures(ServiceError):
    """The case has as many pictures as it may have; `most` says how many."""

    code = "too_many_pictures"
    most = MOST


@dataclass(frozen=True, slots=True)
class Clean:
    """A picture written anew: upright, without metadata, no side longer than `LONGEST_SIDE`; sizes in pixels."""

    data: bytes
    width: int
    height: int


def clean(data: bytes) -> Clean:
    """What somebody gave, as nothing but a picture; rotated as its camera said, transparent parts white.

    Raises:
        NoPicture, PictureTooLarge
    """
    if len(data) > LARGEST_BYTES:
        raise PictureTooLarge
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the decoder's remarks about odd files; limits are checked here
            return _written_anew(data)
    except PictureTooLarge:
        raise
    except Exception as error:  # decoders of hostile bytes fail in every way that there is
        raise NoPicture from error


def _written_anew(data: bytes) -> Clean:
    from PIL import Image, ImageOps  # loaded when the first picture comes

    with Image.open(io.BytesIO(data), formats=_FORMATS) as given:
        if given.width * given.height > LARGEST_PIXELS:
            raise PictureTooLarge
        given.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        given.load()
        upright = ImageOps.exif_transpose(given)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    seen = upright.convert("RGBA")
    fresh = Image.new("RGB", seen.size, "white")  # a new one knows nothing of what stood beside the old one's pixels
    fresh.paste(seen, mask=seen.getchannel("A"))
    out = io.BytesIO()
    fresh.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return Clean(out.getvalue(), fresh.width, fresh.height)


def add(site: Site, actor: Actor, case_id: int, version: int, data: bytes, caption: str = "") -> CaseView:
    """Puts a picture to a case; raises as `add_all` does."""
    return add_all(site, actor, case_id, version, (data,), caption)


def add_all(
    site: Site, actor: Actor, case_id: int, version: int, given: Sequence[bytes], caption: str = ""
) -> CaseView:
    """Puts pictures to a case, all of them or none; they share their caption.

    Raises:
        Forbidden: the actor may not work on cases.
        NoPicture, PictureTooLarge, TooManyPictures
        BadInput: the caption is too long.
        NotAllowed: the case is void.
        EditConflict: somebody else changed the case meanwhile.
        NotFound: there is no such case.
    """
    access.require(actor, Permission.WORK_CASES)
    words = inputs.line("caption", caption)
    made = [(picture, site.blobs.put(picture.data, MEDIA)) for picture in map(clean, given)]
    with site.store.write() as unit:
        act, _ = case_acts.begin(unit, site, actor, case_id, version, Action.ADD_PICTURE)
        there = (m.Picture.case == case_id) & m.Picture.removed_at.is_null()
        if unit.count(m.Picture.select().where(there)) + len(made) > MOST:
            raise TooManyPictures
        for picture, stored in made:
            _keep(act, picture, site.blobs.keep(unit, stored), words)
        return case_acts.end(act)


def _keep(act: Act, picture: Clean, blob_id: int, caption: str) -> None:
    size = {"width": picture.width, "height": picture.height}
    picture_id = act.unit.add(
        m.Picture, case=act.case_id, blob=blob_id, caption=caption, at=act.at, by=act.actor.id, **size
    )
    act.note(EventKind.PICTURE, caption, data={"picture": picture_id})
    act.audit("picture.added", {"picture": picture_id})


def remove(site: Site, actor: Actor, case_id: int, version: int, picture_id: int) -> CaseView:
    """Takes a picture away from its case; `restore` brings it back.

    Raises:
        Forbidden, NotAllowed, EditConflict
        NotFound: the case has no such picture.
    """
    return _put(site, actor, case_id, version, picture_id, removed=True)


def restore(site: Site, actor: Actor, case_id: int, version: int, picture_id: int) -> CaseView:
    """Brings a picture back that was taken away; raises as `remove` does."""
    return _put(site, actor, case_id, version, picture_id, removed=False)


def _put(site: Site, actor: Actor, case_id: int, version: int, picture_id: int, *, removed: bool) -> CaseView:
    access.require(actor, Permission.WORK_CASES)
    with site.store.write() as unit:
        act, _ = case_acts.begin(unit, site, actor, case_id, version, Action.ADD_PICTURE)
        row = _of_case(act, picture_id)
        if (row.removed_at is not None) is removed:
            raise NotFound(table="picture", key=picture_id)
        unit.change(m.Picture, picture_id, removed_at=act.at if removed else None)
        what = "removed" if removed else "restored"
        act.note(EventKind.PICTURE, row.caption, data={"picture": picture_id, "what": what})
        act.audit(f"picture.{what}", {"picture": picture_id})
        return case_acts.end(act)


def _of_case(act: Act, picture_id: int) -> Any:
    row = act.unit.get(m.Picture, picture_id)
    if row.case != act.case_id:
        raise NotFound(table="picture", key=picture_id)
    return row


def picture(site: Site, actor: Actor, picture_id: int) -> bytes:
    """A picture as JPEG.

    Raises:
        Forbidden: the actor may not see cases.
        NotFound: there is no such picture, or it was taken away.
        StorageError: the file is damaged or gone.
    """
    access.require(actor, Permission.SEE_CASES)
    with site.store.read() as unit:
        row = unit.get(m.Picture, picture_id)
        if row.removed_at is not None:
            raise NotFound(table="picture", key=picture_id)
        name = unit.get(m.Blob, row.blob).name
    return site.blobs.get(name)


def sheet(site: Site, actor: Actor, case_id: int, language: str = "zh_CN") -> Sheet:
    """照片附页: the pictures of a case on paper, two a page, to go with the liaison form (procedure 4.1.3).

    Raises:
        Forbidden: the actor may not print.
        NotFound: there is no such case, or it has no picture.
        CannotRender: the form cannot be made.
    """
    access.require(actor, Permission.PRINT)
    with site.store.write() as unit:
        case = unit.get(m.Case, case_id)
        place = None if case.unit is None else unit.get(m.Unit, case.unit)
        papers = case_views.papers_of(unit, [case_id])[case_id]
        there = (m.Picture.case == case_id) & m.Picture.removed_at.is_null()
        rows = unit.all(m.Picture.select().where(there).order_by(m.Picture.id))
        if not rows:
            raise NotFound(table="picture", key=case_id)
        blobs = reference.rows_by_id(unit, m.Blob, [row.blob for row in rows])
        name = reference.setting(unit, reference.NAME, "")
        values: dict[str, object] = {
            "site_name": name,
            "company": reference.setting(unit, reference.COMPANY, "") or name,
            "number": papers[-1].number if papers else case.record_no,
            "record_no": case.record_no,
            "location": case_views.where(place, case.place),
            "matter": case.content,
        }
        unit.audit(actor, "pictures.rendered", case_acts.subject(case_id), {"pictures": len(rows)})
    values["pictures"] = [
        {"picture": site.blobs.get(blobs[row.blob].name), "caption": row.caption, "taken": site.local(row.at)}
        for row in rows
    ]
    return paperwork.render_sheet(site, "picture_sheet", values, language)
