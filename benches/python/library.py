"""benches/run python: the package beside what a Python analyst would take instead, each doing what it can express."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from files import READERS
from rules import AS_OF, RULES
from table import HERE, Bench, per_row, run

FEW = 100
FILE_ROWS = {"xlsx": 100_000, "csv": 1_000_000}
ALL = "kepu_table"
PEERS = (
    ALL,
    "kepu_words",
    "polars_by_hand",
    "polars_five_forms",
    "duckdb_sql",
    "dataframely_rules",
    "pointblank_steps",
    "pandera_polars",
    "jsonschema_rs_dicts",
    "frictionless_csv",
)
RECORD = {
    "活动编号": "HN-1", "活动名称": "“走近湿地”自然观察", "举办单位": "新乡市科协", "活动类别": "地方主场活动",
    "活动主题": "提升全民科学素质，助力科技自立自强", "开始日期": "2023-09-18", "结束日期": "2023-09-19", "活动地点": "湿地公园",
    "参与人次": "300", "联系电话": "13838381234", "电子邮箱": "kepu@example.cn", "新闻报道链接": "https://www.example.cn/1",
    "平台发布日期": "2023-09-01", "活动图片": "1.jpg", "活动内容": "观鸟与水质检测", "活动总结": "已完成",
}  # fmt: skip
FAULTY = RECORD | {"活动类别": "科学讲座", "联系电话": "138", "电子邮箱": "无"}


def peer(name: str):
    return importlib.import_module(f"peers.{name}")


def verify(bench: Bench) -> None:
    """Every peer finds the generator's truth in the rules that it can express, the rows in forms that it cannot read aside."""
    rows = 5_000
    table, expected, forms = bench.truth(rows, "truth-of-python")
    for name in PEERS:
        module = peer(name)
        unread, silent = set().union(*(forms[form] for form in module.FORMS)), getattr(module, "SILENT", set())
        found = {pair for pair in module.pairs(module.check(module.load(table))) if pair[0] not in unread}
        differs = {pair for pair in found ^ expected if pair[0] not in unread and pair[1] not in silent}
        if differs:
            sys.exit(f"{module.NAME} differs from the truth: {sorted(differs)[:10]}")


def tables(bench: Bench, rows: int) -> None:
    """A call on few rows, and the whole table."""
    few = bench.table(10_000)
    least = {name: min(rows, getattr(peer(name), "MOST_ROWS", rows)) for name in PEERS}
    small = bench.alternate({name: [*bench.peer(name, few), str(FEW)] for name in PEERS})
    wholes = {name: bench.peer(name, bench.table(least[name])) for name in PEERS}
    large = bench.alternate({"core": bench.kepu(bench.table(rows))} | wholes)
    core = large["core"]
    print(f"{'check_table, one thread':38}{f'{FEW} rows':>10}{'×':>7}{'ns/row':>9}{'×':>7}{'MB':>6}{'rules':>7}   cannot say")
    for name in PEERS:
        module, call, whole = peer(name), small[name]["cpu"] / 1e6, large[name]
        shown = module.NAME + (f" ({least[name]:,} rows)" if least[name] < rows else "")
        told = "all" if name.startswith("kepu") else str(len(RULES) - len(getattr(module, "SILENT", ())))
        print(
            f"{shown:38}{call:7.2f} ms{small[name]['cpu'] / small[ALL]['cpu']:7.1f}{per_row(whole):9.0f}"
            f"{per_row(whole) / per_row(large[ALL]):7.1f}{whole['extra_kb'] / 1024:6.0f}{told:>7}   {module.SAYS_NOT}"
        )
    print(f"{'the core alone, in Rust':38}{'':17}{per_row(core):9.0f}{per_row(core) / per_row(large[ALL]):7.2f}")


def one(name: str) -> None:
    """One dict again and again, in this process: a line of JSON."""
    if name == "kepu":
        import kepu

        notice = kepu.Notice("henan-2023")
        check = lambda record: notice.check(record, as_of=AS_OF).findings
    else:
        validator = peer(name).VALIDATOR
        check = lambda record: list(validator.iter_errors(record))
    said = {}
    for word, record in (("clean", RECORD), ("faulty", FAULTY)):
        times = 5_000
        for _ in range(200):
            check(record)
        start = time.process_time_ns()
        for _ in range(times):
            check(record)
        said[word] = (time.process_time_ns() - start) / times
    print(json.dumps(said))


def dicts(bench: Bench) -> None:
    names = {"kepu": "kepu, every rule", "jsonschema_rs_dicts": "jsonschema-rs 0.60, all errors"}
    said = bench.alternate({name: [sys.executable, __file__, "--one", name] for name in names})
    print(f"\n{'one dict':38}{'clean':>10}{'×':>7}{'faulty, with its words':>25}{'×':>7}")
    for name, shown in names.items():
        clean, faulty = said[name]["clean"], said[name]["faulty"]
        print(f"{shown:38}{clean / 1e3:7.2f} µs{clean / said['kepu']['clean']:7.1f}{faulty / 1e3:22.2f} µs{faulty / said['kepu']['faulty']:7.1f}")


def read(kind: str, file: Path) -> None:
    """Bytes to verdict in this process: a line of JSON."""
    import kepu

    notice = kepu.Notice("henan-2023")

    def whole(path: Path) -> None:
        notice.check_table(kepu.read(path, threads=1), as_of=AS_OF, threads=1).counts

    whole(file.with_name(f"few.{kind}"))
    start = time.process_time_ns()
    whole(file)
    print(json.dumps({"cpu": time.process_time_ns() - start}))


def files(bench: Bench, rows: int) -> None:
    print(f"\n{'read and check, one thread':38}{'µs/row':>10}{'×':>7}")
    for kind, most in FILE_ROWS.items():
        count = min(rows, most)
        for name, many in (("few", FEW), (str(count), count)):
            if not (bench.data / f"{name}.{kind}").exists():
                subprocess.run([bench.binaries / "generate", str(many), bench.data / f"{name}.{kind}"], check=True)
        file = bench.data / f"{count}.{kind}"
        commands = {f"kepu, {kind} of {count:,} rows": [sys.executable, __file__, "--read", kind, file]}
        commands[READERS[kind][0]] = [sys.executable, HERE / "files.py", "--read", kind, file]
        # Its own threads aside: polars reads with as many as it is let.
        said = {name: statistics.median(run(command)["cpu"] for _ in range(bench.rounds)) / count / 1e3 for name, command in commands.items()}
        ours = next(iter(said.values()))
        for name, took in said.items():
            print(f"{name:38}{took:10.2f}{took / ours:7.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binaries", type=Path)
    parser.add_argument("--data", type=Path, help="where generated tables are kept")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--read", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        return one(asked.one)
    if asked.read:
        return read(asked.read[0], Path(asked.read[1]))
    os.environ["POLARS_MAX_THREADS"] = "1"
    asked.data.mkdir(parents=True, exist_ok=True)
    bench = Bench(asked.binaries, asked.data, asked.rounds)
    verify(bench)
    print(f"{asked.rows:,} activities, {len(RULES)} rules; processor time, medians of {asked.rounds} alternating rounds; × is times kepu")
    tables(bench, asked.rows)
    dicts(bench)
    files(bench, asked.rows)


if __name__ == "__main__":
    main()
