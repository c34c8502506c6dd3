"""The notice: a document held as data, and what it is asked."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, cast

from kepu import _kepu
from kepu.errors import NoticeError

if TYPE_CHECKING:
    from datetime import date

    from kepu._kepu import Report
    from kepu.plot import NoticePlots
    from kepu.names import Activity, FieldId, RuleId, Severity, Submission
    from kepu.result import Result
    from kepu.wire import Lang, Milestone, NoticeInfo, Rule

    _AsOf = str | date
    _Roster = Iterable[str] | Mapping[str, Iterable[str]]

__all__ = ["Notice", "notices", "rules"]


class Notice(_kepu.Held):
    """A notice (通知) held as data. Cheap to keep, and to be shared between threads; it pickles.

    Args:
        id: One of those that come with the software (`kepu.notices()`); `Notice.load` reads one's own.
        lang: The language of the error, `"zh"` or `"en"`.

    Raises:
        NameUnknownError: There is no such notice.

    >>> import kepu
    >>> notice = kepu.Notice("henan-2023")
    >>> notice.year, notice.kinds
    (2023, ['activity', 'summary'])
    """

    __slots__ = ()

    def __init__(self, id: str, *, lang: Lang = "zh") -> None:
        self._core = _kepu.Notice.bundled(id, lang)

    @classmethod
    def load(cls, path: str | os.PathLike[str], *, lang: Lang = "zh") -> Notice:
        """Reads a notice file, TOML or JSON.

        Raises:
            NoticeError: The file has faults: all of them in `.faults`, each with line, column, key and the way out.
            OSError: The file cannot be opened.
        """
        with open(path, "rb") as file:
            held = file.read()
        try:
            text = held.decode("utf-8-sig")
        except UnicodeDecodeError:
            name = os.fspath(path)
            raise NoticeError(f"{name}：不是 UTF-8 文字；请另存为 UTF-8", f"{name}: is not UTF-8 text; save it as UTF-8", lang) from None
        return cls._of(_kepu.Notice.parse(text, os.fspath(path), lang))

    @classmethod
    def parse(cls, text: str, *, lang: Lang = "zh") -> Notice:
        """A notice from its text, TOML or JSON.

        Raises:
            NoticeError: The text has faults.

        >>> import kepu
        >>> kepu.Notice.parse('format = 1\\nid = "mine"\\nyear = 2024').id
        'mine'
        >>> try:
        ...     kepu.Notice.parse('format = 1\\nid = "mine"\\nyaer = 2024', lang="en")
        ... except kepu.NoticeError as error:
        ...     print([(fault["line"], fault["key"]) for fault in error.faults])
        [(1, 'year'), (3, 'yaer')]
        """
        return cls._of(_kepu.Notice.parse(text, None, lang))

    @classmethod
    def _of(cls, core: _kepu.Notice) -> Notice:
        notice = cls.__new__(cls)
        notice._core = core
        return notice

    @property
    def id(self) -> str:
        """Its stable name."""
        return self._core.id

    @property
    def title(self) -> str | None:
        """What the paper is called, if its data say so."""
        return self._core.title

    @property
    def year(self) -> int:
        """The year of days that have none."""
        return self._core.year

    @property
    def kinds(self) -> list[str]:
        """The kinds of record that it asks for: activities, then submissions in the order of their deadlines."""
        return self._core.kinds

    def name(self, field: FieldId, id: str) -> str | None:
        """What a place, a kind of activity or another thing of the notice's lists is called; None for what is on none.

        >>> import kepu
        >>> kepu.Notice("henan-2023").name("region", "410700")
        '新乡市'
        """
        return self._core.name(field, id)

    def label(self, kind: str, *, lang: Lang = "zh") -> str:
        """What people call records of a kind.

        >>> import kepu
        >>> kepu.Notice("henan-2023").label("summary")
        '科普日活动工作总结'
        """
        return self._core.label(kind, lang)

    def check_table(
        self,
        table: Any,
        *,
        as_of: _AsOf,
        kind: str | None = None,
        columns: Mapping[str, str] | None = None,
        lang: Lang = "zh",
        threads: int | None = None,
        strict_deadlines: bool = False,
        roster: _Roster | None = None,
        only: Iterable[RuleId] | None = None,
        ignore: Iterable[RuleId] | None = None,
        min_severity: Severity | None = None,
    ) -> Result:
        """Checks a table: every row, and what only all of them show (what is there twice, who has not handed in, quotas).

        Args:
            table: What `kepu.read` gives; anything with `__arrow_c_stream__` or `__arrow_c_array__` (polars, pyarrow, DuckDB,
                pandas); pandas without pyarrow; an iterable of dicts.
            as_of: The moment of the question, as for `check`.
            kind: What the rows are; otherwise the kind whose fields the columns name most, activities first.
            columns: Headers of one's own and the fields they stand for: `{"主讲内容": "description"}`.
            lang: The language of messages and advice.
            threads: How many threads a table is shared out to; otherwise `RAYON_NUM_THREADS`, or as many as there are cores. The
                result is the same.
            strict_deadlines, roster, only, ignore, min_severity: As for `check`.

        Raises:
            SheetError: It is no table, has no known column, or (a reader, an iterator) no rows since it was read before.
            RecordError: A row is no mapping, or holds what no cell can.
            NameUnknownError: As for `check`; or `columns` names a field that is none.

        >>> import kepu
        >>> table = kepu.read("编号,名称,主办单位,活动类别,时间\\n1,走近湿地,新乡市科协,地方主场活动,9月31日\\n".encode())
        >>> result = kepu.Notice("henan-2023").check_table(table, as_of="2023-09-01")
        >>> next((found["cell"], found["rule"], found["value"]) for found in result.findings)
        ('E2', 'unreadable-date', '9月31日')
        """
        from kepu import result

        return result.check(
            self,
            table,
            as_of=as_of,
            kind=kind,
            columns=columns,
            lang=lang,
            threads=threads,
            choices=(strict_deadlines, roster, only, ignore, min_severity),
        )

    def timeline(self, as_of: _AsOf, *, lang: Lang = "zh") -> list[Milestone]:
        """What the notice dates, in order, as it stands at a moment.

        >>> import kepu
        >>> summary = kepu.Notice("henan-2023").timeline("2023-09-26")[-1]
        >>> summary["what"], summary["state"], summary["days_left"]
        ('科普日活动工作总结', 'open', 2)
        """
        return self._core.timeline(as_of, lang)

    def ics(self, as_of: _AsOf, *, lang: Lang = "zh") -> str:
        """The timeline as an iCalendar file (RFC 5545), stamped with `as_of`. Write it with `newline=""`: its lines end in CRLF.

        >>> import kepu
        >>> kepu.Notice("henan-2023").ics("2023-09-01").splitlines()[0]
        'BEGIN:VCALENDAR'
        """
        return self._core.calendar(as_of, lang)

    def schema(self, kind: str = "activity", *, lang: Lang = "zh") -> dict[str, Any]:
        """The JSON Schema (2020-12) of a record: the form in which nothing has to be interpreted.

        >>> import kepu
        >>> kepu.Notice("henan-2023").schema()["required"]
        ['title', 'organizer', 'category', 'start']
        """
        import json

        return cast("dict[str, Any]", json.loads(self._core.schema(kind, lang)))

    def template(self, kind: str = "activity", *, roster: _Roster | None = None, lang: Lang = "zh") -> bytes:
        """A blank workbook (xlsx) to send out and have filled in: drop-downs, days and hints from the notice, an example, and a
        sheet with what the notice dates and lists. Units to choose from are those of the rosters.

        Raises:
            NameUnknownError: The notice asks for no such kind of record, or has no such roster.

        >>> import kepu
        >>> kepu.Notice("henan-2023").template("summary")[:2]
        b'PK'
        """
        return self._core.template(kind, roster, lang)

    @property
    def plot(self) -> NoticePlots:
        """Charts: `.timeline(as_of)`. Needs `kepu[plot]`."""
        from kepu.plot import NoticePlots

        return NoticePlots(self)

    def _windows(self) -> list[tuple[str, str, str]]:
        """The days on which activities are concentrated: what they are, the first and the last, both included."""
        import json

        periods = json.loads(self.to_json()).get("periods", [])
        windows = [period for period in periods if period["role"] == "window" and "start" in period and "end" in period]
        return [(window.get("what", ""), window["start"][:10], window["end"][:10]) for window in windows]

    def to_json(self) -> str:
        """The notice as JSON; `Notice.parse` makes the same notice of it."""
        return self._core.to_json()

    def __reduce__(self) -> tuple[object, ...]:
        return Notice.parse, (self.to_json(),)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Notice) and self._core == other._core

    def __hash__(self) -> int:
        return hash(self._core)

    def __repr__(self) -> str:
        return f"<Notice {self.id}: {self.title}>" if self.title else f"<Notice {self.id}>"


def notices() -> list[NoticeInfo]:
    """The notices that come with the software.

    >>> import kepu
    >>> [notice["id"] for notice in kepu.notices()]
    ['henan-2023']
    """
    return _kepu.notices()


def rules(*, lang: Lang = "zh") -> list[Rule]:
    """Every rule, in the order in which findings of one place stand.

    >>> import kepu
    >>> next(rule for rule in kepu.rules() if rule["id"] == "late-summary")["can_block"]
    False
    """
    return _kepu.rules(lang)
