"""户内 or 公共部位, by the words that people use; a suggestion for the screen, which a person sees and may change."""

from __future__ import annotations

from frontdesk.domain.routing import Place

_COMMON_WORDS = (
    "公共", "楼道", "走廊", "楼梯", "大堂", "电梯", "车库", "天台", "屋顶", "外墙", "单元门", "门禁", "道闸",
    "小区", "花园", "围墙", "泵房", "管井", "地下室", "corridor", "lobby", "stair", "lift", "garage", "roof",
)  # fmt: skip
_HOME_WORDS = (
    "厨房", "卫生间", "厕所", "浴室", "马桶", "卧室", "主卧", "次卧", "客厅", "餐厅", "书房", "阳台", "家里", "室内",
    "龙头", "插座", "kitchen", "bathroom", "bedroom", "living room", "balcony", "toilet",
)  # fmt: skip

# What stands in common parts by its nature, by the codes of the components that a site starts with.
COMMON_COMPONENTS = frozenset(
    {"foundation", "roof", "facade", "common_light", "gate", "pump", "cleaning", "greening", "lift"}
)


def place_of(text: str) -> Place | None:
    """Where a matter is, by the first word in the text that says so; None where no word does."""
    folded = text.casefold()
    found = [
        (at, place)
        for place, words in ((Place.COMMON, _COMMON_WORDS), (Place.HOME, _HOME_WORDS))
        for word in words
        if (at := folded.find(word)) >= 0
    ]
    return min(found)[1] if found else None


def usual_place(place_typed: str, content: str, component: str) -> Place:
    """Where a matter most likely is: as its words say, else as its component stands, else inside the caller's home."""
    said = place_of(place_typed) or place_of(content)
    return said or (Place.COMMON if component in COMMON_COMPONENTS else Place.HOME)
