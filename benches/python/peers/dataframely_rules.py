"""dataframely: a schema with a rule for each; the row's number is a column of the table, for it says no other."""

from __future__ import annotations

import dataframely as dy
import polars as pl

from peers.polars_by_hand import FORMS, rules

NAME = "dataframely 3.1"
SAYS_NOT = "another form of a day, the row's number; a clause, a message, a fix"
ASKED = rules()

__all__ = ["FORMS", "NAME", "SAYS_NOT", "check", "load", "pairs"]


def held(broken: pl.Expr):
    """A rule as dataframely has it: true where it is kept."""
    return dy.rule()(lambda cls: ~broken.fill_null(False))


def load(table) -> pl.DataFrame:
    return pl.DataFrame(table).with_row_index("行")


def schema(columns: list[str]) -> type[dy.Schema]:
    members: dict = {"行": dy.UInt32()} | {column: dy.String(nullable=True) for column in columns if column != "行"}
    members |= {f"rule_{at}": held(broken) for at, (_, broken) in enumerate(ASKED)}
    return type("Activities", (dy.Schema,), members)


SCHEMAS: dict[tuple[str, ...], type[dy.Schema]] = {}


def check(table: pl.DataFrame) -> pl.DataFrame:
    names = tuple(table.columns)
    made = SCHEMAS.setdefault(names, None) or schema(list(names))
    SCHEMAS[names] = made
    details = made.filter(table).failure.details()
    return pl.concat(
        details.filter(pl.col(f"rule_{at}") == "invalid").select(row="行", rule=pl.lit(rule)) for at, (rule, _) in enumerate(ASKED)
    )


def pairs(found: pl.DataFrame) -> set[tuple[int, str]]:
    return set(found.iter_rows())
