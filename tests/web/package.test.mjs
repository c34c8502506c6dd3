// The tarball in a fresh project: plain Node, types, esbuild, Vite, a page without a bundler under a strict policy.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

import { served, told } from "./browser.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const HOUSE = fileURLToPath(new URL("../../kepu-wasm/", import.meta.url));
const { version } = JSON.parse(readFileSync(join(HOUSE, "package.json"), "utf8"));
const TARBALL = join(HOUSE, "build", `kepu-${version}.tgz`);

const project = mkdtempSync(join(tmpdir(), "kepu-project-"));
after(() => rmSync(project, { recursive: true }));
const run = (program, ...rest) => execFileSync(program, rest, { cwd: project, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
const write = (name, text) => {
  mkdirSync(join(project, name, ".."), { recursive: true });
  writeFileSync(join(project, name), text);
};

write("package.json", '{ "name": "fresh", "private": true, "type": "module" }');
run("npm", "install", "--offline", "--no-audit", "--no-fund", TARBALL);

/** What every page does: a record, and a spreadsheet in the worker; the title says how it went. */
const APP = `
const notice = kepu.notice("henan-2023");
const report = notice.check({ title: "走近湿地", start: "9月16日" }, { asOf: "2023-09-01" });
const result = await notice.checkFile(new File(["活动名称,举办单位,活动时间\\n走近湿地,新乡市科协,9月31日\\n"], "a.csv"), { asOf: "2023-09-01" });
const said = report.findings.map((finding) => finding.rule).join() + ";" + result.findings.map((finding) => finding.cell + " " + finding.rule).join();
`;
const SAID = "missing-field,missing-field,outside-window;null missing-field,C2 unreadable-date";
const PAGE = (script) => `<!doctype html><meta charset="utf-8"><title>kepu</title><script type="module" src="${script}"></script>`;
const TELL = `await fetch(new URLSearchParams(location.search).get("tell"), { method: "POST", mode: "no-cors", body: said });`;
const CSP = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self' http://127.0.0.1:*";

test("plain Node uses it, and may require it", () => {
  write("app.mjs", `import { load } from "kepu";\nconst kepu = await load();\n${APP}\nconsole.log(said);`);
  assert.equal(run("node", "app.mjs").trim(), SAID);
  if (process.features.require_module) {
    write("app.cjs", 'require("kepu").load().then((kepu) => console.log(kepu.notices.join()));');
    assert.match(run("node", "--no-warnings", "app.cjs"), /henan-2023/);
  }
});

test("its types say what it is, strictly", () => {
  cpSync(join(HERE, "types"), join(project, "types"), { recursive: true });
  execFileSync(join(HOUSE, "node_modules/.bin/tsc"), ["--project", join(project, "types/tsconfig.json")], { encoding: "utf8" });
});

test("form libraries take its schema, types and all", () => {
  execFileSync(join(HOUSE, "node_modules/.bin/tsc"), ["--project", join(HERE, "types/libraries.json")], { encoding: "utf8" });
});

test("a page without a bundler uses it under a strict policy", async () => {
  write("plain/index.html", PAGE("app.js"));
  write("plain/app.js", `import { load } from "./kepu/index.js";\nconst kepu = await load();\n${APP}\n${TELL}`);
  cpSync(join(project, "node_modules/kepu/dist"), join(project, "plain/kepu"), { recursive: true });
  assert.equal(await served(join(project, "plain"), { "Content-Security-Policy": CSP }, told), SAID);
});

test("without leave to compile, the page is told and nothing is let through", async () => {
  write("plain/refused.html", PAGE("refused.js"));
  write("plain/refused.js", `import { load } from "./kepu/index.js";\nconst said = await load().catch((error) => error.code);\n${TELL}`);
  const refused = (address) => told(`${address}refused.html`);
  assert.equal(await served(join(project, "plain"), { "Content-Security-Policy": "script-src 'self'" }, refused), "load");
});

test("esbuild bundles it; the three files lie beside the bundle", async () => {
  write("esbuild/app.js", `import { load } from "kepu";\nconst kepu = await load();\n${APP}\n${TELL}`);
  write("esbuild/out/index.html", PAGE("app.js"));
  const esbuild = join(HOUSE, "node_modules/.bin/esbuild");
  run(esbuild, "esbuild/app.js", "--bundle", "--format=esm", "--minify", "--outdir=esbuild/out", "--log-level=error");
  for (const file of ["kepu.wasm", "kepu-files.wasm", "worker.js"]) {
    cpSync(join(project, "node_modules/kepu/dist", file), join(project, "esbuild/out", file));
  }
  assert.equal(await served(join(project, "esbuild/out"), { "Content-Security-Policy": CSP }, told), SAID);
});

test("Vite builds it, and serves it while one develops", async () => {
  write("vite/index.html", PAGE("/app.js"));
  write("vite/app.js", `import { load } from "kepu";\nconst kepu = await load();\n${APP}\n${TELL}`);
  write("vite/vite.config.js", 'export default { optimizeDeps: { exclude: ["kepu"] }, logLevel: "error" };');
  const vite = join(HERE, "node_modules/vite/bin/vite.js");
  run("node", vite, "build", "vite");
  assert.equal(await served(join(project, "vite/dist"), { "Content-Security-Policy": CSP }, told), SAID);

  const { createServer } = await import("vite");
  const server = await createServer({ root: join(project, "vite"), server: { port: 0, host: "127.0.0.1" } });
  try {
    await server.listen();
    assert.equal(await told(server.resolvedUrls.local[0]), SAID);
  } finally {
    await server.close();
  }
});

test("publint and attw have nothing to say", () => {
  const bin = (name) => join(HERE, "node_modules/.bin", name);
  run(bin("publint"), "run", "--strict", "node_modules/kepu");
  const others = ["./kepu.wasm", "./kepu-files.wasm", "./worker.js"];
  run(bin("attw"), TARBALL, "--profile", "esm-only", "--exclude-entrypoints", ...others);
});
