// What a form loads, and what a spreadsheet loads late, as gzip sends it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const HOUSE = fileURLToPath(new URL("../../kepu-wasm/", import.meta.url));
const gzipped = (bytes) => gzipSync(bytes, { level: 9 }).length;

/** JavaScript as a bundler sends it. */
function bundled(code) {
  const esbuild = join(HOUSE, "node_modules/.bin/esbuild");
  const options = ["--bundle", "--format=esm", "--minify", "--log-level=error", "--loader=js"];
  return execFileSync(esbuild, options, { cwd: join(HOUSE, "dist"), input: code });
}

const parts = [
  ["kepu.wasm, for a form", () => readFileSync(join(HOUSE, "dist/kepu.wasm")), 64 * 1024],
  ["JavaScript, for a form", () => bundled('import { load } from "./index.js"; globalThis.load = load;'), 8 * 1024],
  ["kepu-files.wasm, late", () => readFileSync(join(HOUSE, "dist/kepu-files.wasm")), 680 * 1024],
];

for (const [what, read, most] of parts) {
  test(`${what}: at most ${most} bytes`, (t) => {
    const bytes = read();
    const weight = gzipped(bytes);
    t.diagnostic(`${what}: ${weight} bytes gzipped, ${bytes.length} raw; at most ${most}`);
    assert.ok(weight <= most, `${what}: ${weight} bytes gzipped, at most ${most}`);
  });
}
