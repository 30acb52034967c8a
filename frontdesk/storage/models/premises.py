"""What stands on the site, and who answers for it."""

from __future__ import annotations

from peewee import BooleanField, FloatField, IntegerField, TextField

from frontdesk.storage.fields import DayField, JsonField, link
from frontdesk.storage.models.base import Row


class Department(Row):
    """A department or office that matters go to (设备管理部, 管理处, 开发企业项目部 …)."""

    code = TextField(unique=True)
    name_zh = TextField()
    name_en = TextField(default="")
    phone = TextField(default="")
    position = IntegerField(default=0)
    active = BooleanField(default=True)


class ExternalUnit(Row):
    """外联单位: telephone, broadband, water heater, video intercom, security door makers."""

    code = TextField(unique=True)
    kind = TextField()
    name_zh = TextField()
    name_en = TextField(default="")
    contact_name = TextField(default="")
    phone = TextField(default="")
    promised_hours = IntegerField(null=True)
    active = BooleanField(default=True)


class Building(Row):
    """楼幢; its delivery stands for its common parts (公共部位)."""

    code = TextField(unique=True)
    name_zh = TextField()
    name_en = TextField(default="")
    delivered_on = DayField(null=True)
    accepted_on = DayField(null=True)
    floors = IntegerField(null=True)
    outline = JsonField(default=list)
    position = IntegerField(default=0)


class Unit(Row):
    """房号, or a common part of its building where `room` is empty; `accepted_on` is the builder's completion."""

    building = link(Building, index=False)
    stair = TextField(default="")
    room = TextField()
    label = TextField(unique=True)
    floor = IntegerField(null=True)
    delivered_on = DayField(null=True)
    accepted_on = DayField(null=True)
    note = TextField(default="")

    class Meta:
        indexes = ((("building", "stair", "room"), True),)


class Area(Row):
    """Where a visitor may be sent: place on the map and the way there; nothing about who lives there."""

    code = TextField(unique=True)
    kind = TextField(default="")
    name_zh = TextField()
    name_en = TextField(default="")
    name_tw = TextField(default="")
    building = link(Building, null=True)
    x = FloatField(default=0.0)
    y = FloatField(default=0.0)
    way = JsonField(default=dict)
    minutes = IntegerField(default=0)
    public = BooleanField(default=True)
    position = IntegerField(default=0)
    active = BooleanField(default=True)


class Component(Row):
    """部位: what can break. Both terms zero is the design life, both null is not known (domain, "Warranty")."""

    code = TextField(unique=True)
    name_zh = TextField()
    name_en = TextField(default="")
    warranty_months = IntegerField(null=True)
    warranty_seasons = IntegerField(null=True)
    season = TextField(default="")
    warranty_class = TextField(default="")
    duty = TextField(null=True)
    department = link(Department, null=True)
    external_unit = link(ExternalUnit, null=True)
    words = JsonField(default=list)
    position = IntegerField(default=0)
    active = BooleanField(default=True)


class Equipment(Row):
    """A thing with its maker's own term and external unit; where it stands decides which matters it is about."""

    code = TextField(unique=True)
    name = TextField()
    component = link(Component)
    building = link(Building, null=True)
    unit = link(Unit, null=True)
    installed_on = DayField(null=True)
    warranty_months = IntegerField(null=True)
    external_unit = link(ExternalUnit, null=True)
    note = TextField(default="")
    active = BooleanField(default=True)
