"""The three sounds of the lobby: heard, not needed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtMultimedia import QMediaDevices, QSoundEffect

from kiosk.events import Sound

_VOLUME = 0.6


class Loudspeaker(QObject):
    """Plays short recordings, if the machine has anything to play them on."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._effects: dict[Sound, QSoundEffect] = {}
        if QMediaDevices.defaultAudioOutput().isNull():
            return
        for sound in Sound:
            effect = QSoundEffect(self)
            effect.setSource(QUrl.fromLocalFile(str(folder / f"{sound.name.lower()}.wav")))
            effect.setVolume(_VOLUME)
            self._effects[sound] = effect

    def play(self, sound: Sound) -> None:
        """Plays it once."""
        effect = self._effects.get(sound)
        if effect is not None:
            effect.play()
