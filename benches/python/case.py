"""One peer on one table in a process of its own: case.py PEER FILE.arrow THREADS [ROWS] prints one line of JSON."""

from __future__ import annotations

import gc
import importlib
import json
import os
import sys
import time
from pathlib import Path


def status(key: str) -> int:
    """KiB of this process's memory; 0 where the system does not tell."""
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(key)), 0)


def main(peer: str, file: str, threads: str, rows: str | None = None) -> None:
    # Before the engines are loaded: they look once.
    os.environ |= {"POLARS_MAX_THREADS": threads, "OMP_NUM_THREADS": threads}
    import pyarrow as pa

    module = importlib.import_module(f"peers.{peer}")
    with pa.OSFile(file) as source:
        table = pa.ipc.open_file(source).read_all()
    if rows:
        table = table.slice(0, int(rows))
    loaded = module.load(table)
    if peer.startswith("duckdb"):
        loaded.execute(f"SET threads = {threads}")
    module.check(module.load(table.slice(0, 100)))
    gc.collect()
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        pass
    before = status("VmRSS:")
    runs = 20 if rows else 1
    wall, cpu = time.perf_counter_ns(), time.process_time_ns()
    for _ in range(runs):
        found = module.check(loaded)
    wall, cpu = (time.perf_counter_ns() - wall) // runs, (time.process_time_ns() - cpu) // runs
    extra = max(0, status("VmHWM:") - before)
    print(json.dumps({
        "wall": wall, "cpu": cpu, "rows": table.num_rows, "findings": len(found), "table_kb": before, "extra_kb": extra,
    }))


if __name__ == "__main__":
    main(*sys.argv[1:])
