"""kepu from Python, with every finding's message, advice, clause and fix made and handed out as Arrow."""

from __future__ import annotations

import pyarrow as pa

from peers import kepu_table
from peers.kepu_table import FORMS, load

NAME = "kepu, every rule and all its words"
SAYS_NOT = ""

__all__ = ["FORMS", "NAME", "SAYS_NOT", "check", "load", "pairs"]


def check(table: pa.Table) -> pa.Table:
    return pa.table(kepu_table.check(table))


def pairs(found: pa.Table) -> set[tuple[int, str]]:
    return kepu_table.pairs(found.select(["row", "rule"]).to_pylist())
