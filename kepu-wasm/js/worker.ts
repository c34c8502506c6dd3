/** The worker of browsers. It stands by itself, so that it may also be started from a `blob:` or as a classic script. */
import { serve } from "./serve.js";

const post = postMessage as (message: unknown, transfer: Transferable[]) => void;
const answer = serve(post, (wasm) =>
  typeof wasm === "string" || wasm instanceof URL ? fetch(wasm) : (wasm as WebAssembly.Module | BufferSource),
);
onmessage = ({ data }: MessageEvent<Parameters<typeof answer>[0]>) => answer(data);
