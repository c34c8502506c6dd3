"""What the command line shows of a result: a page for people, JSON, CSV."""

from __future__ import annotations

import csv
import sys
from typing import TYPE_CHECKING, Any

from kepu import _kepu, terminal

if TYPE_CHECKING:
    from kepu.notice import Notice
    from kepu.result import Result, Summary
    from kepu.terminal import Words

__all__ = ["SHOWN"]


def show_json(found: Result, notice: Notice, now: str | None, say: Words) -> None:
    """One document, the same in every language."""
    print(found.to_json())


def show_csv(found: Result, notice: Notice, now: str | None, say: Words) -> None:
    """The findings as CSV, as Excel opens it: with a mark, and nothing that it would take for a formula."""
    columns = ["file", "sheet", "row", "cell", "id", "field", "header", "value", "rule", "severity", "message", "advice", "clause", "quote"]
    sys.stdout.write("\ufeff")
    writer = csv.writer(sys.stdout, lineterminator="\r\n")
    writer.writerow(columns)
    for row in found.findings:
        writer.writerow([harmless(row[column]) for column in columns])


def harmless(value: object) -> object:
    """A text that no spreadsheet program takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r")) else value


def show_table(found: Result, notice: Notice, now: str | None, say: Words) -> None:
    """The page that people read: file by file, row by row, and at last the sums."""
    page = terminal.Page(sys.stdout)
    summary, labels = found.summary, _kepu.severity_labels(say.lang)
    page.put("", notice.title or notice.id, "bold")
    stamp = summary["as_of"].replace("T", " ")
    page.put(say("截至 ", "as of "), stamp + (say("（现在，UTC+8）", " (now, UTC+8)") if now else ""))
    for table in found.tables:
        place = " ".join(part for part in (table["file"], table["sheet"]) if part)
        page.put("\n", f"{place}  {notice.label(table['kind'], lang=say.lang)} × {table['rows']}", "bold")
        for words in (*table["missing"], *table["unread_columns"]):
            page.put("  ", words)
    before: tuple[object, ...] = (None, None, None)
    for row in found.findings:
        here = (row["file"], row["sheet"], row["row"])
        if here[:2] != before[:2] and len(found.tables) > 1:
            page.put("\n", " ".join(str(part) for part in here[:2] if part) or say("全部文件", "all files"), "bold")
        if here != before:
            number = say("全部记录", "the whole set") if here[2] is None else say(f"第 {here[2]} 行", f"row {here[2]}")
            page.put("\n", number + (f"  {row['id']}" if row["id"] else ""), "bold")
            before = here
        page.put(f"  {labels[row['severity']]}  ", (f"{row['cell']} " if row["cell"] else "") + row["message"], row["severity"])
        page.put("    → ", row["advice"])
        clause = f"{row['clause']}：“{row['quote']}”" if row["clause"] else say("数据本身的要求，不出自通知", "asked by the data, not by the notice")
        page.put("    § ", clause, "dim")
    page.put("\n", sums(summary, labels, say), "bold")
    for skipped in found.skipped:
        place = " ".join(part for part in (skipped["file"], skipped["sheet"]) if part)
        page.put(say("跳过：", "skipped: "), f"{place} {say('第 ' + str(skipped['row']) + ' 行', 'row ' + str(skipped['row']))}, {skipped['label']}")
    for note in found.notes:
        page.put(say("注意：", "note: "), f"{note['file']}: {note['message']}")


def sums(summary: Summary, labels: dict[Any, str], say: Words) -> str:
    """A result in one line."""
    if not summary["rows"]:
        return say("一行也没有核对", "nothing was checked: no rows")
    counts = zip(labels.values(), (summary["errors"], summary["warnings"], summary["infos"]), strict=True)
    said = say("，", ", ").join(f"{label} {count}" for label, count in counts)
    return say(f"{summary['rows']} 条记录：{said}", f"{summary['rows']} records: {said}")


SHOWN = {"table": show_table, "json": show_json, "csv": show_csv}
"""Each format and how it is shown."""
