"""Spreadsheets as people send them, read by the core: CSV, TSV, xlsx, xls and ods, whatever they are called."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypedDict, cast

from kepu import _kepu
from kepu.errors import SheetError

if TYPE_CHECKING:
    from kepu.wire import Lang

__all__ = ["Sheets", "SourceFile", "read"]


class _Readable(Protocol):
    def read(self) -> Any: ...


class SourceFile(TypedDict):
    """One file as it was read: what it turned out to be, its sheets, or why it could not be read."""

    file: str | None
    format: str | None
    encoding: str | None
    sheets: list[str | None]
    error: str | None


class Sheets:
    """Files as they were read: their cells, of which a notice then says which is what (`Notice.check_table`)."""

    __slots__ = ("_core", "columns", "kind", "lang")

    def __init__(self, core: _kepu.Sheets, columns: Mapping[str, str], kind: str | None, lang: Lang) -> None:
        self._core = core
        self.columns = dict(columns)
        """Headers of the caller's and the fields they stand for."""
        self.kind = kind
        """The kind of record that the files hold, where the caller said so."""
        self.lang = lang
        """The language in which it was read."""

    @property
    def files(self) -> list[SourceFile]:
        """What each file turned out to be, in order."""
        return cast("list[SourceFile]", self._core.files(self.lang))

    def __len__(self) -> int:
        return len(self._core)

    def __repr__(self) -> str:
        unread = sum(file["error"] is not None for file in self.files)
        return f"<Sheets: {len(self)} files{f', {unread} unread' if unread else ''}>"


def read(
    source: str | os.PathLike[str] | bytes | _Readable | Iterable[Any],
    *,
    columns: Mapping[str, str] | None = None,
    kind: str | None = None,
    merges: Iterable[tuple[int, int, int, int]] = (),
    threads: int | None = None,
    max_unpacked: int | None = None,
    progress: Callable[[float], object] | None = None,
    lang: Lang = "zh",
) -> Sheets:
    """Reads spreadsheets: what a file is is told by its content; a CSV may be UTF-8 or GB18030.

    Args:
        source: A path, a pattern (`"上报/*.xlsx"`), a folder, bytes, an open file, or a list of these; or one sheet as a list of
            rows of cells, its header among them.
        columns: Headers of one's own and the fields they stand for: `{"主讲内容": "description"}`. They win over every name.
        kind: What the sheets hold; otherwise the kind whose fields a header names most.
        merges: For rows of cells, the merged ones: first row, first column, last row, last column, from 0.
        threads: How many files are read at a time; otherwise `RAYON_NUM_THREADS`, or as many as there are cores.
        max_unpacked: How many bytes a spreadsheet may unpack to: 1 GiB unless said otherwise.
        progress: Called at once and then some times a second with the part that is read, from 0 to 1. What it raises ends the
            reading, as Ctrl-C does.
        lang: The language of errors.

    Raises:
        SheetError: No file was found, or none of them can be read. Where some can, the others are listed in
            `result.unread` of the check, which is then never accepted.
        OSError: A file cannot be opened.

    >>> import kepu
    >>> kepu.read("活动名称,举办单位\\n走近湿地,新乡市科协\\n".encode("gb18030")).files[0]["encoding"]
    'gb18030'
    >>> kepu.read([["活动名称", "举办单位"], ["走近湿地", "新乡市科协"]])
    <Sheets: 1 files>
    """
    if _is_grid(source):
        rows = [list(row) for row in cast("Iterable[Iterable[Any]]", source)]
        return Sheets(_kepu.Sheets.grid(rows, list(merges), lang), columns or {}, kind, lang)
    files = list(opened(source, lang))
    if not files:
        raise SheetError(f"没有找到文件：{source!r}", f"no file was found: {source!r}", lang)
    core = _kepu.Sheets.read(files, threads_of(threads), max_unpacked, progress)
    core.raise_if_none_was_read(lang)
    return Sheets(core, columns or {}, kind, lang)


def threads_of(threads: int | None) -> int:
    """How many threads a caller means: his word, else `RAYON_NUM_THREADS`, else every core."""
    if threads is not None:
        if threads < 1:
            raise ValueError("threads: 1 or more")
        return threads
    asked = os.environ.get("RAYON_NUM_THREADS", "")
    if asked.isdigit() and int(asked) > 0:
        return int(asked)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods", ".xlsm", ".et")
"""What is taken from a folder; a pattern or a path takes anything."""


def _is_grid(source: object) -> bool:
    """Whether it is rows of cells: a list whose first item is a list."""
    return isinstance(source, Sequence) and not isinstance(source, (str, bytes)) and bool(source) and isinstance(source[0], (list, tuple))


def opened(source: Any, lang: Lang) -> Iterable[tuple[str, bytes | None]]:
    """The name and the bytes of each file, in order; without bytes what is read from the disk."""
    if isinstance(source, (bytes, bytearray, memoryview)):
        yield "-", bytes(source)
    elif isinstance(source, (str, os.PathLike)):
        for path in _paths(os.fspath(source)):
            with open(path, "rb") as file:
                name = os.fsencode(path).decode("utf-8", "replace")
                # No pipe, and a name under which it is found again.
                yield name, None if os.path.isfile(path) and name == path else file.read()
    elif hasattr(source, "read"):
        held = source.read()
        if isinstance(held, str):
            held = held.encode("utf-8", "surrogatepass")
        yield str(getattr(source, "name", "-")), held
    elif isinstance(source, Iterable):
        for item in source:
            yield from opened(item, lang)
    else:
        name = type(source).__name__
        raise SheetError(
            f"read 读取文件（路径、bytes 或打开的文件），得到的是 {name}；数据框请直接交给 notice.check_table(…)",
            f"read takes files (paths, bytes, open files), not a `{name}`; hand a frame to notice.check_table(…)",
            lang,
        )


def _paths(path: str) -> list[str]:
    """A path, the files of a pattern or of a folder; the temporary files of spreadsheet programs aside."""
    if os.path.isdir(path):
        found = [os.path.join(path, name) for name in os.listdir(path) if name.lower().endswith(ENDINGS)]
    elif os.path.exists(path) or not glob.has_magic(path):
        return [path]
    else:
        found = [name for name in glob.glob(path, recursive=True) if os.path.isfile(name)]
    return sorted(name for name in found if not os.path.basename(name).startswith(("~$", ".~")))
