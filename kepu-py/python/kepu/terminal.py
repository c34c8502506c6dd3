"""How words stand on a terminal: as wide as they are shown, wrapped, coloured where somebody looks."""

from __future__ import annotations

import os
import sys
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


@contextmanager
def progress(words: str) -> Iterator[Callable[[int], None]]:
    """A counter of rows while something long is done: a bar where rich is installed, else a line that is written over; nothing
    where nobody looks."""
    if not sys.stderr.isatty():
        yield lambda rows: None
        return
    try:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
    except ImportError:

        def write(rows: int) -> None:
            sys.stderr.write(f"\r{words} {rows}")
            sys.stderr.flush()

        yield write
        sys.stderr.write("\r\x1b[K")
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed:.0f}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(words, total=None)
        yield lambda rows: bar.update(task, completed=rows)
