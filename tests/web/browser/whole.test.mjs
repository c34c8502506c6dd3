// The page as a whole: sizes, themes, axe, CSP, offline, and the one file that opens from a disk.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { browser, open, serve, www } from "./house.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let server, chromium;
before(async () => {
  [server, chromium] = await Promise.all([serve(), browser()]);
});
after(async () => {
  await chromium.close();
  await server.close();
});

/** The room as it is when somebody has worked in it: with findings. */
async function used(page, room) {
  if (room === "fill") await page.locator(".kepu-submit").click();
  if (room !== "sheets") return;
  const sheet = "活动名称,举办单位,活动类别,活动时间,参与人次,备用\n走近湿地,,科学讲座,9月31日,约300,\n星空夜谈,新乡市科协,地方主场活动,2023-09-25,300,\n合计,2,,,,\n";
  await page.locator("#files").setInputFiles({ name: "新乡市科普日活动统计.csv", mimeType: "text/csv", buffer: Buffer.from(sheet) });
  await page.locator(".found tbody tr").first().waitFor();
}

for (const colorScheme of ["light", "dark"]) {
  for (const room of ["fill", "sheets", "notice"]) {
    test(`axe finds nothing in ${room}, ${colorScheme}`, async () => {
      // axe is put in by the test, which the page's own policy forbids.
      const context = await chromium.newContext({ colorScheme, bypassCSP: true });
      const { page } = await open(context, server.address, room);
      await used(page, room);
      await page.addScriptTag({ content: axe });
      const { violations } = await page.evaluate(() => axe.run());
      assert.deepEqual(violations.map((found) => `${found.id}: ${found.nodes.map((node) => node.html).slice(0, 3).join(" ")}`), []);
      await context.close();
    });
  }
}

for (const [width, text] of [[360, 1], [1440, 1], [1280, 2], [640, 2]]) {
  test(`at ${width} px with text at ${text * 100} % nothing runs out of the page`, async () => {
    const context = await chromium.newContext({ viewport: { width, height: 800 } });
    for (const room of ["fill", "sheets", "notice"]) {
      const { page, complaints } = await open(context, server.address, room);
      await page.evaluate((text) => (document.documentElement.style.fontSize = `${text * 100}%`), text);
      await used(page, room);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(over <= 0, `${room}: ${over} px too wide`);
      assert.deepEqual(complaints, []);
      await page.close();
    }
    await context.close();
  });
}

test("the notice's room says each milestone as of the day, and leads from a rule to its sentence", async () => {
  const context = await chromium.newContext({ acceptDownloads: true });
  const { page } = await open(context, server.address, "notice", "2023-09-28T12:00");
  assert.match(await page.locator(".timeline .due-today").innerText(), /今天截止[\s\S]*工作总结/);
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator(".timeline button").first().click()]);
  assert.match(readFileSync(await download.path(), "utf8"), /^BEGIN:VCALENDAR\r\n/);
  const late = page.locator(".clauses details").filter({ hasText: "late-summary" });
  await late.locator("summary").click();
  assert.match(await late.innerText(), /四\(三\)[\s\S]*9月28日前/);
  await context.close();
});

test("the notice's room lists what may be chosen, each with its sentence", async () => {
  const context = await chromium.newContext();
  const { page } = await open(context, server.address, "notice");
  const list = page.locator(".list").filter({ has: page.locator("h3", { hasText: "活动类别" }) });
  assert.equal(await list.locator("li").count(), 12);
  assert.match(await list.locator("li").nth(1).innerText(), /地方主场活动[\s\S]*科普助力“双减”[\s\S]*三\(二\)[\s\S]*各地结合实际/);
  await context.close();
});

test("on paper nothing is folded away, and what can only be clicked is left out", async () => {
  const context = await chromium.newContext({ colorScheme: "dark" });
  const { page } = await open(context, server.address, "sheets");
  await page.locator("#files").setInputFiles({ name: "新乡.csv", mimeType: "text/csv", buffer: Buffer.from("活动名称,活动类别,活动时间\n走近湿地,讲座,9月18日\n") });
  const quote = page.locator(".found details q").first();
  await quote.waitFor({ state: "attached" });
  const isShown = () => quote.evaluate((element) => element.checkVisibility());
  assert.equal(await isShown(), false, "on a screen it is folded");
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  assert.equal(await isShown(), true);
  for (const hidden of [".rooms", ".drop", ".bar", "#asked"]) assert.ok(await page.locator(hidden).first().isHidden(), hidden);
  const [ink, paper] = await page.evaluate(() => ["color", "backgroundColor"].map((name) => getComputedStyle(document.body)[name]));
  assert.deepEqual([ink, paper], ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]);
  const soft = await page.locator(".soft").first().evaluate((element) => getComputedStyle(element).color);
  assert.ok(Math.max(...soft.match(/\d+/g).map(Number)) < 128, `${soft} is pale on white`);
  await context.close();
});

test("after the first load everything works without a network", async () => {
  const context = await chromium.newContext();
  const { page } = await open(context, server.address, "sheets");
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await context.setOffline(true);
  await page.reload();
  await page.locator("main h1").waitFor();
  await page.locator("#files").setInputFiles({ name: "新乡.csv", mimeType: "text/csv", buffer: Buffer.from("活动名称,活动时间\n走近湿地,9月31日\n") });
  await page.locator(".figures").waitFor();
  await context.close();
});

test("the one file opens from a disk, checks a form and a spreadsheet, and asks nothing of anybody", async () => {
  const file = join(www, "kepu.html");
  assert.ok(existsSync(file));
  const context = await chromium.newContext();
  const { page, complaints, requests } = await open(context, pathToFileURL(file).href, "fill");
  await page.locator("[name=title]").focus();
  await page.keyboard.press("Tab");
  await page.locator(".kepu-error").waitFor();
  await page.goto(`${pathToFileURL(file).href}#sheets`);
  await page.locator("#files").setInputFiles({ name: "新乡.csv", mimeType: "text/csv", buffer: Buffer.from("活动名称,活动时间\n走近湿地,9月31日\n") });
  await page.locator(".figures").waitFor();
  assert.deepEqual(requests.filter((request) => /^https?:/.test(request.url)), []);
  assert.deepEqual(complaints, []);
  await context.close();
});
