/** The findings of spreadsheets, by file, row and cell, with what narrows them down. */
import type { RuleId, TableFinding, TableResult } from "../js/index.js";
import { word } from "../js/form/words.js";
import { written } from "./csv.js";
import { both, h } from "./dom.js";
import type { House } from "./page.js";

/** How many are shown at a time. */
const PAGE = 100;

/** Something to narrow findings down by: what a finding has of it, and what people call that. */
interface Filter {
  readonly words: DocumentFragment;
  readonly value: (finding: TableFinding) => string;
  readonly name: (value: string) => string;
}

/** What has no column is said once of its table; everything else is listed. */
export function findingsTable(house: House, result: TableResult): HTMLElement {
  const listed = result.findings.filter((finding) => !finding.of_no_column);
  const body = h("tbody");
  const more = h("button", { type: "button", class: "more" }, both("再显示一些", "Show more"));
  const said = h("p", { role: "status", class: "count" });
  let shown = PAGE;
  const choices = filters(house, result).map((filter) => chooser(filter, listed));
  const show = (): void => {
    const wanted = listed.filter((finding) => choices.every(({ lets }) => lets(finding)));
    body.replaceChildren(...wanted.slice(0, shown).map((finding) => row(house, finding)));
    more.hidden = wanted.length <= shown;
    const [all, part] = [wanted.length, Math.min(shown, wanted.length)].map((count) => count.toLocaleString(house.lang));
    said.replaceChildren(both(`共 ${all} 处${part === all ? "" : `，先显示 ${part} 处`}`, part === all ? `${all} findings` : `${all} findings, ${part} shown`));
  };
  for (const { select } of choices) {
    select.addEventListener("change", () => {
      shown = PAGE;
      show();
    });
  }
  more.addEventListener("click", () => {
    shown += PAGE;
    show();
  });
  show();
  const head = [["程度", "severity"], ["位置", "place"], ["问题和办法", "what to do"], ["原文", "as written"]] as const;
  return h("section", {},
    h("h2", {}, both("逐条问题", "Findings")),
    h("div", { class: "bar" }, ...choices.map(({ label }) => label)),
    said,
    h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "问题列表 Findings" },
      h("table", { class: "found" }, h("thead", {}, h("tr", {}, ...head.map(([zh, en]) => h("th", { scope: "col" }, both(zh, en))))), body)),
    more);
}

function filters({ kepu, notice, lang }: House, { tables }: TableResult): Filter[] {
  const about = new Map<string, string>(kepu.rules().map((rule) => [rule.id satisfies RuleId, rule.about[lang]]));
  const every: Filter[] = [
    { words: both("规则", "rule"), value: ({ rule }) => rule, name: (rule) => about.get(rule) ?? rule },
    { words: both("程度", "severity"), value: ({ severity }) => severity, name: (severity) => word(severity as TableFinding["severity"], lang) },
    { words: both("地区", "region"), value: ({ region }) => region ?? "", name: (region) => notice.name("region", region) ?? unread(lang) },
  ];
  const isOne = new Set(tables.map(({ file }) => file)).size < 2;
  return isOne ? every : [{ words: both("文件", "file"), value: ({ file }) => file ?? "", name: (file) => file || "—" }, ...every];
}

function chooser({ words, value, name }: Filter, findings: readonly TableFinding[]) {
  const counts = new Map<string, number>();
  for (const finding of findings) counts.set(value(finding), (counts.get(value(finding)) ?? 0) + 1);
  // Options stand by number, since an empty value is one of them.
  const values = [...counts.keys()];
  const select = h("select", {}, new Option("全部 All", ""), ...values.map((value, at) => new Option(`${name(value)}（${counts.get(value)}）`, String(at))));
  const lets = (finding: TableFinding): boolean => select.value === "" || value(finding) === values[Number(select.value)];
  return { label: h("label", {}, h("span", {}, words), select), select, lets };
}

function row({ lang }: House, finding: TableFinding): HTMLElement {
  const { file, sheet, cell, row, clause } = finding;
  const place = [file, sheet, cell ?? (row === null ? null : nth(row, lang))].filter(Boolean).join(" · ");
  const value = written(finding);
  return h("tr", {},
    h("td", {}, h("span", { class: `tag ${finding.severity}` }, word(finding.severity, lang))),
    h("td", {}, place, finding.name && h("p", { class: "soft" }, finding.name)),
    h("td", {}, h("b", {}, finding.message), h("p", { class: "soft" }, finding.advice),
      clause && h("details", { class: "kepu-clause" }, h("summary", {}, `${word("clause", lang)} ${clause.number}`), h("q", {}, clause.quote))),
    h("td", { "data-label": lang === "en" ? "as written" : "原文" }, value));
}

/** What stands for the name of what was not read. */
export function unread(lang: House["lang"]): string {
  return lang === "en" ? "not read" : "未识别";
}

/** A row as the spreadsheet counts it. */
export function nth(row: number, lang: House["lang"]): string {
  return lang === "en" ? `row ${row}` : `第 ${row} 行`;
}
