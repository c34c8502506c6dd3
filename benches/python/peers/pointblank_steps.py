"""pointblank: a step for each rule, every failing row taken out (it keeps 500 a step unless told otherwise)."""

from __future__ import annotations

import pointblank as pb
import polars as pl

from peers.polars_by_hand import FORMS, load, rules

NAME = "pointblank 1.1"
SAYS_NOT = "another form of a day, one list of findings; a clause, a fix"
ASKED = rules()

__all__ = ["FORMS", "NAME", "SAYS_NOT", "check", "load", "pairs"]


def check(table: pl.DataFrame) -> pl.DataFrame:
    steps = pb.Validate(data=table)
    for _, broken in ASKED:
        steps = steps.col_vals_expr(expr=~broken.fill_null(False))
    done = steps.interrogate(collect_extracts=True, get_first_n=table.height, extract_limit=table.height + 1)
    extracts = done.get_data_extracts()
    return pl.concat(
        extracts[at + 1].select(row=pl.col("_row_num_").cast(pl.Int64) - 1, rule=pl.lit(rule))
        for at, (rule, _) in enumerate(ASKED)
        if extracts.get(at + 1) is not None and len(extracts[at + 1])
    )


def pairs(found: pl.DataFrame) -> set[tuple[int, str]]:
    return set(found.iter_rows())
