/** The notice itself: what it dates, what it lists, and from each rule to its sentence. */
import type { Clause, Milestone } from "../js/index.js";
import { days } from "../js/form/words.js";
import { both, download, h } from "./dom.js";
import type { House, Room } from "./page.js";

export const noticeRoom: Room = (house, place) => {
  const { notice } = house;
  place.append(
    h("h1", {}, notice.title ?? notice.id),
    h("h2", {}, both("时间安排", "Timeline")),
    timeline(house),
    h("button", { type: "button", click: () => save(house) }, both("全部加入日历（.ics）", "All of it as a calendar file (.ics)")),
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
  return h("q", { title: clause.number }, `${clause.number}　${clause.quote}`);
}

function rules({ kepu, notice, lang }: House): HTMLElement {
  const list = h("div", { class: "clauses" });
  for (const rule of kepu.rules()) {
    const clauses = notice.clauses(rule.id).map(quoted);
    const none = both("结构性检查：是本工具的要求，通知没有规定。", "Structural: the software asks, the notice does not.");
    list.append(
      h("details", { id: `notice/${rule.id}` },
        h("summary", {}, h("span", { class: `tag ${rule.severity}` }, rule.id), ` ${rule.about[lang]}`),
        ...(clauses.length > 0 ? clauses : [h("p", {}, none)])),
    );
  }
  return list;
}
