from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final, Self, final

from typing_extensions import disjoint_base

from kepu.names import Activity, RuleId, Severity, Submission
from kepu.wire import Answer, Finding, Lang, Milestone, NoticeInfo, Rule

__all__ = [
    "Again",
    "Checked",
    "Checker",
    "Findings",
    "Held",
    "Notice",
    "Part",
    "Report",
    "Sheets",
    "__version__",
    "fields",
    "mask",
    "notices",
    "roster",
    "rules",
    "severities",
    "severity_labels",
]

__version__: Final[str]

def fields(kind: str, lang: Lang) -> list[dict[str, Any]]: ...
def mask(text: str) -> str: ...
def notices() -> list[NoticeInfo]: ...
def roster(bytes: bytes, file: str, lang: Lang) -> list[str] | dict[str, list[str]]: ...
def rules(lang: Lang) -> list[Rule]: ...
def severities() -> list[Severity]: ...
def severity_labels(lang: Lang) -> dict[Severity, str]: ...

@disjoint_base
class Held:
    def __new__(cls, *args: object, **keywords: object) -> Self: ...
    _core: Notice
    def check(
        self,
        record: Activity | Submission | Mapping[str, Any],
        *,
        as_of: str | date,
        kind: str = "activity",
        lang: Lang = "zh",
        strict_deadlines: bool = False,
        roster: Iterable[str] | Mapping[str, Iterable[str]] | None = None,
        only: Iterable[RuleId] | None = None,
        ignore: Iterable[RuleId] | None = None,
        min_severity: Severity | None = None,
    ) -> Report:
        """Checks one record. What is wrong with it is a finding, never an exception.

        Args:
            record: Field → value. Keys are ids, labels or aliases (`title`, `活动名称`, `名称`); other keys are left alone.
                Values are texts, numbers, booleans, dates, datetimes, decimals, numpy's and pandas' scalars, or lists of
                them; `None`, NaN, `NaT` and `NA` are empty.
            as_of: The moment of the question (截至): ISO text, a `date` or a `datetime`; without a zone it is UTC+8, and a bare
                day is its first minute.
            kind: One of `kinds`.
            lang: The language of messages and advice.
            strict_deadlines: Whether a deadline is what its strictest reading says: 9月28日前 ends on the 27th.
            roster: Who owes: a list in place of every roster, or roster id → list.
            only: Only these rules.
            ignore: All but these rules.
            min_severity: Nothing less grave.

        Raises:
            RecordError: It is no mapping, or a value is none that a cell could hold (bytes).
            NameUnknownError: An option names a rule, a roster, a kind or a moment that is none.

        >>> import kepu
        >>> report = kepu.Notice("henan-2023").check({"报送单位": "新乡市科协", "提交时间": "2023-09-28 16:00"},
        ...     kind="summary", as_of="2023-10-08", lang="en")
        >>> [(finding["rule"], finding["severity"]) for finding in report.findings]
        [('deadline-day', 'info')]
        >>> report.read["submitted_on"]
        '2023-09-28T16:00'
        """

@final
class Notice:
    @staticmethod
    def bundled(id: str, lang: Lang) -> Notice: ...
    @staticmethod
    def parse(text: str, file: str | None, lang: Lang) -> Notice: ...
    def to_json(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def year(self) -> int: ...
    @property
    def title(self) -> str | None: ...
    @property
    def kinds(self) -> list[str]: ...
    def name(self, field: str, id: str) -> str | None: ...
    def label(self, kind: str, lang: Lang) -> str: ...
    def timeline(self, as_of: str | date, lang: Lang) -> list[Milestone]: ...
    def calendar(self, as_of: str | date, lang: Lang) -> str: ...
    def schema(self, kind: str, lang: Lang) -> str: ...
    def template(self, kind: str, roster: Iterable[str] | Mapping[str, Iterable[str]] | None, lang: Lang) -> bytes: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Report:
    """What a check of one record found, and what was read from it."""

    @property
    def is_accepted(self) -> bool:
        """Whether there is no error."""
    @property
    def is_blocked(self) -> bool:
        """Whether a form should stop: an error that its sender can still put right."""
    @property
    def findings(self) -> list[Finding]:
        """What is wrong, in order: by field, then item, then rule. A fresh list at each call."""
    @property
    def read(self) -> dict[str, Any]:
        """What each field was read as, by id; None where nothing was. Days are ISO text, names ids, counts whole numbers."""
    @property
    def as_of(self) -> str:
        """The moment at which the question was asked, at UTC+8, as ISO text."""
    def day(self, field: str) -> date | None:
        """The day that a day field says; None where nothing stands there or nothing was read."""
    def explain(self) -> list[Answer]:
        """Every question of the notice and how it was answered: met, not met, not applicable, unknown."""
    def fixed(self) -> dict[str, Any]:
        """The record with every fix applied, under the keys that it came with."""
    def to_dict(self) -> dict[str, Any]:
        """All of it as plain data, with the version, the notice, the moment and the options, so that it can be repeated."""
    def _repr_html_(self) -> str: ...

@final
class Sheets:
    @staticmethod
    def read(
        files: list[tuple[str, bytes | None]], threads: int, most_unpacked: int | None, watch: Callable[[float], object] | None
    ) -> Sheets: ...
    @staticmethod
    def grid(rows: list[list[Any]], merges: list[tuple[int, int, int, int]], lang: Lang) -> Sheets: ...
    def files(self, lang: Lang) -> list[dict[str, Any]]: ...
    def raise_if_none_was_read(self, lang: Lang) -> None: ...
    def __len__(self) -> int: ...

@final
class Checker:
    def __new__(
        cls,
        notice: Notice,
        as_of: str | date,
        kind: str | None,
        columns: dict[str, str],
        lang: Lang,
        strict_deadlines: bool,
        roster: Iterable[str] | Mapping[str, Iterable[str]] | None,
        only: Iterable[RuleId] | None,
        ignore: Iterable[RuleId] | None,
        min_severity: str | None,
    ) -> Checker: ...
    def check_sheets(self, sheets: Sheets, watch: Callable[[int], object] | None) -> Checked: ...
    def check_rows(self, rows: Iterable[Any], watch: Callable[[int], object] | None) -> Checked: ...
    def check_arrow(self, table: object, threads: int) -> Checked: ...
    def check_rows_of_arrow(self, table: object) -> Checked: ...
    def part(self, batch: object, key: bytes) -> Part: ...

@final
class Part:
    def add(self, batch: object) -> None: ...
    def follow(self, rows: int, set: bytes, tally: str) -> None: ...
    @property
    def rows(self) -> int: ...
    @property
    def kind(self) -> str: ...
    def columns(self) -> list[tuple[str, str]]: ...
    def set(self) -> bytes: ...
    def rows_tally(self) -> str: ...
    def tally(self) -> dict[str, Any]: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

@final
class Checked:
    @property
    def rows(self) -> int: ...
    @property
    def is_accepted(self) -> bool: ...
    @property
    def is_blocked(self) -> bool: ...
    @property
    def is_whole(self) -> bool: ...
    def counts(self) -> list[tuple[RuleId, Severity, int]]: ...
    def findings(self, lang: Lang | None = None) -> Findings: ...
    def again(self, fixed: bool) -> Again: ...
    def record(self, number: int) -> Report: ...
    def tally(self) -> dict[str, Any]: ...
    def starts(self) -> list[str | None]: ...
    def to_json(self) -> str: ...
    def files(self) -> list[str | None]: ...
    def annotated(self, number: int) -> bytes: ...
    def stamp(self) -> dict[str, Any]: ...
    def tables(self) -> list[dict[str, Any]]: ...
    def skipped(self) -> list[dict[str, Any]]: ...
    def unread(self, lang: Lang | None = None) -> list[dict[str, Any]]: ...
    def notes(self) -> list[dict[str, Any]]: ...
    def wire(self, lang: Lang | None = None) -> list[dict[str, Any]]: ...

@final
class Findings:
    """The findings of a table: a table again for whatever speaks Arrow, and dicts for who iterates. Its columns are those that
    `Result.findings` lists, in that order.

    >>> import kepu
    >>> findings = kepu.Notice("henan-2023").check_table([{"title": "走近湿地"}], as_of="2023-09-01").findings
    >>> len(findings), [found["field"] for found in findings]
    (3, ['organizer', 'category', 'start'])
    """

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """A fresh stream of record batches (the Arrow PyCapsule interface)."""
    def __arrow_c_schema__(self) -> object:
        """The columns."""
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[dict[str, Any]]:
        """The findings one by one, as dicts."""

@final
class Again:
    """A table that was checked, as a table again for whatever speaks Arrow."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """A fresh stream of record batches (the Arrow PyCapsule interface)."""
    def __len__(self) -> int: ...
