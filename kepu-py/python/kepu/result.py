"""What the check of a table found: the findings as Arrow, the counts, and what was skipped or not read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypedDict, cast

from kepu import _kepu
from kepu.errors import SheetError
from kepu.files import Sheets, threads_of

if TYPE_CHECKING:
    from kepu._kepu import Again, Findings, Report
    from kepu.excel import Copy
    from kepu.names import RuleId, Severity
    from kepu.notice import Notice
    from kepu.report import Plots
    from kepu.wire import Lang

__all__ = ["CheckedTable", "Count", "Note", "Result", "RuleCount", "Skipped", "Summary", "Tally", "Unread", "check"]


class RuleCount(TypedDict):
    """How many findings a rule has, at one severity."""

    rule: RuleId
    severity: Severity
    count: int


class CheckedTable(TypedDict):
    """One table that was checked: where it came from, which kind of record it holds, how many rows; in words, which columns
    were not read and which no column holds."""

    file: str | None
    sheet: str | None
    kind: str
    rows: int
    unread_columns: list[str]
    missing: list[str]


class Skipped(TypedDict):
    """A row that is no record: `empty`, `repeated-header`, `total` or `note`; `label` says so in words. Rows count from 1, as
    spreadsheets show them."""

    file: str | None
    sheet: str | None
    row: int
    reason: str
    label: str


class Unread(TypedDict):
    """A file or a sheet from which no table was read, and why. `aside` where it only stands beside one, as a sheet of hints."""

    file: str | None
    sheet: str | None
    message: str
    aside: bool


class Note(TypedDict):
    """What a reader of a file should know: how its characters were read, what was hidden."""

    file: str
    sheet: str | None
    message: str


class Count(TypedDict):
    """How many activities of a category there are in a region, both by id; None where nothing was read."""

    region: str | None
    category: str | None
    count: int


class Tally(TypedDict):
    """A set in numbers: activities by region and category, findings by rule, people (`exact`, `approximate`), submissions
    (`on_time`, `late`, `missing`)."""

    activities: list[Count]
    findings: dict[RuleId, int]
    people: dict[str, int]
    submissions: dict[str, int]


class Summary(TypedDict):
    """A result in numbers. `kepu`, `notice`, `as_of` and `options` are what makes it repeatable."""

    kepu: str
    notice: str
    as_of: str
    options: dict[str, Any]
    accepted: bool
    blocked: bool
    rows: int
    errors: int
    warnings: int
    infos: int
    rules: list[RuleCount]
    tables: list[CheckedTable]
    skipped: int
    unread: list[Unread]


class Result:
    """What the check of a table found. It keeps the table, and makes words only when they are asked for.

    >>> import kepu
    >>> rows = [{"活动名称": "走近湿地", "举办单位": "新乡市科协", "活动类别": "地方主场活动", "活动时间": "9月31日"}]
    >>> result = kepu.Notice("henan-2023").check_table(rows, as_of="2023-09-01")
    >>> result
    <Result: 1 rows, 1 errors, 0 warnings, 0 infos>
    >>> [(found["row"], found["field"], found["value"], found["rule"]) for found in result.findings]
    [(0, 'start', '9月31日', 'unreadable-date')]
    """

    __slots__ = ("_core", "lang", "notice", "source")

    def __init__(self, core: _kepu.Checked, notice: Notice, source: object, lang: Lang) -> None:
        self._core = core
        self.notice = notice
        """What it was checked against."""
        self.source = source
        """What was checked: a frame, rows, or files (`kepu.files.Sheets`)."""
        self.lang: Lang = lang
        """The language of its words."""

    @property
    def rows(self) -> int:
        """How many records were checked."""
        return self._core.rows

    def __len__(self) -> int:
        return self.rows

    @property
    def is_accepted(self) -> bool:
        """Whether there is no error, every file and sheet was read, and there was a row at all."""
        return self._core.is_accepted and self._core.is_whole and self.rows > 0

    @property
    def is_blocked(self) -> bool:
        """Whether some error can still be put right by its sender."""
        return self._core.is_blocked

    @property
    def findings(self) -> Findings:
        """The findings, in order: a table for whatever speaks Arrow (`pl.DataFrame(result.findings)`,
        `pa.table(result.findings)`, `pd.DataFrame.from_arrow(result.findings)`), and dicts for who iterates.

        Columns: `row` (from 0; in a sheet as the spreadsheet shows it, from 1; null for what the whole set shows), `file`,
        `sheet`, `cell`, `id` (the record's own), `field`, `header`, `value`, `rule`, `severity`, `blocking`, `message`,
        `advice`, `clause`, `quote`, and as JSON text `args` and `fix`.
        """
        return self._core.findings(None)

    @property
    def counts(self) -> list[RuleCount]:
        """How many findings each rule has, in the order of the rules."""
        counts = self._core.counts()
        return cast("list[RuleCount]", [{"rule": rule, "severity": severity, "count": count} for rule, severity, count in counts])

    @property
    def tables(self) -> list[CheckedTable]:
        """The tables that were checked, in order."""
        return cast("list[CheckedTable]", self._core.tables())

    @property
    def skipped(self) -> list[Skipped]:
        """Rows that are no records, and why."""
        return cast("list[Skipped]", self._core.skipped())

    @property
    def unread(self) -> list[Unread]:
        """Files and sheets from which no table was read, and why."""
        return cast("list[Unread]", self._core.unread())

    @property
    def notes(self) -> list[Note]:
        """What a reader of the files should know."""
        return cast("list[Note]", self._core.notes())

    @property
    def summary(self) -> Summary:
        """The result in numbers, as plain data."""
        counts = self.counts
        of = {severity: sum(row["count"] for row in counts if row["severity"] == severity) for severity in _kepu.severities()}
        stamp = self._core.stamp()
        return {
            "kepu": stamp["kepu"],
            "notice": stamp["notice"],
            "as_of": stamp["as_of"],
            "options": stamp["options"],
            "accepted": self.is_accepted,
            "blocked": self.is_blocked,
            "rows": self.rows,
            "errors": of["error"],
            "warnings": of["warning"],
            "infos": of["info"],
            "rules": counts,
            "tables": self.tables,
            "skipped": len(self.skipped),
            "unread": self.unread,
        }

    @property
    def tally(self) -> Tally:
        """Activities by region and category, findings by rule, people, submissions."""
        return cast("Tally", self._core.tally())

    def to_json(self) -> str:
        """The whole of it as one JSON document, the same that `kepu check --format json` prints.

        Raises:
            ValueError: The table came by Arrow: its findings are Arrow again.
        """
        return self._core.to_json()

    @property
    def plot(self) -> Plots:
        """Charts: `.findings()`, `.coverage()` (region × category), `.calendar()` (activities by day against the window). Needs
        `kepu[plot]`."""
        from kepu.report import Plots

        return Plots(self)

    def annotate(self, folder: str | os.PathLike[str]) -> list[Copy]:
        """Writes an annotated copy of every file that was read into a folder, to be sent back: a sheet of the findings first, the
        faulty cells marked by severity, on each a note with message, advice and clause.

        An xlsx keeps the sender's formatting where openpyxl is installed (`kepu[excel]`); any other copy has the cells, merges
        and widths as they were read. `by` says which it was.

        Raises:
            SheetError: What was checked were no files, or a copy would stand where an input stands.
            OSError: A copy cannot be written.
        """
        from kepu import excel

        return excel.annotate(self, folder)

    def report(self, path: str | os.PathLike[str], *, mask: bool = True) -> str:
        """Writes the report as one HTML page that needs no network and prints well: summary, charts (with `kepu[plot]`), findings
        by file and rule, who owes what, the clause behind each. Returns the path.

        Args:
            path: Where to. The page appears whole or not at all, and never in place of a file that was checked.
            mask: Whether telephones and mailboxes are made unreadable.

        Raises:
            SheetError: The path is that of a file that was checked.
            OSError: The page cannot be written.
        """
        from kepu.report import write

        return write(self, path, mask=mask, lang=self.lang)

    def fixed(self) -> Again:
        """The frame with every fix applied, its columns as they were and one more that says what was changed (JSON); a table for
        whatever speaks Arrow.

        Raises:
            SheetError: The table came as files or rows: those have `annotate` and `result[n].fixed()`.
        """
        return self._core.again(True)

    @property
    def readings(self) -> Again:
        """The frame as it was read, a column for each field: names as ids, days as days; a table for whatever speaks Arrow.

        Raises:
            SheetError: The table came as files or rows: those have `result[n].read`.
        """
        return self._core.again(False)

    def __getitem__(self, number: int) -> Report:
        """One record, by its number from 0 over all tables, checked alone: what was read of it, `explain()`, `fixed()`.

        Raises:
            IndexError: There is no such record.
        """
        rows = self.rows
        if not -rows <= number < rows:
            raise IndexError(f"there are {rows} records, numbered from 0")
        return self._core.record(number % rows)

    def __repr__(self) -> str:
        of = self.summary
        unread = sum(not unread["aside"] for unread in of["unread"])
        said = f"{of['rows']} rows, {of['errors']} errors, {of['warnings']} warnings, {of['infos']} infos"
        return f"<Result: {said}{f', {unread} unread' if unread else ''}{', nothing was checked' if not self.rows else ''}>"

    def _repr_html_(self) -> str:
        from kepu import html

        return html.result(self)


def check(
    notice: Notice,
    table: Any,
    *,
    as_of: Any,
    kind: str | None,
    columns: Mapping[str, str] | None,
    lang: Lang,
    threads: int | None,
    choices: tuple[Any, ...],
    watch: Any = None,
    must_read: bool = True,
) -> Result:
    """Finds out what was handed in, and has it checked."""
    sheets = isinstance(table, Sheets)
    if sheets:
        kind = table.kind if kind is None else kind
        columns = {**table.columns, **(columns or {})}
    checker = _kepu.Checker(notice._core, as_of, kind, dict(columns or {}), lang, *choices)
    if sheets:
        core = checker.check_sheets(table._core, watch)
        if must_read and not core.tables():
            zh, en = ("\n".join(unread["message"] for unread in core.unread(words)) for words in ("zh", "en"))
            raise SheetError(zh, en, lang)
        return Result(core, notice, table, lang)
    _refuse(table, lang)
    if hasattr(table, "__arrow_c_stream__") or hasattr(table, "__arrow_c_array__"):
        core = _arrow(checker, table, threads_of(threads), lang, watch)
        if not core.rows and hasattr(table, "read_next_batch"):
            raise SheetError(
                "一行也没有：数据流只能读一次，可能已经读过；请交出整张表，例如 reader.read_all() 的结果",
                "no rows: a reader is read once only, and may have been read before; hand in the table, such as reader.read_all()",
                lang,
            )
        return Result(core, notice, table, lang)
    core = checker.check_rows(table, watch)
    if not core.rows and iter(table) is table:
        raise SheetError(
            "一行也没有：迭代器只能读一次，可能已经读过；请交出列表，例如 list(rows)",
            "no rows: an iterator is read once only, and may have been read before; hand in a list, such as list(rows)",
            lang,
        )
    return Result(core, notice, table, lang)


def _is(table: object, module: str, *names: str) -> bool:
    """Whether something is of a type of a library, without importing it."""
    return any(kind.__module__.split(".")[0] == module and kind.__name__ in names for kind in type(table).__mro__)


def _refuse(table: object, lang: Lang) -> None:
    """What is no table, and what to hand in instead."""
    name = type(table).__name__
    if isinstance(table, (str, bytes, os.PathLike)) or hasattr(table, "read"):
        out = ("文件请先读取：kepu.read(…)", "read files first: kepu.read(…)")
    elif _is(table, "polars", "LazyFrame") or _is(table, "narwhals", "LazyFrame"):
        out = ("惰性表还没有数据；请先 .collect()", "a lazy frame has no data yet; call .collect() first")
    elif _is(table, "pyspark", "DataFrame"):
        out = ("Spark 的表请用 kepu.spark.check(…)", "for a frame of Spark call kepu.spark.check(…)")
    elif _is(table, "pandas", "Series") or (_is(table, "polars", "Series") and not _is_struct(table)):
        out = ("只是一列；请交出整张表，或 .to_frame()", "this is one column; hand in the table, or .to_frame()")
    elif isinstance(table, Mapping):
        out = (
            "一条记录请用 notice.check(…)；按列存放的数据请先做成数据框，例如 polars.DataFrame(…)",
            "for one record call notice.check(…); make a frame of columns first, such as polars.DataFrame(…)",
        )
    elif hasattr(table, "__arrow_c_stream__") or hasattr(table, "__arrow_c_array__") or isinstance(table, Iterable):
        return
    else:
        out = ("可以交出数据框、Arrow 表、字典的列表，或 kepu.read(…) 的结果", "hand in a frame, a table of Arrow, a list of dicts, or what kepu.read(…) gives")
    raise SheetError(f"check_table 得到的是 {name}：{out[0]}", f"check_table got a `{name}`: {out[1]}", lang)


def _is_struct(series: Any) -> bool:
    return type(series.dtype).__name__ == "Struct"


def _arrow(checker: _kepu.Checker, table: Any, threads: int, lang: Lang, watch: Any) -> _kepu.Checked:
    """By Arrow; a pandas frame that cannot be had so, row by row."""
    if _is(table, "polars", "DataFrame"):
        return checker.check_arrow(_with_types(table), threads)
    if not _is(table, "pandas", "DataFrame"):
        return checker.check_arrow(table, threads)
    twice = sorted({str(name) for name in table.columns[table.columns.duplicated()]})
    if twice:
        listed = ", ".join(twice[:8])
        raise SheetError(
            f"有的列同名，无法确定读取哪一列：{listed}；请先改名，或 df.loc[:, ~df.columns.duplicated()]",
            f"columns share their names, so nobody can know which is meant: {listed}; rename them, or df.loc[:, ~df.columns.duplicated()]",
            lang,
        )
    try:
        # Without pyarrow, or where a column mixes texts and days, pandas has no Arrow to give.
        capsule = table.__arrow_c_stream__()
    except (ImportError, TypeError, ValueError):
        return checker.check_rows(table.to_dict("records"), watch)
    return checker.check_arrow(_Stream(capsule), threads)


def _with_types(frame: Any) -> Any:
    """A polars frame whose columns of nothing are columns of empty texts: polars 2.1 gives a column of no type a buffer that
    Arrow's C interface does not know."""
    import sys

    polars = sys.modules["polars"]
    typed = {"Null": polars.String, "List(Null)": polars.List(polars.String)}
    cast = {name: typed[str(dtype)] for name, dtype in frame.schema.items() if str(dtype) in typed}
    return frame.cast(cast) if cast else frame


class _Stream:
    """A stream that was asked for already."""

    __slots__ = ("_capsule",)

    def __init__(self, capsule: object) -> None:
        self._capsule = capsule

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._capsule
