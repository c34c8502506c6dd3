"""Workbooks to send back: each sender's sheets with what was found in them. Written whole or not at all, never over an input."""

from __future__ import annotations

import os
import threading
from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, TypedDict

from kepu import marked
from kepu.errors import KepuError, SheetError
from kepu.files import Sheets

if TYPE_CHECKING:
    from kepu.result import Result

__all__ = ["Copy", "annotate", "put"]

MARK = "（核对）"
"""Stands behind a file's name in that of its copy."""


class Copy(TypedDict):
    """An annotated copy: of which file, where it stands, and what wrote it: `openpyxl` keeps the sender's formatting, `kepu` the
    cells, merges and widths as they were read."""

    file: str
    path: str
    by: Literal["openpyxl", "kepu"]


def annotate(result: Result, folder: str | os.PathLike[str]) -> list[Copy]:
    """Writes an annotated copy of every file that was read into a folder, and gives them in the order of the files.

    Raises:
        SheetError: What was checked were no files, or a copy would stand where an input stands.
        OSError: A copy cannot be written.
    """
    names = result._core.files()
    if not any(names):
        raise SheetError(
            "annotate 写的是文件的副本；这次核对的不是文件，请用 kepu.read(…) 读取",
            "annotate writes copies of files, and what was checked were none; read them with kepu.read(…)",
            result.lang,
        )
    inputs = {os.path.realpath(name) for name in names if name}
    os.makedirs(folder, exist_ok=True)
    found: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for finding in result.findings:
        found[finding["file"] or ""].append(finding)
    formats = {file["file"]: file["format"] for file in result.source.files} if isinstance(result.source, Sheets) else {}
    copies: list[Copy] = []
    for number, name in enumerate(names):
        own = marked.copy(name, formats.get(name), found[name], result.lang) if name else None
        try:
            held = result._core.annotated(number) if own is None else own
        except KepuError:
            # It could not be read: it is listed as unread, and there is nothing to copy.
            continue
        path = _free(os.fspath(folder), name or "-", [copy["path"] for copy in copies])
        if os.path.realpath(path) in inputs:
            raise SheetError(f"不能覆盖送来的文件：{path}；请换一个文件夹", f"{path} was sent in and is not written over; name another folder", result.lang)
        put(path, held)
        copies.append({"file": name or "-", "path": path, "by": "kepu" if own is None else "openpyxl"})
    return copies


def _free(folder: str, name: str, taken: list[str]) -> str:
    """A path for a file's copy that no other copy has."""
    stem = os.path.splitext(os.path.basename(name))[0] or "-"
    path, number = os.path.join(folder, f"{stem}{MARK}.xlsx"), 1
    while path in taken:
        number += 1
        path = os.path.join(folder, f"{stem}{MARK}{number}.xlsx")
    return path


def put(path: str, held: bytes) -> None:
    """Writes a file whole or not at all: beside its place first, then into it."""
    beside = f"{path}.{os.getpid()}.{threading.get_ident()}.part"
    try:
        with open(beside, "xb") as file:
            file.write(held)
        os.replace(beside, path)
    except BaseException:
        if os.path.exists(beside):
            os.unlink(beside)
        raise
