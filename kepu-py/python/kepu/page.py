"""The report as one page: self-contained, no network, Chinese first, made to be printed on A4 and passed on."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from html import escape
from typing import Any

from kepu.names import FieldId, Severity
from kepu.wire import Lang

MOST = 300
"""How many findings are shown of one file."""

_WORDS = {
    "title": ("核对报告", "Check report"),
    "as_of": ("截至", "as of"),
    "made": ("由 kepu {version} 按通知“{notice}”核对", "checked by kepu {version} against `{notice}`"),
    "files": ("文件", "files"),
    "records": ("记录", "records"),
    "accepted": ("没有错误。", "There is no error."),
    "blocked": ("有 {count} 处错误，需要报送单位更正。", "{count} errors are to be put right by the senders."),
    "errors": ("有 {count} 处错误。", "There are {count} errors."),
    "nothing": ("没有读到任何记录：这份报告不能说明任何单位合格。", "No record was read: this report says of nobody that all is well."),
    "partly": ("有文件或工作表没有读成，见文末。", "Some files or sheets could not be read: see the end."),
    "charts": ("一看便知", "At a glance"),
    "no_charts": (
        "安装 kepu[plot]（pip install 'kepu[plot]'）后，这里会有图表。",
        "Charts stand here once kepu[plot] is installed (pip install 'kepu[plot]').",
    ),
    "by_file": ("各文件的情况", "File by file"),
    "by_rule": ("各类问题", "Rule by rule"),
    "file": ("文件", "file"),
    "rule": ("问题", "rule"),
    "count": ("次数", "count"),
    "clause": ("依据", "clause"),
    "structural": ("数据要求，通知没有规定", "needed by the software, not by the notice"),
    "owed": ("整体情况：谁还没有报送，哪里超出数量", "The set as a whole: who still owes, what is over its limit"),
    "submissions": (
        "工作总结：按时 {on_time}，迟交 {late}，未交 {missing}",
        "submissions: {on_time} on time, {late} late, {missing} missing",
    ),
    "tally": ("活动统计（地区 × 类别）", "Activities (region × category)"),
    "region": ("地区", "region"),
    "unread_value": ("未读出", "not read"),
    "total": ("合计", "total"),
    "people": (
        "参与人次：明确的 {exact}，约数 {approximate}",
        "people: {exact} exact, {approximate} approximate",
    ),
    "timeline": ("时间安排", "Timeline"),
    "what": ("事项", "what"),
    "days": ("日期", "days"),
    "state": ("状态", "state"),
    "owed_by": ("报送单位", "owed by"),
    "findings": ("逐条问题", "Every finding"),
    "place": ("位置", "place"),
    "value": ("原文", "as written"),
    "message": ("问题和办法", "finding and advice"),
    "row": ("第 {row} 行", "row {row}"),
    "more": ("这个文件另有 {count} 条没有列出，请看批注表。", "{count} more findings of this file: see its annotated copy."),
    "clauses": ("所依据的条款", "The clauses"),
    "unread": ("没有读成的文件和工作表", "Files and sheets that could not be read"),
    "columns": ("没有当作任何字段的栏目", "Columns that are read as no field"),
    "notes": ("关于文件", "About the files"),
    "skipped": ("没有当作记录的行：{counts}", "Rows that are no records: {counts}"),
    "masked": ("电话和邮箱已隐去。", "Telephones and mailboxes are masked."),
}

_STYLE = """
:root{--ink:#1d2a26;--soft:#55645e;--line:#d5dcd7;--brand:#0b6b57;--error:#b3261e;--warning:#8a5a00;--info:#1f5fa8}
*{box-sizing:border-box}body{margin:0 auto;max-width:62rem;padding:2rem 1.25rem;color:var(--ink);background:#fff;line-height:1.6;
font-family:"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Source Han Sans SC",system-ui,sans-serif;overflow-wrap:anywhere}
h1{margin:0;font-size:1.7rem}h2{margin:2rem 0 .6rem;font-size:1.2rem;border-bottom:2px solid var(--brand);padding-bottom:.2rem}
h3{margin:1.4rem 0 .4rem;font-size:1rem}p{margin:.3rem 0}.soft,small{color:var(--soft)}
.verdict{font-size:1.05rem;font-weight:600;padding:.7rem 1rem;border-left:5px solid var(--brand);background:#e2f1ec}
.verdict.bad{border-color:var(--error);background:#fcebe9}
.figures{display:flex;flex-wrap:wrap;gap:.6rem;margin:1rem 0;padding:0}.figures div{flex:1 1 6rem;border:1px solid var(--line);
border-radius:8px;padding:.5rem .8rem}.figures dd{margin:0;font-size:1.5rem;font-weight:700}.figures dt{color:var(--soft);font-size:.85rem}
table{border-collapse:collapse;width:100%;font-size:.9rem}th,td{text-align:left;vertical-align:top;padding:.35rem .5rem;
border-bottom:1px solid var(--line)}th{color:var(--soft);font-weight:600}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
.w{word-break:keep-all;overflow-wrap:normal}th.n span{display:inline-block;min-width:2em}
.tag{white-space:nowrap;font-weight:600;border:1px solid;border-radius:999px;padding:0 .5rem;font-size:.8rem}
.error{color:var(--error)}.warning{color:var(--warning)}.info{color:var(--info)}q{quotes:"“" "”"}
figure{margin:1rem 0}figure svg{max-width:100%;height:auto}nav{margin:.8rem 0;font-size:.92rem}nav a{margin-right:1rem}a{color:var(--brand)}
@media print{@page{size:A4;margin:16mm 14mm}body{max-width:none;padding:0;font-size:10pt}nav{display:none}a{color:inherit;text-decoration:none}
h2,h3{break-after:avoid}tr,figure{break-inside:avoid}thead{display:table-header-group}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
"""


class Page:
    """Writes the page; every text that a sender wrote is masked, then escaped.

    Args:
        document: The result on the wire without its findings: stamp, `tables`, `skipped`, `tally`, `columns`, `unread`, `notes`.
        findings: The findings as dicts with the columns of the findings' table.
        rules: Every rule as `kepu.rules()` gives it.
        name: From a field and the id of something on its list to the name; None for what is on none.
        labels: Severity → what people call it.
        timeline: The notice's milestones as of the report's moment.
        title: The notice's title.
        charts: Captions and SVG texts; None if none can be drawn.
        mask: What telephones and mailboxes are made unreadable with; None to leave them.
    """

    def __init__(
        self,
        document: Mapping[str, Any],
        findings: Iterable[Mapping[str, Any]],
        *,
        rules: Sequence[Mapping[str, Any]],
        name: Callable[[FieldId, str], str | None],
        labels: Mapping[Severity, str],
        timeline: Sequence[Mapping[str, Any]],
        title: str,
        charts: Sequence[tuple[str, str]] | None,
        mask: Callable[[str], str] | None,
        lang: Lang,
    ) -> None:
        self.document = document
        self.rules = {rule["id"]: rule for rule in rules}
        self.name = name
        self.labels = labels
        self.timeline = timeline
        self.title = title
        self.charts = charts
        self.mask = mask
        self.lang: Lang = lang
        self.by_file: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
        self.of_set: list[Mapping[str, Any]] = []
        self.severities: Counter[str] = Counter()
        self.per_file: dict[str, Counter[str]] = defaultdict(Counter)
        self.per_rule: Counter[tuple[str, Severity]] = Counter()
        self.clauses: dict[str, dict[str, None]] = {}
        for finding in findings:
            self._take(finding)

    def _take(self, finding: Mapping[str, Any]) -> None:
        self.severities[finding["severity"]] += 1
        self.per_rule[finding["rule"], finding["severity"]] += 1
        if finding["clause"]:
            self.clauses.setdefault(finding["clause"], {})[finding["quote"]] = None
        if finding["row"] is None:
            self.of_set.append(finding)
            return
        file = finding["file"] or ""
        self.per_file[file][finding["severity"]] += 1
        if len(self.by_file[file]) < MOST:
            self.by_file[file].append(finding)

    def word(self, name: str, **values: object) -> str:
        """A word of the page, Chinese or English, escaped."""
        zh, en = _WORDS[name]
        return escape((zh if self.lang == "zh" else en).format(**values))

    def text(self, value: object) -> str:
        """What somebody wrote: masked, then escaped."""
        text = "" if value is None else str(value)
        return escape(self.mask(text) if self.mask else text)

    def file(self, name: str) -> str:
        """A file's name without its folder, which is nobody else's business."""
        return self.text(os.path.basename(name))

    def html(self) -> str:
        """The whole page."""
        parts = [
            self._verdict(), self._charts(), self._owed(), self._files(), self._rules(), self._tally(),
            self._timeline(), self._findings(), self._clauses(), self._aside(),
        ]
        parts.insert(0, self._head("".join(parts)))
        lang = "zh-CN" if self.lang == "zh" else "en"
        csp = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
        return (
            f'<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8">'
            f'<meta name="viewport" content="width=device-width, initial-scale=1">'
            f'<meta http-equiv="Content-Security-Policy" content="{csp}">'
            f"<title>{self.word('title')} · {escape(self.title)}</title><style>{_STYLE}</style></head>"
            f"<body>{''.join(parts)}</body></html>\n"
        )

    def _head(self, body: str) -> str:
        document = self.document
        stamp = self.word("made", version=document["kepu"], notice=document["notice"])
        as_of = f"{self.word('as_of')} {escape(str(document['as_of']).replace('T', ' '))}"
        masked = f" {self.word('masked')}" if self.mask else ""
        links = "".join(
            f'<a href="#{name}">{self.word(name)}</a>'
            for name in ("owed", "by_file", "by_rule", "tally", "findings", "clauses")
            if f' id="{name}"' in body
        )
        return f'<h1>{self.word("title")}</h1><p>{escape(self.title)}</p><p class="soft">{as_of}；{stamp}。{masked}</p><nav>{links}</nav>'

    def _verdict(self) -> str:
        document = self.document
        records = sum(table["records"] for table in document["tables"])
        files = len({table["file"] for table in document["tables"]})
        errors = self.severities["error"]
        if records == 0:
            said, bad = self.word("nothing"), True
        elif errors == 0:
            said, bad = self.word("accepted"), False
        else:
            said, bad = self.word("blocked" if document["blocked"] else "errors", count=errors), True
        if document["unread"]:
            said += f" {self.word('partly')}"
        figures = [(self.word("files"), files), (self.word("records"), records)]
        figures += [(escape(label), self.severities[severity]) for severity, label in self.labels.items()]
        cards = "".join(f"<div><dt>{label}</dt><dd>{count:,}</dd></div>" for label, count in figures)
        return f'<p class="verdict{" bad" if bad else ""}">{said}</p><dl class="figures">{cards}</dl>'

    def _charts(self) -> str:
        if self.charts is None:
            return f'<p class="soft">{self.word("no_charts")}</p>'
        figures = "".join(f"<figure><figcaption>{escape(caption)}</figcaption>{svg}</figure>" for caption, svg in self.charts)
        return f"<h2>{self.word('charts')}</h2>{figures}" if figures else ""

    def _owed(self) -> str:
        sums = self.document["tally"]["submissions"]
        if not self.of_set and not any(sums.values()):
            return ""
        rows = [[self._tag(finding["severity"]), self._said(finding), self._cited(finding)] for finding in self.of_set]
        table = self._table([self.word("rule"), self.word("message"), self.word("clause")], rows) if rows else ""
        return f'<h2 id="owed">{self.word("owed")}</h2><p>{self.word("submissions", **sums)}</p>{table}'

    def _files(self) -> str:
        records: Counter[str] = Counter()
        for table in self.document["tables"]:
            records[table["file"] or ""] += table["records"]
        rows = []
        for file in sorted(records, key=lambda file: (-self.per_file[file]["error"], file)):
            counts = [f"{self.per_file[file][severity]:,}" for severity in self.labels]
            rows.append([self.file(file) or "—", f"{records[file]:,}", *counts])
        headers = [self.word("file"), self.word("records"), *map(escape, self.labels.values())]
        return f'<h2 id="by_file">{self.word("by_file")}</h2>{self._table(headers, rows, numbers={1, 2, 3, 4})}'

    def _rules(self) -> str:
        rows = []
        for (rule, severity), count in sorted(self.per_rule.items(), key=lambda item: -item[1]):
            rows.append([self._tag(severity), escape(self.rules[rule]["about"]) + f" <small>{escape(rule)}</small>", f"{count:,}"])
        headers = [self.word("state"), self.word("rule"), self.word("count")]
        return f'<h2 id="by_rule">{self.word("by_rule")}</h2>{self._table(headers, rows, numbers={2})}' if rows else ""

    def _tally(self) -> str:
        tally = self.document["tally"]
        if not tally["activities"]:
            return ""
        unread = self.word("unread_value")

        def name(field: FieldId, id: str | None) -> str:
            return escape(self.name(field, id) or id) if id else unread

        # What was not read stands last.
        categories = sorted(dict.fromkeys(line["category"] for line in tally["activities"]), key=lambda id: id is None)
        regions = sorted(dict.fromkeys(line["region"] for line in tally["activities"]), key=lambda id: id is None)
        counts = {(line["region"], line["category"]): line["count"] for line in tally["activities"]}
        rows = []
        for region in regions:
            line = [counts.get((region, category), 0) for category in categories]
            rows.append([name("region", region), *(f"{count:,}" if count else "" for count in line), f"{sum(line):,}"])
        headers = [self.word("region"), *(name("category", category) for category in categories), self.word("total")]
        people = self.word("people", exact=f"{tally['people']['exact']:,}", approximate=f"{tally['people']['approximate']:,}")
        numbers = set(range(1, len(headers)))
        return f'<h2 id="tally">{self.word("tally")}</h2>{self._table(headers, rows, numbers=numbers)}<p class="soft">{people}</p>'

    def _timeline(self) -> str:
        rows = []
        for milestone in self.timeline:
            cited = f"{escape(milestone['clause']['number'])} <q>{escape(milestone['clause']['quote'])}</q>"
            words = (milestone["what"], milestone["when"], milestone["label"], "；".join(milestone["owed_by"]))
            rows.append([*map(escape, words), cited])
        headers = [self.word(name) for name in ("what", "days", "state", "owed_by", "clause")]
        return f"<h2>{self.word('timeline')}</h2>{self._table(headers, rows, whole={0, 2})}" if rows else ""

    def _findings(self) -> str:
        parts = []
        for file, shown in sorted(self.by_file.items()):
            rows = [
                [self._tag(finding["severity"]), self._place(finding), self._said(finding), self.text(finding["value"]), self._cited(finding)]
                for finding in shown
            ]
            headers = [self.word(name) for name in ("state", "place", "message", "value", "clause")]
            left = sum(self.per_file[file].values()) - len(shown)
            more = f'<p class="soft">{self.word("more", count=left)}</p>' if left else ""
            parts.append(f"<h3>{self.file(file)}</h3>{self._table(headers, rows)}{more}")
        return f'<h2 id="findings">{self.word("findings")}</h2>{"".join(parts)}' if parts else ""

    def _clauses(self) -> str:
        rows = [
            [f'<span id="clause-{at}">{escape(number)}</span>', "<br>".join(f"<q>{escape(quote)}</q>" for quote in quotes)]
            for at, (number, quotes) in enumerate(self.clauses.items())
        ]
        headers = [self.word("clause"), ""]
        return f'<h2 id="clauses">{self.word("clauses")}</h2>{self._table(headers, rows)}' if rows else ""

    def _aside(self) -> str:
        document = self.document
        parts = []
        for name in ("unread", "columns", "notes"):
            lines = "".join(f"<li>{self._where(line)}{self.text(line['message'])}</li>" for line in document.get(name, ()))
            if lines:
                parts.append(f"<h2>{self.word(name)}</h2><ul>{lines}</ul>")
        reasons = Counter(row["label"] for row in document["skipped"])
        if reasons:
            counts = "、".join(f"{label} {count}" for label, count in reasons.items())
            parts.append(f'<p class="soft">{self.word("skipped", counts=counts)}</p>')
        return "".join(parts)

    def _where(self, line: Mapping[str, Any]) -> str:
        where = " · ".join(part for part in (self.file(line.get("file") or ""), self.text(line.get("sheet"))) if part)
        return f"{where}：" if where else ""

    def _place(self, finding: Mapping[str, Any]) -> str:
        row = finding["cell"] or ("" if finding["row"] is None else self.word("row", row=finding["row"]))
        where = " · ".join(part for part in (self.text(finding["sheet"]), self.text(row)) if part)
        return where + (f"<br><small>{self.text(finding['id'])}</small>" if finding["id"] else "")

    def _said(self, finding: Mapping[str, Any]) -> str:
        return f"{self.text(finding['message'])}<br><small>{self.text(finding['advice'])}</small>"

    def _cited(self, finding: Mapping[str, Any]) -> str:
        if not finding["clause"]:
            return f"<small>{self.word('structural')}</small>"
        at = list(self.clauses).index(finding["clause"])
        return f'<a href="#clause-{at}">{escape(finding["clause"])}</a>'

    def _tag(self, severity: Severity) -> str:
        return f'<span class="tag {severity}">{escape(self.labels[severity])}</span>'

    def _table(
        self, headers: Sequence[str], rows: Iterable[Sequence[str]], numbers: Collection[int] = (), whole: Collection[int] = (0,)
    ) -> str:
        """A table; the words of columns in `whole` are not broken, however narrow the page."""

        def mark(at: int) -> str:
            return ' class="n"' if at in numbers else ' class="w"' if at in whole else ""

        head = "".join(f'<th scope="col"{mark(at)}><span>{header}</span></th>' for at, header in enumerate(headers))
        body = "".join("<tr>" + "".join(f"<td{mark(at)}>{cell}</td>" for at, cell in enumerate(row)) + "</tr>" for row in rows)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
