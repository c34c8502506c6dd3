/** The notice itself: what it dates, what it lists, and from each rule to its sentence. */
import type { Choice, Clause, FormField, Milestone } from "../js/index.js";
import { about, days, listed, word } from "../js/form/words.js";
import { both, download, h } from "./dom.js";
import type { House, Room } from "./page.js";

export const noticeRoom: Room = (house, place) => {
  const { notice } = house;
  place.append(
    h("h1", {}, notice.title ?? notice.id),
    h("h2", {}, both("时间安排", "Timeline")),
    timeline(house),
    h("button", { type: "button", click: () => save(house) }, both("全部加入日历（.ics）", "All of it as a calendar file (.ics)")),
    h("h2", {}, both("通知列出的内容", "What the notice lists")),
    ...contents(house),
    h("h2", {}, both("怎样核对：每条规则和它依据的原文", "The rules, and the sentence each rests on")),
    rules(house),
  );
  return undefined;
};

function timeline(house: House): HTMLElement {
  const { notice, lang, asOf } = house;
  const list = h("ol", { class: "timeline" });
  for (const milestone of notice.timeline(asOf(), lang)) {
    list.append(
      h("li", { class: milestone.state },
        h("span", { class: "state" }, milestone.label + left(milestone, lang)),
        h("span", {}, h("b", {}, milestone.what), ` ${days(milestone.first, milestone.last, lang)}`,
          milestone.owed_by.length > 0 && h("small", {}, ` ${milestone.owed_by.join("；")}`)),
        h("button", { type: "button", "aria-label": `加入日历 calendar ${milestone.what}`, click: () => save(house, milestone.number) }, both("加入日历", "calendar")),
        quoted(milestone.clause)),
    );
  }
  return list;
}

/** The days that are left of what has begun. */
function left({ state, days_left: days }: Milestone, lang: House["lang"]): string {
  if (days === null || days <= 0 || state === "upcoming") return "";
  return lang === "en" ? `, ${days} day(s) left` : `，还有 ${days} 天`;
}

function save({ notice, asOf }: House, milestone?: number): void {
  const text = notice.ics(asOf(), milestone);
  download(`${notice.id}${milestone === undefined ? "" : `-${milestone}`}.ics`, text, "text/calendar;charset=utf-8");
}

function quoted(clause: Clause): HTMLElement {
  return h("p", { class: "quoted" }, h("span", {}, clause.number), h("q", {}, clause.quote));
}

/** Every list of which something stands in the notice, and what it asks for when an activity is over. */
function contents({ notice, lang }: House): HTMLElement[] {
  const fields = notice.form();
  const lists = fields.filter(({ choices }) => choices.some(({ clause }) => clause !== null));
  const asks = fields.filter(({ asks }) => asks.length > 0);
  return [
    ...lists.map((field) => h("section", { class: "list" }, h("h3", {}, field.label[lang]), field.clause && quoted(field.clause), choices(field, lang))),
    h("section", { class: "list" }, h("h3", {}, word("after", lang)), h("p", {}, asks.map(({ label }) => label[lang]).join("；")), ...sentences(asks.flatMap(({ asks }) => asks))),
  ];
}

/** What may be chosen: each with what the notice suggests for it, or all in a line where it suggests nothing. */
function choices({ choices }: FormField, lang: House["lang"]): HTMLElement {
  if (choices.every(({ hints }) => hints.length === 0)) {
    return h("div", {}, h("p", {}, choices.map(({ name }) => name).join("；")), ...sentences(choices));
  }
  const line = (choice: Choice): HTMLElement =>
    h("li", {}, h("b", {}, choice.name), choice.groups.length > 0 && h("small", {}, ` ${choice.groups.join(" · ")}`),
      ...choice.hints.map((hint) => h("p", { class: "soft" }, `${about(hint.about, lang)}：${listed([hint], lang)}`)),
      choice.clause && quoted(choice.clause));
  return h("ul", {}, ...choices.map(line));
}

/** The sentences on which several things rest, each once. */
function sentences(resting: readonly { clause: Clause | null }[]): HTMLElement[] {
  const once = new Map(resting.flatMap(({ clause }) => (clause === null ? [] : [[`${clause.number} ${clause.quote}`, clause] as const])));
  return [...once.values()].map(quoted);
}

function rules({ kepu, notice, lang }: House): HTMLElement {
  const list = h("div", { class: "clauses" });
  for (const rule of kepu.rules()) {
    const clauses = notice.clauses(rule.id).map(quoted);
    const none = rule.basis === "structural"
      ? both("这是本工具的基本要求，通知没有规定。", "The software asks for it, the notice does not.")
      : both("这份通知没有这方面的规定，不会提出这个问题。", "This notice says nothing of it, so that it is never found.");
    list.append(
      h("details", { id: `notice/${rule.id}` },
        h("summary", {}, h("span", { class: `tag ${rule.severity}` }, word(rule.severity, lang)), ` ${rule.about[lang]} `, h("code", {}, rule.id)),
        ...(clauses.length > 0 ? clauses : [h("p", {}, none)])),
    );
  }
  return list;
}
