"""The site's map and the way from the lobby to each area: read from stored JSON, checked, and made ready to show.

Coordinates are map units, one of them a metre by convention, x to the right and y down. The map is drawn by the site,
so that whatever is read from storage is checked before a screen or a kiosk relies on it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from frontdesk.services.views import MapView

Point = tuple[float, float]

# How many points each kind of shape needs at least before it can be painted.
SHAPE_KINDS: dict[str, int] = {"building": 3, "road": 2, "water": 3, "green": 3, "gate": 1}
MAP_SETTING = "site.map"
NEEDED_LANGUAGES = ("zh_CN", "en")
_LANGUAGES = (*NEEDED_LANGUAGES, "zh_TW")


class AreaRow(Protocol):
    """What of an area's row tells its way."""

    x: float
    y: float
    minutes: int
    way: object


class BadMap(ValueError):
    """The stored map or way is not what it must be; `field` says where."""

    code = "bad_map"

    def __init__(self, field: str) -> None:
        super().__init__(f"the map is wrong at {field}")
        self.field = field


@dataclass(frozen=True, slots=True)
class Shape:
    """One thing on the map; the label stands in both languages of the site's data and may be empty."""

    kind: str
    points: tuple[Point, ...]
    label: str = ""
    label_en: str = ""

    def label_in(self, language: str) -> str:
        """The label for a reader of the language."""
        return self.label_en if language == "en" and self.label_en else self.label


@dataclass(frozen=True, slots=True)
class SiteMap:
    """The site seen from above; `here` is the lobby."""

    size: Point
    here: Point
    shapes: tuple[Shape, ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """Where an area lies and how one walks there: the path from the lobby, steps by language, whole minutes."""

    point: Point
    points: tuple[Point, ...] = ()
    minutes: int = 0
    steps: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def steps_in(self, language: str) -> tuple[str, ...]:
        """The steps in words; a language without its own steps reads the Chinese ones."""
        return self.steps.get(language) or self.steps.get("zh_CN", ())


def read_map(data: object) -> SiteMap | None:
    """The site's map from stored JSON; None where none has been drawn.

    Raises:
        BadMap: something in it is missing or out of form.
    """
    if not data:
        return None
    given = _mapping(data, "map")
    size = _point(given.get("size"), "size")
    if min(size) <= 0:
        raise BadMap("size")
    shapes = tuple(
        _shape(item, f"shapes[{place}]") for place, item in enumerate(_list(given.get("shapes", []), "shapes"))
    )
    return SiteMap(size, _point(given.get("here"), "here"), shapes)


def way_of(area: AreaRow) -> Way | None:
    """An area's way from its row; None where none has been drawn.

    Raises:
        BadMap: something in it is missing or out of form.
    """
    if not area.way:
        return None
    given = _mapping(area.way, "way")
    points = _points(given.get("points", []), "points")
    if len(points) == 1:
        raise BadMap("points")
    if area.minutes < 0:
        raise BadMap("minutes")
    return Way((area.x, area.y), points, area.minutes, _steps(given.get("steps", {})))


def write_map(site_map: SiteMap) -> dict[str, object]:
    """The map as it is stored."""
    shapes = [
        {"kind": shape.kind, "label": shape.label, "label_en": shape.label_en, "points": _pairs(shape.points)}
        for shape in site_map.shapes
    ]
    return {"size": list(site_map.size), "here": list(site_map.here), "shapes": shapes}


def write_way(way: Way) -> dict[str, object]:
    """The way as the columns of its area's row."""
    steps = {language: list(steps) for language, steps in way.steps.items()}
    drawn = {"points": _pairs(way.points), "steps": steps}
    return {"x": way.point[0], "y": way.point[1], "minutes": way.minutes, "way": drawn}


def map_view(site_map: SiteMap | None, way: Way | None, language: str) -> MapView:
    """The map to paint, with the way on it; a site without a map gives one of no size."""
    if site_map is None:
        return MapView((0.0, 0.0), (), (0.0, 0.0), ())
    shapes = tuple((shape.kind, shape.label_in(language), shape.points) for shape in site_map.shapes)
    return MapView(site_map.size, shapes, site_map.here, way.points if way else ())


def _shape(data: object, where: str) -> Shape:
    """One shape; raises BadMap."""
    given = _mapping(data, where)
    kind = _text(given.get("kind"), f"{where}.kind")
    if kind not in SHAPE_KINDS:
        raise BadMap(f"{where}.kind")
    points = _points(given.get("points"), f"{where}.points")
    if len(points) < SHAPE_KINDS[kind]:
        raise BadMap(f"{where}.points")
    label = _text(given.get("label", ""), f"{where}.label")
    return Shape(kind, points, label, _text(given.get("label_en", ""), f"{where}.label_en"))


def _steps(data: object) -> dict[str, tuple[str, ...]]:
    """Steps by language, all needed languages there or none at all; raises BadMap."""
    given = _mapping(data, "steps")
    steps = {
        language: tuple(_text(step, f"steps.{language}") for step in _list(given[language], f"steps.{language}"))
        for language in _LANGUAGES
        if language in given
    }
    missing = [language for language in NEEDED_LANGUAGES if steps and not steps.get(language)]
    if missing:
        raise BadMap(f"steps.{missing[0]}")
    return steps


def _pairs(points: tuple[Point, ...]) -> list[list[float]]:
    return [list(point) for point in points]


def _points(data: object, where: str) -> tuple[Point, ...]:
    return tuple(_point(item, f"{where}[{place}]") for place, item in enumerate(_list(data, where)))


def _point(data: object, where: str) -> Point:
    pair = _list(data, where)
    if len(pair) != 2:
        raise BadMap(where)
    return _number(pair[0], where), _number(pair[1], where)


def _number(data: object, where: str) -> float:
    if isinstance(data, bool) or not isinstance(data, int | float) or not math.isfinite(data):
        raise BadMap(where)
    return float(data)


def _mapping(data: object, where: str) -> Mapping[str, object]:
    if not isinstance(data, Mapping):
        raise BadMap(where)
    return data


def _list(data: object, where: str) -> list[object] | tuple[object, ...]:
    if not isinstance(data, list | tuple):
        raise BadMap(where)
    return data


def _text(data: object, where: str) -> str:
    if not isinstance(data, str):
        raise BadMap(where)
    return data
