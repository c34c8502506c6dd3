// Check spreadsheets: dropped, checked, taken home annotated; nothing leaves the machine.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { browser, open, root, serve } from "./house.mjs";

let server, chromium, context;
before(async () => {
  [server, chromium] = await Promise.all([serve(), browser()]);
  context = await chromium.newContext({ locale: "zh-CN", acceptDownloads: true });
});
after(async () => {
  await chromium.close();
  await server.close();
});

const HEADER = "编号,活动名称,举办单位,活动类别,活动时间,联系电话";
const csv = (name, ...rows) => ({ name, mimeType: "text/csv", buffer: Buffer.from([HEADER, ...rows].join("\n")) });
const drop = async (page, ...files) => {
  await page.locator("#files").setInputFiles(files);
  await page.locator(".figures").waitFor({ timeout: 60_000 });
};

test("several sheets are checked together, each finding with its place, and nothing is sent", async () => {
  const { page, complaints, requests } = await open(context, server.address, "sheets");
  const sent = requests.length;
  await drop(page,
    csv("新乡.csv", "HN-1,走近湿地,新乡市科协,地方主场活动,9月31日,0371-65709215"),
    csv("安阳.csv", "HN-1,星空夜谈,安阳市科协,科学讲座,9月18日,0371-65709215"));
  const table = await page.locator(".found").innerText();
  assert.match(table, /新乡\.csv[^\n]*E2/);
  assert.match(table, /安阳\.csv/);
  assert.match(await page.locator(".found tbody tr").first().innerText(), /需要更正/);
  for (const request of requests.slice(sent)) {
    assert.equal(request.method, "GET");
    assert.equal(request.body, null);
    assert.ok(request.url.startsWith(server.address) || request.url.startsWith("blob:"), request.url);
  }
  assert.deepEqual(complaints, []);
  await page.close();
});

test("findings are filtered by file, rule, severity and region, each in words", async () => {
  const { page } = await open(context, server.address, "sheets");
  const header = `${HEADER},所在地`;
  const sheet = (name, ...rows) => ({ name, mimeType: "text/csv", buffer: Buffer.from([header, ...rows].join("\n")) });
  await drop(page,
    sheet("新乡.csv", "HN-1,走近湿地,新乡市科协,地方主场活动,9月31日,12,新乡市", "HN-2,星空夜谈,,地方主场活动,9月18日,,"),
    sheet("安阳.csv", "HN-3,科普大篷车,安阳市科协,地方主场活动,9月18日,12,安阳"));
  const rows = page.locator(".found tbody tr");
  const all = await rows.count();
  for (const [filter, option, count, text] of [
    ["文件", "安阳.csv（1）", 1, /安阳\.csv/],
    ["规则", /电话/, 2, /12/],
    ["程度", /^需要更正/, 2, /需要更正/],
    ["地区", "新乡市（2）", 2, /新乡\.csv/],
    ["地区", "未识别（1）", 1, /没有填写举办单位/],
  ]) {
    const select = page.getByLabel(filter);
    const labels = await select.locator("option").allInnerTexts();
    const label = labels.find((label) => (typeof option === "string" ? label === option : option.test(label)));
    assert.ok(label, `${filter}: ${labels}`);
    await select.selectOption({ label });
    const shown = await rows.allInnerTexts();
    assert.equal(shown.length, count, `${filter} ${option}: ${shown}`);
    for (const row of shown) assert.match(row, text);
    await select.selectOption("");
  }
  assert.equal(await rows.count(), all);
  await page.close();
});

test("what has no column is said once, and what was not read is listed", async () => {
  const { page } = await open(context, server.address, "sheets");
  const sheet = ["活动名称,举办单位,活动类别,活动时间,活动地", "走近湿地,新乡市科协,地方主场活动,9月18日,公园", "星空夜谈,新乡市科协,地方主场活动,9月19日,操场", "合计,2,,,"];
  await drop(page, { name: "新乡.csv", mimeType: "text/csv", buffer: Buffer.from(sheet.join("\n")) });
  const text = await page.locator("main").innerText();
  assert.match(text, /新乡\.csv：.*图片.*都没有：2 行/);
  assert.match(text, /新乡\.csv：E 列“活动地”未读取/);
  assert.match(text, /新乡\.csv · 第 4 行：合计行/);
  assert.equal(await page.locator(".found tbody tr").count(), 0);
  await page.close();
});

test("the findings go home as CSV that no spreadsheet runs, and the sheet as an annotated workbook", async () => {
  const { page } = await open(context, server.address, "sheets");
  await drop(page, csv("坏.csv", `"=HYPERLINK(""http://x"")",<script>alert(1)</script>,新乡市科协,地方主场活动,9月31日,@SUM(1)`));
  assert.equal(await page.locator(".found script").count(), 0);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "下载问题清单" }).click()]);
  const text = readFileSync(await download.path(), "utf8");
  assert.ok(text.startsWith("\uFEFF"));
  for (const line of text.slice(1).split("\r\n")) {
    for (const field of line.split(",")) assert.doesNotMatch(field, /^"?[=+@]/, line);
  }
  const [copy] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "下载批注表" }).click()]);
  assert.equal(readFileSync(await copy.path()).subarray(0, 2).toString(), "PK");
  assert.match(copy.suggestedFilename(), /\.xlsx$/);
  await page.close();
});

test("a blank template is a workbook", async () => {
  const { page } = await open(context, server.address, "sheets");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "活动.xlsx" }).click()]);
  assert.equal(readFileSync(await download.path()).subarray(0, 2).toString(), "PK");
  await page.close();
});

test("a picture that is called a workbook is said to be none, and the other file is checked", async () => {
  const { page } = await open(context, server.address, "sheets");
  const picture = { name: "照片.xlsx", mimeType: "image/png", buffer: Buffer.from("89504e470d0a1a0a0000000d49484452", "hex") };
  await drop(page, picture, csv("新乡.csv", "HN-1,走近湿地,新乡市科协,地方主场活动,9月18日,"));
  assert.match(await page.locator("main .bad").first().innerText(), /照片\.xlsx/);
  assert.match(await page.locator(".figures").innerText(), /1/);
  await page.close();
});

test("the committed sheet gives the findings that the command line gives", async () => {
  const { page } = await open(context, server.address, "sheets");
  await page.locator("#files").setInputFiles(join(root, "kepu-core/examples/activities.csv"));
  await page.locator(".figures").waitFor();
  assert.ok((await page.locator(".found tbody tr").count()) > 10);
  await page.close();
});
