// kepu in a browser's engine beside its peers, on equal work: the rules of one record that all of them can say (kepu checks
// all of its own). Prints tables on stdout. BENCH_ROUNDS (7), BENCH_FILE_ROWS (100000).
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

import Ajv from "ajv";
import addFormats from "ajv-formats";
import standalone from "ajv/dist/standalone/index.js";

import { AS_OF, CATEGORIES, CLEAN, FAULTY } from "./facts.js";
import { schema } from "./peers/schema.js";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const HOUSE = join(HERE, "../../kepu-wasm");
const BUILD = join(HERE, "build");
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 7);
const FILE_ROWS = Number(process.env.BENCH_FILE_ROWS ?? 100_000);
const PEERS = ["kepu", "ajv", "ajv-precompiled", "zod", "valibot", "survey"];

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
const gzipped = (path) => gzipSync(readFileSync(path), { level: 9 }).length;

/** One file of each peer, as a bundler sends it. */
function build() {
  mkdirSync(BUILD, { recursive: true });
  const ajv = new Ajv({ allErrors: true, $data: true, strict: false, code: { source: true } });
  addFormats(ajv, { keywords: true });
  writeFileSync(join(BUILD, "standalone.cjs"), standalone.default(ajv, ajv.compile(schema)));
  for (const peer of PEERS) {
    const options = ["--bundle", "--minify", "--format=esm", "--platform=neutral", "--main-fields=module,main", "--external:node:fs"];
    const out = [`--outfile=${join(BUILD, `${peer}.mjs`)}`, "--log-level=error"];
    execFileSync(join(HOUSE, "node_modules/.bin/esbuild"), [join(HERE, `peers/${peer}.js`), ...options, ...out]);
  }
  copyFileSync(join(HOUSE, "dist/kepu.wasm"), join(BUILD, "kepu.wasm"));
}

/** Milliseconds from nothing to the first verdict, in a process of its own. */
function cold(peer) {
  const url = pathToFileURL(join(BUILD, `${peer}.mjs`)).href;
  const facts = pathToFileURL(join(HERE, "facts.js")).href;
  const script = `
    const { FAULTY } = await import(${JSON.stringify(facts)});
    const begin = performance.now();
    const { load } = await import(${JSON.stringify(url)});
    const check = await load();
    if (check(FAULTY) === 0) throw new Error("no verdict");
    console.log(performance.now() - begin);`;
  return Number(execFileSync("node", ["--input-type=module", "--eval", script], { encoding: "utf8" }));
}

/** Microseconds a record, once warm: what a form asks for is copied, so that nothing is remembered by identity. */
function warm(check, record) {
  const until = (milliseconds) => {
    const begin = performance.now();
    let runs = 0;
    do {
      for (let at = 0; at < 10; at += 1) check({ ...record });
      runs += 10;
    } while (performance.now() - begin < milliseconds);
    return ((performance.now() - begin) * 1000) / runs;
  };
  until(300);
  return until(200);
}

async function records() {
  const checks = {};
  for (const peer of PEERS) checks[peer] = await (await import(pathToFileURL(join(BUILD, `${peer}.mjs`)).href)).load();
  const figures = Object.fromEntries(PEERS.map((peer) => [peer, { cold: [], clean: [], faulty: [] }]));
  for (let round = 0; round < ROUNDS; round += 1) {
    // In alternation, so that a busy machine is unfair to all alike.
    for (const peer of PEERS) {
      figures[peer].cold.push(cold(peer));
      figures[peer].clean.push(warm(checks[peer], CLEAN));
      figures[peer].faulty.push(warm(checks[peer], FAULTY));
    }
  }
  console.log("| | faults seen | clean, µs | faulty, µs | load to first verdict, ms | gzip, KB | of ajv: clean · load |");
  console.log("|---|---|---|---|---|---|---|");
  const [ajvClean, ajvCold] = [median(figures.ajv.clean), median(figures.ajv.cold)];
  for (const peer of PEERS) {
    const { cold, clean, faulty } = figures[peer];
    const wasm = peer === "kepu" ? gzipped(join(BUILD, "kepu.wasm")) : 0;
    const weight = (gzipped(join(BUILD, `${peer}.mjs`)) + wasm) / 1024;
    const cells = [peer, checks[peer](FAULTY), median(clean).toFixed(1), median(faulty).toFixed(1), median(cold).toFixed(0)];
    const ratios = `${(median(clean) / ajvClean).toFixed(2)} · ${(median(cold) / ajvCold).toFixed(2)}`;
    console.log(`| ${[...cells, weight.toFixed(1), ratios].join(" | ")} |`);
  }
}

/** Rows a second of `checkFile`, of a CSV of which a row in ten is written in another form and one in twenty is at fault. */
async function files() {
  const { load } = await import(pathToFileURL(join(HOUSE, "dist/node.js")).href);
  const kepu = await load();
  const notice = kepu.notice("henan-2023");
  const keys = Object.keys(CLEAN);
  const row = (at) => {
    const record = { ...CLEAN, id: `HN2023-${at}`, title: `${CLEAN.title}${at}`, category: CATEGORIES[at % CATEGORIES.length] };
    if (at % 10 === 3) record.start = "9月18日";
    return { ...record, ...(at % 20 === 7 ? { start: "2023-09-31" } : {}) };
  };
  const lines = Array.from({ length: FILE_ROWS }, (_, at) => Object.values(row(at)).join(","));
  const file = new File([[keys.join(","), ...lines].join("\n")], "活动.csv");
  await notice.checkFile(new File([[keys.join(","), ...lines.slice(0, 10)].join("\n")], "warm.csv"), { asOf: AS_OF });
  const rates = [];
  for (let round = 0; round < Math.min(ROUNDS, 3); round += 1) {
    const begin = performance.now();
    const { findings } = await notice.checkFile(file, { asOf: AS_OF });
    if (findings.length < FILE_ROWS / 20) throw new Error("findings are missing");
    rates.push((FILE_ROWS * 1000) / (performance.now() - begin));
  }
  kepu.close();
  const [megabytes, late] = [file.size / 2 ** 20, gzipped(join(HOUSE, "dist/kepu-files.wasm")) / 1024];
  console.log(`\ncheckFile: ${FILE_ROWS} rows of CSV (${megabytes.toFixed(1)} MiB), all rules: ${Math.round(median(rates))} rows/s; its wasm ${late.toFixed(0)} KB gzip, loaded late`);
}

statSync(join(HOUSE, "dist/kepu.wasm"));
build();
await records();
await files();
