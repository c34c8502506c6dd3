"""jsonschema-rs: each row as a dict against a schema, all errors."""

from __future__ import annotations

import jsonschema_rs

from rules import CATEGORIES, DAYS, EMAIL, PHONE, REQUIRED, THEME, WINDOW

NAME = "jsonschema-rs 0.60, dicts"
FORMS = ("~days", "~words")
SAYS_NOT = "another form of a day, reversed-dates, duplicates; a clause, a fix"
SILENT = {"reversed-dates", "duplicate-id", "duplicate-activity"}
MOST_ROWS = 100_000
TEXT = {"type": ["string", "null"]}
DAY = {**TEXT, "format": "date"}
# The window, and what comes after the platform opens, as the texts of their days.
IN_WINDOW = {**DAY, "pattern": r"^2023-09-(1[7-9]|2[0-3])$"}
OPEN = {**DAY, "pattern": r"^2023-(08-(2[1-9]|3)|09|1)|^202[4-9]"}
SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": [*REQUIRED.values(), "活动图片"],
    "properties": {
        "活动类别": {"enum": CATEGORIES},
        "活动主题": {"enum": [THEME]},
        "开始日期": IN_WINDOW,
        "结束日期": IN_WINDOW,
        "平台发布日期": OPEN,
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
        errors = list(VALIDATOR.iter_errors(row))
        if errors:
            found += [(number, rule) for rule in said(row, errors)]
    return found


def said(row: dict, errors: list) -> set[str]:
    """The rules of a row's errors: by the field, or by what is required."""
    rules, unread, beside = set(), set(), set()
    for error in errors:
        if not error.instance_path:
            rules.add("missing-media" if "活动图片" in error.message else "missing-field")
        elif (field := error.instance_path[0]) not in DAYS:
            rules.add(RULES[field])
        else:
            (unread if error.kind.name == "format" else beside).add(field)
    if unread:
        rules.add("unreadable-date")
    if DAYS[2] in beside - unread:
        rules.add("published-early")
    if {*DAYS[:2]} & beside and not {*DAYS[:2]} & unread and (rule := window(row)):
        rules.add(rule)
    return rules


def window(row: dict) -> str | None:
    """What it means that a day stands beside the window; of reversed days nobody knows."""
    start = row.get(DAYS[0])
    if start is None or (end := row.get(DAYS[1], start)) < start:
        return None
    first, last = map(str, WINDOW)
    return "outside-window" if end < first or start > last else "spans-window"


def pairs(found: list[tuple[int, str]]) -> set[tuple[int, str]]:
    return set(found)
