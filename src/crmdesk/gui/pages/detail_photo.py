"""The photo at the head of a card, small and round; nothing is there where a customer has none."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from crmdesk.i18n import _

SIDE: Final = 44
MOST_PIXELS: Final = 40_000_000  # a picture of a few kilobytes can claim to be larger than the memory


class Photo(QLabel):
    """A round picture."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("detail_photo")
        self.setFixedSize(SIDE, SIDE)
        self._content = b""
        self.hide()

    def show_picture(self, content: bytes) -> None:
        """Show a picture; one that cannot be read is left out."""
        if content != self._content:
            self._content = content
            image = read_small(content, round(SIDE * self.devicePixelRatioF())) if content else QImage()
            self.setPixmap(_rounded(image, self.devicePixelRatioF()))
            self.setAccessibleName(_("Photo"))
        self.setVisible(not self.pixmap().isNull())


def read_small(content: bytes, side: int) -> QImage:
    """The middle square of a picture at this size, a null image where it is none or too large."""
    data = QByteArray(content)
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isEmpty() or size.width() * size.height() > MOST_PIXELS:
        return QImage()
    reader.setScaledSize(size.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatioByExpanding))
    image = reader.read()
    middle = QPoint((image.width() - side) // 2, (image.height() - side) // 2)
    return image.copy(QRect(middle, QSize(side, side))) if not image.isNull() else image


def _rounded(image: QImage, ratio: float) -> QPixmap:
    if image.isNull():
        return QPixmap()
    found = QPixmap(image.size())
    found.fill(Qt.GlobalColor.transparent)
    painter = QPainter(found)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    path = QPainterPath()
    path.addEllipse(found.rect())
    painter.setClipPath(path)
    painter.drawImage(0, 0, image)
    painter.end()
    found.setDevicePixelRatio(ratio)
    return found
