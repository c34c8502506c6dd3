"""What comes in may be anything: a finding or a clear error, in bounded time and memory; never a crash."""

from __future__ import annotations

import datetime as dt
import decimal
from typing import Any

import pytest

import kepu

AS_OF = "2023-10-08"


def rules(report: kepu.Report) -> list[str]:
    return [finding["rule"] for finding in report.findings]


@pytest.mark.parametrize(("length", "said"), [(65_536, []), (65_537, ["too-long"]), (5_000_000, ["too-long"])])
def test_a_text_of_64_kib_passes_and_one_byte_more_is_too_long(notice, activity, length, said):
    assert rules(notice.check(activity(description="x" * length), as_of=AS_OF)) == said


@pytest.mark.parametrize(("items", "said"), [(1_000, []), (1_001, ["too-long"]), (1_000_000, ["too-long"])])
def test_a_list_of_a_thousand_items_passes_and_one_more_is_too_long(notice, activity, items, said):
    assert rules(notice.check(activity(images=["1"] * items), as_of=AS_OF)) == said


def test_half_a_surrogate_is_garbled_text(notice, activity):
    for text in ("走近\ud800湿地", "\udfff", "a" * 100 + "\ud83d"):
        assert "garbled-text" in rules(notice.check(activity(venue=text), as_of=AS_OF))
    assert notice.check({"\ud800": "x", **activity()}, as_of=AS_OF).findings == []


@pytest.mark.parametrize("number", [10**25, -(10**30), 10**5000, float("inf"), float("-inf"), decimal.Decimal("1e999999"), decimal.Decimal("Infinity")], ids=lambda number: type(number).__name__)
def test_a_number_beyond_all_bounds_is_no_count(notice, activity, number):
    assert rules(notice.check(activity(audience=number), as_of=AS_OF)) == ["unreadable-count"]


def test_cyclic_and_deep_lists_are_refused(notice, activity):
    cyclic: list[Any] = ["1.jpg"]
    cyclic.append(cyclic)
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    for images in (cyclic, deep):
        with pytest.raises(kepu.RecordError, match="列表"):
            notice.check(activity(images=images), as_of=AS_OF)
    while deep:
        deep = deep.pop()


def test_an_object_inside_a_record_is_its_text_and_a_cyclic_one_is_refused(notice, activity):
    assert notice.check(activity(venue={"市": "新乡"}), as_of=AS_OF).read["venue"] == '{"市":"新乡"}'
    cyclic: dict[str, Any] = {}
    cyclic["a"] = cyclic
    with pytest.raises(ValueError, match="[Cc]ircular"):
        notice.check(activity(venue=cyclic), as_of=AS_OF)


class Angry:
    """Objects whose every word raises."""

    def __str__(self) -> str:
        raise RuntimeError("str")

    __repr__ = __str__

    def __eq__(self, other: object) -> bool:
        raise RuntimeError("eq")

    __hash__ = None  # type: ignore[assignment]


def test_objects_that_raise_are_refused_by_their_type(notice, activity):
    with pytest.raises(kepu.RecordError, match="Angry"):
        notice.check(activity(venue=Angry()), as_of=AS_OF)


def test_what_a_foreign_array_raises_is_what_the_caller_sees(notice, activity):
    class Broken:
        def tolist(self) -> list[str]:
            raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        notice.check(activity(images=Broken()), as_of=AS_OF)


def test_an_array_that_turns_into_itself_ends(notice, activity):
    class Again:
        def tolist(self) -> Again:
            return self

    with pytest.raises(kepu.RecordError):
        notice.check(activity(images=Again()), as_of=AS_OF)


def test_a_mapping_that_raises_is_what_the_caller_sees(notice):
    class Broken(dict[str, Any]):
        def items(self) -> Any:
            raise RuntimeError("never asked")

        def __getitem__(self, key: str) -> Any:
            raise RuntimeError("never asked")

    assert notice.check(Broken(title="走近湿地"), as_of=AS_OF).read["title"] == "走近湿地"

    class Mapping:
        def keys(self) -> list[str]:
            return ["title"]

        def __getitem__(self, key: str) -> Any:
            raise KeyError("gone")

    with pytest.raises(KeyError, match="gone"):
        notice.check(Mapping(), as_of=AS_OF)  # type: ignore[arg-type]


def test_a_record_that_changes_while_it_is_read_changes_nothing(notice, activity):
    record = activity()

    class Changing:
        def tolist(self) -> list[str]:
            record.clear()
            record.update({str(number): number for number in range(1000)})
            return ["1.jpg"]

    record["images"] = Changing()
    report = notice.check(record, as_of=AS_OF)
    assert report.findings == [] and report.read["title"] == activity()["title"]


class Wild(dt.tzinfo):
    def utcoffset(self, moment: dt.datetime | None) -> dt.timedelta:
        raise RuntimeError("no idea")


def test_zones_that_raise_and_days_at_the_ends_of_time(notice, activity):
    far = dt.datetime.max.replace(tzinfo=dt.timezone(-dt.timedelta(hours=23)))
    assert notice.check(activity(start=far, end=None), as_of=AS_OF).read["start"] is None
    assert rules(notice.check(activity(start=dt.date.max, end=dt.date.min), as_of=AS_OF)) == ["reversed-dates"]
    with pytest.raises(RuntimeError, match="no idea"):
        notice.check(activity(start=dt.datetime(2023, 9, 18, tzinfo=Wild()), end=None), as_of=AS_OF)


def test_what_a_sender_wrote_is_never_expanded(notice, activity):
    report = notice.check(activity(phone="{value}[{rule}]%s<b>"), as_of=AS_OF)
    assert "{value}[{rule}]%s<b>" in report.findings[0]["message"]


def test_many_records_with_keys_of_their_own_leave_nothing_behind(notice):
    for number in range(10_000):
        notice.check({f"备注{number}": number}, as_of=AS_OF, only=["missing-field"])
