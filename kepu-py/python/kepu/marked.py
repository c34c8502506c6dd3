"""The sender's own workbook, marked: openpyxl keeps its formatting (`kepu[excel]`)."""

from __future__ import annotations

import io
import os
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from kepu import _kepu
from kepu.names import Severity
from kepu.wire import Lang

__all__ = ["copy"]

FILLS = {"error": "FFF8CBC6", "warning": "FFFCE8B8", "info": "FFD6E6F7"}
WORDS = {
    "sheet": ("核对问题", "findings"),
    "heads": (
        ["程度", "工作表", "单元格", "栏目", "原文", "问题", "办法", "条款", "条款原文"],
        ["severity", "sheet", "cell", "header", "as written", "finding", "advice", "clause", "quote"],
    ),
}


def copy(name: str, format: str | None, findings: list[Mapping[str, Any]], lang: Lang) -> bytes | None:
    """The sender's own workbook, marked; None where it is none, or openpyxl is not there or cannot open it."""
    if format != "xlsx" or not os.path.exists(name):
        return None
    try:
        import openpyxl
    except ImportError:
        return None
    try:
        book = openpyxl.load_workbook(name)
    except Exception:  # noqa: BLE001 -- whatever it is that openpyxl cannot do, the core's copy takes its place
        return None
    _mark(book, findings, lang)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _mark(book: Any, findings: list[Mapping[str, Any]], lang: Lang) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    by_cell: dict[tuple[str, str], list[Mapping[str, Any]]] = defaultdict(list)
    for finding in findings:
        if finding["cell"] and finding["sheet"] in book.sheetnames:
            by_cell[finding["sheet"], finding["cell"]].append(finding)
    labels = _kepu.severity_labels(lang)
    for (sheet, address), found in by_cell.items():
        cell = book[sheet][address]
        worst = next(severity for severity in labels if any(finding["severity"] == severity for finding in found))
        cell.fill = PatternFill("solid", fgColor=FILLS[worst])
        said = [f"【{labels[finding['severity']]}】{finding['message']}\n{finding['advice']}{_cited(finding)}" for finding in found]
        before = [cell.comment.text] if cell.comment else []
        note = Comment("\n\n".join([*before, *said])[:30_000], "kepu")
        note.width, note.height = 360, 60 + 70 * len(said)
        cell.comment = note
    _list(book, findings, labels, 0 if lang == "zh" else 1)


def _cited(finding: Mapping[str, Any]) -> str:
    return f"\n{finding['clause']}：{finding['quote']}" if finding["clause"] else ""


def _list(book: Any, findings: list[Mapping[str, Any]], labels: Mapping[Severity, str], at: int) -> None:
    """All findings on a sheet of their own, each with a link to its cell; nothing in it runs as a formula."""
    from openpyxl.styles import Alignment, Font, PatternFill

    name, number = WORDS["sheet"][at], 2
    while name in book.sheetnames:
        name, number = f"{WORDS['sheet'][at]}{number}", number + 1
    sheet = book.create_sheet(name, 0)
    book.active = 0
    for other in book.worksheets[1:]:
        other.sheet_view.tabSelected = False
    for column, head in enumerate(WORDS["heads"][at], 1):
        cell = sheet.cell(1, column, head)
        cell.font, cell.fill = Font(bold=True, color="FFFFFFFF"), PatternFill("solid", fgColor="FF0B6B57")
    for row, finding in enumerate(findings, 2):
        line = [
            labels[finding["severity"]], finding["sheet"], finding["cell"], finding["header"], finding["value"],
            finding["message"], finding["advice"], finding["clause"], finding["quote"],
        ]  # fmt: skip
        for column, value in enumerate(line, 1):
            cell = sheet.cell(row, column)
            text = _printable("" if value is None else str(value))
            cell.value = text
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.cell(row, 1).fill = PatternFill("solid", fgColor=FILLS[finding["severity"]])
        if finding["cell"] and finding["sheet"] in book.sheetnames:
            link = sheet.cell(row, 3)
            quoted = finding["sheet"].replace("'", "''")
            link.hyperlink = f"#'{quoted}'!{finding['cell']}"
            link.font = Font(color="FF1F5FA8", underline="single")
    for letter, width in zip("ABCDEFGHI", (10, 14, 9, 14, 22, 40, 34, 9, 40), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"


def _printable(text: str) -> str:
    """Without what a workbook may not hold."""
    return "".join(sign for sign in text if sign in "\t\n\r" or (sign >= " " and not "\ud800" <= sign <= "\udfff" and sign not in "\ufffe\uffff"))[:32_000]
