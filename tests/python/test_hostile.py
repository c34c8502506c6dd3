"""What comes in may be anything: a finding or a clear error, in bounded time and memory; never a crash."""

from __future__ import annotations

import datetime as dt
import decimal
from typing import Any

import polars as pl
import pyarrow as pa
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


ARROWS = [
    pa.array(["9月31日"], pa.large_string()),
    pa.array(["9月31日"], pa.string_view()),
    pa.array(["9月31日"]).dictionary_encode(),
    pa.array([["9月31日"]], pa.list_(pa.string())),
    pa.array([["9月31日"]], pa.large_list(pa.string_view())),
    pa.array([["9月31日"]], pa.list_(pa.string(), 1)),
    pa.array([None]),
    pa.array([45187], pa.uint64()),
    pa.array([2**64 - 1], pa.uint64()),
    pa.array([45187.5], pa.float16()),
    pa.array([decimal.Decimal("45187.00")], pa.decimal128(38, 2)),
    pa.array([decimal.Decimal("45187.00")], pa.decimal256(76, 2)),
    pa.array([True]),
    pa.array([2**31 - 1], pa.date32()),
    pa.array([-(2**62)], pa.timestamp("s", "Asia/Shanghai")),
    pa.array([2**62], pa.timestamp("ns", "America/New_York")),
    pa.array([1], pa.timestamp("us", "No/Where")),
    pa.array([1], pa.time32("s")),
    pa.array([1], pa.duration("s")),
    pa.array([b"9"], pa.binary()),
    pa.array([b"9"], pa.binary(1)),
    pa.array([{"a": "9"}]),
    pa.array([[["9"]]]),
    pa.array([[("a", "9")]], pa.map_(pa.string(), pa.string())),
    pa.RunEndEncodedArray.from_arrays(pa.array([1], pa.int32()), pa.array(["9月31日"])),
    pa.UnionArray.from_sparse(pa.array([0], pa.int8()), [pa.array(["9月31日"])]),
    pa.ExtensionArray.from_storage(pa.uuid(), pa.array([b"x" * 16], pa.binary(16))),
]


@pytest.mark.parametrize("column", ARROWS, ids=lambda column: str(column.type))
def test_a_column_of_any_type_is_read_or_refused_by_its_name(notice, column):
    table = pa.table({"活动名称": ["走近湿地"], "活动时间": column})
    try:
        result = notice.check_table(table, as_of=AS_OF)
    except kepu.SheetError as error:
        assert "活动时间" in error.zh and "活动时间" in error.en
    else:
        assert result.rows == 1 and pl.DataFrame(result.findings)["field"].to_list()


def test_a_column_of_nothing_and_a_list_of_nothing_from_polars(notice, activity):
    frame = pl.DataFrame([activity(phone=None, images=[], news_links=[None])])
    assert [str(dtype) for dtype in frame.schema.values()].count("Null") == 1
    rules = [row["rule"] for row in notice.check_table(frame, as_of=AS_OF).findings]
    assert rules == ["missing-media", "missing-news-link"]


def test_slices_and_offsets_and_empty_batches_are_read_where_they_are(notice, activity):
    rows = [activity(id=str(number), title=f"第{number}场", start="9月31日" if number == 7 else "9月18日", end="") for number in range(20)]
    table = pa.Table.from_pylist(rows)
    pieces = pa.concat_tables([table.slice(0, 5), table.slice(5, 0), table.slice(5, 4), table.slice(9)])
    for part, row in ((pieces, 7), (table.slice(6), 1), (table.to_batches()[0].slice(7, 1), 0), (pl.DataFrame(rows)[5:12], 2)):
        assert [found["row"] for found in notice.check_table(part, as_of=AS_OF).findings] == [row]


def test_texts_in_a_table_that_are_too_long(notice, activity):
    frame = pl.DataFrame([activity(description="x" * length, id=str(length)) for length in (65_536, 65_537, 3_000_000)])
    assert [found["id"] for found in notice.check_table(frame, as_of=AS_OF, only=["too-long"]).findings] == ["65537", "3000000"]
    many = pl.DataFrame([activity(images=["1.jpg"] * count, id=str(count)) for count in (1_000, 1_001)])
    assert [found["id"] for found in notice.check_table(many, as_of=AS_OF, only=["too-long"]).findings] == ["1001"]


def test_a_thousand_columns_that_are_none_are_left_alone(notice, activity):
    row = {**{f"备注{number}": b"\xff" for number in range(1_000)}, **activity()}
    for table in ([row], pa.Table.from_pylist([row])):
        assert len(notice.check_table(table, as_of=AS_OF).findings) == 0


def test_rows_that_are_no_end_are_the_callers_and_what_they_raise_is_raised(notice, activity):
    def endless() -> Any:
        while True:
            yield activity()
            if next(counter) > 1_000:
                raise KeyboardInterrupt

    counter = iter(range(10_000))
    with pytest.raises(KeyboardInterrupt):
        notice.check_table(endless(), as_of=AS_OF)
