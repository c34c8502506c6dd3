import { readFileSync } from "node:fs";

import { load as loaded } from "../../../kepu-wasm/dist/index.js";
import { AS_OF } from "../facts.js";

// Beside the bundle, as a page finds it; a page would fetch it, and stream it through the compiler.
const wasm = readFileSync(new URL("kepu.wasm", import.meta.url));

export async function load() {
  const notice = (await loaded({ wasm })).notice("henan-2023");
  return (record) => notice.check(record, { asOf: AS_OF }).findings.filter(({ message, advice }) => message && advice).length;
}
