import assert from "node:assert/strict";
import { test } from "node:test";

import { KepuError, load } from "../../kepu-wasm/dist/node.js";

const kepu = await load();
const notice = kepu.notice("henan-2023");
const AS_OF = "2023-10-08";

/** An activity about which there is nothing to say. */
const ACTIVITY = {
  title: "走近湿地",
  organizer: "新乡市科协",
  category: "地方主场活动",
  start: "9月19日",
  images: ["1.jpg"],
  news_links: ["https://example.com/1"],
  report: "活动总结",
};

const rules = (report) => report.findings.map((finding) => finding.rule);
const fails = (call, code) => assert.throws(call, (error) => error instanceof KepuError && error.code === code);

test("a clean activity has no finding, and its values are read", () => {
  const report = notice.check(ACTIVITY, { asOf: AS_OF });
  assert.deepEqual(report.findings, []);
  assert.ok(report.isAccepted && !report.isBlocked);
  assert.equal(report.read.start, "2023-09-19");
  assert.equal(report.read.category, "local-main");
  assert.deepEqual([report.notice, report.version, report.asOf], ["henan-2023", kepu.version, AS_OF]);
});

test("a finding has the clause that it rests on, and words in the language that is asked for", () => {
  const values = { ...ACTIVITY, start: "2023-09-16" };
  const [zh] = notice.check(values, { asOf: AS_OF }).findings;
  const [en] = notice.check(values, { asOf: AS_OF, lang: "en" }).findings;
  assert.equal(zh.rule, "outside-window");
  assert.equal(zh.clause.number, "一");
  assert.match(zh.message, /9月16日（周六）/);
  assert.match(en.message, /16 September|Sat/);
  assert.deepEqual(zh.args, en.args);
  assert.equal(zh.row, null);
});

test("keys may be labels or aliases, and cells anything that a form holds", () => {
  const report = notice.check(
    { 活动名称: "走近湿地", 主办单位: "新乡市科协", 类别: "地方主场活动", 开始时间: new Date("2023-09-18T16:00:00Z"), 人数: 300, 图片: [] },
    { asOf: "2023-09-01" },
  );
  assert.deepEqual(report.findings, []);
  assert.equal(report.read.start, "2023-09-19", "16:00 in London is the next day at UTC+8");
  assert.equal(report.read.audience, 300);
  assert.equal(notice.check({ ...ACTIVITY, audience: 12n }, { asOf: AS_OF }).read.audience, 12);
  assert.equal(notice.check({ ...ACTIVITY, images: [new File([], "")] }, { asOf: AS_OF }).findings[0].rule, "missing-media");
});

test("as of may be an instant, which is a day and a minute at UTC+8", () => {
  const summary = { unit: "新乡市科协", report: "总结" };
  const at = (asOf) => rules(notice.check(summary, { kind: "summary", asOf }));
  assert.deepEqual(at(new Date("2023-09-28T15:59:00Z")), ["pending-summary"]);
  assert.deepEqual(at(new Date("2023-09-28T16:00:00Z")), ["missing-summary"]);
  assert.deepEqual(at("2023-09-28T23:59"), ["pending-summary"]);
});

test("options choose: a strict deadline, a roster, rules, a severity", () => {
  const summary = { unit: "新乡市科协", submitted_on: "2023-09-28", report: "总结" };
  const check = (options) => rules(notice.check(summary, { kind: "summary", asOf: AS_OF, options }));
  assert.deepEqual(check({}), ["deadline-day"]);
  assert.deepEqual(check({ strictDeadlines: true }), ["late-summary"]);
  assert.deepEqual(check({ roster: ["洛阳市科协"] }), ["unknown-unit"]);
  assert.deepEqual(check({ ignore: ["deadline-day"] }), []);
  assert.deepEqual(check({ minSeverity: "warning" }), []);
  assert.deepEqual(rules(notice.check({}, { asOf: AS_OF, options: { only: ["outside-window"] } })), []);
});

test("fixes are applied to the keys that were given, and a copy is made", () => {
  const values = { ...ACTIVITY, 活动类别: "主场活动（省级）", category: undefined, 活动主题: "提升全民科学素质助力科技自立自强", 备注: "手写" };
  const report = notice.check(values, { asOf: AS_OF });
  const fixed = report.fixed();
  assert.equal(fixed.备注, "手写");
  assert.equal(values.活动主题, "提升全民科学素质助力科技自立自强");
  for (const finding of report.findings.filter(({ fix }) => fix)) {
    const again = notice.check(fixed, { asOf: AS_OF });
    assert.ok(!again.findings.some(({ rule, path }) => rule === finding.rule && String(path) === String(finding.path)));
  }
});

test("every question is explained", () => {
  const answers = notice.check(ACTIVITY, { asOf: AS_OF }).explain();
  const window = answers.find((answer) => answer.rules.includes("outside-window"));
  assert.equal(window.outcome, "met");
  assert.deepEqual(notice.explain(ACTIVITY, { asOf: AS_OF }), answers);
});

test("a report is JSON as it stands on the wire", () => {
  const wire = JSON.parse(JSON.stringify(notice.check({}, { asOf: AS_OF })));
  assert.deepEqual([wire.notice, wire.kind, wire.blocked, wire.kepu], ["henan-2023", "activity", true, kepu.version]);
  assert.equal(wire.findings[0].rule, "missing-field");
});

test("what cannot be used is an error that says the way out, in both languages", () => {
  fails(() => kepu.notice("henan-2032"), "name");
  fails(() => notice.check(ACTIVITY, { asOf: "someday" }), "name");
  fails(() => notice.check(ACTIVITY, { asOf: AS_OF, kind: "plan" }), "name");
  fails(() => notice.check(ACTIVITY, { asOf: AS_OF, options: { only: ["outside-windows"] } }), "name");
  fails(() => kepu.noticeFromJson("{"), "notice");
  try {
    kepu.noticeFromJson('{"format":1,"id":"mine","yaer":2024}');
    assert.fail();
  } catch (error) {
    assert.deepEqual(error.faults.map(({ key }) => key), ["year", "yaer"]);
    assert.match(error.text.en, /year/);
    assert.match(error.message, /[一-龥]/);
  }
});

test("an argument of the wrong type never reaches the wasm", () => {
  const wrong = [null, undefined, 1, "text", [], () => {}];
  for (const values of wrong) fails(() => notice.check(values, { asOf: AS_OF }), "argument");
  for (const asOf of [undefined, null, 20231008, {}, new Date(NaN), new Date(8.64e15)]) fails(() => notice.check({}, { asOf }), "argument");
  fails(() => notice.check({}), "argument");
  for (const id of [null, 1, {}]) fails(() => kepu.notice(id), "argument");
  for (const json of [null, 1, {}]) fails(() => kepu.noticeFromJson(json), "argument");
  fails(() => notice.check({}, { asOf: AS_OF, kind: 3 }), "argument");
  fails(() => notice.check({}, { asOf: AS_OF, lang: "de" }), "argument");
  fails(() => notice.check({}, { asOf: AS_OF, options: { strict: true } }), "argument");
  fails(() => notice.check({}, { asOf: AS_OF, options: { only: "outside-window" } }), "argument");
  fails(() => notice.check({}, { asOf: AS_OF, options: { roster: { societies: [1] } } }), "argument");
  fails(() => notice.ics(AS_OF, 1.5), "argument");
  fails(() => notice.fieldOf(1), "argument");
});

test("hostile values are findings or errors, and the next check works", () => {
  const cycle = { title: [] };
  cycle.title.push(cycle.title);
  fails(() => notice.check(cycle, { asOf: AS_OF }), "argument");
  const long = notice.check({ ...ACTIVITY, description: "长".repeat(100_000) }, { asOf: AS_OF });
  assert.deepEqual(rules(long), ["too-long"]);
  const half = notice.check({ ...ACTIVITY, title: "走近\ud800湿地" }, { asOf: AS_OF });
  assert.deepEqual(rules(half), ["garbled-text"]);
  const formula = notice.check({ ...ACTIVITY, title: "=HYPERLINK(\"http://x\")" }, { asOf: AS_OF });
  assert.deepEqual(rules(formula), ["formula-text"]);
  for (const values of [{ title: {} }, { title: Symbol("x") }, { title: NaN }, { title: Infinity }, { __proto__: { a: 1 } }, new Map()]) {
    assert.ok(notice.check(values, { asOf: AS_OF }).isBlocked);
  }
  assert.deepEqual(notice.check(ACTIVITY, { asOf: AS_OF }).findings, []);
});

test("the timeline stands where it stands at a moment, and is an iCalendar file", () => {
  const timeline = notice.timeline("2023-09-26");
  const summary = timeline.at(-1);
  assert.deepEqual([summary.what, summary.state, summary.days_left], ["科普日活动工作总结", "open", 2]);
  assert.equal(summary.label, "进行中");
  assert.equal(notice.timeline("2023-10-08", "en").at(-1).label, "overdue");
  assert.match(notice.ics("2023-09-26"), /^BEGIN:VCALENDAR\r\n/);
  assert.equal(notice.ics("2023-09-26", summary.number).match(/BEGIN:VEVENT/g).length, 1);
});

test("a form is told its fields, choices, hints and days", () => {
  const form = notice.form();
  const category = form.find(({ field }) => field === "category");
  assert.equal(category.choices.length, 12);
  assert.ok(category.required && category.closed && category.label.zh === "活动类别");
  assert.deepEqual(form.find(({ field }) => field === "start").spans[0].first, "2023-09-17");
  assert.ok(notice.form("summary").some(({ field, choices }) => field === "unit" && choices.length === 18));
  assert.deepEqual(notice.jsonSchema().required, ["title", "organizer", "category", "start"]);
  assert.equal(notice.jsonSchema("summary", "en").properties.unit.title, "unit");
});

test("kinds, places and categories are called what the notice calls them", () => {
  assert.deepEqual(notice.kinds.map((kind) => notice.label(kind)), ["活动", "科普日活动工作总结"]);
  assert.equal(notice.label("activity", "en"), "activities");
  assert.equal(notice.name("region", "410700"), "新乡市");
  assert.equal(notice.name("category", "special-youth"), "青少年科普专项行动");
  assert.equal(notice.name("region", "999999"), null);
  assert.equal(notice.name("title", "410700"), null);
  fails(() => notice.label("plan"), "name");
  fails(() => notice.name("region", 410700), "argument");
});

test("rules and keys are looked up", () => {
  const all = kepu.rules();
  assert.ok(all.length > 40 && all.every(({ id, about }) => id && about.zh && about.en));
  assert.equal(notice.fieldOf("参与人数（人次）"), "audience");
  assert.equal(notice.fieldOf("天气"), null);
  assert.equal(notice.fieldOf("报送单位", "summary"), "unit");
});

test("a notice of one's own is checked like a bundled one", () => {
  const own = kepu.noticeFromJson(JSON.stringify({ ...notice.data, id: "mine" }));
  assert.equal(own.id, "mine");
  assert.deepEqual(own.check(ACTIVITY, { asOf: AS_OF }).findings, []);
  own.close();
  assert.deepEqual(own.check(ACTIVITY, { asOf: AS_OF }).findings, [], "it opens again");
});

test("many sets of options do not add up", () => {
  for (let at = 0; at < 40; at += 1) {
    assert.deepEqual(notice.check(ACTIVITY, { asOf: AS_OF, options: { roster: [`单位${at}`] } }).findings, []);
  }
});
