"""The report of a result: what the page is made of."""

from __future__ import annotations

import os
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Any

import kepu
from kepu import _kepu, excel
from kepu.errors import SheetError
from kepu.page import Page
from kepu.wire import Lang

if TYPE_CHECKING:
    from kepu.names import Severity
    from kepu.result import Result, Tally

__all__ = ["write"]


def write(result: Result, path: str | os.PathLike[str], *, mask: bool, lang: Lang) -> str:
    """Writes the report as one HTML file."""
    summary, plots = result.summary, result.plot
    document: dict[str, Any] = {
        **summary,
        "tables": [{**table, "records": table["rows"]} for table in result.tables],
        "skipped": result.skipped,
        "tally": plots.tally,
        "columns": [{"file": t["file"], "sheet": t["sheet"], "message": said} for t in result.tables for said in t["unread_columns"]],
        "notes": result.notes,
    }
    page = Page(
        document,
        result.findings,
        rules=kepu.rules(lang=lang),
        name=result.notice.name,
        labels=_kepu.severity_labels(lang),
        timeline=result.notice.timeline(summary["as_of"], lang=lang),
        title=result.notice.title or result.notice.id,
        charts=_charts(plots),
        mask=_kepu.mask if mask else None,
        lang=lang,
    )
    target = os.fspath(path)
    if any(name and os.path.exists(target) and os.path.samefile(target, name) for name in result._core.files()):
        raise SheetError(f"不能覆盖送来的文件：{target}；请换一个名称", f"{target} was sent in and is not written over; choose another name", lang)
    excel.put(target, page.html().encode())
    return target


def _charts(plots: Plots) -> list[tuple[str, str]] | None:
    """The charts that have something to show; None where they cannot be drawn here."""
    try:
        import altair  # noqa: F401
        import vl_convert  # noqa: F401
    except ImportError:
        return None
    from kepu import plot

    charts = []
    if plots.tally["findings"]:
        charts.append(plots.findings())
    if plots.tally["activities"]:
        charts += [plots.coverage(), plots.calendar()]
    return [("", plot.svg(chart)) for chart in charts]


class Plots:
    """The charts of a result; each is an `altair.Chart`. Needs `kepu[plot]`."""

    def __init__(self, result: Result) -> None:
        self._result = result

    @cached_property
    def tally(self) -> Tally:
        """The result's tally; of a table of Arrow it takes a look at every row, so it is taken once."""
        return self._result.tally

    def findings(self) -> Any:
        """How often each rule is broken, coloured by severity."""
        from kepu import plot

        counts: dict[tuple[str, Severity], int] = {(row["rule"], row["severity"]): row["count"] for row in self._result.counts}
        abouts: dict[str, str] = {rule["id"]: rule["about"] for rule in kepu.rules(lang=self._result.lang)}
        return plot.findings(counts, abouts, self._result.lang)

    def coverage(self) -> Any:
        """How many activities there are of each category in each region."""
        from kepu import plot

        return plot.coverage(self.tally["activities"], self._result.notice.name, self._result.lang)

    def calendar(self) -> Any:
        """How many activities begin on each day, against the window."""
        from kepu import plot

        days = Counter(day for day in self._result._core.starts() if day)
        return plot.calendar(days, self._result.notice._windows(), self._result.lang)
