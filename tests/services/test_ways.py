"""The site's map and ways as they are stored."""

from __future__ import annotations

import json

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
WAY = {
    "point": [5, 5],
    "points": [[200, 280], [5, 5]],
    "minutes": 4,
    "steps": {"zh_CN": ["出大堂右转"], "en": ["Leave the lobby, turn right"]},
}


def test_a_map_and_a_way_survive_storage() -> None:
    site_map, way = ways.read_map(MAP), ways.read_way(WAY)
    assert site_map is not None and way is not None
    assert ways.read_map(json.loads(json.dumps(ways.write_map(site_map)))) == site_map
    assert ways.read_way(json.loads(json.dumps(ways.write_way(way)))) == way


def test_the_view_speaks_the_readers_language() -> None:
    site_map, way = ways.read_map(MAP), ways.read_way(WAY)
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
    assert ways.read_way(nothing) is None
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
    ("change", "where"),
    [
        ({"points": [[1, 1]]}, "points"),
        ({"minutes": -1}, "minutes"),
        ({"minutes": 1.5}, "minutes"),
        ({"steps": {"zh_CN": ["出大堂右转"]}}, "steps.en"),
        ({"steps": {"zh_CN": [7], "en": ["x"]}}, "steps.zh_CN"),
        ({"point": None}, "point"),
    ],
)
def test_a_bad_way_says_where(change: dict[str, object], where: str) -> None:
    with pytest.raises(ways.BadMap) as caught:
        ways.read_way({**WAY, **change})
    assert caught.value.field == where
