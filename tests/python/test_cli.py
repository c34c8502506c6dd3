"""The command line, as people type it."""

from __future__ import annotations

import csv
import io
import json
import os
import pathlib
import pty
import re
import subprocess
import sys

import pytest

import kepu
from conftest import ROOT
from kepu import cli, terminal

SAMPLE = str(ROOT / "kepu-core/examples/activities.csv")
CLEAN = "编号,活动名称,举办单位,活动类别,活动时间\n1,走近湿地,新乡市科协,地方主场活动,9月18日\n"


@pytest.fixture(autouse=True)
def chinese(monkeypatch):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def clean(tmp_path: pathlib.Path) -> str:
    (tmp_path / "新乡.csv").write_text(CLEAN, encoding="utf-8")
    return str(tmp_path / "新乡.csv")


ONLY = ["--as-of", "2023-09-01", "--only", "unreadable-date,duplicate-id"]


def test_exit_codes_say_what_is_to_be_done(clean, tmp_path, capsys):
    blocked, broken = tmp_path / "洛阳.csv", tmp_path / "坏.xlsx"
    blocked.write_text(CLEAN.replace("9月18日", "9月31日"), encoding="utf-8")
    broken.write_bytes((ROOT / "tests/data/sheets/truncated.xlsx").read_bytes())
    assert cli.main(["check", clean, *ONLY]) == 0
    assert cli.main(["check", clean, str(blocked), *ONLY]) == 1
    capsys.readouterr()
    for unread in (str(broken), str(tmp_path / "没有.csv")):
        assert cli.main(["check", unread, str(blocked), *ONLY]) == 2
        out, err = capsys.readouterr()
        assert "9月31日" in out, "the others are checked all the same"
        assert os.path.basename(unread) in err and len(err.strip().splitlines()) == 1


def test_a_page_shows_place_message_advice_and_clause_within_80_columns(capsys):
    assert cli.main(["check", SAMPLE, "--as-of", "2023-10-08"]) == 1
    page = capsys.readouterr().out
    of = kepu.Notice("henan-2023").check_table(kepu.read(SAMPLE), as_of="2023-10-08").summary
    assert f"{of['rows']} 条记录：错误 {of['errors']}，警告 {of['warnings']}，提示 {of['infos']}" in page
    assert "§ 一：“" in page and "数据本身的要求" in page and "跳过：" in page and "\x1b" not in page
    assert max(terminal.width(line) for line in page.splitlines()) <= 80


def test_english_by_word_and_by_locale(clean, capsys, monkeypatch):
    assert cli.main(["check", clean, *ONLY, "--lang", "en"]) == 0
    assert "1 records: error 0" in capsys.readouterr().out
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert cli.main(["check", clean, *ONLY]) == 0
    assert "1 records" in capsys.readouterr().out
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert cli.main(["check", clean, *ONLY]) == 0
    assert "1 条记录" in capsys.readouterr().out


def test_json_is_one_document(capsys):
    assert cli.main(["check", SAMPLE, "--as-of", "2023-10-08", "--format", "json"]) == 1
    document = json.loads(capsys.readouterr().out)
    assert {"kepu", "notice", "as_of", "options", "findings", "skipped", "tally"} <= set(document)
    result = kepu.Notice("henan-2023").check_table(kepu.read(SAMPLE), as_of="2023-10-08")
    assert document == json.loads(result.to_json()) and len(document["findings"]) == len(result.findings)


def test_csv_opens_in_excel_and_runs_nothing(tmp_path, capsys):
    (tmp_path / "a.csv").write_text(CLEAN.replace("走近湿地", '"=cmd|\'/c calc\'!A1"').replace("9月18日", "@9月"), encoding="utf-8")
    cli.main(["check", str(tmp_path / "a.csv"), "--as-of", "2023-09-01", "--format", "csv"])
    text = capsys.readouterr().out
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text[1:])))
    assert {"'=cmd|'/c calc'!A1", "'@9月"} <= {row["value"] for row in rows}
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())


def test_without_as_of_it_is_now_and_says_so(clean, capsys):
    cli.main(["check", clean, "--only", "unreadable-date"])
    assert "（现在，UTC+8）" in capsys.readouterr().out
    cli.main(["timeline"])
    assert "（现在，UTC+8）" in capsys.readouterr().out


def test_columns_rosters_rules_and_kinds(tmp_path, capsys):
    (tmp_path / "总结.csv").write_text("单位名称,何时\n新乡市科协,2023-09-28\n", encoding="utf-8")
    (tmp_path / "名单.txt").write_text("新乡市科协\n洛阳市科协\n", encoding="utf-8")
    given = ["check", str(tmp_path / "总结.csv"), "--kind", "summary", "--as-of", "2023-10-08", "--columns", "何时=提交时间"]
    assert cli.main([*given, "--roster", str(tmp_path / "名单.txt"), "--format", "csv"]) == 0
    assert [row["rule"] for row in csv.DictReader(io.StringIO(capsys.readouterr().out))] == ["deadline-day", "missing-summary"]
    assert cli.main([*given, "--strict", "--roster", str(tmp_path / "名单.txt"), "--ignore", "missing-summary", "--format", "csv"]) == 0
    assert [row["rule"] for row in csv.DictReader(io.StringIO(capsys.readouterr().out))] == ["late-summary"]
    for wrong in (["--only", "late-sumary"], ["--columns", "何时=时候"], ["--kind", "plan"], ["--as-of", "昨天"], ["--notice", "henan"], ["--roster", "没有"]):
        assert cli.main([*given, *wrong]) == 2
        assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_a_wrong_command_is_said_in_the_readers_language(capsys):
    for given in ([], ["chek"], ["check"], ["check", "a.csv", "--format", "xml"], ["check", "a.csv", "--as"]):
        assert cli.main(given) == 2
        assert "用法：" in capsys.readouterr().err


@pytest.mark.parametrize("command", [[], ["check"], ["timeline"], ["rules"], ["notices"], ["lint"], ["schema"], ["template"]], ids=str)
def test_help_has_examples(command, capsys):
    for lang in ("zh", "en"):
        assert cli.main([*command, "--help", "--lang", lang]) == 0
        assert ("用法：" if lang == "zh" else "usage:") in capsys.readouterr().out
    if not command:
        assert cli.main(["--help"]) == 0
        assert "kepu check 上报/*.xlsx" in capsys.readouterr().out


def test_the_timeline_is_told_and_given_as_a_calendar(capsysbinary):
    assert cli.main(["timeline", "--as-of", "2023-09-26"]) == 0
    page = capsysbinary.readouterr().out.decode()
    assert "9月28日（周四）截止" in page and "还有 2 天" in page and "各全省学会" in page
    assert cli.main(["timeline", "--as-of", "2023-09-26", "--ics"]) == 0
    assert capsysbinary.readouterr().out == kepu.Notice("henan-2023").ics("2023-09-26").encode()
    assert cli.main(["timeline", "--as-of", "2023-09-26", "--format", "json"]) == 0
    assert json.loads(capsysbinary.readouterr().out)[-1]["state"] == "open"


def test_copies_and_templates_are_written(clean, tmp_path, capsys):
    assert cli.main(["check", clean, *ONLY, "--annotate", str(tmp_path / "退回")]) == 0
    assert "新乡（核对）.xlsx" in capsys.readouterr().err
    assert cli.main(["template", "--kind", "summary", "-o", str(tmp_path / "总结.xlsx")]) == 0
    assert (tmp_path / "总结.xlsx").read_bytes().startswith(b"PK")
    assert cli.main(["template", "-o", str(tmp_path / "没有" / "总结.xlsx")]) == 2
    assert cli.main(["template"]) == 2


def test_rules_notices_and_schemas_are_told(capsys):
    assert cli.main(["rules"]) == 0
    assert capsys.readouterr().out.count("\n") >= 2 * len(kepu.rules())
    assert cli.main(["rules", "outside-window", "--lang", "en"]) == 0
    assert "outside-window" in capsys.readouterr().out
    assert cli.main(["rules", "outside-windw"]) == 2
    assert "outside-window" in capsys.readouterr().err
    assert cli.main(["rules", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == kepu.rules()
    assert cli.main(["notices"]) == 0
    assert "henan-2023  关于举办" in capsys.readouterr().out
    assert cli.main(["schema", "--kind", "summary"]) == 0
    assert json.loads(capsys.readouterr().out) == kepu.Notice("henan-2023").schema("summary")


def test_lint_shows_every_fault_with_its_line_and_a_caret(tmp_path, capsys):
    good = ROOT / "kepu-core/notices/henan-2023.toml"
    assert cli.main(["lint", str(good)]) == 0
    assert "没有问题" in capsys.readouterr().out
    bad = tmp_path / "草稿.toml"
    bad.write_text('format = 1\nid = "mine"\nyear = 2024\ntitel = { value = "通知" }\n', encoding="utf-8")
    assert cli.main(["lint", str(bad), str(good)]) == 1
    out = capsys.readouterr().out
    assert f"{bad}:4:1: titel" in out
    (line, caret) = re.search(r"(.*titel = .*)\n(.*\^)", out).groups()  # type: ignore[union-attr]
    assert line.index("titel") == caret.index("^")
    (tmp_path / "gbk.toml").write_bytes("河南".encode("gb18030"))
    assert cli.main(["lint", str(tmp_path / "gbk.toml")]) == 1
    assert "UTF-8" in capsys.readouterr().out
    assert cli.main(["lint", str(tmp_path / "没有.toml")]) == 2


def test_a_caret_stands_below_its_place_in_chinese_too(tmp_path):
    (tmp_path / "a.toml").write_text("年份 = 二〇二四\n" + "长" * 200 + "错\n", encoding="utf-8")
    line, caret = cli.line_at(str(tmp_path / "a.toml"), 1, 6)
    assert terminal.width(line[: line.index("二")]) == caret.index("^")
    line, caret = cli.line_at(str(tmp_path / "a.toml"), 2, 201)
    assert terminal.width(line[: line.index("错")]) == caret.index("^")
    assert cli.line_at(str(tmp_path / "a.toml"), 9, 1) == []


def test_it_runs_as_a_module_and_survives_a_closed_pipe():
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([sys.executable, "-m", "kepu", "--version"], capture_output=True, text=True, env=environment)
    assert done.stdout == f"kepu {kepu.__version__}\n"
    command = f"'{sys.executable}' -m kepu check '{SAMPLE}' --as-of 2023-10-08 | head -n 1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, env=environment)
    assert done.stderr == "" and done.stdout.count("\n") == 1


def test_a_terminal_sees_colours_and_progress_and_no_cell_steers_it(tmp_path):
    (tmp_path / "a.csv").write_text(CLEAN.replace("9月18日", "\x1b]0;owned\x07"), encoding="utf-8")
    main, side = pty.openpty()
    command = [sys.executable, "-m", "kepu", "check", str(tmp_path / "a.csv"), "--as-of", "2023-09-01"]
    done = subprocess.Popen(command, stdout=side, stderr=side, env={**os.environ, "PYTHONIOENCODING": "utf-8", "TERM": "xterm"})
    os.close(side)
    seen = b""
    while True:
        try:
            part = os.read(main, 1 << 16)
        except OSError:
            break
        if not part:
            break
        seen += part
    assert done.wait() == 1
    assert b"\x1b[31m" in seen and b"\x1b]0;owned" not in seen


def test_words_are_wrapped_as_wide_as_they_are_shown():
    lines = terminal.wrapped("集中开展时间为9月17日至23日，请于九月二十八日以前 submit the summary of the province。", 20)
    assert all(terminal.width(line) <= 20 for line in lines) and "".join(lines).replace(" ", "").startswith("集中开展")
    assert not any(line.startswith(("，", "。")) for line in lines)
    assert terminal.wrapped("", 20) == [""] and terminal.wrapped("长" * 50, 20) == ["长" * 10] * 5
    assert terminal.plain("a\x1b[31m\u202eb\tc\n") == "a�[31m�b c "


def test_a_report_is_written_as_one_page_and_said(tmp_path, capsys):
    page = tmp_path / "报告.html"
    assert cli.main(["check", SAMPLE, "--as-of", "2023-10-08", "--report", str(page)]) == 1
    out, err = capsys.readouterr()
    assert err == f"报告：{page}\n" and "条记录：" in out
    written = page.read_text(encoding="utf-8")
    of = kepu.Notice("henan-2023").check_table(kepu.read(SAMPLE), as_of="2023-10-08")
    assert written.startswith("<!doctype html>") and 'lang="zh' in written
    assert os.path.basename(SAMPLE) in written and "截至" in written and "2023" in written
    # Every rule that was broken stands there with the words of its clause, and nobody's telephone does.
    for found in of.findings:
        if found["clause"]:
            assert found["clause"] in written
    phones = re.findall(r"1[3-9]\d{9}|0\d{2,3}-\d{7,8}", pathlib.Path(SAMPLE).read_text(encoding="utf-8"))
    assert phones and not [phone for phone in phones if phone in written]
    assert not re.search(r"""(src|href)=["']?https?:""", written)


def test_a_report_speaks_the_language_of_the_command(tmp_path):
    page = tmp_path / "report.html"
    assert cli.main(["check", SAMPLE, "--as-of", "2023-10-08", "--lang", "en", "--report", str(page)]) == 1
    assert "as of" in page.read_text(encoding="utf-8").lower()


def test_a_report_never_takes_the_place_of_an_input_and_appears_whole_or_not_at_all(clean, tmp_path, capsys):
    before = pathlib.Path(clean).read_bytes()
    assert cli.main(["check", clean, "--as-of", "2023-09-01", "--report", clean]) == 2
    assert pathlib.Path(clean).read_bytes() == before
    assert os.path.basename(clean) in capsys.readouterr().err
    assert cli.main(["check", clean, "--as-of", "2023-09-01", "--report", str(tmp_path / "没有/报告.html")]) == 2
    assert "没有" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["新乡.csv"]
