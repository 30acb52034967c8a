"""Pictures of a case through its page: pasted, seen, taken away and brought back, on paper."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication

from frontdesk.services import cases

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support")


def case_now(hand):
    return cases.case(hand.other, hand.colleague(), hand.cases()[-1].id)


def pasted(hand, caption="厨房水槽"):
    image = QImage(120, 80, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    QGuiApplication.clipboard().setImage(image)
    hand.key("Ctrl+V")
    hand.see("Caption", "1 picture")
    hand.type(caption)
    hand.key("Ctrl+Return")
    hand.gone("Choose a file…")


def drop(hand, path):
    """Lets a file fall onto the case."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    detail = hand.page("cases")._detail
    how = Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(detail, QDragEnterEvent(QPoint(40, 40), *how))
    QApplication.sendEvent(detail, QDropEvent(QPointF(40, 40), *how))


def test_a_picture_is_pasted_seen_taken_away_and_brought_back(hand):
    hand.record()
    pasted(hand)
    hand.see("Picture: 厨房水槽", "Picture added")
    assert [each.caption for each in case_now(hand).pictures] == ["厨房水槽"]
    hand.click("Picture: 厨房水槽")
    hand.see("Take the picture away")
    hand.click("Take the picture away")
    hand.see("The picture was taken away.")
    assert case_now(hand).pictures == ()
    hand.click("Undo")
    hand.see("Picture: 厨房水槽")
    hand.rest()
    assert len(case_now(hand).pictures) == 1


def test_files_are_dropped_and_what_is_no_picture_is_told(hand, tmp_path):
    hand.record()
    good, bad = tmp_path / "漏水.png", tmp_path / "notes.png"
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "blue").save(out, "PNG")
    good.write_bytes(out.getvalue())
    bad.write_bytes(b"no picture at all")
    drop(hand, bad)
    hand.see("No preview")
    hand.key("Ctrl+Return")
    hand.see("This is no picture that can be read.")
    hand.key("Escape")
    hand.gone("Choose a file…")
    drop(hand, good)
    hand.see("1 picture")
    hand.key("Ctrl+Return")
    hand.gone("Choose a file…")
    hand.until(lambda: len(case_now(hand).pictures) == 1)


def test_the_clipboard_may_hold_no_picture(hand):
    hand.record()
    QGuiApplication.clipboard().setText("just words")
    hand.key("Ctrl+V")
    hand.see("There is no picture on the clipboard.")
    assert case_now(hand).pictures == ()


def test_the_attachment_to_the_liaison_form_is_shown_for_printing(hand):
    hand.record()
    pasted(hand)
    hand.see("Picture: 厨房水槽")
    hand.rest()
    hand.key("Shift+I")
    hand.see("Page 1 of 1")
