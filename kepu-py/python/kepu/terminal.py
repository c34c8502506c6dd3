"""How words stand on a terminal: as wide as they are shown, wrapped, coloured where somebody looks."""

from __future__ import annotations

import os
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from kepu.wire import Lang

COLUMNS = 80
CLOSING = "，。、；：？！”’）》】…,.;:?!)]"
"""What may not begin a line."""
OPENING = "“‘（《【("
"""What may not end one."""
TURNING = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""What turns the direction of writing: shown as �, as is what steers a terminal, for a cell may hold anything."""
COLOURS = {"error": "31", "warning": "33", "info": "36", "bold": "1", "dim": "2"}


class Words:
    """The words of the command line, in one language."""

    def __init__(self, lang: Lang) -> None:
        self.lang = lang

    def __call__(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en


def width(text: str) -> int:
    """How many columns a text takes; “” and their like as wide as Chinese terminals show them."""
    return sum(0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text)


def plain(text: str) -> str:
    """A text of one line that steers no terminal."""
    signs = (" " if sign in "\t\r\n" else sign for sign in text)
    return "".join("�" if unicodedata.category(sign) in ("Cc", "Cs") or sign in TURNING else sign for sign in signs)


def wrapped(text: str, columns: int) -> list[str]:
    """Lines of so many columns. Chinese breaks anywhere, other words where they end."""
    lines, line, word = [], "", ""
    for sign in plain(text) + " ":
        ascii_word = word[-1:].isascii() and word[-1:] != " " and sign.isascii() and sign != " "
        joined = word and (ascii_word or sign in CLOSING or word[-1] in OPENING)
        if not joined or width(word + sign) > columns:
            if width(line + word.rstrip()) > columns and line:
                lines.append(line.rstrip())
                line = word.lstrip()
            else:
                line += word
            word = ""
        word += sign
    return [*lines, line.rstrip()]


class Page:
    """Lines for people, coloured where the stream is a terminal and `NO_COLOR` is not set."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.coloured = stream.isatty() and not os.environ.get("NO_COLOR")

    def put(self, label: str, text: str, style: str = "") -> None:
        """A text behind its label, wrapped under itself; a line break before the label is a blank line."""
        indent = width(label.lstrip("\n"))
        for number, line in enumerate(wrapped(text, max(COLUMNS - indent, 20))):
            whole = (label if number == 0 else " " * indent) + line
            if self.coloured and style:
                whole = f"\x1b[{COLOURS[style]}m{whole}\x1b[0m"
            self.stream.write(whole.rstrip(" ") + "\n")


PATIENCE = 10.0
"""After how many seconds a line in a pipe says how far it has come."""


@contextmanager
def progress(words: str, of: float | None = None) -> Iterator[Callable[[float], None]]:
    """Tells how far something long has come, of so much or, where nobody knows, in numbers: on a terminal by a bar where rich is
    installed, else by a line that is written over; in a pipe by a plain line now and then."""

    def line(done: float) -> str:
        return f"{words} {done:.0f}" if of is None else f"{words} {done / of:.0%}"

    if not sys.stderr.isatty():
        told = time.monotonic()

        def note(done: float) -> None:
            nonlocal told
            if time.monotonic() - told >= PATIENCE:
                told = time.monotonic()
                sys.stderr.write(line(done) + "\n")

        yield note
        return
    try:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
    except ImportError:

        def write(done: float) -> None:
            sys.stderr.write("\r" + line(done))
            sys.stderr.flush()

        try:
            yield write
        finally:
            sys.stderr.write("\r\x1b[K")
        return
    counted = TextColumn("{task.completed:.0f}") if of is None else TaskProgressColumn()
    columns = (TextColumn("{task.description}"), BarColumn(), counted, TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(words, total=of)
        yield lambda done: bar.update(task, completed=done)
