"""A call's draft as plain values, so that it can be kept with every pause and taken up again after a crash."""

from __future__ import annotations

import secrets
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from frontdesk.domain.deadlines import Urgency
from frontdesk.domain.people import Verification
from frontdesk.domain.routing import Duty, MatterKind, Place, Route
from frontdesk.services.views import CallDraft, Channel, MatterDraft, Overrule

KIND = "call"
_PLACE = "place_typed"  # beside the call's own fields


def fresh(channel: Channel, now: datetime, number: str = "") -> CallDraft:
    """A call that begins now; its token names it for good, so that finishing it twice is harmless."""
    return CallDraft(token=secrets.token_hex(16), channel=channel, started_at=now, number=number)


def holds_something(call: CallDraft) -> bool:
    """Whether anything was typed that would be missed."""
    empty = MatterDraft()
    kept = {"kind": empty.kind, "urgency": empty.urgency, "place_kind": empty.place_kind}  # chosen, not typed
    typed = any(replace(matter, **kept) != empty for matter in call.matters)
    return typed or bool(call.number or call.caller_name or call.person_id or call.unit_id)


def to_plain(call: CallDraft, place: str = "") -> dict[str, object]:
    """The call as JSON's own values, instants as ISO text; and the home or place in the words that were typed."""
    plain = {**asdict(call), _PLACE: place}
    plain["started_at"] = call.started_at.isoformat()
    for matter in plain["matters"]:
        matter["agreed_at"] = matter["agreed_at"].isoformat() if matter["agreed_at"] else None
    return plain


def from_plain(plain: dict[str, Any]) -> tuple[CallDraft, str]:
    """The call again, and the home or place as it was typed.

    Raises:
        KeyError, ValueError, TypeError: it was kept by a version that knew other fields.
    """
    matters = tuple(_matter(dict(matter)) for matter in plain["matters"])
    known = {name: value for name, value in plain.items() if name != _PLACE}
    call = CallDraft(
        **{
            **known,
            "channel": Channel(plain["channel"]),
            "started_at": datetime.fromisoformat(plain["started_at"]),
            "verification": Verification(plain["verification"]),
            "matters": matters,
        }
    )
    return call, str(plain.get(_PLACE, ""))


def _matter(plain: dict[str, Any]) -> MatterDraft:
    """A matter again; what an older version did not keep has its default."""
    overrule = plain.get("overrule")
    return MatterDraft(
        **{
            **plain,
            "kind": MatterKind(plain["kind"]),
            "urgency": Urgency(plain["urgency"]),
            "duty": Duty(plain["duty"]) if plain.get("duty") else None,
            "place_kind": Place(plain["place_kind"]) if plain.get("place_kind") else None,
            "agreed_at": datetime.fromisoformat(plain["agreed_at"]) if plain.get("agreed_at") else None,
            "overrule": Overrule(Route(overrule["route"]), overrule["reason"]) if overrule else None,
        }
    )
