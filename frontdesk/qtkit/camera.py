"""The camera of a Qt program: pictures to show, and the codes in them, from a device or from a recording.

Decoding runs on a thread of its own and always on the newest frame; the picture and what was seen in it arrive together
on the UI thread, so that an outline is never drawn on another frame than its own.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage

from frontdesk.scanning.codes import CodeReader, Sighting
from frontdesk.scanning.frames import Feed, FeedError

RETRY_S = 1.0  # a recording or device that is not there is looked for again after this
_STALE_MS = 4000  # a device that sends nothing for so long counts as gone

Sink = Callable[[QImage, list[Sighting]], None]


class Camera(QObject):
    """What both kinds have in common: `shown` brings a picture and the codes in it, `up` tells of coming and going."""

    shown = Signal(QImage, list)
    up = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_up = False

    @property
    def is_up(self) -> bool:
        """There are pictures."""
        return self._is_up

    def start(self) -> None:
        """Begins, and goes on trying for as long as there is nothing to begin with."""
        raise NotImplementedError

    def close(self) -> None:
        """Ends it and waits for its thread."""
        raise NotImplementedError

    def _tell(self, up: bool) -> None:
        if up is not self._is_up:
            self._is_up = up
            self.up.emit(up)


class FeedCamera(Camera):
    """A recording in place of a camera: plays at its own pace, and from its beginning again at the end.

    The file is opened anew for every round, so that a demonstration may put another one in its place.
    """

    _came = Signal(bool)

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._play, name="feed", daemon=True)
        self._came.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Begins to play."""
        self._thread.start()

    def close(self) -> None:
        """Ends it and waits for its thread."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    def _play(self) -> None:
        """On its own thread: one round after the other."""
        reader = CodeReader()
        while not self._stop.is_set():
            try:
                feed = Feed(self._path)
            except FeedError:
                self._came.emit(False)
                self._stop.wait(RETRY_S)
                continue
            try:
                played = self._round(feed, reader)
            except FeedError:
                played = False
            finally:
                feed.close()
            if not played:
                self._came.emit(False)
                self._stop.wait(RETRY_S)

    def _round(self, feed: Feed, reader: CodeReader) -> bool:
        """Once through the recording; whether there was anything in it."""
        due_s, played = time.monotonic(), False
        while not self._stop.is_set() and (frame := feed.next()) is not None:
            picture = QImage(frame.bgr.data, frame.width, frame.height, frame.width * 3, QImage.Format.Format_BGR888)
            seen = reader.read(frame.gray)
            if not played:
                self._came.emit(True)
            played = True
            self.shown.emit(picture.copy(), seen)
            due_s = max(due_s + feed.interval_s, time.monotonic() - feed.interval_s)
            self._stop.wait(max(0.0, due_s - time.monotonic()))
        return played


class DeviceCamera(Camera):
    """A camera of this machine, found and lost again as it is plugged in and out; its frames arrive in `sink`."""

    _decoded = Signal(QImage, list)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        from PySide6.QtMultimedia import QVideoSink

        self.sink = QVideoSink(self)
        self.sink.videoFrameChanged.connect(self._keep)
        self._session: Any = None
        self._camera: Any = None
        self._devices: Any = None
        self._newest: Any = None
        self._filled = threading.Condition()
        self._ended = False
        self._thread = threading.Thread(target=self._decode, name="camera", daemon=True)
        self._decoded.connect(self._arrived, Qt.ConnectionType.QueuedConnection)
        self._silence = QTimer(self, interval=_STALE_MS, singleShot=True)
        self._silence.timeout.connect(self._fell_silent)

    def start(self) -> None:
        """Opens the system's default camera, now or when there is one."""
        from PySide6.QtMultimedia import QMediaDevices

        self.listen()
        self._devices = QMediaDevices(self)
        self._devices.videoInputsChanged.connect(self._plugged)
        self._plugged()

    def listen(self) -> None:
        """Takes frames from the sink, whoever puts them there."""
        self._thread.start()

    def close(self) -> None:
        """Ends it and waits for its thread."""
        with self._filled:
            self._ended = True
            self._filled.notify()
        if self._thread.is_alive():
            self._thread.join()
        self._silence.stop()
        self._let_go()

    @Slot()
    def _plugged(self) -> None:
        """Takes the default camera, if that is another one than before."""
        from PySide6.QtMultimedia import QCamera, QMediaCaptureSession, QMediaDevices

        device = QMediaDevices.defaultVideoInput()
        if device.isNull():
            self._let_go()
            return
        if self._camera is not None and self._camera.cameraDevice().id() == device.id():
            return
        self._let_go()
        self._session, self._camera = QMediaCaptureSession(self), QCamera(device, self)
        self._camera.errorOccurred.connect(self._broke)
        self._session.setCamera(self._camera)
        self._session.setVideoSink(self.sink)
        self._camera.start()
        self._silence.start()

    def _let_go(self) -> None:
        if self._camera is not None:
            self._camera.stop()
            for each in (self._session, self._camera):
                each.deleteLater()
            self._session = self._camera = None
        self._tell(False)

    @Slot()
    def _fell_silent(self) -> None:
        """No frames: tries the device from the beginning."""
        self._let_go()
        QTimer.singleShot(int(RETRY_S * 1000), self, self._plugged)

    def _broke(self) -> None:
        """The device reports a fault; another program may hold it, so it is tried again later."""
        QTimer.singleShot(0, self, self._fell_silent)

    def _keep(self, frame: Any) -> None:
        """The newest frame waits for the decoder; older ones are dropped."""
        from PySide6.QtMultimedia import QVideoFrame

        self._silence.start()
        with self._filled:
            self._newest = QVideoFrame(frame)
            self._filled.notify()

    def _decode(self) -> None:
        """On its own thread."""
        reader = CodeReader()
        while True:
            with self._filled:
                self._filled.wait_for(lambda: self._newest is not None or self._ended)
                if self._ended:
                    return
                frame, self._newest = self._newest, None
            picture = frame.toImage()
            if not picture.isNull():
                self._decoded.emit(picture, reader.read(grey(picture)))

    @Slot(QImage, list)
    def _arrived(self, picture: QImage, seen: list[Sighting]) -> None:
        self._tell(True)
        self.shown.emit(picture, seen)


def grey(picture: QImage) -> Any:
    """The picture as an array of 8-bit grey."""
    import numpy

    plain = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = numpy.frombuffer(plain.constBits(), dtype=numpy.uint8).reshape(plain.height(), plain.bytesPerLine())
    return rows[:, : plain.width()].copy()
