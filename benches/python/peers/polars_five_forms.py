"""polars, told the five forms of a day that the generator writes."""

from __future__ import annotations

import polars as pl

from peers import polars_by_hand
from peers.polars_by_hand import load, pairs
from rules import YEAR

NAME = "polars 2.1 by hand, five forms of days"
FORMS = ("~words",)
SAYS_NOT = "numbers, telephones, names beyond a pattern; a clause, a message, a fix"

__all__ = ["NAME", "FORMS", "SAYS_NOT", "check", "load", "pairs"]


def five_forms(column: str) -> pl.Expr:
    text = pl.col(column)
    read = lambda text, form: text.str.to_date(form, strict=False)
    forms = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日")
    return pl.coalesce(*(read(text, form) for form in forms), read(f"{YEAR}年" + text, "%Y年%m月%d日"))


def check(table: pl.DataFrame) -> pl.DataFrame:
    return polars_by_hand.check(table, five_forms)
