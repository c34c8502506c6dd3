"""frictionless: a schema with constraints and checks over rows, from a CSV of the table."""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path

import attrs
from frictionless import Check, Resource, Schema, errors, fields, validate

from rules import CATEGORIES, DAYS, EMAIL, OPENS, PHONE, REQUIRED, THEME, WINDOW

NAME = "frictionless 5.21, from CSV"
FORMS = ("~days", "~words")
SAYS_NOT = "another form of a day, unsafe-link, duplicate-activity; windows by own Python; a clause, a fix"
SILENT = {"unsafe-link", "duplicate-activity"}
MOST_ROWS = 10_000
WORDS = {"参与人次": ("unreadable-count", r"\d+"), "联系电话": ("malformed-phone", PHONE), "电子邮箱": ("malformed-email", EMAIL)}


@attrs.define(kw_only=True, repr=False)
class Days(Check):
    """What holds of days beside each other: own Python, as the tool has no words for it."""

    type = "days"
    Errors = [errors.RowError]

    def validate_row(self, row):
        start, end, published = (row[column] for column in DAYS)
        last = end or (start if not row.errors else None)
        if published and published < OPENS:
            yield errors.RowError.from_row(row, note="published-early")
        if not start or not last:
            return
        if last < start:
            yield errors.RowError.from_row(row, note="reversed-dates")
        elif last < WINDOW[0] or start > WINDOW[1]:
            yield errors.RowError.from_row(row, note="outside-window")
        elif start < WINDOW[0] or last > WINDOW[1]:
            yield errors.RowError.from_row(row, note="spans-window")


def described(column: str):
    constraints: dict = {"required": True} if column in REQUIRED.values() or column == "活动图片" else {}
    if column == "活动类别":
        constraints["enum"] = CATEGORIES
    if column == "活动主题":
        constraints["enum"] = [THEME]
    if column in WORDS:
        constraints["pattern"] = WORDS[column][1].strip("^$")
    if column == "活动编号":
        constraints["unique"] = True
    return (fields.DateField if column in DAYS else fields.StringField)(name=column, constraints=constraints)


def load(table) -> Path:
    """A file of its own: it reads files."""
    file = Path(tempfile.mkdtemp()) / "activities.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(table.column_names)
        writer.writerows(zip(*(column.to_pylist() for column in table.columns), strict=True))
    return file


def check(file: Path) -> list[tuple[int, str]]:
    with file.open(encoding="utf-8", newline="") as head:
        columns = next(csv.reader(head))
    schema = Schema(fields=[described(column) for column in columns])
    resource = Resource(path=file.name, basepath=str(file.parent), schema=schema, encoding="utf-8")
    report = validate(resource, checks=[Days()], limit_errors=10**9)
    return [told for error in report.tasks[0].errors if (told := said(error))]


def said(error) -> tuple[int, str] | None:
    """A row of the table, from 0, and the rule that it breaks."""
    row, column = error.row_number - 2, getattr(error, "field_name", "")
    if error.type == "row-error":
        return row, error.note
    if error.type == "unique-error":
        return row, "duplicate-id"
    if error.type == "type-error":
        return row, "unreadable-date"
    if error.type == "constraint-error":
        if '"required"' in error.note:
            return row, "missing-media" if column == "活动图片" else "missing-field"
        known = {"活动类别": "unknown-category", "活动主题": "wrong-theme"} | {name: rule for name, (rule, _) in WORDS.items()}
        return row, known[column]
    return None


def pairs(found: list[tuple[int, str]]) -> set[tuple[int, str]]:
    return set(found)
