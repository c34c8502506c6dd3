/** The worker of Node. */
import { readFile } from "node:fs/promises";
import { parentPort } from "node:worker_threads";

import { serve } from "./serve.js";

const port = parentPort;
if (port !== null) {
  const answer = serve(
    (message, transfer) => port.postMessage(message, transfer),
    (wasm) => (typeof wasm === "string" || wasm instanceof URL ? readFile(wasm) : (wasm as WebAssembly.Module | BufferSource)),
  );
  port.on("message", answer);
}
