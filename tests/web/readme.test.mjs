// The JavaScript of both READMEs, run as it stands.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const HOUSE = fileURLToPath(new URL("../../", import.meta.url));

for (const page of ["README.md", "kepu-wasm/README.md"]) {
  const blocks = [...readFileSync(join(HOUSE, page), "utf8").matchAll(/^```js\n([\s\S]*?)^```/gm)].map(([, code]) => code);
  test(`the JavaScript of ${page} runs`, () => {
    assert.ok(blocks.length > 0);
    for (const code of blocks) {
      // Inside the package's own folder its name is the package itself.
      const folder = mkdtempSync(join(HOUSE, "kepu-wasm/build/readme-"));
      try {
        writeFileSync(join(folder, "example.mjs"), code);
        assert.ok(execFileSync("node", [join(folder, "example.mjs")], { encoding: "utf8" }).length > 0, code);
      } finally {
        rmSync(folder, { recursive: true });
      }
    }
  });
}
