"""The photo at the head of a card."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget

from crmdesk.gui.pages.detail_photo import SIDE, Photo, read_small


def picture(width, height):
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#336699"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


@pytest.mark.parametrize(("width", "height"), [(300, 200), (20, 60), (44, 44)])
def test_a_picture_of_any_shape_becomes_a_small_square(qtbot, width, height):
    image = read_small(picture(width, height), SIDE)
    assert (image.width(), image.height()) == (SIDE, SIDE)


def test_what_is_no_picture_or_far_too_large_is_left_out(qtbot):
    broken = picture(100, 100)[:60]
    huge = bytearray(picture(10, 10))
    huge[16:24] = (50_000).to_bytes(4, "big") * 2  # a bomb: the head claims 2.5 billion pixels
    assert all(read_small(content, SIDE).isNull() for content in (b"no picture", broken, bytes(huge)))


def test_the_photo_hides_where_there_is_none(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    photo = Photo(parent)
    photo.show_picture(picture(30, 30))
    assert not photo.isHidden()
    photo.show_picture(b"")
    assert photo.isHidden()
