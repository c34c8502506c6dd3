// `bindForm` on a form that somebody else has written, and what is left of it afterwards: nothing.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { after, before, test } from "node:test";
import { browser, serve } from "./house.mjs";

const FORM = `
  <form id="own" class="portal"   novalidate="novalidate" data-step='2'>
    <p id="top">第一步 / Step 1</p>
    <label for="t">名称</label>
    <input id="t" name="title"   aria-describedby=" t-hint  t-count "><small id="t-hint">不超过 30 字</small><small id="t-count">0/30</small>
    <label>单位 <input name="organizer" aria-invalid="false"></label>
    <label>类别 <select name="category"><option value="">请选择<option>地方主场活动<option>科学讲座</select></label>
    <label>日期 <input type="date" name="start" required></label>
    <fieldset><legend>使用标识</legend>
      <label><input type="checkbox" name="marks" value="全国科普日标识">全国科普日</label>
      <label><input type="checkbox" name="marks" value="科普中国标识">科普中国</label>
    </fieldset>
    <label>图片 <input type="file" name="images" multiple></label>
    <input name="theme" value="提升全民科学素养，助力科技自立自强">
    <input name="captcha" placeholder="验证码">
    <input type="hidden" name="token" value="x">
    <button>送出</button>
  </form>`;

let server, chromium, context;
before(async () => {
  [server, chromium] = await Promise.all([serve(fileURLToPath(new URL("../../../kepu-wasm/dist/", import.meta.url))), browser()]);
  context = await chromium.newContext({ locale: "zh-CN" });
});
after(async () => {
  await chromium.close();
  await server.close();
});

/** A page of somebody's portal, with the package loaded from its files and nothing bound yet. */
async function portal(body = FORM) {
  const page = await context.newPage();
  await page.route("**/portal.html", (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body: `<!doctype html><title>portal</title>${body}` }));
  await page.goto(`${server.address}portal.html`);
  await page.evaluate(async () => {
    const kepu = await import("/index.js");
    window.notice = (await kepu.load()).notice("henan-2023");
    window.options = { asOf: () => "2023-09-01" };
    window.bind = (form = document.querySelector("form"), options = window.options) => kepu.bindForm(form, window.notice, options);
    window.render = (place, options = window.options) => kepu.renderForm(place, window.notice, options);
  });
  return page;
}

const bind = (page) => page.evaluate(() => void (window.bound = window.bind()));
const html = (page) => page.evaluate(() => document.body.innerHTML);
const said = (page, name) => page.locator(`.kepu-messages[id^="kepu-${name}-"]`);

test("a hand-written form is checked on leaving and on a change, and its own hints stay first", async () => {
  const page = await portal();
  await bind(page);
  assert.equal(await page.locator(".kepu-finding").count(), 0, "nothing before a person has touched it");
  const title = page.locator("#t");
  await title.focus();
  await page.keyboard.press("Tab");
  assert.match(await said(page, "title").innerText(), /需要更正 没有填写活动名称/);
  assert.equal(await said(page, "organizer").innerText(), "", "the next field was not left yet");
  const box = await said(page, "title").getAttribute("id");
  assert.equal(await title.getAttribute("aria-describedby"), `t-hint t-count ${box}`);
  assert.deepEqual(await title.evaluate((input) => [input.validity.customError, input.validationMessage]), [true, "没有填写活动名称"]);
  await title.fill("走近湿地");
  await title.blur();
  assert.equal(await said(page, "title").innerText(), "");
  assert.equal(await title.getAttribute("aria-describedby"), " t-hint  t-count ", "the author's words come back as they were");
  assert.equal(await title.evaluate((input) => input.validity.valid), true);
  // A change is heard without the field being left.
  await page.locator("[name=category]").selectOption("科学讲座");
  assert.match(await said(page, "category").innerText(), /科学讲座/);
  await page.close();
});

test("the form of the README works as it stands there", async () => {
  const readme = readFileSync(new URL("../../../kepu-wasm/README.md", import.meta.url), "utf8");
  const [, example] = readme.match(/^```html\n([\s\S]*?)^```/m);
  const page = await context.newPage();
  const body = `<!doctype html><script type="importmap">{ "imports": { "kepu": "/index.js" } }</script>${example}`;
  await page.route("**/readme.html", (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body }));
  await page.goto(`${server.address}readme.html`);
  await page.locator(".kepu-messages").first().waitFor({ state: "attached" });
  await page.locator("[name=title]").fill("走近湿地");
  await page.locator("button").click();
  assert.match(await page.locator(".kepu-summary").innerText(), /还有 3 处需要更正/);
  await page.close();
});

test("what the notice knows nothing of is left alone, and what is hidden is not asked", async () => {
  const page = await portal();
  const values = await page.evaluate(() => {
    let seen;
    const check = window.notice.check.bind(window.notice);
    const spied = { check: (record, options) => ((seen = record), check(record, options)), form: () => [] };
    return import("/index.js").then(({ bindForm }) => {
      const bound = bindForm(document.querySelector("form"), spied, window.options);
      const report = bound.check();
      bound.destroy();
      return { seen, paths: report.findings.map(({ path }) => path[0]) };
    });
  });
  assert.equal("token" in values.seen, false);
  assert.deepEqual(values.seen.marks, []);
  assert.deepEqual(values.seen.images, []);
  assert.ok(values.paths.includes("title") && !values.paths.includes("captcha"));
  await page.close();
});

test("nothing is checked while an input method composes, not even when the field is left", async () => {
  const page = await portal();
  await bind(page);
  await page.evaluate(() => {
    window.runs = 0;
    window.bound.destroy();
    window.bound = window.bind(undefined, { ...window.options, onReport: () => (window.runs += 1) });
  });
  const title = page.locator("#t");
  await title.focus();
  const session = await context.newCDPSession(page);
  // The browser's own composition, as an input method drives it.
  await session.send("Input.imeSetComposition", { text: "zou", selectionStart: 3, selectionEnd: 3 });
  await title.dispatchEvent("change");
  assert.equal(await page.evaluate(() => window.runs), 0);
  assert.equal(await said(page, "title").innerText(), "");
  await session.send("Input.insertText", { text: "走近湿地" });
  await title.blur();
  assert.ok((await page.evaluate(() => window.runs)) > 0);
  assert.equal(await title.inputValue(), "走近湿地");
  assert.equal(await said(page, "title").innerText(), "");
  await page.close();
});

test("destroy leaves the form byte for byte as it was, whatever was said and done", async () => {
  const page = await portal();
  const before = await html(page);
  await page.locator("[name=captcha]").evaluate((input) => input.setCustomValidity("看不清"));
  await page.locator("[name=organizer]").evaluate((input) => input.setCustomValidity("请等待审核"));
  await bind(page);
  await page.locator("button").click();
  assert.ok((await page.locator(".kepu-summary li").count()) > 2);
  await page.locator(".kepu-fix").first().click();
  assert.notEqual(await html(page), before);
  await page.evaluate(() => window.bound.destroy());
  assert.equal(await html(page), before);
  const own = (name) => page.locator(`[name=${name}]`).evaluate((input) => input.validationMessage);
  assert.deepEqual([await own("captcha"), await own("organizer"), await own("title")], ["看不清", "请等待审核", ""]);
  // It checks nothing any more, and may be called again.
  await page.evaluate(() => window.bound.destroy());
  await page.locator("#t").fill("");
  await page.locator("#t").blur();
  assert.equal(await html(page), before);
  await page.close();
});

test("a form that is bound twice says everything once, and the later binding is the one that counts", async () => {
  const page = await portal();
  const before = await html(page);
  await page.evaluate(() => {
    window.first = window.bind();
    window.second = window.bind(undefined, { ...window.options, lang: "en" });
  });
  await page.locator("#t").focus();
  await page.locator("#t").blur();
  assert.equal(await page.locator(".kepu-finding").count(), 1);
  assert.match(await said(page, "title").innerText(), /To correct/);
  await page.evaluate(() => window.first.destroy());
  assert.equal(await page.locator(".kepu-finding").count(), 1, "what was replaced takes nothing away");
  await page.evaluate(() => window.second.destroy());
  assert.equal(await html(page), before);
  await page.close();
});

test("a form of the notice's own goes as it came, and two of them share a page", async () => {
  const page = await portal(`<main> <p>portal</p></main>`);
  const before = await html(page);
  await page.evaluate(() => {
    const main = document.querySelector("main");
    window.forms = [window.render(main), window.render(main, { ...window.options, kind: "summary" })];
  });
  const ids = await page.evaluate(() => [...document.querySelectorAll("[id]")].map(({ id }) => id));
  assert.equal(new Set(ids).size, ids.length, "no id stands twice");
  const dangling = await page.evaluate(() =>
    [...document.querySelectorAll("[for], [aria-describedby], [list]")].flatMap((element) =>
      ["for", "aria-describedby", "list"].flatMap((name) => (element.getAttribute(name) ?? "").split(/\s+/)).filter((id) => id && !document.getElementById(id))));
  assert.deepEqual(dangling, []);
  await page.locator("[name=unit]").focus();
  await page.locator("[name=unit]").blur();
  assert.match(await said(page, "unit").innerText(), /没有填写报送单位/);
  await page.locator(".kepu-submit").first().click();
  await page.evaluate(() => window.forms.forEach((form) => form.destroy()));
  assert.equal(await html(page), before);
  await page.close();
});
