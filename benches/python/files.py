"""benches/run files: kepu from bytes to verdict beside the peers' reading alone, on the same files."""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROWS = 100_000


def fastexcel(file: Path):
    import fastexcel

    return fastexcel.read_excel(file).load_sheet(0).to_arrow()


def polars_csv(file: Path):
    import polars as pl

    return pl.read_csv(file, infer_schema=False)


def polars_ndjson(file: Path):
    import polars as pl

    return pl.read_ndjson(file)


READERS = {
    "xlsx": ("fastexcel 0.21, reading alone", fastexcel),
    "csv": ("polars 2.1, reading alone", polars_csv),
}


def read(kind: str, file: Path) -> None:
    """One peer's reading in this process: a line of JSON."""
    reader = READERS[kind][1]
    reader(file.with_name(f"few.{kind}"))
    wall, cpu = time.perf_counter_ns(), time.process_time_ns()
    reader(file)
    print(json.dumps({"wall": time.perf_counter_ns() - wall, "cpu": time.process_time_ns() - cpu}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binaries", type=Path)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--read", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.read:
        return read(asked.read[0], Path(asked.read[1]))
    asked.data.mkdir(parents=True, exist_ok=True)
    said: dict[str, list[dict]] = {}
    for kind in READERS:
        for name, rows in (("few", 100), (str(ROWS), ROWS)):
            if not (file := asked.data / f"{name}.{kind}").exists():
                subprocess.run([asked.binaries / "generate", str(rows), file], check=True)
    for _ in range(asked.rounds):
        for kind in READERS:
            file = asked.data / f"{ROWS}.{kind}"
            commands = {f"kepu {kind}": [asked.binaries / "check_file", file]}
            commands[f"peer {kind}"] = [sys.executable, __file__, "--read", kind, file]
            for name, command in commands.items():
                done = subprocess.run(command, check=True, capture_output=True, text=True)
                said.setdefault(name, []).append(json.loads(done.stdout.splitlines()[-1]))
    cpu = {name: statistics.median(figures["cpu"] for figures in all) / ROWS / 1e3 for name, all in said.items()}
    print(f"a file of {ROWS:,} rows, processor time; medians of {asked.rounds} alternating rounds")
    print(f"{'':42}{'µs/row':>8}{'of the peer':>13}")
    for kind, (peer, _) in READERS.items():
        theirs = cpu[f"peer {kind}"]
        print(f"{f'kepu, {kind}: bytes to verdict':42}{cpu[f'kepu {kind}']:8.2f}{cpu[f'kepu {kind}'] / theirs:13.2f}")
        print(f"{f'{peer}':42}{theirs:8.2f}{1:13.2f}")
    print()


if __name__ == "__main__":
    main()
