"""The practice community as plain tables: names, houses, the map, the ways. All of it is invented.

Telephone numbers come from two blocks that only look real (1380000…, 1390000…); coordinates are metres on a map of
400 by 300, x to the right, y down, with the lobby at the south gate.
"""

from __future__ import annotations

from dataclasses import dataclass

SEED = 20_260_601
SITE_NAME_EN = "Cloudfir Court (practice)"

STAIRS = ("1", "2")
FLOORS = range(3, 13)  # the two lowest floors are shops and the open ground floor
ROOMS = ("01", "02")

SURNAMES = tuple("沈顾陆苏林叶江宋程许温纪童柏乔尹卓时闻骆苗方邵匡罗康简明祝施")
GIVEN = (
    "知夏", "若溪", "启明", "一鸣", "青禾", "禹辰", "予安", "思源", "景行", "听雨",
    "以宁", "南星", "子衿", "云舒", "明远", "清和", "望舒", "书言", "嘉树", "采薇",
    "静姝", "承泽", "星野", "修竹", "映雪", "长风", "语桐", "安澜", "疏影", "晚晴",
)  # fmt: skip
STAFF = (("林若溪", "lin.ruoxi", "receptionist"), ("程一鸣", "cheng.yiming", "receptionist"))

# number, name, department, job, the last digits of a number in the second block
CREW = (
    ("01", "贺明远", "equipment", "水电工", 5011),
    ("02", "范长风", "equipment", "维修主管", 5012),
    ("03", "汤景行", "engineering", "工程主管", 5013),
    ("04", "俞采薇", "environment", "保洁主管", 5014),
    ("05", "葛承泽", "order", "秩序队长", 5015),
    ("06", "岑安澜", "developer", "项目部工程师", 5016),
)
# code, Chinese, English, per, in yuan
PRICES = (
    ("S01", "更换灯泡或灯管", "Changing a bulb or tube", "只", 10),
    ("S02", "更换水龙头", "Changing a tap", "只", 30),
    ("S03", "更换角阀", "Changing an angle valve", "只", 25),
    ("S04", "疏通下水道", "Clearing a drain", "次", 60),
    ("S05", "疏通马桶", "Clearing a toilet", "次", 80),
    ("S06", "更换插座或开关", "Changing a socket or switch", "只", 20),
    ("S07", "安装灯具", "Fitting a lamp", "盏", 50),
    ("S08", "更换门锁锁芯", "Changing a lock's cylinder", "把", 60),
    ("S09", "清洗空调", "Cleaning an air conditioner", "台", 120),
    ("S10", "墙面打孔", "Drilling into a wall", "孔", 10),
    ("S11", "家政保洁", "House cleaning", "小时", 45),
    ("S12", "代搬重物", "Carrying something heavy", "次", 40),
)


@dataclass(frozen=True, slots=True)
class House:
    """A building: how many months ago it was handed over, and its outline on the map."""

    code: str
    name_en: str
    delivered_months_ago: int
    outline: tuple[tuple[float, float], ...]


def box(left: float, top: float, right: float, bottom: float) -> tuple[tuple[float, float], ...]:
    """A rectangle's four corners."""
    return (left, top), (right, top), (right, bottom), (left, bottom)


# The newest is within every warranty, the second only within that of waterproofing, the oldest past all that end.
HOUSES = (
    House("1", "Building 1", 10, box(72, 112, 156, 152)),
    House("2", "Building 2", 42, box(244, 112, 328, 152)),
    House("3", "Building 3", 80, box(150, 24, 250, 66)),
)

SIZE = (400.0, 300.0)
HERE = (200.0, 262.0)

# kind, points, label, label in English
SHAPES: tuple[tuple[str, tuple[tuple[float, float], ...], str, str], ...] = (
    ("green", box(16, 16, 132, 72), "北苑", "North lawn"),
    ("green", box(268, 16, 384, 72), "", ""),
    ("green", box(84, 208, 168, 252), "", ""),
    ("water", ((180, 116), (214, 110), (224, 132), (212, 156), (184, 154), (174, 136)), "镜湖", "Pond"),
    ("road", ((200, 300), (200, 184)), "", ""),
    ("road", ((48, 184), (352, 184)), "", ""),
    ("road", ((48, 184), (48, 88), (352, 88), (352, 184)), "", ""),
    ("road", ((352, 184), (352, 232)), "", ""),
    ("building", HOUSES[0].outline, "1栋", "1"),
    ("building", HOUSES[1].outline, "2栋", "2"),
    ("building", HOUSES[2].outline, "3栋", "3"),
    ("building", box(232, 206, 300, 246), "会所", "Club"),
    ("building", box(24, 206, 72, 246), "物业", "Office"),
    ("building", box(330, 232, 376, 262), "车库", "Garage"),
    ("gate", ((176, 292), (224, 292)), "大门", "Main gate"),
)

# Pieces of ways in words: Chinese, English, Traditional Chinese.
STEPS: dict[str, tuple[str, str, str]] = {
    "out": (
        "出大堂直行约 80 米到路口",
        "Leave the lobby and walk straight on for about 80 m to the crossing",
        "出大堂直行約 80 公尺到路口",
    ),
    "left": ("在路口左转", "Turn left at the crossing", "在路口左轉"),
    "right": ("在路口右转", "Turn right at the crossing", "在路口右轉"),
    "left_end": (
        "走到路的尽头右转，沿西路向北",
        "At the end turn right and follow the west road north",
        "走到路的盡頭右轉，沿西路向北",
    ),
    "right_end": (
        "走到路的尽头左转，沿东路向北",
        "At the end turn left and follow the east road north",
        "走到路的盡頭左轉，沿東路向北",
    ),
    "north_east": (
        "到北路右转，楼在左手边",
        "Turn right into the north road, the building is on your left",
        "到北路右轉，樓在左手邊",
    ),
    "north_west": (
        "到北路左转，楼在右手边",
        "Turn left into the north road, the building is on your right",
        "到北路左轉，樓在右手邊",
    ),
    "ahead_right": ("50 米，楼在右手边", "After 50 m the building is on your right", "50 公尺，樓在右手邊"),
    "ahead_left": ("50 米，楼在左手边", "After 50 m the building is on your left", "50 公尺，樓在左手邊"),
    "far_right": ("110 米，楼在右手边", "After 110 m the building is on your right", "110 公尺，樓在右手邊"),
    "far_left": ("110 米，楼在左手边", "After 110 m the building is on your left", "110 公尺，樓在左手邊"),
    "stair_1": ("从 1 单元门进入", "Enter by the door of stair 1", "從 1 單元門進入"),
    "stair_2": ("从 2 单元门进入", "Enter by the door of stair 2", "從 2 單元門進入"),
    "clubhouse": ("会所在右手边", "The clubhouse is on your right", "會所在右手邊"),
    "office": ("物业服务中心在左手边", "The office is on your left", "物業服務中心在左手邊"),
    "garage": ("走到东路右转，前方是车库", "At the east road turn right to the garage", "走到東路右轉，前方是車庫"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """An area that visitors are sent to: names (Chinese, English, Traditional), way, steps, minutes on foot."""

    code: str
    names: tuple[str, str, str]
    house: str
    points: tuple[tuple[float, float], ...]
    steps: tuple[str, ...]
    minutes: int


_CROSSING = (200.0, 184.0)
_WEST, _EAST = ((48.0, 184.0), (48.0, 88.0)), ((352.0, 184.0), (352.0, 88.0))


def _stair(
    house: str, stair: str, points: tuple[tuple[float, float], ...], steps: tuple[str, ...], minutes: int
) -> Place:
    names = (f"{house}栋{stair}单元", f"Building {house}, stair {stair}", f"{house}棟{stair}單元")
    return Place(f"b{house}s{stair}", names, house, points, (*steps, f"stair_{stair}"), minutes)


PLACES = (
    _stair("1", "1", (HERE, _CROSSING, (92.0, 184.0), (92.0, 152.0)), ("out", "left", "far_right"), 3),
    _stair("1", "2", (HERE, _CROSSING, (136.0, 184.0), (136.0, 152.0)), ("out", "left", "ahead_right"), 2),
    _stair("2", "1", (HERE, _CROSSING, (264.0, 184.0), (264.0, 152.0)), ("out", "right", "ahead_left"), 2),
    _stair("2", "2", (HERE, _CROSSING, (308.0, 184.0), (308.0, 152.0)), ("out", "right", "far_left"), 3),
    _stair(
        "3", "1", (HERE, _CROSSING, *_WEST, (174.0, 88.0), (174.0, 66.0)), ("out", "left", "left_end", "north_east"), 6
    ),
    _stair(
        "3",
        "2",
        (HERE, _CROSSING, *_EAST, (226.0, 88.0), (226.0, 66.0)),
        ("out", "right", "right_end", "north_west"),
        6,
    ),
    Place(
        "office",
        ("物业服务中心", "Management office", "物業服務中心"),
        "",
        (HERE, _CROSSING, (48.0, 184.0), (48.0, 206.0)),
        ("out", "left", "office"),
        4,
    ),
    Place(
        "clubhouse",
        ("会所", "Clubhouse", "會所"),
        "",
        (HERE, _CROSSING, (266.0, 184.0), (266.0, 206.0)),
        ("out", "right", "clubhouse"),
        2,
    ),
    Place(
        "garage",
        ("地下车库", "Underground garage", "地下車庫"),
        "",
        (HERE, _CROSSING, (352.0, 184.0), (352.0, 232.0)),
        ("out", "right", "garage"),
        4,
    ),
)

# Somebody whom guides and demonstrations can rely on: an owner past every warranty that ends.
KNOWN_NAME = "沈知夏"
KNOWN_HOME = "3栋2单元1201"
KNOWN_TAIL = 2210
PHONE_BLOCKS = ("1380000", "1390000")
