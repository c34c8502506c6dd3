"""polars: an expression for each rule, all in one pass of the engine."""

from __future__ import annotations

import polars as pl

from rules import (
    CATEGORIES, DAYS, EMAIL, OPENS, PHONE, REQUIRED, THEME, UNSAFE, WINDOW, YEAR,
)

NAME = "polars 2.1 by hand, ISO days"
FORMS = ("~days", "~words")
SAYS_NOT = "another form of a day; a clause, a message, a fix"


def iso(column: str) -> pl.Expr:
    return pl.col(column).str.to_date("%Y-%m-%d", strict=False)


def rules(day=iso) -> list[tuple[str, pl.Expr]]:
    """Each rule as an expression that is true where it is broken."""
    given = lambda column: pl.col(column).is_not_null()
    start, end, published = (day(column) for column in DAYS)
    last = pl.coalesce(end, pl.when(~given("结束日期")).then(start))
    first_day, last_day = (pl.lit(day) for day in WINDOW)
    ordered = start <= last
    outside = (last < first_day) | (start > last_day)
    inside = (start >= first_day) & (last <= last_day)
    activity = pl.struct("活动名称", "开始日期", "活动地点", "举办单位")
    return [
        *(("missing-field", ~given(column)) for column in REQUIRED.values()),
        ("unknown-category", ~pl.col("活动类别").is_in(CATEGORIES)),
        ("wrong-theme", pl.col("活动主题") != THEME),
        *(("unreadable-date", given(column) & day(column).is_null()) for column in DAYS),
        ("outside-window", ordered & outside),
        ("spans-window", ordered & ~outside & ~inside),
        ("reversed-dates", last < start),
        ("published-early", published < OPENS),
        ("unreadable-count", ~pl.col("参与人次").str.contains(r"^\d+$")),
        ("malformed-phone", ~pl.col("联系电话").str.contains(PHONE)),
        ("malformed-email", ~pl.col("电子邮箱").str.contains(EMAIL)),
        ("unsafe-link", pl.col("新闻报道链接").str.contains(UNSAFE)),
        ("missing-media", ~given("活动图片")),
        ("duplicate-id", given("活动编号") & ~pl.col("活动编号").is_first_distinct()),
        ("duplicate-activity", given("活动名称") & ~activity.is_first_distinct()),
    ]


def check(table: pl.DataFrame, day=iso) -> pl.DataFrame:
    """Every finding as a row number and a rule."""
    asked = rules(day)
    broken = table.lazy().select(
        expression.fill_null(False).alias(str(at)) for at, (_, expression) in enumerate(asked)
    ).collect()
    return pl.concat(
        pl.DataFrame({"row": broken[str(at)].arg_true()}).with_columns(rule=pl.lit(rule))
        for at, (rule, _) in enumerate(asked)
    )


def load(table):
    """The table as polars keeps it."""
    return pl.DataFrame(table)


def pairs(found: pl.DataFrame) -> set[tuple[int, str]]:
    return set(found.iter_rows())
