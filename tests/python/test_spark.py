"""Tables on Spark: the verdict of `check_table`, from rows that lie in several partitions, on a session of this machine."""

from __future__ import annotations

import collections
import datetime
import json
import shutil

import pyarrow as pa
import pytest
from pyspark.sql import SparkSession
from pyspark.sql.types import ArrayType, DateType, LongType, StringType, StructField, StructType, TimestampType

import kepu
import kepu.spark
from conftest import ROOT

AS_OF = "2023-10-08"
NAMES = ["编号", "活动名称", "举办单位", "活动类别", "所在地", "开始日期", "活动图片", "联系电话", "参与人次", "no", "别的"]
INVENTED = ROOT / "tests/data/notices/invented-2031.toml"


@pytest.fixture(scope="module")
def spark():
    assert shutil.which("java"), "Spark needs Java 17: tests/run python installs it (Debian: apt-get install openjdk-17-jre-headless)"
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "3")
        # Several batches in a partition.
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "7")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


def rows(count: int) -> list[tuple]:
    """Activities, some of them faulty, some there twice, across what will be partitions."""
    made = []
    for number in range(count):
        again = number >= 40 and number % 13 == 0
        day = ["2023-09-18", "9月31日", "9月16日", "2023-09-20"][number % 4]
        title = "走近湿地" if again else f"第{number}场"
        made.append(
            (f"HN-{number % 50}", title, "新乡市科协", "地方主场活动" if number % 9 else "没有这一类", "新乡市",
             "2023-09-18" if again else day, ["1.jpg"], "12" if number % 11 == 0 else "13838381234", f"{number}人", number, {"a": "b"})
        )  # fmt: skip
    return made


def table_of(frame) -> pa.Table:
    """What `check_table` is given: the same rows, of what Arrow knows."""
    return frame.drop("别的").toArrow()


SCHEMA = StructType(
    [
        StructField(name, ArrayType(StringType()) if name == "活动图片" else LongType() if name == "no" else StringType())
        for name in NAMES[:-1]
    ]
)


@pytest.fixture(scope="module")
def frame(spark):
    """103 rows in five partitions, one of them empty, with a column that is none of kepu's."""
    from pyspark.sql import functions as F

    parts = [[], rows(103)[:20], rows(103)[20:21], rows(103)[21:60], rows(103)[60:]]
    local = spark.sparkContext.parallelize(parts, 5).flatMap(lambda part: [row[:-1] for row in part])
    made = spark.createDataFrame(local, SCHEMA).withColumn("别的", F.create_map(F.lit("a"), F.lit("b")))
    assert made.rdd.getNumPartitions() == 5
    assert [len(part) for part in made.select("no").rdd.glom().collect()] == [0, 20, 1, 39, 43]
    return made


def sorted_rows(findings, key) -> list[tuple]:
    """Findings as they are compared, whatever their order."""
    return sorted((key(found), found["field"] or "", found["rule"], found["severity"]) for found in findings)


def verdict(notice, frame, **asked) -> tuple[list[tuple], list[tuple], kepu.spark.Whole]:
    """What Spark says and what `check_table` says, row by row."""
    whole = kepu.spark.whole(frame, notice, id="no", **asked)
    found = kepu.spark.check(frame, notice, id="no", **asked).union(whole.findings).toArrow().to_pylist()
    table = table_of(frame)
    result = notice.check_table(table, **asked)
    numbers = table["no"].to_pylist()
    there = sorted_rows(found, lambda row: -1 if row["key"] is None else row["key"])
    here = sorted_rows(result.findings, lambda row: -1 if row["row"] is None else numbers[row["row"]])
    return there, here, whole


def test_the_verdict_is_that_of_the_same_rows_in_one_table(notice, frame):
    there, here, whole = verdict(notice, frame, as_of=AS_OF)
    assert there == here
    assert {rule for *_, rule, _ in there} >= {"duplicate-id", "duplicate-activity", "unreadable-date", "unknown-category", "outside-window"}
    assert whole.rows == 103


def test_the_words_are_the_same_too(notice, frame):
    found = kepu.spark.check(frame, notice, id="no", as_of=AS_OF, lang="en").toArrow().to_pylist()
    table = table_of(frame)
    numbers = table["no"].to_pylist()
    result = notice.check_table(table, as_of=AS_OF, lang="en", ignore=["duplicate-id", "duplicate-activity"])
    kept = [name for name in found[0] if name not in ("key", "first")]
    here = [(numbers[row["row"]], *(row[name] for name in kept)) for row in result.findings]
    there = [(row["key"], *(row[name] for name in kept)) for row in found]
    assert sorted(map(repr, there)) == sorted(map(repr, here))
    assert all(json.loads(row["args"]) is not None for row in found)


def test_the_tally_is_that_of_the_same_rows_in_one_table(notice, frame):
    result = notice.check_table(table_of(frame), as_of=AS_OF)
    assert kepu.spark.tally(frame, notice, as_of=AS_OF) == result.tally
    assert kepu.spark.whole(frame, notice, as_of=AS_OF).tally == result.tally


def test_who_says_it_again_names_the_key_of_the_first(notice, frame):
    found = kepu.spark.whole(frame, notice, id="no", as_of=AS_OF, only=["duplicate-activity"]).findings.collect()
    again = [number for number in range(40, 103) if number % 13 == 0]
    assert [(row["key"], row["first"], row["header"]) for row in found] == [(number, again[0], "活动名称") for number in again[1:]]
    # The message counts rows as the whole table stands.
    assert all(f"第 {again[0]} 行" in row["message"] for row in found)


def test_it_does_not_hang_on_the_partitions(notice, frame):
    def told(frame):
        whole = kepu.spark.whole(frame, notice, id="no", as_of=AS_OF)
        return sorted(map(repr, whole.findings.collect())), whole.tally

    assert told(frame) == told(frame.coalesce(1)) == told(frame.orderBy("no"))


def test_the_key_is_a_column_of_any_type_and_otherwise_the_id(spark, notice, frame):
    found = kepu.spark.check(frame, notice, as_of=AS_OF)
    assert found.schema["key"].dataType == StringType()
    assert {row["key"] for row in found.collect()} <= {f"HN-{number}" for number in range(50)}
    schema = StructType([StructField("when", TimestampType()), StructField("活动名称", StringType()), StructField("开始日期", DateType())])
    moment = datetime.datetime(2023, 9, 1, 8, 30)
    local = spark.createDataFrame([(moment, "走近湿地", datetime.date(2023, 9, 16)), (None, "科普讲座", None)], schema)
    found = kepu.spark.check(local, notice, id="when", as_of=AS_OF, only=["outside-window", "missing-field"])
    assert found.schema["key"].dataType == TimestampType()
    told = collections.Counter((row["key"], row["rule"]) for row in found.collect())
    assert told[(moment, "outside-window")] == 1 and told[(None, "missing-field")] == 3


def test_units_that_no_row_names_are_missing_wherever_the_others_lie(spark, notice):
    units = [(unit, "2023-09-27", number) for number, unit in enumerate(["郑州市科协", "新乡市科协", "开封市科协"])]
    frame = spark.createDataFrame(units, ["报送单位", "提交时间", "no"]).repartition(3)
    asked = {"as_of": AS_OF, "kind": "summary", "roster": iter(["郑州市科协", "洛阳市科协", "新乡市科协", "开封市科协"])}
    whole = kepu.spark.whole(frame, notice, id="no", **asked)
    assert [(row["key"], row["rule"], row["field"]) for row in whole.findings.collect()] == [(None, "missing-summary", "unit")]
    assert whole.tally["submissions"] == {"on_time": 3, "late": 0, "missing": 1}
    # A table without rows: all of them are missing.
    asked["roster"] = ["郑州市科协", "洛阳市科协"]
    nothing = kepu.spark.whole(frame.limit(0), notice, id="no", **asked)
    assert nothing.rows == 0 and nothing.tally["submissions"]["missing"] == nothing.findings.count() == 2


def test_quotas_count_over_all_partitions(spark):
    notice = kepu.Notice.load(INVENTED)
    quota = json.loads(notice.to_json())["quotas"]
    assert quota, "the notice of this test has quotas"
    made = [(number, f"第{number}场", "北湖区科协", "科普讲座", "2031-09-10", "北湖区") for number in range(40)]
    frame = spark.createDataFrame(made, ["no", "活动名称", "举办单位", "活动类别", "开始日期", "所在地"]).repartition(4)
    there, here, _ = verdict(notice, frame, as_of="2031-12-01")
    assert there == here
    assert any(rule.endswith("-quota") for *_, rule, _ in there)


def test_what_moves_between_machines_is_small(notice, frame):
    """48 bytes a row for the fingerprints, the key, and what a partition costs once; nothing by the row without duplicates."""
    asked = kepu.spark._asked(frame, notice, AS_OF, None, None, "zh", (False, None, None, None, None))
    part = asked.checker().part(table_of(frame).to_batches()[0], asked.secret)
    empty = len(part.set())
    part.add(table_of(frame).combine_chunks().to_batches()[0])
    assert 24 * 103 < len(part.set()) - empty <= 48 * 103 + 64
    without = kepu.spark._asked(frame, notice, AS_OF, None, None, "zh", (False, None, None, ["duplicate-id", "duplicate-activity"], None))
    part = without.checker().part(table_of(frame).to_batches()[0], without.secret)
    empty = len(part.set())
    part.add(table_of(frame).combine_chunks().to_batches()[0])
    assert len(part.set()) == empty


def test_parts_are_sent_off_before_they_grow(notice, frame, monkeypatch):
    monkeypatch.setattr(kepu.spark, "ROWS_A_PART", 10)
    asked = kepu.spark._asked(frame, notice, AS_OF, None, None, "zh", (False, None, None, None, None))
    batches = table_of(frame).combine_chunks().to_batches(max_chunksize=7)
    sent = list(kepu.spark._parts(batches, asked, "no"))
    assert [batch["rows"][0].as_py() for batch in sent] == [14] * 7 + [5]
    merged = asked.checker().part(kepu.spark._nothing(table_of(frame).schema), asked.secret)
    for batch in sent:
        row = batch.to_pylist()[0]
        merged.follow(row["rows"], row["part"], row["tally"])
    assert merged.tally() == notice.check_table(table_of(frame), as_of=AS_OF).tally


def test_what_is_no_frame_of_spark_or_has_no_key_is_refused(spark, notice, frame):
    with pytest.raises(kepu.SheetError, match="check_table"):
        kepu.spark.check(pa.table({"活动名称": ["走近湿地"]}), notice, as_of=AS_OF)
    with pytest.raises(kepu.SheetError, match="kepu.spark"):
        notice.check_table(frame, as_of=AS_OF)
    with pytest.raises(kepu.SheetError, match="uuid"):
        kepu.spark.check(frame.drop("编号"), notice, as_of=AS_OF)
    with pytest.raises(kepu.SheetError, match="没有“nummer”这一列"):
        kepu.spark.whole(frame, notice, id="nummer", as_of=AS_OF)
    with pytest.raises(kepu.SheetError):
        kepu.spark.tally(spark.createDataFrame([(1,)], ["x"]), notice, as_of=AS_OF)
    with pytest.raises(kepu.NameUnknownError):
        kepu.spark.check(frame, notice, as_of=AS_OF, only=["no-such-rule"])


def test_without_pyspark_it_says_what_to_install(notice, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "pyspark", None)
    with pytest.raises(kepu.KepuError, match=r"kepu\[spark\]"):
        kepu.spark.check(object(), notice, as_of=AS_OF)
