"""The command line: `kepu`, or `python -m kepu`.

Exit codes of `kepu check`: 0 nothing stops a form, 1 something is to be put right, 2 a file could not be read (the others are
checked all the same) or the command is not understood.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NoReturn

import kepu
from kepu import _kepu, files, result, shown, terminal
from kepu.terminal import Words

if TYPE_CHECKING:
    from kepu.wire import Lang

__all__ = ["main"]


def language(arguments: Sequence[str], environ: Callable[[str], str | None] = os.environ.get) -> Lang:
    """The language: `--lang`, else that of the locale; Chinese where it says nothing."""
    for number, argument in enumerate(arguments):
        given = argument.partition("=")[2] if argument.startswith("--lang=") else ""
        if argument == "--lang":
            given = arguments[number + 1] if number + 1 < len(arguments) else ""
        if given in ("zh", "en"):
            return "zh" if given == "zh" else "en"
    locale = next(filter(None, (environ(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))), "C")
    return "zh" if locale.startswith(("zh", "C", "POSIX")) else "en"


class Parser(argparse.ArgumentParser):
    """A parser that is at home in both languages."""

    say = Words("zh")

    def __init__(self, **more: Any) -> None:
        super().__init__(**{"formatter_class": argparse.RawDescriptionHelpFormatter, "add_help": False, **more})
        self._positionals.title = self.say("参数", "arguments")
        self._optionals.title = self.say("选项", "options")
        self.add_argument("-h", "--help", action="help", help=self.say("显示用法", "show how it is used"))

    def format_usage(self) -> str:
        return super().format_usage().replace("usage: ", self.say("用法：", "usage: "), 1)

    def format_help(self) -> str:
        return super().format_help().replace("usage: ", self.say("用法：", "usage: "), 1)

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.format_usage()}{self.prog}: {self.say('命令有误：', '')}{message}\n")


def parser(lang: Lang) -> Parser:
    """The whole command line, its help in one language."""
    Parser.say = say = Words(lang)
    about = say("按通知核对科普活动的记录和表格，每个问题都附条款。", "Checks records and tables against a notice, every finding with its clause.")
    top = Parser(prog="kepu", description=about, epilog=EXAMPLES)
    top.add_argument("--version", action="version", version=f"kepu {kepu.__version__}", help=say("显示版本", "show the version"))
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND", title=say("命令", "commands"))

    def command(name: str, zh: str, en: str, run: Callable[[argparse.Namespace, Words], int], examples: str = "") -> Parser:
        epilog = say("例：", "examples:") + "\n" + examples if examples else None
        made: Parser = commands.add_parser(name, help=say(zh, en), description=say(zh, en), epilog=epilog)
        made.set_defaults(run=run)
        made.add_argument("--lang", choices=["zh", "en"], help=say("语言", "the language"))
        return made

    def notice(made: Parser) -> None:
        words = say("通知的 id，或通知文件；默认 henan-2023", "a notice by id, or its file; else henan-2023")
        made.add_argument("--notice", default="henan-2023", metavar="ID|FILE", help=words)

    def as_of(made: Parser) -> None:
        words = say("截至，例如 2023-10-08 或 2023-09-28T17:00；默认现在（UTC+8）", "the moment asked about, such as 2023-10-08; else now, at UTC+8")
        made.add_argument("--as-of", metavar="DAY", help=words)

    def kind(made: Parser, zh: str, en: str) -> None:
        made.add_argument("--kind", metavar="KIND", help=say(zh, en))

    check = command("check", "核对文件：CSV、TSV、xlsx、xls、ods", "check files: CSV, TSV, xlsx, xls, ods", run_check, CHECK_EXAMPLES)
    check.add_argument("files", nargs="+", metavar="FILE", help=say("文件、文件夹或通配符", "files, folders, patterns"))
    notice(check)
    as_of(check)
    kind(check, "记录的种类，例如 activity 或 summary；默认按表头判断", "what the records are, such as activity or summary; else as the header says")
    columns = say("自己的表头对应的字段，可重复", "a header of one's own and its field; may be repeated")
    check.add_argument("--columns", action="append", default=[], metavar="HEADER=FIELD", help=columns)
    check.add_argument("--roster", metavar="FILE", help=say("应报送的单位名单：一行一个，表格或 JSON", "who owes: one unit a line, a sheet, or JSON"))
    rules = say("逗号分隔的规则", "rules, between commas")
    check.add_argument("--only", action="append", default=[], metavar="RULE,…", help=say("只查：", "only these: ") + rules)
    check.add_argument("--ignore", action="append", default=[], metavar="RULE,…", help=say("不查：", "all but these: ") + rules)
    check.add_argument("--min-severity", choices=_kepu.severities(), help=say("只报这一级及以上", "nothing less grave"))
    check.add_argument("--strict", action="store_true", help=say("截止时间取最严的读法", "deadlines as strictly as can be read"))
    check.add_argument("--format", choices=["table", "json", "csv"], default="table", help=say("输出格式", "how it is shown"))
    check.add_argument("--report", metavar="FILE.html", help=say("把报告写成一个网页", "write the report as one page"))
    check.add_argument("--annotate", metavar="DIR", help=say("把批注过的副本写进文件夹", "write annotated copies into a folder"))
    check.add_argument("--threads", type=int, metavar="N", help=say("线程数", "how many threads"))

    template = command("template", "空白填报表（xlsx）", "a blank workbook to fill in (xlsx)", run_template, "  kepu template --kind summary -o 总结填报表.xlsx")
    notice(template)
    kind(template, "记录的种类，默认 activity", "what the records are; else activity")
    template.add_argument("--roster", metavar="FILE", help=say("可选的单位", "the units to choose from"))
    template.add_argument("-o", "--output", required=True, metavar="FILE.xlsx", help=say("写到哪里", "where it is written"))

    timeline = command("timeline", "通知的日程", "what the notice dates", run_timeline, "  kepu timeline --as-of 2023-09-26\n  kepu timeline --ics > 科普日.ics")
    notice(timeline)
    as_of(timeline)
    timeline.add_argument("--ics", action="store_true", help=say("输出 iCalendar 日历文件", "as an iCalendar file"))
    timeline.add_argument("--format", choices=["table", "json"], default="table", help=say("输出格式", "how it is shown"))

    listed = command("rules", "规则", "the rules", run_rules, "  kepu rules\n  kepu rules outside-window")
    listed.add_argument("rule", nargs="*", metavar="RULE", help=say("只看这些规则", "only these"))
    listed.add_argument("--format", choices=["table", "json"], default="table", help=say("输出格式", "how it is shown"))

    command("notices", "内置的通知", "the notices that come with the software", run_notices)
    lint = command("lint", "检查自己写的通知文件，列出所有错误", "check notice files of one's own: every fault", run_lint, "  kepu lint 通知.toml")
    lint.add_argument("files", nargs="+", metavar="NOTICE.toml", help=say("通知文件", "notice files"))
    schema = command("schema", "记录的 JSON Schema", "the JSON Schema of a record", run_schema, "  kepu schema --kind summary > summary.schema.json")
    notice(schema)
    kind(schema, "记录的种类", "what the records are")
    return top


EXAMPLES = """例 examples:
  kepu check 上报/*.xlsx --as-of 2023-10-08
  kepu check 总结.csv --kind summary --roster 名单.txt
  kepu timeline --as-of 2023-09-26
  kepu lint 通知.toml
"""
CHECK_EXAMPLES = """  kepu check 上报/ --as-of 2023-10-08
  kepu check 新乡.xlsx --columns 主讲内容=description --ignore missing-report,missing-media
  kepu check *.csv --format csv > 问题.csv"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command line and gives its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    say = Words(language(given))
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
    try:
        try:
            asked = parser(say.lang).parse_args(given)
        except SystemExit as ended:
            return ended.code if isinstance(ended.code, int) else 2
        done: int = asked.run(asked, say)
        sys.stdout.flush()
        return done
    except BrokenPipeError:
        # Whoever closes the pipe early has read enough; what is still buffered goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (kepu.KepuError, OSError) as error:
        print(sentence(error, say), file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def sentence(error: Exception, say: Words) -> str:
    """What is wrong and what to do, in one sentence."""
    if isinstance(error, kepu.KepuError):
        return say(error.zh, error.en)
    if isinstance(error, FileNotFoundError):
        return say(f"{error.filename}：没有这个文件；请核对文件名", f"{error.filename}: no such file; check its name")
    if isinstance(error, OSError) and error.filename is not None:
        return say(f"{error.filename}：打不开（{error.strerror}）", f"{error.filename}: cannot be opened ({error.strerror})")
    return str(error)


def opened(name: str, say: Words) -> kepu.Notice:
    """A notice that comes with the software, or one in a file."""
    if any(listed["id"] == name for listed in kepu.notices()) or not os.path.exists(name):
        return kepu.Notice(name, lang=say.lang)
    return kepu.Notice.load(name, lang=say.lang)


def moment(asked: argparse.Namespace) -> str:
    """The moment of the question, now where the caller says none: the package itself has no clock."""
    if asked.as_of is not None:
        return str(asked.as_of)
    from datetime import datetime, timedelta, timezone

    return datetime.now(timezone(timedelta(hours=8))).strftime("%Y-%m-%dT%H:%M")


def names(lists: Sequence[str]) -> list[str] | None:
    """Names between commas, of an option that may be repeated."""
    found = [name.strip() for text in lists for name in text.split(",") if name.strip()]
    return found or None


def owing(asked: argparse.Namespace, say: Words) -> list[str] | dict[str, list[str]] | None:
    """The roster of the caller's, where there is one."""
    if asked.roster is None:
        return None
    with open(asked.roster, "rb") as file:
        return _kepu.roster(file.read(), asked.roster, say.lang)


def run_check(asked: argparse.Namespace, say: Words) -> int:
    """`kepu check`."""
    notice = opened(asked.notice, say)
    as_of = moment(asked)
    columns = dict(pair.partition("=")[::2] for pair in asked.columns)
    roster = owing(asked, say)
    read: list[tuple[str, bytes | None]] = []
    unopened = False
    for name in asked.files:
        try:
            read += files.opened(name, say.lang)
        except (OSError, kepu.SheetError) as error:
            print(sentence(error, say), file=sys.stderr)
            unopened = True
    choices = (asked.strict, roster, names(asked.only), names(asked.ignore), asked.min_severity)
    with terminal.progress(say("读取", "reading"), of=1) as watch:
        core = _kepu.Sheets.read(read, files.threads_of(asked.threads), None, watch)
    sheets = files.Sheets(core, {}, None, say.lang)
    with terminal.progress(say("核对", "checking")) as watch:
        found = result.check(
            notice,
            sheets,
            as_of=as_of,
            kind=asked.kind,
            columns=columns,
            lang=say.lang,
            threads=asked.threads,
            choices=choices,
            watch=watch,
            must_read=False,
        )
    shown.SHOWN[asked.format](found, notice, as_of if asked.as_of is None else None, say)
    if asked.annotate is not None:
        for copy in found.annotate(asked.annotate):
            print(say(f"批注副本：{copy['path']}", f"annotated copy: {copy['path']}"), file=sys.stderr)
    if asked.report is not None:
        path = found.report(asked.report)
        print(say(f"报告：{path}", f"report: {path}"), file=sys.stderr)
    whole = found._core.is_whole and not unopened
    for unread in found.unread:
        if not unread["aside"]:
            print(unread["message"], file=sys.stderr)
    return 2 if not whole else int(found.is_blocked)


def run_template(asked: argparse.Namespace, say: Words) -> int:
    """`kepu template`."""
    from kepu import excel

    held = opened(asked.notice, say).template(asked.kind or "activity", roster=owing(asked, say), lang=say.lang)
    excel.put(asked.output, held)
    return 0


def run_timeline(asked: argparse.Namespace, say: Words) -> int:
    """`kepu timeline`."""
    notice, as_of = opened(asked.notice, say), moment(asked)
    if asked.ics:
        # Its lines end in CRLF, whatever the system's do.
        sys.stdout.flush()
        raw = getattr(sys.stdout, "buffer", None)
        text = notice.ics(as_of, lang=say.lang)
        sys.stdout.write(text) if raw is None else raw.write(text.encode())
        return 0
    milestones = notice.timeline(as_of, lang=say.lang)
    if asked.format == "json":
        print(json.dumps(milestones, ensure_ascii=False, indent=2))
        return 0
    page = terminal.Page(sys.stdout)
    page.put("", notice.title or notice.id, "bold")
    page.put(say("截至 ", "as of "), as_of.replace("T", " ") + (say("（现在，UTC+8）", " (now, UTC+8)") if asked.as_of is None else ""))
    for milestone in milestones:
        left = milestone["days_left"]
        days = "" if left is None or left < 0 else say(f"，还有 {left} 天", f", {left} days left")
        page.put("\n", f"{milestone['what']}  {milestone['when']}", "bold")
        page.put("  ", milestone["label"] + days, "error" if milestone["state"] in ("due-today", "overdue") else "")
        if milestone["owed_by"]:
            page.put(say("  报送单位 ", "  owed by "), say("、", "; ").join(milestone["owed_by"]))
        page.put("  § ", f"{milestone['clause']['number']}：“{milestone['clause']['quote']}”", "dim")
    return 0


def run_rules(asked: argparse.Namespace, say: Words) -> int:
    """`kepu rules`."""
    rules = kepu.rules(lang=say.lang)
    if asked.rule:
        known = {rule["id"]: rule for rule in rules}
        unknown = [name for name in asked.rule if name not in known]
        if unknown:
            # The core says which is nearest.
            opened("henan-2023", say).check({}, as_of="2023-01-01", only=unknown, lang=say.lang)
        rules = [known[name] for name in asked.rule]
    if asked.format == "json":
        print(json.dumps(rules, ensure_ascii=False, indent=2))
        return 0
    page, labels = terminal.Page(sys.stdout), _kepu.severity_labels(say.lang)
    for rule in rules:
        page.put(f"{rule['id']}  ", labels[rule["severity"]], rule["severity"])
        page.put("    ", rule["about"])
        if asked.rule:
            page.put("    ", f"{rule['message']} → {rule['advice']}")
    return 0


def run_notices(asked: argparse.Namespace, say: Words) -> int:
    """`kepu notices`."""
    page = terminal.Page(sys.stdout)
    for listed in kepu.notices():
        page.put(f"{listed['id']}  ", listed["title"] or "")
    return 0


def run_lint(asked: argparse.Namespace, say: Words) -> int:
    """`kepu lint`: every fault, its line shown with a caret below its place."""
    worst = 0
    for name in asked.files:
        try:
            notice = kepu.Notice.load(name, lang=say.lang)
        except kepu.NoticeError as error:
            worst = max(worst, 1)
            if not error.faults:
                print(sentence(error, say))
            for fault in error.faults:
                about = ": ".join(terminal.plain(part) for part in (fault["key"], fault["message"]) if part)
                print(f"{name}:{fault['line']}:{fault['column']}: {about}")
                print("".join(line_at(name, fault["line"], fault["column"])), end="")
        except OSError as error:
            worst = 2
            print(sentence(error, say), file=sys.stderr)
        else:
            print(say(f"{name}：没有问题（{notice.id}）", f"{name}: no faults ({notice.id})"))
    return worst


def line_at(name: str, line: int, column: int) -> list[str]:
    """A line of a file, and a caret below one of its columns; nothing where the place is not known."""
    if not line:
        return []
    with open(name, encoding="utf-8-sig", errors="replace", newline="") as file:
        lines = file.read().split("\n")
    if line > len(lines):
        return []
    text, start = terminal.plain(lines[line - 1].rstrip("\r")), max(column - 1, 0)
    # A long line is shown around its place.
    cut = max(start - 40, 0)
    before, number = text[cut:start], f"{line:>5} | "
    return [f"{number}{text[cut : cut + 80]}\n", f"{' ' * len(number)}{' ' * terminal.width(before)}^\n"]


def run_schema(asked: argparse.Namespace, say: Words) -> int:
    """`kepu schema`."""
    schema = opened(asked.notice, say).schema(asked.kind or "activity", lang=say.lang)
    print(json.dumps(schema, ensure_ascii=False, indent=2))
    return 0
