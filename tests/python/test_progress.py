"""Long work: how far it has come, and that it ends when somebody has had enough."""

from __future__ import annotations

import os
import pathlib
import pty
import re
import signal
import subprocess
import sys
import threading
import time

import pytest

import kepu
from kepu import terminal

HEADER = "编号,活动名称,举办单位,活动类别,活动时间\n"


@pytest.fixture(scope="module")
def large(tmp_path_factory) -> pathlib.Path:
    """A file that takes some seconds to be checked, and part of one to be read."""
    file = tmp_path_factory.mktemp("large") / "上报.csv"
    file.write_text(HEADER + "".join(f"HN-{row},第{row}场,新乡市科协,地方主场活动,9月18日\n" for row in range(600_000)), encoding="utf-8")
    return file


def test_reading_says_how_far_it_has_come(large):
    shares: list[float] = []
    kepu.read(large, progress=shares.append)
    assert shares and shares == sorted(shares)
    assert all(0 <= share <= 1 for share in shares)


def test_what_the_caller_raises_ends_the_reading(large):
    def enough(share: float) -> None:
        raise RuntimeError(f"{share}")

    with pytest.raises(RuntimeError):
        kepu.read(large, progress=enough)


def test_an_interrupt_ends_the_reading(large):
    start = time.monotonic()
    threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt):
        kepu.read([large, large, large, large], threads=1)
    took = time.monotonic() - start
    start = time.monotonic()
    kepu.read(large, threads=1)
    assert took < 4 * (time.monotonic() - start), "the four files were not read to their end"


def on_terminal(command: list[str], until: str | None = None) -> tuple[int, str]:
    """Runs a command whose stderr is a terminal; sends Ctrl-C once something is shown there. Its exit code and what it showed."""
    ours, theirs = pty.openpty()
    environ = {**os.environ, "TERM": "xterm", "COLUMNS": "80"}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=theirs, env=environ)
    os.close(theirs)
    shown = b""
    while True:
        try:
            more = os.read(ours, 65536)
        except OSError:
            # A terminal whose other end was closed.
            break
        if not more:
            break
        shown += more
        if until is not None and until in shown.decode(errors="replace"):
            until = None
            process.send_signal(signal.SIGINT)
    os.close(ours)
    return process.wait(60), shown.decode(errors="replace")


def kepu_check(*arguments: str | pathlib.Path) -> list[str]:
    return [sys.executable, "-m", "kepu", "check", *map(str, arguments), "--as-of", "2023-10-08", "--only", "unreadable-date", "--lang", "zh"]


def test_a_terminal_shows_a_bar(large):
    code, shown = on_terminal(kepu_check(large))
    assert code == 0
    assert "读取" in shown and "核对" in shown
    assert re.search(r"\d+%", shown)


def test_without_rich_a_line_is_written_over(large):
    code = "import sys; sys.modules['rich.console'] = None; from kepu.cli import main; sys.exit(main(sys.argv[1:]))"
    code, shown = on_terminal([sys.executable, "-c", code, *kepu_check(large)[3:]])
    assert code == 0 and re.search(r"\r读取 \d+%", shown)


def test_ctrl_c_ends_the_command_and_leaves_nothing_behind(large, tmp_path):
    report = tmp_path / "报告.html"
    code, shown = on_terminal(kepu_check(large, large, large, "--threads", "1", "--report", report), until="读取")
    assert code == 130, shown
    assert "Traceback" not in shown
    assert list(tmp_path.iterdir()) == []


def test_a_pipe_gets_plain_lines(large):
    done = subprocess.run(kepu_check(large), capture_output=True, text=True)
    assert done.returncode == 0
    assert "\x1b" not in done.stdout + done.stderr and "\r" not in done.stderr


def test_who_waits_long_at_a_pipe_is_told_in_lines(capsys, monkeypatch):
    monkeypatch.setattr(terminal, "PATIENCE", 0.0)
    with terminal.progress("读取", of=1) as tell:
        tell(0.25)
        tell(0.5)
    with terminal.progress("核对") as tell:
        tell(4096)
    assert capsys.readouterr().err == "读取 25%\n读取 50%\n核对 4096\n"
