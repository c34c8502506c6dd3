"""benches/run table: kepu's process beside the peers' on one file, every one in its turn, as ratios."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
PEERS = ("polars_by_hand", "polars_five_forms", "duckdb_sql")


class Bench:
    def __init__(self, binaries: Path, data: Path, rounds: int):
        self.binaries, self.data, self.rounds = binaries, data, rounds

    def table(self, rows: int, *options: str) -> Path:
        """A generated table, made where it is not there yet."""
        file = self.data / f"{rows}{''.join(options)}.arrow"
        if not file.exists():
            subprocess.run([self.binaries / "generate", str(rows), file, *options], check=True)
        return file

    def truth(self, rows: int, name: str):
        """A generated table under a name, what is wrong with which row, and the rows in forms other than ISO."""
        import pyarrow as pa

        from rules import truth

        file, said = self.data / f"{name}.arrow", self.data / f"{name}.csv"
        subprocess.run([self.binaries / "generate", str(rows), file, "--truth", said], check=True)
        with pa.OSFile(str(file)) as source:
            return pa.ipc.open_file(source).read_all(), *truth(said)

    def kepu(self, file: Path, threads: int = 1) -> list:
        return [self.binaries / "check_table", file, str(threads)]

    def peer(self, name: str, file: Path, threads: int = 1) -> list:
        return [sys.executable, HERE / "case.py", name, file, str(threads)]

    def alternate(self, commands: dict[str, list]) -> dict[str, dict]:
        """The median of each figure of each command, over rounds in which every command has its turn."""
        said: dict[str, list[dict]] = {name: [] for name in commands}
        for _ in range(self.rounds):
            for name, command in commands.items():
                said[name].append(run(command))
        return {name: medians(figures) for name, figures in said.items()}


def run(command: list) -> dict:
    done = subprocess.run(command, check=True, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(HERE)})
    return json.loads(done.stdout.splitlines()[-1])


def medians(figures: list[dict]) -> dict:
    return {key: statistics.median(figure[key] for figure in figures) for key in figures[0]}


def per_row(figures: dict, clock: str = "cpu") -> float:
    return figures[clock] / figures["rows"]


def beside(bench: Bench, rows: int) -> None:
    file = bench.table(rows)
    commands = {"kepu": bench.kepu(file)} | {name: bench.peer(name, file) for name in PEERS}
    said = bench.alternate(commands)
    kepu = per_row(said["kepu"])
    print(f"{rows:,} rows in memory, one thread, processor time; medians of {bench.rounds} alternating rounds")
    print(f"{'':42}{'ns/row':>8}{'times kepu':>12}{'findings':>10}{'MB beside the table':>21}   cannot say")
    for name, figures in said.items():
        module = None if name == "kepu" else importlib.import_module(f"peers.{name}")
        shown = "kepu, every rule" if module is None else module.NAME
        silent = "" if module is None else module.SAYS_NOT
        print(
            f"{shown:42}{per_row(figures):8.0f}{per_row(figures) / kepu:12.1f}{figures['findings']:10.0f}"
            f"{figures['extra_kb'] / 1024:21.0f}   {silent}"
        )
    floor = run([bench.binaries / "check_table", "floor", file])
    for what in ("memchr", "memcpy"):
        print(f"{'the floor: ' + what + ' of the same bytes':42}{floor[what] / rows:8.0f}{floor[what] / rows / kepu:12.2f}")
    print(f"{floor['bytes'] / rows:.0f} bytes a row\n")


def call(bench: Bench, rows: int) -> None:
    """What one call costs, however few the rows."""
    file = bench.table(10_000)
    commands = {"kepu": [bench.binaries / "check_table", "rows", file, str(rows)]}
    commands |= {name: [*bench.peer(name, file), str(rows)] for name in PEERS}
    said = bench.alternate(commands)
    print(f"a call on {rows} rows")
    for name, figures in said.items():
        shown = "kepu, every rule" if name == "kepu" else importlib.import_module(f"peers.{name}").NAME
        print(f"{shown:42}{figures['cpu'] / 1e6:8.2f} ms{figures['cpu'] / said['kepu']['cpu']:9.1f} times kepu")
    print()


def growth(bench: Bench, sizes: list[int]) -> None:
    said = bench.alternate({f"{rows:,}": bench.kepu(bench.table(rows)) for rows in sizes})
    first = per_row(next(iter(said.values())))
    print("kepu by the number of rows" + f"{'ns/row':>24}{'of the first':>14}{'MB beside the table':>21}")
    for rows, figures in said.items():
        print(f"{rows:>26}{per_row(figures):24.0f}{per_row(figures) / first:14.2f}{figures['extra_kb'] / 1024:21.0f}")
    print()


def itself(bench: Bench, rows: int) -> None:
    """Two threads against one, every row faulty against the table as it is."""
    file, faulty = bench.table(rows), bench.table(rows, "--all-faulty")
    said = bench.alternate({"one": bench.kepu(file), "two": bench.kepu(file, 2), "faulty": bench.kepu(faulty)})
    print(f"kepu, {rows:,} rows")
    print(f"{'two threads, wall time of one':42}{said['one']['wall'] / said['two']['wall']:8.2f} times as fast")
    print(f"{'every row faulty':42}{said['faulty']['cpu'] / said['one']['cpu']:8.2f} times the time")
    print()


def verify(bench: Bench) -> None:
    """Every peer finds the generator's truth, the rows in forms that it cannot read aside."""
    sys.path.insert(0, str(HERE))
    rows = 20_000
    table, expected, forms = bench.truth(rows, "truth")
    for name in PEERS:
        peer = importlib.import_module(f"peers.{name}")
        unread = set().union(*(forms[form] for form in peer.FORMS))
        found = {pair for pair in peer.pairs(peer.check(peer.load(table))) if pair[0] not in unread}
        if found != expected:
            sys.exit(f"{peer.NAME} differs from the truth: {sorted(found ^ expected)[:10]}")
    print(f"every peer finds the truth of {rows:,} rows, in the forms that it reads\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binaries", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True, help="where generated tables are kept")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--most", type=int, default=10_000_000, help="the largest table of the growth")
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    asked.data.mkdir(parents=True, exist_ok=True)
    sys.path.insert(0, str(HERE))
    bench = Bench(asked.binaries, asked.data, asked.rounds)
    verify(bench)
    beside(bench, asked.rows)
    call(bench, 100)
    growth(bench, [rows for rows in (10_000, 100_000, 1_000_000, 10_000_000) if rows <= asked.most])
    itself(bench, asked.rows)


if __name__ == "__main__":
    main()
