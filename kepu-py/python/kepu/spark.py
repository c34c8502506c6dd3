"""Tables that lie on a cluster: Spark's frames, checked where their rows are. Needs `kepu[spark]`, here and on every worker.

Rows are checked by `check`, each for itself, partition by partition: nothing moves between machines but the findings. What
only the whole table shows (what is there twice, who has not handed in, quotas, sums) is told by `whole`: each partition
sends what the set rules need of its rows, and the driver merges it. That is 24 bytes for each row with an id, 24 for each
activity with a title and a first day, the row's key, and about a kilobyte a partition; with
`ignore=["duplicate-id", "duplicate-activity"]` nothing moves by the row.

>>> import kepu, kepu.spark
>>> from pyspark.sql import SparkSession
>>> spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
>>> rows = [("HN-1", "走近湿地", "9月18日"), ("HN-2", "科普大篷车", "9月31日"), ("HN-1", "科普讲座", "9月20日")]
>>> frame = spark.createDataFrame(rows, ["编号", "活动名称", "活动时间"]).repartition(3, "活动名称")
>>> notice = kepu.Notice("henan-2023")
>>> findings = kepu.spark.check(frame, notice, as_of="2023-09-01", ignore=["missing-field"])
>>> [(found.key, found.rule, found.value) for found in findings.collect()]
[('HN-2', 'unreadable-date', '9月31日')]
>>> whole = kepu.spark.whole(frame, notice, as_of="2023-09-01")
>>> [(found.key, found.rule, found.first) for found in whole.findings.collect()]
[('HN-1', 'duplicate-id', 'HN-1')]
>>> whole.tally["activities"]
[{'region': None, 'category': None, 'count': 3}]
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

from kepu import _kepu
from kepu.errors import KepuError, SheetError

if TYPE_CHECKING:
    from datetime import date

    from pyspark.sql import DataFrame
    from pyspark.sql.types import DataType, StructType

    from kepu.names import RuleId, Severity
    from kepu.notice import Notice
    from kepu.result import Tally
    from kepu.wire import Lang

    _AsOf = str | date
    _Roster = Iterable[str] | Mapping[str, Iterable[str]]

__all__ = ["Whole", "check", "tally", "whole"]

KEY, FIRST = "key", "first"
"""The columns that findings have here beside those of `Result.findings`: the caller's key, and that of the earlier row."""
NOT_HERE = ("row", "file", "sheet", "cell", "id")
"""What findings have elsewhere and not here: rows on a cluster have no number, and stand in no sheet."""
ROWS_A_PART = 1 << 18
"""How many rows are counted before what they gave is sent off."""


@dataclass(frozen=True)
class Whole:
    """What only a whole table shows."""

    rows: int
    """How many rows there are."""
    tally: Tally
    """Activities by region and category, findings by rule (of rows and of the set), people, submissions."""
    findings: DataFrame
    """What is there twice (at `key`; `first` is the key of the earlier row), who has not handed in and which quota is not kept
    (`key` null): the columns of `check`, so that `check(…).union(whole.findings)` is the verdict on the table."""


def check(
    df: DataFrame,
    notice: Notice,
    *,
    as_of: _AsOf,
    id: str | None = None,
    kind: str | None = None,
    columns: Mapping[str, str] | None = None,
    lang: Lang = "zh",
    strict_deadlines: bool = False,
    roster: _Roster | None = None,
    only: Iterable[RuleId] | None = None,
    ignore: Iterable[RuleId] | None = None,
    min_severity: Severity | None = None,
) -> DataFrame:
    """Checks every row for itself, where it lies. Lazy, as every frame of Spark.

    Args:
        df: The table. Only the columns that are read, and that of the key, are handed to Python.
        notice: What it is checked against.
        as_of: The moment of the question, as for `Notice.check`.
        id: The column whose value is each finding's `key`, of any type; otherwise the one that is read as 编号.
        kind, columns, lang, strict_deadlines, roster, only, ignore, min_severity: As for `Notice.check_table`.

    Returns:
        A row for each finding: `key`, `field`, `header`, `value`, `rule`, `severity`, `blocking`, `message`, `advice`, `clause`,
        `quote`, `args` and `fix` (JSON text), `first` (null).

    Raises:
        SheetError: `df` is no frame of Spark, no column is known, or there is no column for the key.
        NameUnknownError: As for `Notice.check_table`.
        KepuError: pyspark or pyarrow is not installed.
    """
    asked = _asked(df, notice, as_of, kind, columns, lang, (strict_deadlines, roster, only, ignore, min_severity))
    key = asked.key_of(df, id)
    return asked.frame(df, key).mapInArrow(_task(_rows, asked, key), _schema(asked, df.schema[key].dataType))


def whole(
    df: DataFrame,
    notice: Notice,
    *,
    as_of: _AsOf,
    id: str | None = None,
    kind: str | None = None,
    columns: Mapping[str, str] | None = None,
    lang: Lang = "zh",
    strict_deadlines: bool = False,
    roster: _Roster | None = None,
    only: Iterable[RuleId] | None = None,
    ignore: Iterable[RuleId] | None = None,
    min_severity: Severity | None = None,
) -> Whole:
    """Asks what only the whole table shows, in one pass. “Later” is later in the order in which `df.toArrow()` gives the rows:
    sort the frame where that matters.

    Fingerprints and keys come to the driver: `spark.driver.maxResultSize` and its memory have to hold 48 bytes and a key for
    each row (1 GB for some 15 million rows).

    Args:
        df, notice, as_of, id, kind, columns, lang, strict_deadlines, roster, only, ignore, min_severity: As for `check`.

    Raises:
        SheetError, NameUnknownError, KepuError: As for `check`.
    """
    asked = _asked(df, notice, as_of, kind, columns, lang, (strict_deadlines, roster, only, ignore, min_severity))
    key = asked.key_of(df, id)
    merged, keys = _merged(df, asked, key)
    return Whole(merged.rows, cast("Tally", merged.tally()), _findings(df, asked, merged, keys, key))


def tally(
    df: DataFrame,
    notice: Notice,
    *,
    as_of: _AsOf,
    kind: str | None = None,
    columns: Mapping[str, str] | None = None,
    lang: Lang = "zh",
    strict_deadlines: bool = False,
    roster: _Roster | None = None,
    only: Iterable[RuleId] | None = None,
    ignore: Iterable[RuleId] | None = None,
    min_severity: Severity | None = None,
) -> Tally:
    """The table in numbers, those of the set rules among them, as `Result.tally`. No keys move.

    Args:
        df, notice, as_of, kind, columns, lang, strict_deadlines, roster, only, ignore, min_severity: As for `check`.

    Raises:
        SheetError, NameUnknownError, KepuError: As for `check`.
    """
    asked = _asked(df, notice, as_of, kind, columns, lang, (strict_deadlines, roster, only, ignore, min_severity))
    merged, _ = _merged(df, asked, None)
    return cast("Tally", merged.tally())


@dataclass(frozen=True)
class _Asked:
    """The question, as it travels to the workers."""

    notice: Notice
    as_of: _AsOf
    kind: str | None
    columns: dict[str, str]
    lang: Lang
    choices: tuple[Any, ...]
    secret: bytes
    """Under which fingerprints are made: no sender of a row can foresee it."""
    read: dict[str, str]
    """The columns that are read, and as which field."""
    found: list[str]
    """The columns that findings have here as elsewhere."""

    def checker(self) -> _kepu.Checker:
        """Made anew on every worker."""
        return _kepu.Checker(self.notice._core, self.as_of, self.kind, self.columns, self.lang, *self.choices)

    def key_of(self, df: DataFrame, id: str | None) -> str:
        """The column of the key."""
        key = id if id is not None else next((name for name, field in self.read.items() if field == "id"), None)
        if key is None:
            raise SheetError(
                "没有编号列，问题无法对应到行；请用 id= 指明一列，例如 id=\"uuid\"",
                'no column is read as the id, so that no finding can name its row; name one: id="uuid"',
                self.lang,
            )
        if key not in df.columns:
            listed = ", ".join(df.columns[:12])
            raise SheetError(f"没有“{key}”这一列；有：{listed}", f"there is no column `{key}`; there are: {listed}", self.lang)
        return key

    def frame(self, df: DataFrame, key: str | None) -> DataFrame:
        """Of the table what is needed: columns that nobody reads do not leave Spark."""
        names = [name for name in df.columns if name in self.read or name == key]
        return df.select(*("`" + name.replace("`", "``") + "`" for name in names))


def _asked(
    df: DataFrame, notice: Notice, as_of: _AsOf, kind: str | None, columns: Mapping[str, str] | None, lang: Lang, choices: tuple[Any, ...]
) -> _Asked:
    """The question, its faults found here and not on the workers."""
    _needs(lang)
    if not hasattr(df, "mapInArrow"):
        name = type(df).__name__
        raise SheetError(
            f"kepu.spark 核对 Spark 的数据框，得到的是 {name}；别的表请用 notice.check_table(…)",
            f"kepu.spark takes a frame of Spark, not a `{name}`; for other tables call notice.check_table(…)",
            lang,
        )
    strict, roster, only, ignore, least = choices
    if isinstance(roster, Mapping):
        roster = {of: list(units) for of, units in roster.items()}
    kept = (strict, roster if isinstance(roster, (dict, str)) else _listed(roster), _listed(only), _listed(ignore), least)
    asked = _Asked(notice, as_of, kind, dict(columns or {}), lang, kept, secrets.token_bytes(16), {}, [])
    import pyarrow as pa

    # The names of the columns say what is read; only those have to be of types that Arrow knows.
    nothing, checker = _nothing(pa.schema([(name, pa.string()) for name in df.columns])), asked.checker()
    part = checker.part(nothing, asked.secret)
    found = pa.schema(checker.check_rows_of_arrow(nothing).findings()).names
    here = [name for name in found if name not in NOT_HERE]
    return replace(asked, kind=part.kind, read=dict(part.columns()), found=here)


def _listed(names: Iterable[str] | str | None) -> list[str] | str | None:
    """Names that travel: an iterator does not."""
    return names if names is None or isinstance(names, str) else list(names)


def _needs(lang: Lang) -> None:
    try:
        import pyarrow  # noqa: F401
        import pyspark  # noqa: F401
    except ImportError as error:
        zh = f"Spark 需要 pyspark 和 pyarrow（缺 {error.name}）：pip install 'kepu[spark]'"
        en = f"Spark needs pyspark and pyarrow ({error.name} is missing): pip install 'kepu[spark]'"
        raise KepuError(zh, en, lang) from None


def _nothing(schema: Any) -> Any:
    """A batch without rows."""
    import pyarrow as pa

    return pa.RecordBatch.from_pylist([], schema=schema)


def _schema(asked: _Asked, key: DataType) -> StructType:
    """The columns of findings."""
    from pyspark.sql.types import BooleanType, StringType, StructField, StructType

    columns = [StructField(name, BooleanType() if name == "blocking" else StringType()) for name in asked.found]
    return StructType([StructField(KEY, key), *columns, StructField(FIRST, key)])


def _task(run: Callable[..., Iterator[Any]], *given: Any) -> Callable[[Iterable[Any]], Iterator[Any]]:
    """What a worker does with the batches of a partition."""

    def task(batches: Iterable[Any]) -> Iterator[Any]:
        return run(batches, *given)

    return task


def _rows(batches: Iterable[Any], asked: _Asked, key: str) -> Iterator[Any]:
    """The findings of a partition's rows."""
    import pyarrow as pa

    checker, names = asked.checker(), asked.found
    for batch in batches:
        found = pa.table(checker.check_rows_of_arrow(batch).findings())
        if not found.num_rows:
            continue
        keys = batch.column(key).take(found["row"].combine_chunks())
        kept = [found[name].combine_chunks() for name in names]
        yield pa.RecordBatch.from_arrays([keys, *kept, pa.nulls(len(keys), keys.type)], [KEY, *names, FIRST])


def _parts(batches: Iterable[Any], asked: _Asked, key: str | None) -> Iterator[Any]:
    """What the set rules need of a partition's rows, every so many rows."""
    from pyspark import TaskContext

    context = TaskContext.get()
    partition = context.partitionId() if context else 0
    checker, part, keys, number = asked.checker(), None, [], 0
    for batch in batches:
        part = part or checker.part(batch, asked.secret)
        part.add(batch)
        keys += [batch.column(key)] if key else []
        if part.rows >= ROWS_A_PART:
            yield _sent(partition, number, part, keys)
            part, keys, number = None, [], number + 1
    if part:
        yield _sent(partition, number, part, keys)


PART = "partition long, number long, rows long, part binary, tally string, keys binary"


def _sent(partition: int, number: int, part: _kepu.Part, keys: list[Any]) -> Any:
    """A part as a row, its keys as Arrow writes them."""
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    if keys:
        with pa.ipc.new_stream(sink, pa.schema([(KEY, keys[0].type)])) as stream:
            for column in keys:
                stream.write_batch(pa.RecordBatch.from_arrays([column], [KEY]))
    row = {"partition": partition, "number": number, "rows": part.rows, "part": part.set(), "tally": part.rows_tally()}
    types = [pa.int64(), pa.int64(), pa.int64(), pa.binary(), pa.string(), pa.binary()]
    values = [*row.values(), sink.getvalue().to_pybytes()]
    return pa.RecordBatch.from_arrays([pa.array([value], kind) for value, kind in zip(values, types, strict=True)], [*row, "keys"])


def _merged(df: DataFrame, asked: _Asked, key: str | None) -> tuple[_kepu.Part, Any]:
    """All parts of the table in the order of its rows, and the keys of the rows in that order."""
    import pyarrow as pa
    from pyspark.sql.pandas.types import to_arrow_schema

    frame = asked.frame(df, key)
    merged = asked.checker().part(_nothing(to_arrow_schema(frame.schema)), asked.secret)
    keys: list[Any] = []
    parts = frame.mapInArrow(_task(_parts, asked, key), PART).toArrow()
    for row in parts.sort_by([("partition", "ascending"), ("number", "ascending")]).to_pylist():
        merged.follow(row["rows"], row["part"], row["tally"])
        if row["keys"]:
            with pa.ipc.open_stream(row["keys"]) as stream:
                keys += stream.read_all()[KEY].chunks
    return merged, keys


def _findings(df: DataFrame, asked: _Asked, merged: _kepu.Part, keys: list[Any], key: str) -> DataFrame:
    """What the set shows, its rows by their keys."""
    import json

    import pyarrow as pa

    found, names, schema = pa.table(merged), asked.found, _schema(asked, df.schema[key].dataType)
    if not found.num_rows or not keys:
        known = pa.nulls(found.num_rows, pa.string()) if not keys else pa.chunked_array(keys)
        at = first = pa.nulls(found.num_rows, known.type)
    else:
        known, rows = pa.chunked_array(keys), found["row"].to_pylist()
        args = (json.loads(text) for text in found["args"].to_pylist())
        # Who says it again names the row that said it first; what the set itself shows has no row.
        firsts = [None if row is None else of["first"] for row, of in zip(rows, args, strict=True)]
        at, first = known.take(found["row"]), known.take(pa.array(firsts, pa.int64()))
    table = pa.table([at, *(found[name] for name in names), first], [KEY, *names, FIRST])
    return df.sparkSession.createDataFrame(table, schema=schema)
