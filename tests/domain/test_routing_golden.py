"""Every combination of facts, unknown ones included, against a table that a person has read.

`golden/routing.csv` has a row for each combination that differs from the others: `*` stands where a fact does not
matter. After a change that is meant, set FRONTDESK_WRITE_GOLDEN=1, run this file, read the table, and commit it.
"""

from __future__ import annotations

import csv
import io
import itertools
import os
from collections.abc import Iterator
from dataclasses import fields, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from frontdesk.domain.consequences import REGISTER_OF_REMARK
from frontdesk.domain.routing import (
    RULES,
    WHOM_TO_ASK,
    Decision,
    Duty,
    Fact,
    Facts,
    MatterKind,
    Place,
    Remark,
    Route,
    Rule,
    beside,
    decide,
    joined,
    overruled,
)
from frontdesk.domain.warranty import WarrantyState
from frontdesk.ui import case_words

GOLDEN = Path(__file__).parent / "golden" / "routing.csv"
ANY, UNKNOWN = "*", "unknown"
NAMES = tuple(field.name for field in fields(Facts))
TRUTH = (True, False)
TERMS = (WarrantyState.WITHIN, WarrantyState.PAST)
KNOWN: dict[str, tuple[Any, ...]] = {
    "kind": tuple(MatterKind),
    "duty": tuple(Duty),
    "place": tuple(Place),
    "home_warranty": TERMS,
    "common_warranty": TERMS,
    "maker_warranty": TERMS,
    "chargeable": TRUTH,
    "needs_others": TRUTH,
    "over_two_days": TRUTH,
}
WARRANTIES = ("home_warranty", "common_warranty", "maker_warranty")
UNKNOWNS = {name: WarrantyState.UNKNOWN if name in WARRANTIES else None for name in NAMES}


def values(name: str) -> tuple[Any, ...]:
    """Every value of a fact; only what the customer wants is always known."""
    return KNOWN[name] if name == "kind" else (*KNOWN[name], UNKNOWNS[name])


def every_combination() -> Iterator[Facts]:
    """The whole cross product."""
    return (Facts(*each) for each in itertools.product(*map(values, NAMES)))


def that_matter(facts: Facts) -> frozenset[str]:
    """The facts that a person would ask for, told in the procedure's words; what they are does not matter here."""
    if facts.kind is MatterKind.OPINION:
        return frozenset({"needs_others", "over_two_days"})
    if facts.kind not in (MatterKind.REPAIR, MatterKind.EMERGENCY):
        return frozenset()
    by_place = {Place.HOME: {"home_warranty"}, Place.COMMON: {"common_warranty"}}
    of_building = by_place.get(facts.place, {"home_warranty", "common_warranty"}) if facts.place else None
    of_duty = {
        Duty.BUILT: {"place", *(of_building or {"home_warranty", "common_warranty"})},
        Duty.MAKER: {"maker_warranty"},
        Duty.OWNER: {"chargeable"},
    }
    return frozenset({"duty", *(of_duty.get(facts.duty, set()) if facts.duty else set())})


def projected(facts: Facts) -> Facts:
    """The facts with everything left unknown that does not matter."""
    wanted = that_matter(facts) | {"kind"}
    return replace(facts, **{name: UNKNOWNS[name] for name in NAMES if name not in wanted})


@cache
def rows() -> tuple[Facts, ...]:
    """Each combination that differs from the others, once, in the order of the table."""
    return tuple(dict.fromkeys(map(projected, every_combination())))


def outcome(facts: Facts) -> tuple[Decision, Decision | None]:
    """All that is decided of a matter."""
    return decide(facts), beside(facts)


def text(facts: Facts, name: str) -> str:
    """A fact as the table shows it."""
    if name != "kind" and name not in that_matter(facts):
        return ANY
    value = getattr(facts, name)
    if value in (None, WarrantyState.UNKNOWN):
        return UNKNOWN
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def table() -> str:
    """The table as it is kept."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*NAMES, "route", "remark", "paper", "clause", "reason", "ask", "of_whom", "beside"])
    for facts in rows():
        found, second = outcome(facts)
        asked = [str(fact) for fact in found.unknown]
        whom = [str(WHOM_TO_ASK[fact]) for fact in found.unknown]
        decided = [found.route, found.remark, found.paper or "", found.clause, found.reason]
        line = [text(facts, name) for name in NAMES] + [str(each) for each in decided]
        writer.writerow([*line, " ".join(asked), " ".join(whom), second.route if second else ""])
    return out.getvalue()


# --- the table -------------------------------------------------------------------------------------------------------


def test_the_table_is_as_it_was_read() -> None:
    if os.environ.get("FRONTDESK_WRITE_GOLDEN"):
        GOLDEN.write_text(table(), encoding="utf-8")
    assert table() == GOLDEN.read_text(encoding="utf-8")


def test_every_combination_is_decided_as_its_row() -> None:
    known = {facts: outcome(facts) for facts in rows()}
    for facts in every_combination():
        assert outcome(facts) == known[projected(facts)], facts


# --- soundness -------------------------------------------------------------------------------------------------------


def completions(facts: Facts) -> Iterator[Facts]:
    """Everything that may turn out to be true, given what is known."""
    choices = [
        KNOWN[name] if getattr(facts, name) in (None, WarrantyState.UNKNOWN) else (getattr(facts, name),)
        for name in NAMES
    ]
    return (Facts(*each) for each in itertools.product(*choices))


def way(facts: Facts) -> tuple[Route, Remark, Any]:
    """Where a matter goes, whatever the reason."""
    found = decide(facts)
    return found.route, found.remark, found.paper


@pytest.mark.parametrize("facts", rows(), ids=lambda facts: "-".join(text(facts, name) for name in NAMES))
def test_to_be_established_exactly_where_an_unknown_fact_still_changes_the_way(facts: Facts) -> None:
    ways = {way(each) for each in completions(facts)}
    assert Route.TO_ESTABLISH not in {route for route, _, _ in ways}, "all is known and yet nothing decided"
    found = decide(facts)
    if found.route is Route.TO_ESTABLISH:
        assert len(ways) > 1
        assert found.unknown
    else:
        assert ways == {way(facts)}
        assert not found.unknown


def answers(facts: Facts, fact: Fact) -> Iterator[Facts]:
    """Every answer to one asked fact; the warranty's are dates, both where it is not known which of them counts."""
    if fact is not Fact.WARRANTY:
        yield from (replace(facts, **{fact.value: value}) for value in KNOWN[fact.value])
        return
    homes = (facts.home_warranty,) if facts.place is Place.COMMON else TERMS
    shared = (facts.common_warranty,) if facts.place is Place.HOME else TERMS
    for home, common in itertools.product(homes, shared):
        yield replace(facts, home_warranty=home, common_warranty=common)


@pytest.mark.parametrize("facts", [each for each in rows() if decide(each).unknown])
def test_what_is_asked_for_is_unknown_and_its_answers_decide(facts: Facts) -> None:
    for fact in decide(facts).unknown:
        assert fact in WHOM_TO_ASK
        assert facts.value(fact) is None
        after = [decide(each) for each in answers(facts, fact)]
        assert len({(each.route, each.unknown) for each in after}) > 1, f"{fact} changes nothing"
    # Whatever is answered, one question after the other comes to an end.
    waiting, asked = [facts], 0
    while waiting:
        asked += 1
        assert asked < 200, "it is asked for ever"
        now = waiting.pop()
        waiting += [each for fact in decide(now).unknown[:1] for each in answers(now, fact)]


def test_rules_exclude_one_another() -> None:
    for facts in every_combination():
        hits = [rule for rule in RULES if all(facts.value(fact) == wanted for fact, wanted in rule.when)]
        assert len({(rule.route, rule.remark, rule.paper) for rule in hits}) <= 1, facts
        assert bool(hits) == (decide(facts).route is not Route.TO_ESTABLISH), facts


# --- what follows from a route ---------------------------------------------------------------------------------------


def test_remark_and_paper_follow_the_route() -> None:
    repairs = [rule for rule in RULES if rule.route is not Route.ANSWERED]
    for route in Route:
        assert len({(rule.remark, rule.paper) for rule in repairs if rule.route is route}) <= 1
    remarks = {rule.remark: rule.route for rule in RULES if rule.remark}
    assert remarks == {
        Remark.RECTIFICATION: Route.LIAISON,
        Remark.OTHER: Route.EXTERNAL,
        Remark.COMMUNICATION: Route.COMMUNICATION,
    }
    assert set(REGISTER_OF_REMARK) == {Remark.OTHER, Remark.COMMUNICATION}


def test_every_reason_has_words_and_a_rule_of_its_own() -> None:
    said = [rule.reason for rule in RULES]
    assert len(set(said)) == len(said)
    others = {decide(Facts(MatterKind.REPAIR)).reason, overruled(Route.LIAISON).reason, joined().reason}
    assert {*said, *others} <= case_words.reasons()


@pytest.mark.parametrize("rule", [*RULES, joined(), overruled(Route.EXTERNAL), decide(Facts(MatterKind.REPAIR))])
def test_every_clause_is_one_of_the_procedures(rule: Rule | Decision) -> None:
    # 1 and 3 are the chapters on calls and on special situations; the others are paragraphs.
    assert rule.clause in {"1", "3", "4.1.1", "4.1.3", "4.1.4", "4.2", "4.3", "4.4", "4.5.1", "4.5.3"}
