"""pandera on polars: a check of the whole frame for each rule, all failures at once."""

from __future__ import annotations

import os

os.environ.setdefault("PANDERA_VALIDATION_DEPTH", "SCHEMA_AND_DATA")

import pandera.errors
import pandera.polars as pa
import polars as pl

from peers.polars_by_hand import FORMS, load, rules

NAME = "pandera 0.35, polars"
SAYS_NOT = "another form of a day; a clause, a message, a fix"

__all__ = ["FORMS", "NAME", "SAYS_NOT", "check", "load", "pairs"]


def holds(broken: pl.Expr):
    """Where the rule is kept."""
    return lambda data: data.lazyframe.select(~broken.fill_null(False))


ASKED = rules()
# Every column may be empty, but for what a rule says of it: the rules carry their names beside their places.
SCHEMA = pa.DataFrameSchema(
    checks=[pa.Check(holds(broken), name=f"{rule}#{at}", ignore_na=False) for at, (rule, broken) in enumerate(ASKED)],
)


def check(table: pl.DataFrame) -> pl.DataFrame:
    try:
        SCHEMA.validate(table, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        return errors.failure_cases
    return pl.DataFrame({"check": [], "index": []})


def pairs(found: pl.DataFrame) -> set[tuple[int, str]]:
    return {(row, rule.partition("#")[0]) for rule, row in found.select("check", "index").iter_rows()}
