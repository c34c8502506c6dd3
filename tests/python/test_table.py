"""Tables: what may be handed in, what comes back, and what is refused."""

from __future__ import annotations

import builtins
import datetime as dt
import sys
import threading
from collections.abc import Callable
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import kepu

AS_OF = "2023-10-08"


@pytest.fixture
def rows(activity: Callable[..., dict[str, Any]]) -> list[dict[str, Any]]:
    """Five rows as texts: clean, a wrong day, clean, the first again, a phone that is none."""
    records = [
        activity(id="1"),
        activity(id="2", title="科普大篷车", start="9月31日", end=""),
        activity(id="3", title="流动科技馆"),
        activity(id="1"),
        activity(id="5", title="科普报告会", phone="12"),
    ]
    return [{**record, "phone": record.get("phone", ""), "images": "1.jpg", "news_links": "https://www.example.cn/1"} for record in records]


EXPECTED = [
    (1, "start", "unreadable-date", "error"),
    (3, "id", "duplicate-id", "error"),
    (3, "title", "duplicate-activity", "warning"),
    (4, "phone", "malformed-phone", "warning"),
]


def found(result: kepu.Result) -> list[tuple[Any, ...]]:
    return [(row["row"], row["field"], row["rule"], row["severity"]) for row in result.findings]


def duck(rows: list[dict[str, Any]]) -> duckdb.DuckDBPyRelation:
    return duckdb.connect().from_arrow(pa.Table.from_pylist(rows))


class ArrayOnly:
    """Something that has the array of the interface, and no stream."""

    def __init__(self, batch: pa.RecordBatch) -> None:
        self.batch = batch

    def __arrow_c_array__(self, requested_schema: object = None) -> Any:
        return self.batch.__arrow_c_array__(requested_schema)


TABLES: list[Callable[[list[dict[str, Any]]], Any]] = [
    list,
    iter,
    lambda rows: (row for row in rows),
    pl.DataFrame,
    lambda rows: pl.DataFrame(rows).to_struct("rows"),
    lambda rows: pl.DataFrame(rows).with_columns(pl.col(pl.String).cast(pl.Categorical)),
    lambda rows: pl.concat([pl.DataFrame(row) for row in rows], rechunk=False),
    pd.DataFrame,
    lambda rows: pd.DataFrame(rows).astype("category"),
    lambda rows: pd.DataFrame(rows).astype(object),
    lambda rows: pd.DataFrame(rows).set_index("id"),
    pa.Table.from_pylist,
    pa.RecordBatch.from_pylist,
    lambda rows: pa.Table.from_pylist(rows).to_reader(max_chunksize=2),
    lambda rows: ArrayOnly(pa.RecordBatch.from_pylist(rows)),
    duck,
    lambda rows: kepu.read([list(rows[0]), *(list(row.values()) for row in rows)]),
]


@pytest.mark.parametrize("made", TABLES, ids=range(len(TABLES)))
def test_the_verdict_is_the_same_whatever_holds_the_table(notice, rows, made):
    table = made(rows)
    result = notice.check_table(table, as_of=AS_OF)
    offset = 2 if isinstance(table, kepu.Sheets) else 0
    assert found(result) == [(row + offset, *rest) for row, *rest in EXPECTED]
    assert (result.rows, result.is_accepted, result.is_blocked) == (5, False, True)
    assert [(count["rule"], count["severity"], count["count"]) for count in result.counts] == [
        ("unreadable-date", "error", 1),
        ("malformed-phone", "warning", 1),
        ("duplicate-id", "error", 1),
        ("duplicate-activity", "warning", 1),
    ]


def test_pandas_without_pyarrow_goes_row_by_row(notice, rows, monkeypatch):
    import_module = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name.split(".")[0] == "pyarrow":
            raise ImportError(name)
        return import_module(name, *rest, **more)

    frame = pd.DataFrame(rows)

    def broken(self: pd.DataFrame, requested_schema: object = None) -> object:
        raise ImportError("`Import pyarrow` failed")

    monkeypatch.setattr(builtins, "__import__", without)
    monkeypatch.setattr(pd.DataFrame, "__arrow_c_stream__", broken)
    assert found(notice.check_table(frame, as_of=AS_OF)) == EXPECTED


def test_a_pandas_column_of_texts_and_days_and_nothing(notice, activity):
    frame = pd.DataFrame([activity(start=dt.date(2023, 9, 18)), activity(title="科普报告会", start="9月19日", end=None), activity(title="科普大篷车", start=pd.NaT)])
    result = notice.check_table(frame, as_of=AS_OF)
    assert found(result) == [(2, "start", "missing-field", "error")]
    assert [result[number].read["start"] for number in range(3)] == ["2023-09-18", "2023-09-19", None]


def test_typed_columns_are_read(notice, activity):
    frame = pl.DataFrame([activity(start=dt.date(2023, 9, 18), end=None, audience=300, phone=13838381234, published_on=dt.datetime(2023, 9, 1, 8))])
    result = notice.check_table(frame.with_columns(pl.col("published_on").dt.replace_time_zone("UTC")), as_of=AS_OF)
    read = result[0].read
    assert (read["start"], read["audience"], read["phone"], read["images"]) == ("2023-09-18", 300, ["13838381234"], ["1.jpg"])
    assert read["published_on"] == "2023-09-01"


def test_findings_are_a_fresh_table_at_each_call(notice, rows):
    findings = notice.check_table(rows, as_of=AS_OF).findings
    names = ["row", "file", "sheet", "cell", "id", "field", "header", "value", "rule", "severity", "blocking", "message", "advice", "clause", "quote", "args", "fix"]
    for _ in range(2):
        assert pl.DataFrame(findings).columns == names
        assert pa.table(findings).column_names == names
        assert list(pd.DataFrame.from_arrow(findings).columns) == names
        assert duckdb.connect().from_arrow(pa.table(findings)).columns == names
    assert len(findings) == len(list(findings)) == 4
    assert pl.DataFrame(findings)["id"].to_list() == ["2", "1", "1", "5"]
    assert pa.schema(findings).names == names
    assert repr(findings) == "<Findings: 4 rows>"


def test_a_stream_that_nobody_reads_is_released(notice, rows):
    findings = notice.check_table(rows, as_of=AS_OF).findings
    for _ in range(1000):
        findings.__arrow_c_stream__()
    assert len(pa.table(findings)) == 4


def test_a_clean_table_has_an_empty_table_of_findings(notice, activity):
    result = notice.check_table([activity()], as_of=AS_OF)
    assert result.is_accepted and len(result.findings) == 0 and len(pl.DataFrame(result.findings)) == 0


def test_a_frame_comes_back_fixed_and_as_it_was_read(notice, activity):
    rows = [activity(url="www.example.cn/1", region="河南省洛阳市"), activity(title="科普报告会", url="https://www.example.cn/2")]
    result = notice.check_table(pl.DataFrame(rows), as_of=AS_OF)
    for _ in range(2):
        fixed = pl.DataFrame(result.fixed())
        assert fixed["url"].to_list() == ["https://www.example.cn/1", "https://www.example.cn/2"]
        assert fixed.columns[:-1] == list(pl.DataFrame(rows).columns) and "url" in fixed[fixed.columns[-1]][0]
        assert len(notice.check_table(fixed, as_of=AS_OF).findings) == 0
        assert pl.DataFrame(result.readings)["region"][0] == "410300" and len(result.readings) == 2
    with pytest.raises(kepu.SheetError, match="annotate"):
        notice.check_table(rows, as_of=AS_OF).fixed()


def test_english_is_a_word_away(notice, rows):
    result = notice.check_table(rows, as_of=AS_OF, lang="en")
    assert "`9月31日`" in next(iter(result.findings))["message"]
    assert repr(result) == "<Result: 5 rows, 2 errors, 2 warnings, 0 infos>"


def test_columns_of_ones_own(notice, rows):
    renamed = [{("主讲内容" if key == "title" else key): value for key, value in row.items()} for row in rows]
    for table in (renamed, pl.DataFrame(renamed)):
        assert found(notice.check_table(table, as_of=AS_OF, columns={"主讲内容": "活动名称"})) == EXPECTED
        assert ("title", "missing-field") in [(row["field"], row["rule"]) for row in notice.check_table(table, as_of=AS_OF).findings]
        with pytest.raises(kepu.NameUnknownError, match="主讲"):
            notice.check_table(table, as_of=AS_OF, columns={"主讲内容": "主讲"})


def test_a_table_of_summaries_says_who_has_not_handed_in(notice):
    rows = [{"报送单位": "新乡市科协", "提交时间": "2023-09-29"}, {"报送单位": "洛阳市科协", "提交时间": dt.datetime(2023, 9, 28, 16)}]
    for table in (rows, pl.DataFrame([{key: str(value) for key, value in row.items()} for row in rows])):
        result = notice.check_table(table, as_of=AS_OF, roster=["新乡市科协", "洛阳市科协", "开封市科协"])
        assert found(result) == [
            (0, "submitted_on", "late-summary", "error"),
            (1, "submitted_on", "deadline-day", "info"),
            (None, "unit", "missing-summary", "error"),
        ]
        assert result.tables[0]["kind"] == "summary" and not result.is_blocked


def test_the_summary_is_plain_and_repeatable(notice, rows):
    summary = notice.check_table(rows, as_of=AS_OF, ignore=["malformed-phone"]).summary
    assert (summary["kepu"], summary["notice"], summary["as_of"]) == (kepu.__version__, "henan-2023", "2023-10-08T00:00")
    assert (summary["rows"], summary["errors"], summary["warnings"], summary["infos"]) == (5, 2, 1, 0)
    assert summary["options"]["ignore"] == ["malformed-phone"] and not summary["accepted"] and summary["blocked"]


def test_a_tally_is_the_same_by_arrow_and_row_by_row(notice, rows):
    rows = [{**row, "region": "新乡市", "audience": audience} for row, audience in zip(rows, ["300", "约200", "", "0", "三百"], strict=True)]
    tally = notice.check_table(rows, as_of=AS_OF).tally
    assert tally["activities"] == [{"region": "410700", "category": "local-main", "count": 5}]
    assert tally["people"] == {"exact": 600, "approximate": 200}
    assert tally["findings"] == {"unreadable-date": 1, "malformed-phone": 1, "duplicate-id": 1, "duplicate-activity": 1}
    assert notice.check_table(pl.DataFrame(rows), as_of=AS_OF).tally == tally
    summaries = [{"报送单位": "新乡市科协", "提交时间": "2023-09-29"}, {"报送单位": "洛阳市科协", "提交时间": "2023-09-20"}]
    for table in (summaries, pl.DataFrame(summaries)):
        result = notice.check_table(table, as_of=AS_OF, roster=["新乡市科协", "洛阳市科协", "开封市科协"])
        assert result.tally["submissions"] == {"on_time": 1, "late": 1, "missing": 1}


def test_a_record_of_a_table_is_checked_alone(notice, rows):
    for table in (rows, pl.DataFrame(rows), pa.Table.from_pylist(rows).to_batches(max_chunksize=2)[0]):
        result = notice.check_table(table, as_of=AS_OF)
        assert result[1].read["title"] == "科普大篷车" and result[1].is_blocked
        assert result[-1].read["title"] == result[len(result) - 1].read["title"]
        for number in (len(result), -len(result) - 1, 2**40):
            with pytest.raises(IndexError):
                result[number]


@pytest.mark.parametrize("empty", [list, lambda: pl.DataFrame(schema={"title": pl.String}), lambda: pa.table({"title": pa.array([], pa.string())})])
def test_no_rows_are_never_accepted(notice, empty):
    result = notice.check_table(empty(), as_of=AS_OF)
    assert result.rows == 0 and not result.is_accepted
    assert "nothing was checked" in repr(result) and "一行也没有" in result._repr_html_()


def spent(rows: list[dict[str, Any]]) -> pa.RecordBatchReader:
    reader = pa.Table.from_pylist(rows).to_reader()
    reader.read_all()
    return reader


@pytest.mark.parametrize(
    ("words", "table"),
    [
        ("collect", lambda rows: pl.LazyFrame(rows)),
        ("to_frame", lambda rows: pl.Series(["a"])),
        ("to_frame", lambda rows: pd.Series(["a"])),
        ("to_frame", lambda rows: pa.array(["a"])),
        ("to_frame", lambda rows: pa.chunked_array([["a"]])),
        ("read_all", spent),
        ("list(rows)", lambda rows: iter([])),
        ("kepu.read", lambda rows: "上报.xlsx"),
        ("kepu.read", lambda rows: b"PK"),
        ("notice.check", lambda rows: rows[0]),
        ("kepu.read", lambda rows: 3),
        ("kepu.read", lambda rows: None),
        ("title", lambda rows: pl.DataFrame({"甲": ["a"], "乙": ["b"]})),
        ("title", lambda rows: [{"甲": "a"}]),
        ("title", lambda rows: [{}]),
        ("duplicated", lambda rows: pd.DataFrame([["a", "b"]], columns=["title", "title"])),
        ("title", lambda rows: pa.Table.from_arrays([pa.array(["a"])] * 2, names=["title", "title"])),
        ("phone", lambda rows: pl.DataFrame(rows).with_columns(phone=pl.lit(b"12"))),
        ("start", lambda rows: pl.DataFrame(rows).with_columns(start=pl.duration(days=1))),
    ],
)
def test_what_is_no_table_is_an_error_that_names_the_way_out(notice, rows, words, table):
    for lang in ("zh", "en"):
        with pytest.raises(kepu.SheetError, match=words.replace("(", r"\(").replace(")", r"\)")):
            notice.check_table(table(rows), as_of=AS_OF, lang=lang)


def test_what_a_generator_raises_is_what_the_caller_sees(notice, rows):
    def broken() -> Any:
        yield rows[0]
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        notice.check_table(broken(), as_of=AS_OF)


def test_a_stream_that_breaks_off_is_an_error(notice, rows):
    batch = pa.RecordBatch.from_pylist(rows)

    def batches() -> Any:
        yield batch
        raise OSError("the disk is gone")

    reader = pa.RecordBatchReader.from_batches(batch.schema, batches())
    with pytest.raises(kepu.SheetError, match="the disk is gone"):
        notice.check_table(reader, as_of=AS_OF)


def test_a_capsule_of_another_name_is_refused(notice):
    class Wrong:
        def __arrow_c_stream__(self, requested_schema: object = None) -> object:
            return pa.schema([]).__arrow_c_schema__()

    class Nothing:
        def __arrow_c_stream__(self, requested_schema: object = None) -> object:
            return "a capsule"

    for table in (Wrong(), Nothing()):
        with pytest.raises((ValueError, TypeError)):
            notice.check_table(table, as_of=AS_OF)


def test_a_row_that_is_none_is_named(notice, rows):
    with pytest.raises(kepu.RecordError, match="第 2 条"):
        notice.check_table([rows[0], 3], as_of=AS_OF)
    with pytest.raises(kepu.RecordError, match="record 2"):
        notice.check_table([rows[0], {"title": b"a"}], as_of=AS_OF, lang="en")
    assert found(notice.check_table([{**row, "附件": object()} for row in rows], as_of=AS_OF)) == EXPECTED


def test_threads_change_nothing_and_share_a_notice(notice, rows):
    many = pl.concat([pl.DataFrame(rows).with_columns(id=pl.col("id") + f"-{number}", title=pl.col("title") + str(number)) for number in range(1700)])
    results: list[Any] = []

    def check(threads: int) -> None:
        results.append(pl.DataFrame(notice.check_table(many, as_of=AS_OF, threads=threads).findings))

    workers = [threading.Thread(target=check, args=(threads,)) for threads in (1, 2, 3, 8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(results) == 4 and len(results[0]) == 1700 * len(EXPECTED)
    assert all(result.equals(results[0]) for result in results)
    with pytest.raises(ValueError, match="threads"):
        notice.check_table(many, as_of=AS_OF, threads=0)


def test_other_threads_go_on_while_a_table_is_checked(notice, rows):
    many = pl.concat([pl.DataFrame(rows)] * 2_000)
    ticks, done = [], threading.Event()

    def tick() -> None:
        while not done.wait(0.001):
            ticks.append(None)

    ticker = threading.Thread(target=tick)
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-4)
    ticker.start()
    notice.check_table(many, as_of=AS_OF)
    done.set()
    ticker.join()
    sys.setswitchinterval(interval)
    assert len(ticks) > 3


def test_a_page_of_a_result_escapes_and_stays_small(notice, activity):
    nasty = "<script>alert(1)</script>" * 200
    rows = [activity(title=f"{number}", phone=nasty, theme=nasty, organizer_kind=nasty) for number in range(500)]
    page = notice.check_table(rows, as_of=AS_OF)._repr_html_()
    assert "<script" not in page and len(page.encode()) < 10_000
    assert "malformed-phone" in page and "500" in page
