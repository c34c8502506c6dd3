// What a form loads (module, script, and each notice, which is data), and what a spreadsheet loads late, as gzip sends it. Each part has an aim (issue 7), and a bound that it may
// never pass again.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const HOUSE = fileURLToPath(new URL("../../kepu-wasm/", import.meta.url));
const KB = 1024;

/** The script that a form loads, as a bundler sends it: what is imported later stands in files of its own. */
function script() {
  const out = mkdtempSync(join(tmpdir(), "kepu-weight-"));
  try {
    const entry = 'import { load } from "./index.js"; globalThis.load = load;';
    const options = ["--bundle", "--splitting", "--format=esm", "--minify", "--log-level=error", `--outdir=${out}`, `--metafile=${out}/meta.json`];
    execFileSync(join(HOUSE, "node_modules/.bin/esbuild"), ["--loader=js", ...options], { cwd: join(HOUSE, "dist"), input: entry });
    const { outputs } = JSON.parse(readFileSync(join(out, "meta.json"), "utf8"));
    const wanted = new Set();
    const want = (path) => {
      if (wanted.has(path)) return;
      wanted.add(path);
      for (const { path: next, kind } of outputs[path].imports) if (kind === "import-statement") want(next);
    };
    want(Object.keys(outputs).find((path) => path.endsWith("stdin.js")));
    return [...wanted].map((path) => readFileSync(join(HOUSE, "dist", path)));
  } finally {
    rmSync(out, { recursive: true });
  }
}

/** The notice, as a browser loads it: the package holds one file of it for browsers, and one for Node. */
const notice = () => [readFileSync(join(HOUSE, "dist", readdirSync(join(HOUSE, "dist")).find((name) => /^henan-2023-\w+\.js$/.test(name))))];

const parts = [
  { what: "kepu.wasm, for a form", files: () => [readFileSync(join(HOUSE, "dist/kepu.wasm"))], aim: 64 * KB, bound: 114 * KB },
  { what: "JavaScript, for a form", files: script, aim: 8 * KB, bound: 8 * KB },
  { what: "henan-2023, a notice", files: notice, aim: 7 * KB, bound: 7 * KB },
  { what: "kepu-files.wasm, late", files: () => [readFileSync(join(HOUSE, "dist/kepu-files.wasm"))], aim: 680 * KB, bound: 656 * KB },
];

for (const { what, files, aim, bound } of parts) {
  test(`the weight of ${what}`, (t) => {
    const weight = files().reduce((sum, bytes) => sum + gzipSync(bytes, { level: 9 }).length, 0);
    const said = `${what}: ${(weight / KB).toFixed(1)} KB gzipped; aim ${aim / KB}, at most ${bound / KB}`;
    t.diagnostic(said);
    assert.ok(weight <= bound, said);
  });
}
