"""What cannot be used at all: a notice, a name, a record that is none, a sheet. What is wrong *with* a record is a finding."""

from __future__ import annotations

from typing import TypedDict

__all__ = ["Fault", "KepuError", "NameUnknownError", "NoticeError", "RecordError", "SheetError"]


class Fault(TypedDict):
    """One thing wrong with a notice file: where (from 1; 0 where the place is not known), at which key, and what to do."""

    line: int
    column: int
    key: str
    message: str


class KepuError(ValueError):
    """What cannot be used, and the way out, in Chinese or English as the caller asked.

    >>> import kepu
    >>> try:
    ...     kepu.Notice("henan-2032")
    ... except kepu.KepuError as error:
    ...     print(error.en)
    no bundled notice `henan-2032`, known: henan-2023
    """

    zh: str
    """In Chinese."""
    en: str
    """In English."""

    def __init__(self, zh: str, en: str | None = None, lang: str = "zh") -> None:
        self.zh = zh
        self.en = zh if en is None else en
        super().__init__(self.en if lang == "en" else self.zh)

    def __reduce__(self) -> tuple[object, ...]:
        lang = "en" if self.args == (self.en,) else "zh"
        return type(self), (self.zh, self.en, lang), self.__dict__


class NoticeError(KepuError):
    """A notice file has faults: all of them in `faults`, in the order of the file."""

    faults: list[Fault] = []
    """Every fault; empty where the file cannot be read at all."""
    file: str | None = None
    """The file, where there is one."""


class NameUnknownError(KepuError):
    """A name that is none: of a notice, a rule, a roster, a kind, a field, a language, a moment."""


class RecordError(KepuError):
    """Something that is no record, or holds what no cell can: bytes, for instance."""


class SheetError(KepuError):
    """A file, a sheet or a table that cannot be used: none, damaged, or without any known column."""
