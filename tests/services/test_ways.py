"""The site's map and ways as they are stored."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace

import pytest

from frontdesk.services import ways

MAP = {
    "size": [400, 300],
    "here": [200, 280],
    "shapes": [
        {"kind": "building", "label": "3栋", "label_en": "Building 3", "points": [[1, 1], [9, 1], [9, 9]]},
        {"kind": "gate", "points": [[200, 300]]},
    ],
}
STEPS = {"zh_CN": ["出大堂右转"], "en": ["Leave the lobby, turn right"]}


@dataclass
class Area:
    """What of an area's row tells its way."""

    x: float = 5.0
    y: float = 5.0
    minutes: int = 4
    way: object = field(default_factory=lambda: {"points": [[200, 280], [5, 5]], "steps": STEPS})


def test_a_map_and_a_way_survive_storage() -> None:
    site_map, way = ways.read_map(MAP), ways.way_of(Area())
    assert site_map is not None and way is not None
    assert ways.read_map(json.loads(json.dumps(ways.write_map(site_map)))) == site_map
    columns = json.loads(json.dumps(ways.write_way(way)))
    assert ways.way_of(Area(**columns)) == way


def test_the_view_speaks_the_readers_language() -> None:
    site_map, way = ways.read_map(MAP), ways.way_of(Area())
    assert way is not None
    english = ways.map_view(site_map, way, "en")
    assert english.shapes[0] == ("building", "Building 3", ((1.0, 1.0), (9.0, 1.0), (9.0, 9.0)))
    assert english.way == ((200.0, 280.0), (5.0, 5.0))
    assert ways.map_view(site_map, way, "zh_TW").shapes[0][1] == "3栋"
    assert way.steps_in("en") == ("Leave the lobby, turn right",)
    assert way.steps_in("zh_TW") == ("出大堂右转",)


@pytest.mark.parametrize("nothing", [None, {}])
def test_a_site_may_have_no_map_yet(nothing: object) -> None:
    assert ways.read_map(nothing) is None
    assert ways.way_of(Area(way=nothing)) is None
    assert ways.map_view(None, None, "en").size == (0.0, 0.0)


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"size": [0, 300]}, "size"),
        ({"size": "400x300"}, "size"),
        ({"here": [200, float("nan")]}, "here"),
        ({"here": [200]}, "here"),
        ({"shapes": [{"kind": "castle", "points": []}]}, "shapes[0].kind"),
        ({"shapes": [{"kind": "road", "points": [[1, 1]]}]}, "shapes[0].points"),
        ({"shapes": [{"kind": "gate", "points": [[1, True]]}]}, "shapes[0].points[0]"),
        ({"shapes": ["road"]}, "shapes[0]"),
    ],
)
def test_a_bad_map_says_where(change: dict[str, object], where: str) -> None:
    with pytest.raises(ways.BadMap) as caught:
        ways.read_map({**MAP, **change})
    assert caught.value.field == where


@pytest.mark.parametrize(
    ("area", "where"),
    [
        (Area(way={"points": [[1, 1]]}), "points"),
        (Area(way={"points": [[1, "a"], [2, 2]]}), "points[0]"),
        (replace(Area(), minutes=-1), "minutes"),
        (Area(way={"steps": {"zh_CN": ["出大堂右转"]}}), "steps.en"),
        (Area(way={"steps": {"zh_CN": [7], "en": ["x"]}}), "steps.zh_CN"),
        (Area(way=["left"]), "way"),
    ],
)
def test_a_bad_way_says_where(area: Area, where: str) -> None:
    with pytest.raises(ways.BadMap) as caught:
        ways.way_of(area)
    assert caught.value.field == where
