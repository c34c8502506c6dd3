"""What a notebook shows. Everything that a sender wrote is escaped, and the whole stays small."""

from __future__ import annotations

from html import escape
from itertools import islice
from typing import TYPE_CHECKING, Any

from kepu import _kepu

if TYPE_CHECKING:
    from kepu._kepu import Report
    from kepu.names import Severity
    from kepu.result import Result, Summary
    from kepu.wire import Finding, Lang

MOST = 20
"""How many findings are shown."""
WORST = 8
"""How many rows are shown of a table."""
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


def severity(id: Severity, lang: Lang) -> str:
    """A severity in its colour, as people call it."""
    return f"<span style='color:{COLOUR[id]}'>{escape(_kepu.severity_labels(lang)[id])}</span>"


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
        [severity(finding["severity"], lang), text(".".join(map(str, finding["path"]))), text(finding["message"]), clause(finding, lang)]
        for finding in findings[:MOST]
    ]
    more = len(findings) - len(rows)
    rest = (f"<p>另有 {more} 条</p>" if zh else f"<p>{more} more</p>") if more > 0 else ""
    headers = ["级别", "字段", "问题", "条款"] if zh else ["severity", "field", "finding", "clause"]
    return f"<div><p><b>{verdict}</b></p>{table(headers, rows) if rows else ''}{rest}</div>"


def result(of: Result) -> str:
    """A result on a table: what was not read first, then the rules, then the rows with most findings."""
    zh = of.lang == "zh"
    summary = of.summary
    parts = [f"<p><b>{_verdict(summary, zh)}</b></p>"]
    for unread in [unread for unread in summary["unread"] if not unread["aside"]][:5]:
        parts.append(f"<p style='color:{COLOUR['error']}'>{text(unread['file'])} {text(unread['sheet'] or '')}: {text(unread['message'])}</p>")
    abouts = {rule["id"]: rule["about"] for rule in _kepu.rules(of.lang)}
    rules = [
        [severity(row["severity"], of.lang), f"{text(abouts[row['rule']], 40)} <small>{text(row['rule'])}</small>", str(row["count"])]
        for row in summary["rules"]
    ]
    if rules:
        parts.append(table(["级别", "规则", "条数"] if zh else ["severity", "rule", "count"], rules[:MOST]))
    worst = _worst(of)
    if worst:
        headers = ["位置", "问题", "条款"] if zh else ["where", "findings", "clause"]
        parts.append(table(headers, worst))
    return "<div>" + "".join(parts) + "</div>"


def _verdict(summary: Summary, zh: bool) -> str:
    if not summary["rows"]:
        return "一行也没有核对" if zh else "nothing was checked: no rows"
    counts = summary["errors"], summary["warnings"], summary["infos"]
    if zh:
        return f"{summary['rows']} 行：错误 {counts[0]}，警告 {counts[1]}，提示 {counts[2]}"
    return f"{summary['rows']} rows: {counts[0]} errors, {counts[1]} warnings, {counts[2]} infos"


def _worst(of: Result) -> list[list[str]]:
    """The rows with most findings among the first thousand findings, gravest first."""
    rank = {id: place for place, id in enumerate(COLOUR)}
    found: dict[tuple[object, ...], list[dict[str, Any]]] = {}
    for row in islice(of.findings, 1000):
        found.setdefault((row["file"], row["sheet"], row["row"]), []).append(row)
    rows = sorted(found.items(), key=lambda item: (min(rank[row["severity"]] for row in item[1]), -len(item[1])))
    shown = []
    for (file, sheet, number), findings in rows[:WORST]:
        place = " ".join(str(part) for part in (file, sheet, findings[0]["cell"] or number) if part is not None)
        clauses = dict.fromkeys(row["clause"] for row in findings if row["clause"])
        shown.append([text(place, 60), "<br>".join(text(row["message"], 80) for row in findings[:3]), text("、".join(clauses), 40)])
    return shown
