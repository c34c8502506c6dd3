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

for (const colorScheme of ["light", "dark"]) {
  for (const room of ["fill", "sheets", "notice"]) {
    test(`axe finds nothing in ${room}, ${colorScheme}`, async () => {
      // axe is put in by the test, which the page's own policy forbids.
      const context = await chromium.newContext({ colorScheme, bypassCSP: true });
      const { page } = await open(context, server.address, room);
      if (room === "fill") await page.locator(".kepu-submit").click();
      await page.addScriptTag({ content: axe });
      const { violations } = await page.evaluate(() => axe.run());
      assert.deepEqual(violations.map((found) => `${found.id}: ${found.nodes.map((node) => node.html).slice(0, 3).join(" ")}`), []);
      await context.close();
    });
  }
}

for (const [width, text] of [[360, 1], [1440, 1], [1280, 2]]) {
  test(`at ${width} px with text at ${text * 100} % nothing runs out of the page`, async () => {
    const context = await chromium.newContext({ viewport: { width, height: 800 } });
    for (const room of ["fill", "sheets", "notice"]) {
      const { page, complaints } = await open(context, server.address, room);
      await page.evaluate((text) => (document.documentElement.style.fontSize = `${text * 100}%`), text).catch(() => {});
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
