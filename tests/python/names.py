"""Writes `kepu/names.py` from the core: the names that type checkers and editors know. `tests/run renew` renews it."""

from __future__ import annotations

import pathlib

import kepu
from kepu import _kepu

PATH = pathlib.Path(__file__).parents[2] / "kepu-py/python/kepu/names.py"
HEAD = '''"""The names of the core, for type checkers and editors. Written by `tests/run renew`; do not change it by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypedDict

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from decimal import Decimal

    _Cell = str | int | float | bool | date | Decimal | None

'''


def literal(name: str, values: list[str], about: str) -> str:
    items = "".join(f'    "{value}",\n' for value in values)
    return f'{name} = Literal[\n{items}]\n"""{about}"""\n\n'


def record(name: str, kind: str, about: str) -> str:
    """A TypedDict of one family of records. A list field may come as one text, as cells do."""
    lines = [f"class {name}(TypedDict, total=False):", f'    """{about}"""', ""]
    chinese = _kepu.fields(kind, "zh")
    for field, named in zip(_kepu.fields(kind, "en"), chinese, strict=True):
        kinds = "_Cell | Iterable[_Cell]" if field["is_list"] else "_Cell"
        lines.append(f"    {field['id']}: {kinds}")
        lines.append(f'    """{named["label"]}: {field["label"]}."""')
    return "\n".join(lines) + "\n"


def names() -> str:
    """The module's text."""
    rules = [rule["id"] for rule in kepu.rules()]
    fields: dict[str, None] = {}
    for kind in ("activity", "summary"):
        fields.update(dict.fromkeys(field["id"] for field in _kepu.fields(kind, "en")))
    listed = ["Activity", "FieldId", "RuleId", "Severity", "Submission"]
    exported = "__all__ = [" + ", ".join(f'"{name}"' for name in listed) + "]\n\n"
    severities = _kepu.severities()
    return (
        HEAD
        + exported
        + literal("Severity", severities, "How grave a finding is, the gravest first.")
        + literal("RuleId", rules, "The rules, in the order in which findings of one place stand.")
        + literal("FieldId", list(fields), "The fields of records.")
        + "\n"
        + record("Activity", "activity", "An activity (活动), its keys by id; labels and aliases are understood as well.")
        + "\n\n"
        + record("Submission", "summary", "A submission (报送材料), such as a work summary, its keys by id.")
    )


if __name__ == "__main__":
    PATH.write_text(names(), encoding="utf-8")
