// The corpus of verdicts (tests/vectors) on the built package, in Node; what runs it is used in the browser too. KEPU_VECTORS
// names another folder.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";

import { load } from "../../kepu-wasm/dist/node.js";

const HERE = dirname(fileURLToPath(import.meta.url));
const HOUSE = resolve(HERE, "../..");

const KINDS = { activities: "activity", summaries: "summary" };

/** A notice beside its vector; TOML is made JSON by the Rust tool, as the package reads JSON only. */
function noticeOf(kepu, file, name) {
  if (kepu.notices.includes(name)) return kepu.notice(name);
  const path = resolve(dirname(file), name);
  const toJson = () => execFileSync("cargo", ["run", "-q", "-p", "kepu-pack", "--", "json", path], { cwd: HOUSE, encoding: "utf8" });
  return kepu.noticeFromJson(path.endsWith(".toml") ? toJson() : readFileSync(path, "utf8"));
}

function optionsOf({ strict_deadlines, min_severity, ...same } = {}) {
  const options = { ...same };
  if (strict_deadlines !== undefined) options.strictDeadlines = strict_deadlines;
  if (min_severity !== undefined) options.minSeverity = min_severity;
  delete options.lang;
  return options;
}

function agrees(found, expected) {
  return Object.entries(expected).every(([key, value]) => {
    if ((key === "args" || key === "clause") && value !== null && typeof value === "object") {
      return Object.entries(value).every(([name, inner]) => isDeepStrictEqual(found[key]?.[name], inner));
    }
    return isDeepStrictEqual(found[key], value);
  });
}

const brief = ({ rule, path, severity, row }) => JSON.stringify([rule, path, severity, row ?? null]);

function compare(testCase, all) {
  const ignore = testCase.ignore ?? [];
  const kept = (findings) => findings.filter(({ rule }) => !ignore.includes(rule));
  const [found, expected] = [kept(all), kept(testCase.findings)];
  if (found.length !== expected.length || !found.every((finding, at) => agrees(finding, expected[at]))) {
    throw new Error(`found ${found.map(brief).join(" ")}, expected ${expected.map(brief).join(" ")}`);
  }
}

function compareRead(read, expected) {
  for (const [field, value] of Object.entries(expected ?? {})) {
    const isEmpty = (list) => Array.isArray(list) && list.length === 0;
    const found = isEmpty(read[field]) ? null : (read[field] ?? null);
    if (!isDeepStrictEqual(found, isEmpty(value) ? null : value)) {
      throw new Error(`${field} read as ${JSON.stringify(found)}, expected ${JSON.stringify(value)}`);
    }
  }
}

async function run(notice, testCase) {
  const kind = KINDS[testCase.kind] ?? testCase.kind;
  const asked = { kind, asOf: testCase.as_of, options: optionsOf(testCase.options), lang: testCase.options?.lang ?? "zh" };
  if (testCase.record) {
    const report = await notice.check(testCase.record, asked);
    compare(testCase, report.findings);
    return compareRead(report.read, testCase.read);
  }
  const { merges, columns } = testCase;
  // An empty list is no records; a grid without cells is a row without any.
  const grid = testCase.grid?.length === 0 ? [[]] : testCase.grid;
  if (testCase.error) {
    return notice.checkTable(grid, { ...asked, merges, columns }).then(
      () => Promise.reject(new Error("the sheet is not refused")),
      (error) => (error.code === "internal" ? Promise.reject(error) : undefined),
    );
  }
  const result = await notice.checkTable(grid ?? testCase.records, { ...asked, merges, columns });
  compare(testCase, result.findings.map((finding) => ({ ...finding, row: finding.record })));
  if (testCase.skipped) {
    const skipped = result.skipped.map(({ row }) => row - 1);
    if (!isDeepStrictEqual(skipped, testCase.skipped)) {
      throw new Error(`skipped ${JSON.stringify(skipped)}, expected ${JSON.stringify(testCase.skipped)}`);
    }
  }
  for (const [at, expected] of (testCase.read ?? []).entries()) {
    if (testCase.records?.[at]) compareRead((await notice.check(testCase.records[at], asked)).read, expected);
  }
}

/** Runs the corpus on a kepu, of which every answer may be a promise; gives how many cases passed, and the failed ones. */
export async function vectors(kepu, folder = process.env.KEPU_VECTORS ?? join(HOUSE, "tests/vectors")) {
  if (!existsSync(folder)) throw new Error(`there is no folder ${folder}`);
  const failures = [];
  let passed = 0;
  const files = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".json"));
  for (const file of files.map((name) => join(folder, name)).sort()) {
    const vector = JSON.parse(readFileSync(file, "utf8"));
    if (!Array.isArray(vector.cases)) continue; // a notice beside its vectors
    const notice = await noticeOf(kepu, file, vector.notice);
    // All at once: in the browser most of the time is the way there and back.
    const outcomes = await Promise.allSettled(vector.cases.map((testCase) => run(notice, testCase)));
    for (const [at, { status, reason }] of outcomes.entries()) {
      if (status === "fulfilled") passed += 1;
      else failures.push(`${relative(folder, file)}: ${vector.cases[at].name}: ${reason.message}`);
    }
    await notice.close();
  }
  return { passed, failures };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const kepu = await load();
  const { passed, failures } = await vectors(kepu);
  kepu.close();
  for (const failure of failures) console.log(`FAILED ${failure}`);
  console.log(`${passed} passed, ${failures.length} failed`);
  process.exitCode = failures.length > 0 || passed === 0 ? 1 : 0;
}
