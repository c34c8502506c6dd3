/**
 * kepu for Node.
 *
 * @packageDocumentation
 */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";

import { type Kepu, type LoadOptions, start } from "./kepu.js";
import type { WorkerLike } from "./tables.js";

export * from "./public.js";

let loaded: Promise<Kepu> | undefined;

/** Loads kepu. A second call gives what the first one loaded. */
export function load(options: LoadOptions = {}): Promise<Kepu> {
  loaded ??= start(
    {
      wasm: () => readFile(new URL("./kepu.wasm", import.meta.url)),
      filesWasm: () => fileURLToPath(new URL("./kepu-files.wasm", import.meta.url)),
      worker: (address) => thread(new Worker(address ?? new URL("./worker-node.js", import.meta.url))),
    },
    options,
  );
  loaded.catch(() => (loaded = undefined));
  return loaded;
}

/** A thread of Node behind the face of a browser's worker. It keeps a program alive only while it has something to do. */
function thread(worker: Worker): WorkerLike {
  let asked = 0;
  const face: WorkerLike = {
    postMessage: (message, transfer) => {
      if (asked === 0) worker.ref();
      asked += 1;
      worker.postMessage(message, transfer);
    },
    terminate: () => void worker.terminate(),
    onmessage: null,
    onerror: null,
  };
  worker.unref();
  worker.on("message", (data: { kind?: unknown }) => {
    if (data.kind === "done" || data.kind === "failed") asked -= 1;
    if (asked === 0) worker.unref();
    face.onmessage?.({ data });
  });
  worker.on("error", (error) => face.onerror?.({ message: error.message }));
  return face;
}
