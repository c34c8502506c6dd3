"""kepu from Python: Arrow in, every rule of the notice, findings out as Arrow with message and clause."""

from __future__ import annotations

import os

import kepu
import pyarrow as pa

from rules import AS_OF, RULES, SEEN_AS

NAME = "kepu, every rule"
FORMS = ()
SAYS_NOT = ""
NOTICE = kepu.Notice("henan-2023")


def load(table: pa.Table) -> pa.Table:
    return table


def check(table: pa.Table):
    """The verdict: as for the others, which rows break which rules; the words are made when they are asked for."""
    return NOTICE.check_table(table, as_of=AS_OF, threads=int(os.environ.get("POLARS_MAX_THREADS", "1"))).findings


def pairs(found) -> set[tuple[int, str]]:
    told = ((row["row"], SEEN_AS.get(row["rule"], row["rule"])) for row in found)
    return {pair for pair in told if pair[1] in RULES}
