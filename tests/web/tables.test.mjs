import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

import { KepuError, load } from "../../kepu-wasm/dist/node.js";

const kepu = await load();
const notice = kepu.notice("henan-2023");
const AS_OF = "2023-10-08";
after(() => kepu.close());

const sheet = (name) => {
  const path = fileURLToPath(new URL(`../data/sheets/${name}`, import.meta.url));
  return { name, data: readFileSync(path) };
};
const csv = (rows, name = "上报.csv") => new File([rows.map((row) => row.join(",")).join("\n")], name);
const HEADER = ["编号", "活动名称", "举办单位", "所在地", "活动类别", "活动时间", "参与人数"];
const row = (id, title, days) => [id, title, "新乡市科协", "新乡市", "地方主场活动", days, "300"];
const rejects = (promise, code) => assert.rejects(promise, (error) => error instanceof KepuError && error.code === code);

test("a spreadsheet's findings stand where the sender finds them", async () => {
  const result = await notice.checkFile(csv([HEADER, row("a", "走近湿地", "9月31日"), row("b", "观星", "9月19日")]), { asOf: AS_OF });
  const [finding] = result.findings.filter(({ rule }) => rule === "unreadable-date");
  assert.deepEqual(
    [finding.file, finding.sheet, finding.row, finding.cell, finding.header, finding.id, finding.name, finding.region],
    ["上报.csv", null, 2, "F2", "活动时间", "a", "走近湿地", "410700"],
  );
  assert.equal(result.isWhole, true);
  assert.deepEqual([result.notice, result.version, result.asOf], ["henan-2023", kepu.version, "2023-10-08T00:00"]);
  assert.deepEqual(result.tally.activities, [{ region: "410700", category: "local-main", count: 2 }]);
});

test("xlsx, xls, ods and GB18030 are read by their content", async () => {
  for (const name of ["merged.xlsx", "merged.xls", "merged.ods", "gb18030.csv", "csv-named.xls"]) {
    const result = await notice.checkFile(sheet(name), { asOf: AS_OF });
    assert.ok(result.tables.length > 0, name);
  }
});

test("files are checked together, and what is twice is found across them", async () => {
  const files = [csv([HEADER, row("a", "走近湿地", "9月19日")], "一.csv"), csv([HEADER, row("a", "观星", "9月20日")], "二.csv")];
  const result = await notice.checkFile(files, { asOf: AS_OF });
  const [twice] = result.findings.filter(({ rule }) => rule === "duplicate-id");
  assert.deepEqual([twice.file, twice.row], ["二.csv", 2]);
});

test("a file that cannot be read is listed, and the others are checked", async () => {
  const result = await notice.checkFile([sheet("truncated.xlsx"), csv([HEADER, row("a", "走近湿地", "9月19日")])], { asOf: AS_OF });
  assert.equal(result.isWhole, false);
  assert.deepEqual(result.unread.map(({ file }) => file), ["truncated.xlsx"]);
  assert.equal(result.tables.length, 1);
  for (const name of ["bomb.xlsx", "two-cells.xlsx", "lying-bomb.xlsx", "locked.xlsx", "picture.xlsx"]) {
    assert.equal((await notice.checkFile(sheet(name), { asOf: AS_OF })).isWhole, false, name);
  }
});

test("records and rows of cells are tables too", async () => {
  const records = await notice.checkTable([{ id: "a", title: "走近湿地" }, { id: "a" }], { asOf: AS_OF });
  assert.deepEqual(records.findings.filter(({ rule }) => rule === "duplicate-id").map(({ row, cell }) => [row, cell]), [[1, null]]);
  const cells = await notice.checkTable([HEADER, row("a", "走近湿地", new Date("2023-09-18T16:00:00Z")), ["合计", "1"]], { asOf: AS_OF });
  assert.deepEqual(cells.skipped.map(({ row, reason }) => [row, reason]), [[3, "total"]]);
  assert.equal(cells.findings.some(({ rule }) => rule === "unreadable-date"), false);
  await rejects(notice.checkTable([["甲", "乙"]], { asOf: AS_OF }), "sheet");
  assert.deepEqual((await notice.checkTable([], { asOf: AS_OF })).findings.filter(({ row }) => row !== null), []);
});

test("a caller's columns win, and one that stands for no field is an error", async () => {
  const file = csv([["名目", "举办单位", "活动名称"], ["甲", "新乡市科协", "乙"]]);
  const result = await notice.checkFile(file, { asOf: AS_OF, columns: { 名目: "title" } });
  assert.equal(result.findings[0].name, "甲");
  await rejects(notice.checkFile(file, { asOf: AS_OF, columns: { 名目: "天气" } }), "name");
});

test("options, kind and language hold for tables", async () => {
  const summaries = csv([["报送单位", "提交时间", "工作总结"], ["新乡市科协", "2023-10-01", "总结"]]);
  const check = (more) => notice.checkFile(summaries, { asOf: AS_OF, kind: "summary", ...more });
  const late = await check({ lang: "en", options: { only: ["late-summary"] } });
  assert.deepEqual(late.findings.map(({ rule }) => rule), ["late-summary"]);
  assert.match(late.findings[0].message, /^[\x20-\x7e“”一-龥`]+$/);
  const all = await check({ options: { roster: ["新乡市科协", "洛阳市科协"] } });
  assert.deepEqual(all.findings.filter(({ row }) => row === null).map(({ rule }) => rule), ["missing-summary"]);
});

test("progress is told while one waits", async () => {
  const steps = [];
  const rows = Array.from({ length: 20_000 }, (_, at) => row(String(at), `活动${at}`, "9月31日"));
  const result = await notice.checkFile(csv([HEADER, ...rows]), { asOf: AS_OF, onProgress: (progress) => steps.push(progress) });
  assert.ok(result.findings.length >= 20_000);
  assert.deepEqual(steps[0], { step: "reading", file: "上报.csv", done: 0, total: 1 });
  const read = steps.filter(({ step }) => step === "reading").map(({ done }) => done);
  assert.ok(read.some((done) => done > 0 && done < 1) && read.at(-1) === 1, `${read}`);
  assert.ok(steps.some(({ step, done }) => step === "checking" && done > 0));
  assert.equal(steps.at(-1).done, result.findings.length);
});

test("a stopped check rejects with the signal's reason, and the next one works", async () => {
  const rows = Array.from({ length: 50_000 }, (_, at) => row(String(at), `活动${at}`, "9月31日"));
  const controller = new AbortController();
  const stopped = notice.checkFile(csv([HEADER, ...rows]), {
    asOf: AS_OF,
    signal: controller.signal,
    onProgress: ({ step }) => step === "checking" && controller.abort(new Error("enough")),
  });
  await assert.rejects(stopped, /enough/);
  await assert.rejects(notice.checkFile(csv([HEADER]), { asOf: AS_OF, signal: AbortSignal.abort() }), { name: "AbortError" });
  assert.equal((await notice.checkFile(csv([HEADER, row("a", "走近湿地", "9月19日")]), { asOf: AS_OF })).tables.length, 1);
});

test("checks that are asked at once are answered each with its own", async () => {
  const one = (title) => notice.checkFile(csv([HEADER, row("a", title, "9月31日")], `${title}.csv`), { asOf: AS_OF });
  const results = await Promise.all(["甲活动", "乙活动", "丙活动"].map(one));
  assert.deepEqual(results.map(({ findings }) => findings[0].file), ["甲活动.csv", "乙活动.csv", "丙活动.csv"]);
});

test("an argument of the wrong type rejects", async () => {
  for (const files of [null, undefined, 1, "a.csv", [1], {}, { name: "a.csv", data: "text" }]) {
    await rejects(notice.checkFile(files, { asOf: AS_OF }), "argument");
  }
  for (const rows of [null, 1, {}, [1], [null]]) await rejects(notice.checkTable(rows, { asOf: AS_OF }), "argument");
  await rejects(notice.checkFile(csv([HEADER]), {}), "argument");
  await rejects(notice.checkFile(csv([HEADER])), "argument");
  await rejects(notice.checkFile(csv([HEADER]), { asOf: AS_OF, columns: { a: 1 } }), "argument");
});

test("a file's bytes stay with the caller", async () => {
  const file = sheet("dates.xlsx");
  const { length } = file.data;
  await notice.checkFile(file, { asOf: AS_OF });
  assert.equal(file.data.length, length);
  assert.ok(file.data.buffer.byteLength >= length);
});

test("a copy of each file has its findings in it, and reads as the same records", async () => {
  const files = [csv([HEADER, row("a", "走近湿地", "9月31日")], "一.csv"), csv([HEADER, row("a", "=1+1", "9月20日")], "二.csv")];
  const copies = await notice.annotate(files, { asOf: AS_OF });
  assert.deepEqual(copies.map(({ name }) => name), ["一.核对.xlsx", "二.核对.xlsx"]);
  for (const copy of copies) assert.equal((await copy.slice(0, 2).text()), "PK");
  const [before, after] = [await notice.checkFile(files, { asOf: AS_OF }), await notice.checkFile(copies, { asOf: AS_OF })];
  const brief = ({ findings }) => findings.map(({ rule, row, id }) => [rule, row, id]);
  assert.deepEqual(brief(after), brief(before));
  await rejects(notice.annotate(sheet("truncated.xlsx"), { asOf: AS_OF }), "sheet");
});

test("a blank sheet has every column and no record", async () => {
  for (const kind of notice.kinds) {
    const blank = await notice.template(kind);
    assert.equal(blank.name, `${kind}.xlsx`);
    const { tables, unread } = await notice.checkFile(blank, { asOf: AS_OF });
    assert.deepEqual([tables.map((table) => [table.kind, table.records]), unread], [[[kind, 0]], []]);
  }
  await rejects(notice.template("plan"), "name");
});
