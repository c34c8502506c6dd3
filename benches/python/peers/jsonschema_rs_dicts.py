"""jsonschema-rs: each row as a dict against a schema, all errors."""

from __future__ import annotations

import jsonschema_rs

from rules import CATEGORIES, EMAIL, PHONE, REQUIRED, THEME

NAME = "jsonschema-rs 0.60, dicts"
FORMS = ("~days", "~words")
SAYS_NOT = "another form of a day, windows, reversed-dates, duplicates; a clause, a fix"
SILENT = {"spans-window", "reversed-dates", "duplicate-id", "duplicate-activity", "outside-window"}
MOST_ROWS = 100_000
TEXT = {"type": ["string", "null"]}
DAY = {**TEXT, "format": "date"}
SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": [*REQUIRED.values(), "活动图片"],
    "properties": {
        "活动类别": {"enum": CATEGORIES},
        "活动主题": {"enum": [THEME]},
        "开始日期": {**DAY},
        "结束日期": {**DAY},
        # From the day on which the platform opens.
        "平台发布日期": {**DAY, "if": {"format": "date"}, "then": {"pattern": r"^2023-(08-(2[1-9]|3)|09|1)|^202[4-9]"}},
        "参与人次": {**TEXT, "pattern": r"^\d+$"},
        "联系电话": {**TEXT, "pattern": PHONE},
        "电子邮箱": {**TEXT, "pattern": EMAIL},
        "新闻报道链接": {**TEXT, "not": {"pattern": r"^([Jj][Aa][Vv][Aa]|[Vv][Bb])[Ss][Cc][Rr][Ii][Pp][Tt]:|^[Dd][Aa][Tt][Aa]:|^[Bb][Ll][Oo][Bb]:|^[Ff][Ii][Ll][Ee]:"}},
    },
}
VALIDATOR = jsonschema_rs.Draft202012Validator(SCHEMA, validate_formats=True)
RULES = {
    "活动类别": "unknown-category", "活动主题": "wrong-theme", "参与人次": "unreadable-count", "联系电话": "malformed-phone",
    "电子邮箱": "malformed-email", "新闻报道链接": "unsafe-link",
}  # fmt: skip


def load(table) -> list[dict]:
    """Dicts without the empty cells, made before the clock runs."""
    return [{name: cell for name, cell in row.items() if cell is not None} for row in table.to_pylist()]


def check(rows: list[dict]) -> list[tuple[int, str]]:
    found = []
    for number, row in enumerate(rows):
        found += [(number, said(error)) for error in VALIDATOR.iter_errors(row)]
    return found


def said(error) -> str:
    """The rule of an error: by the field, or by what is required."""
    if not error.instance_path:
        return "missing-media" if "活动图片" in error.message else "missing-field"
    field = error.instance_path[0]
    if field in RULES:
        return RULES[field]
    return "unreadable-date" if "date" in error.message and "pattern" not in error.message.lower() else "published-early"


def pairs(found: list[tuple[int, str]]) -> set[tuple[int, str]]:
    return set(found)
