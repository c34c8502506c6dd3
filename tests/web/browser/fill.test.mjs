// Fill in: what a clerk sees, hears and does, by keyboard alone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browser, open, serve } from "./house.mjs";

let server, chromium, context;
before(async () => {
  [server, chromium] = await Promise.all([serve(), browser()]);
  context = await chromium.newContext({ locale: "zh-CN" });
});
after(async () => {
  await chromium.close();
  await server.close();
});

const said = (page, name) => page.locator(`.kepu-messages[id^="kepu-${name}-"]`);

test("nothing is said before a field was touched, and everything that it lacks after it was left", async () => {
  const { page, complaints } = await open(context, server.address);
  assert.equal(await page.locator(".kepu-finding").count(), 0);
  const title = page.locator("[name=title]");
  await title.focus();
  await page.keyboard.press("Tab");
  assert.match(await said(page, "title").innerText(), /需要更正 没有填写活动名称/);
  assert.equal(await title.getAttribute("aria-invalid"), "true");
  const described = (await title.getAttribute("aria-describedby")).split(" ");
  assert.ok(described.includes(await said(page, "title").getAttribute("id")));
  assert.equal(await said(page, "organizer").innerText(), "");
  await title.fill("走近湿地");
  await page.keyboard.press("Tab");
  assert.equal(await said(page, "title").innerText(), "");
  assert.equal(await title.getAttribute("aria-invalid"), null);
  assert.deepEqual(complaints, []);
  await page.close();
});

test("a message never takes the place of a hint", async () => {
  const { page } = await open(context, server.address);
  const start = page.locator("[name=start]");
  const hint = await start.getAttribute("aria-describedby");
  await start.fill("2023-09-16");
  await start.blur();
  const described = await start.getAttribute("aria-describedby");
  assert.ok(described.startsWith(`${hint} `), described);
  assert.match(await said(page, "start").innerText(), /供参考 .*9月16日（周六）/);
  assert.equal(await start.getAttribute("aria-invalid"), null, "an info never makes a field invalid");
  await page.close();
});

test("nothing is checked while an input method is composing", async () => {
  const { page } = await open(context, server.address);
  const title = page.locator("[name=title]");
  await title.focus();
  await title.dispatchEvent("compositionstart");
  await title.evaluate((input) => {
    input.value = "zou";
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  assert.equal(await said(page, "title").innerText(), "");
  await title.evaluate((input) => (input.value = ""));
  await title.dispatchEvent("compositionend");
  await title.blur();
  assert.match(await said(page, "title").innerText(), /没有填写活动名称/);
  await page.close();
});

test("on submit what blocks is listed and takes the focus, and each item leads to its field", async () => {
  const { page } = await open(context, server.address);
  await page.locator(".kepu-submit").press("Enter");
  const summary = page.locator(".kepu-summary");
  assert.match(await summary.innerText(), /还有 4 处需要更正/);
  assert.ok(await summary.evaluate((box) => box === document.activeElement));
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.name), "title");
  await page.close();
});

test("by keyboard alone an activity is filled in and found to be in order", async () => {
  const { page } = await open(context, server.address);
  await page.locator("[name=title]").focus();
  await page.keyboard.type("“走近湿地”自然观察");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.name), "organizer");
  await page.keyboard.type("新乡市科协");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.name), "category");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.name), "start");
  await page.locator(".kepu-day").first().press("Enter");
  assert.equal(await page.locator("[name=start]").inputValue(), "2023-09-17");
  await page.locator(".kepu-submit").press("Enter");
  assert.equal(await page.locator(".kepu-summary").count(), 0);
  assert.match(await page.locator("main .good").innerText(), /可以报送|核对通过/);
  await page.close();
});

test("the chosen category shows what the notice suggests for it, and one button applies a fix", async () => {
  const { page } = await open(context, server.address);
  await page.locator("[name=category]").selectOption("地方主场活动");
  assert.match(await page.locator(".kepu-suggestions").first().innerText(), /科普助力“双减”/);
  const region = page.locator("[name=theme]");
  await region.fill("提升全民科学素质助力科技自立自强");
  await region.blur();
  const fix = said(page, "theme").locator(".kepu-fix");
  if ((await fix.count()) > 0) {
    await fix.click();
    assert.equal(await said(page, "theme").innerText(), "");
  }
  await page.close();
});

test("what the notice only remarks on stops nobody, the browser's own rules included", async () => {
  const { page } = await open(context, server.address);
  await page.locator("[name=title]").fill("走近湿地");
  await page.locator("[name=organizer]").fill("新乡市科协");
  await page.locator("[name=category]").selectOption("地方主场活动");
  await page.locator("[name=start]").fill("2023-09-18");
  await page.locator("[name=url]").fill("www.example.cn/x");
  await page.locator("[name=email]").fill("kepu");
  await page.locator(".kepu-submit").click();
  assert.equal(await page.locator(".kepu-summary").count(), 0);
  assert.match(await said(page, "url").innerText(), /请核对/);
  assert.match(await said(page, "email").innerText(), /请核对/);
  assert.match(await page.locator("main .good").innerText(), /可以报送/);
  await page.close();
});

test("hostile text stays text", async () => {
  const { page, complaints } = await open(context, server.address);
  await page.locator("[name=url]").fill("javascript:alert(1)");
  await page.locator("[name=url]").blur();
  assert.match(await said(page, "url").innerText(), /需要更正/);
  await page.locator("[name=organizer]").fill("<img src=x onerror=alert(1)>\u202e");
  await page.locator("[name=organizer]").blur();
  assert.equal(await page.locator(".kepu-messages img").count(), 0);
  assert.deepEqual(complaints, []);
  await page.close();
});

test("what was typed outlives a change of language, and messages follow it", async () => {
  const { page } = await open(context, server.address);
  await page.locator("[name=title]").fill("走近湿地");
  await page.locator(".lang label").nth(1).click();
  assert.equal(await page.locator("[name=title]").inputValue(), "走近湿地");
  await page.locator("[name=organizer]").focus();
  await page.keyboard.press("Tab");
  assert.match(await said(page, "organizer").innerText(), /To correct organiser is missing/);
  await page.close();
});
