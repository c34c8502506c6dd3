"""The corpus of verdicts (`tests/vectors`), which every language runs. `KEPU_VECTORS` names another folder.

Prints `N passed, N failed` with the name of each failed case; exits 1 if any failed or none was found.
"""

from __future__ import annotations

import json
import os
import pathlib
import sys
from collections.abc import Iterator
from typing import Any

import kepu

FOLDER = pathlib.Path(os.environ.get("KEPU_VECTORS") or pathlib.Path(__file__).parents[1] / "vectors")
SINGULAR = {"activities": "activity", "summaries": "summary"}


class Differs(Exception):
    """A case with another verdict than the one that is expected."""


def cases() -> Iterator[tuple[str, pathlib.Path, str, dict[str, Any]]]:
    """Every case: its place, its file, its notice."""
    for file in sorted(FOLDER.rglob("*.json")):
        vector = json.loads(file.read_text(encoding="utf-8"))
        for case in vector["cases"]:
            yield f"{file.relative_to(FOLDER)}: {case['name']}", file, vector["notice"], case


def notice(file: pathlib.Path, name: str) -> kepu.Notice:
    """A bundled notice, or one in a file beside the vectors."""
    if any(listed["id"] == name for listed in kepu.notices()):
        return kepu.Notice(name)
    return kepu.Notice.load(file.parent / name)


def run(asked: kepu.Notice, case: dict[str, Any]) -> None:
    """Checks one case as its language's callers do.

    Raises:
        Differs: Something is not as expected.
    """
    kind = SINGULAR.get(case["kind"], case["kind"])
    options = {"as_of": case["as_of"], "kind": kind, **case.get("options", {})}
    if "record" in case:
        report = asked.check(case["record"], **options)
        compare(case, list(report.findings))
        read(report, case.get("read", {}))
        return
    if "grid" in case:
        merges = [tuple(merge) for merge in case.get("merges", [])]
        try:
            table: Any = kepu.read(case["grid"], columns=case.get("columns"), merges=merges)
            result = asked.check_table(table, **options)
        except kepu.KepuError as error:
            if case.get("error"):
                return
            raise Differs(str(error)) from error
        if case.get("error"):
            raise Differs("the sheet is not refused")
        skipped = [skipped["row"] - 1 for skipped in result.skipped]
        if "skipped" in case and skipped != case["skipped"]:
            raise Differs(f"skipped {skipped}, expected {case['skipped']}")
    else:
        result = asked.check_table(case["records"], **options)
    # In a sheet `row` is the spreadsheet's; the corpus counts records.
    compare(case, [{**finding, "row": finding["record"]} for finding in result._core.wire(None)])
    for number, expected in enumerate(case.get("read", [])):
        read(result[number], expected)


def compare(case: dict[str, Any], found: list[Any]) -> None:
    """Holds the findings against the expected ones, in order, by the keys that are given."""
    ignore = case.get("ignore", [])
    found = [finding for finding in found if finding["rule"] not in ignore]
    expected = [finding for finding in case["findings"] if finding["rule"] not in ignore]
    if len(found) != len(expected) or not all(map(agrees, found, expected)):
        raise Differs(f"found {list(map(brief, found))}, expected {list(map(brief, expected))}")


def brief(finding: dict[str, Any]) -> tuple[Any, ...]:
    return finding["rule"], finding["path"], finding["severity"], finding.get("row")


def agrees(found: dict[str, Any], expected: dict[str, Any]) -> bool:
    """What is expected, key by key; of `args` and `clause` the keys that are named."""
    for key, value in expected.items():
        if key in ("args", "clause") and isinstance(value, dict):
            if not all((found[key] or {}).get(name) == part for name, part in value.items()):
                return False
        elif found[key] != value:
            return False
    return True


def read(report: kepu.Report, expected: dict[str, Any]) -> None:
    """Holds what was read against what is expected, by the keys that are given."""
    values = report.read
    for field, value in expected.items():
        if values[field] != value and not (value == [] and values[field] is None) and not (value is None and values[field] == []):
            raise Differs(f"{field} read as {values[field]!r}, expected {value!r}")


def main() -> int:
    """Runs them all."""
    passed, failures = 0, []
    loaded: dict[tuple[pathlib.Path, str], kepu.Notice] = {}
    for name, file, id, case in cases():
        try:
            asked = loaded.get((file, id)) or loaded.setdefault((file, id), notice(file, id))
            run(asked, case)
            passed += 1
        except Exception as error:  # whatever a case raises is its failure, and the others still run
            failures.append(f"FAILED {name}: {type(error).__name__}: {error}")
    print("\n".join([*failures, f"{passed} passed, {len(failures)} failed"]))
    return 1 if failures or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
