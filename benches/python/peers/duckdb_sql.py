"""DuckDB: one query, a SELECT for each rule over days that are read once."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from rules import CATEGORIES, DAYS, EMAIL, OPENS, PHONE, REQUIRED, THEME, UNSAFE, WINDOW

NAME = "DuckDB 2.0, SQL"
FORMS = ("~days", "~words")
SAYS_NOT = "another form of a day; a clause, a message, a fix"


def text(value: object) -> str:
    return "'" + str(value).replace("'", "''") + "'"


def query() -> str:
    names = ", ".join(text(category) for category in CATEGORIES)
    first, last = (f"DATE {text(day)}" for day in WINDOW)
    ordered = "first_day <= last_day"
    outside = f"(last_day < {first} OR first_day > {last})"
    inside = f"(first_day >= {first} AND last_day <= {last})"
    # A plain cast would take 2023/9/19 for a day in silence.
    day = "CAST(try_strptime({}, '%Y-%m-%d') AS DATE)".format
    twice = "row_number() OVER (PARTITION BY {} ORDER BY file_row) > 1".format
    rules = [
        *(("missing-field", f"{column} IS NULL") for column in REQUIRED.values()),
        ("unknown-category", f"活动类别 NOT IN ({names})"),
        ("wrong-theme", f"活动主题 <> {text(THEME)}"),
        ("unreadable-date", "开始日期 IS NOT NULL AND first_day IS NULL"),
        ("unreadable-date", "结束日期 IS NOT NULL AND end_day IS NULL"),
        ("unreadable-date", "平台发布日期 IS NOT NULL AND published IS NULL"),
        ("outside-window", f"{ordered} AND {outside}"),
        ("spans-window", f"{ordered} AND NOT {outside} AND NOT {inside}"),
        ("reversed-dates", "last_day < first_day"),
        ("published-early", f"published < DATE {text(OPENS)}"),
        ("unreadable-count", r"NOT regexp_matches(参与人次, '^\d+$')"),
        ("malformed-phone", f"NOT regexp_matches(联系电话, {text(PHONE)})"),
        ("malformed-email", f"NOT regexp_matches(电子邮箱, {text(EMAIL)})"),
        ("unsafe-link", f"regexp_matches(新闻报道链接, {text(UNSAFE)})"),
        ("missing-media", "活动图片 IS NULL"),
        ("duplicate-id", "活动编号 IS NOT NULL AND id_again"),
        ("duplicate-activity", "活动名称 IS NOT NULL AND activity_again"),
    ]
    start, end, published = (day(column) for column in DAYS)
    selects = " UNION ALL ".join(f"SELECT file_row AS row, {text(rule)} AS rule FROM judged WHERE {broken}" for rule, broken in rules)
    return f"""
        WITH numbered AS (SELECT *, row_number() OVER () - 1 AS file_row FROM activities),
        days AS (SELECT *, {start} AS first_day, {end} AS end_day, {published} AS published FROM numbered),
        judged AS MATERIALIZED (
            SELECT *, CASE WHEN 结束日期 IS NULL THEN first_day ELSE end_day END AS last_day,
                {twice("活动编号")} AS id_again,
                {twice("活动名称, 开始日期, 活动地点, 举办单位")} AS activity_again
            FROM days
        )
        {selects}"""


def load(table: pa.Table) -> duckdb.DuckDBPyConnection:
    """The table as DuckDB reads it: Arrow, without a copy."""
    connection = duckdb.connect()
    connection.execute("SET preserve_insertion_order = true")
    connection.register("activities", table)
    return connection


def check(connection: duckdb.DuckDBPyConnection) -> pa.Table:
    return connection.sql(query()).to_arrow_table()


def pairs(found: pa.Table) -> set[tuple[int, str]]:
    return set(zip(found["row"].to_pylist(), found["rule"].to_pylist(), strict=True))
