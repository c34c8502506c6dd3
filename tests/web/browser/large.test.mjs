// A sheet of 100,000 rows: checked within a stated time and memory, while the page answers, shows how far it is, and can be stopped.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { browser, open, serve } from "./house.mjs";
import { workbook } from "./workbook.mjs";

const ROWS = 100_000;
/** What a slow office machine, or a busy one, may take. */
const MOST_SECONDS = 60;
const MOST_MEGABYTES = 700;
/** Longer than this nobody waits for a key or a click without noticing. */
const MOST_PAUSE = 500;

const HEADER = ["编号", "活动名称", "举办单位", "所在地", "活动类别", "活动主题", "开始日期", "结束日期", "活动地点", "参与人次", "联系电话", "电子邮箱", "平台发布日期", "活动图片", "新闻报道链接", "活动总结"];
const REPORT = "活动组织两百余名学生走进黄河湿地，观察候鸟，学习湿地保护知识，志愿者现场讲解，发放科普读物三百册，反响良好。";

/** One row in ten is written in another form, one in twenty names a day that there is not, one in five lacks its news. */
function activity(at) {
  const start = at % 20 === 7 ? "2023-09-31" : at % 10 === 3 ? "9月18日" : "2023-09-18";
  const news = at % 5 === 0 ? "" : `https://www.example.cn/kepu/2023/0919/${at}.html`;
  const id = `HN2023-${String(at).padStart(6, "0")}`;
  return [id, `“走近湿地”自然观察与科普讲座第${at}场`, "新乡市科学技术协会", "新乡市", "科普（教育）基地联合行动", "提升全民科学素质，助力科技自立自强", start, "2023-09-19", `新乡市平原示范区湿地保护中心${at % 500}号厅`, 300 + (at % 700), "0371-65709215", "kepu@example.cn", "2023-09-01", `湿地${at}.jpg`, news, REPORT];
}
const FINDINGS = ROWS / 20 + ROWS / 5;

let server, chromium, folder, file;
before(async () => {
  [server, chromium] = await Promise.all([serve(), browser()]);
  folder = mkdtempSync(join(tmpdir(), "kepu-large-"));
  file = join(folder, "新乡市.xlsx");
  writeFileSync(file, workbook([HEADER, ...Array.from({ length: ROWS }, (_, at) => activity(at))]));
});
after(async () => {
  await chromium.close();
  await server.close();
  rmSync(folder, { recursive: true });
});

/** The resident megabytes of the process that shows pages, at its highest, sampled until it is asked for. */
async function watchMemory() {
  const session = await chromium.newBrowserCDPSession();
  let peak = 0;
  const timer = setInterval(async () => {
    const { processInfo } = await session.send("SystemInfo.getProcessInfo").catch(() => ({ processInfo: [] }));
    const ids = processInfo.filter(({ type }) => type === "renderer").map(({ id }) => id);
    if (ids.length === 0) return;
    try {
      const sizes = execFileSync("ps", ["-o", "rss=", "-p", ids.join(",")], { encoding: "utf8" });
      peak = Math.max(peak, ...sizes.trim().split("\n").map((size) => Number(size) / 1024));
    } catch {
      // A process that has ended between the two questions.
    }
  }, 200);
  return () => (clearInterval(timer), peak);
}

/** From now on the page notes its longest pause, and what it shows of the work. */
const watchPage = (page) =>
  page.evaluate(() => {
    const seen = { pause: 0, steps: new Set(), shares: [] };
    let last = performance.now();
    setInterval(() => {
      const now = performance.now();
      seen.pause = Math.max(seen.pause, now - last);
      last = now;
      const bar = document.querySelector("main progress");
      if (bar === null) return;
      seen.steps.add(document.querySelector("main [role=status]").textContent);
      if (bar.position >= 0) seen.shares.push(bar.position);
    }, 50);
    window.seen = seen;
  });
const seen = (page) => page.evaluate(() => ({ ...window.seen, steps: [...window.seen.steps] }));

test(`${ROWS} rows of 16 columns are checked, and the page stays awake`, { timeout: 2 * MOST_SECONDS * 1000 }, async (t) => {
  const { page, complaints } = await open(await chromium.newContext(), server.address, "sheets");
  const peak = await watchMemory();
  await watchPage(page);
  const begin = performance.now();
  await page.locator("#files").setInputFiles(file);
  await page.locator(".figures").waitFor({ timeout: MOST_SECONDS * 1000 });
  const seconds = (performance.now() - begin) / 1000;
  const [{ pause, steps, shares }, megabytes] = [await seen(page), peak()];
  t.diagnostic(`${(statSync(file).size / 2 ** 20).toFixed(1)} MiB of xlsx, ${ROWS} rows: ${seconds.toFixed(1)} s (at most ${MOST_SECONDS}), ${megabytes.toFixed(0)} MB (at most ${MOST_MEGABYTES}), longest pause of the page ${pause.toFixed(0)} ms (at most ${MOST_PAUSE})`);
  const figures = await page.locator(".figures dd").allInnerTexts();
  assert.deepEqual(figures.slice(0, 2).map((figure) => Number(figure.replace(/\D/g, ""))), [ROWS, ROWS / 20]);
  assert.match(await page.locator("main [role=status]").last().innerText(), new RegExp(`${FINDINGS.toLocaleString("zh-CN")} 处`));
  assert.ok(pause <= MOST_PAUSE, `the page stood still for ${pause} ms`);
  assert.ok(megabytes > 0 && megabytes <= MOST_MEGABYTES, `${megabytes} MB`);
  assert.ok(steps.some((step) => /正在读取.*新乡市\.xlsx/.test(step)) && steps.some((step) => /正在核对/.test(step)), steps.join(" | "));
  assert.ok(new Set(shares).size >= 5, `the bar stood at ${[...new Set(shares)]}`);
  assert.deepEqual(shares, shares.toSorted((a, b) => a - b), "the bar never goes back");
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("work on a large sheet stops when it is told to, and the next sheet is checked", async () => {
  const { page, complaints } = await open(await chromium.newContext(), server.address, "sheets");
  await page.locator("#files").setInputFiles(file);
  await page.waitForFunction(() => document.querySelector("main progress")?.position > 0);
  const begin = performance.now();
  await page.getByRole("button", { name: "取消" }).click();
  await page.getByText("已取消").waitFor();
  const waited = performance.now() - begin;
  assert.ok(waited < 2_000, `it took ${waited} ms to stop`);
  assert.equal(await page.locator(".figures").count(), 0);
  await page.locator("#files").setInputFiles({ name: "安阳.csv", mimeType: "text/csv", buffer: Buffer.from("活动名称,活动时间\n走近湿地,9月31日\n") });
  await page.locator(".figures").waitFor();
  assert.equal(await page.locator(".figures dd").first().innerText(), "1");
  assert.deepEqual(complaints, []);
  await page.context().close();
});
