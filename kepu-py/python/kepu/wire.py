"""What goes over the wire, as Python sees it: the same JSON in every language."""

from __future__ import annotations

from typing import Any, Literal, TypedDict

from kepu.names import FieldId, RuleId, Severity

__all__ = ["Answer", "Clause", "Finding", "Fix", "Lang", "Milestone", "NoticeInfo", "Path", "Rule"]

Lang = Literal["zh", "en"]
"""The language of messages."""

Path = list[FieldId | int]
"""Where: a field, and for an item of a list its index from 0."""


class Clause(TypedDict):
    """One place in the notice: its number and the quoted words."""

    number: str
    quote: str


class Fix(TypedDict):
    """A replacement for one field, or one item of it, that settles a finding safely."""

    path: Path
    value: str


class Finding(TypedDict):
    """One rule broken at one place of one record. Rely on `rule` and `args`; words may change in any release.

    `row` is the record's number, where it is one of a table: from 0 in frames, as the spreadsheet shows it in a sheet.
    """

    rule: RuleId
    severity: Severity
    blocking: bool
    path: Path
    args: dict[str, Any]
    clause: Clause | None
    message: str
    advice: str
    fix: Fix | None
    row: int | None


class Answer(TypedDict):
    """One question and how it was answered; `path` is None where it does not arise."""

    rules: list[RuleId]
    path: Path | None
    outcome: Literal["met", "not-met", "not-applicable", "unknown"]
    clause: Clause | None


class Milestone(TypedDict):
    """One thing that the notice dates, as it stands at a moment. `first` and `last` are ISO text, included; `days_left` counts
    days to the last one, negative after it; `when` and `label` are its days and its state in words."""

    what: str
    state: Literal["upcoming", "open", "due-today", "closed", "overdue"]
    first: str | None
    last: str | None
    days_left: int | None
    owed_by: list[str]
    owed: bool
    tentative: bool
    clause: Clause
    when: str
    label: str


class Rule(TypedDict):
    """One thing that can be wrong. `message` and `advice` are templates, `args` the names in them (`?` before one that may be
    missing), `fields` empty where any text may be at fault."""

    id: RuleId
    severity: Severity
    can_block: bool
    fields: list[FieldId]
    args: list[str]
    about: str
    message: str
    advice: str


class NoticeInfo(TypedDict):
    """A notice that comes with the software."""

    id: str
    title: str | None
    year: int
