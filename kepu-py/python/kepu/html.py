"""What a notebook shows. Everything that a sender wrote is escaped, and the whole stays small."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kepu._kepu import Report
    from kepu.wire import Finding, Lang

MOST = 20
"""How many findings are shown."""
LONG = 120
"""How much of a text is shown, in characters."""
COLOUR = {"error": "#b42318", "warning": "#b54708", "info": "#175cd3"}


def text(value: object, long: int = LONG) -> str:
    """A text that can stand in a page: cut where it is long, then escaped."""
    whole = str(value)
    return escape(whole if len(whole) <= long else whole[: long - 1] + "…")


def table(headers: list[str], rows: list[list[str]]) -> str:
    """A table of texts that are escaped already."""
    head = "".join(f"<th style='text-align:left'>{header}</th>" for header in headers)
    body = "".join("<tr>" + "".join(f"<td style='text-align:left'>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def severity(id: str) -> str:
    """A severity in its colour."""
    return f"<span style='color:{COLOUR.get(id, 'inherit')}'>{escape(id)}</span>"


def clause(finding: Finding, lang: Lang) -> str:
    """The clause of a finding, or that it rests on none."""
    cited = finding["clause"]
    if cited is None:
        return "数据要求" if lang == "zh" else "structural"
    return f"{text(cited['number'])}：“{text(cited['quote'], 60)}”"


def record(report: Report, lang: Lang) -> str:
    """A report on one record."""
    findings = report.findings
    zh = lang == "zh"
    if report.is_blocked:
        verdict = "有必须改正的错误" if zh else "blocked: to be put right"
    elif report.is_accepted:
        verdict = "通过" if zh else "accepted"
    else:
        verdict = "有错误" if zh else "not accepted"
    rows = [
        [severity(finding["severity"]), text(".".join(map(str, finding["path"]))), text(finding["message"]), clause(finding, lang)]
        for finding in findings[:MOST]
    ]
    more = len(findings) - len(rows)
    rest = (f"<p>另有 {more} 条</p>" if zh else f"<p>{more} more</p>") if more > 0 else ""
    headers = ["级别", "字段", "问题", "条款"] if zh else ["severity", "field", "finding", "clause"]
    return f"<div><p><b>{verdict}</b></p>{table(headers, rows) if rows else ''}{rest}</div>"
