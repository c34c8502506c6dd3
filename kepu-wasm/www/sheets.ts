/** Check spreadsheets: drop them, see what is wrong where, take annotated copies home. Nothing is uploaded. */
import { KepuError, type Progress, type TableResult } from "../js/index.js";
import { word } from "../js/form/words.js";
import { both, download, h } from "./dom.js";
import { findingsCsv } from "./csv.js";
import { findingsTable, nth, unread } from "./findings.js";
import type { House, Room } from "./page.js";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** Files outlive a change of language or moment: they are checked again. */
let chosen: File[] = [];

export const sheetsRoom: Room = (house, place) => {
  const input = h("input", { type: "file", multiple: true, accept: ".csv,.tsv,.txt,.xlsx,.xlsm,.xls,.ods", class: "unseen", id: "files" });
  const outcome = h("div");
  const check = (files: File[]): void => {
    chosen = files;
    if (files.length > 0) void run(house, files, outcome);
  };
  input.addEventListener("change", () => {
    check(Array.from(input.files ?? []));
    // The same file may be chosen again when it was mended.
    input.value = "";
  });
  const drop = h("div", { class: "drop" },
    h("strong", {}, both("把表格拖到这里，可以一次拖多个", "Drop spreadsheets here")),
    h("label", { for: "files", class: "button primary" }, both("选择表格", "Choose files")),
    input,
    h("p", {}, both("CSV、xlsx、xls、ods 都可以；有标题行、合并单元格、合计行也能读。只在本机读取，不上传。", "CSV, xlsx, xls, ods. Read on this computer only, never uploaded.")));
  for (const type of ["dragenter", "dragover"]) {
    drop.addEventListener(type, (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
  }
  for (const type of ["dragleave", "drop"]) drop.addEventListener(type, () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    check(Array.from(event.dataTransfer?.files ?? []));
  });
  const blanks = h("div", { class: "bar" }, h("span", {}, both("还没有表格？先下载空白模板：", "No sheet yet? Take a blank template:")));
  for (const kind of house.notice.kinds) blanks.append(templateButton(house, kind));
  place.append(h("h1", {}, both("核对表格", "Check spreadsheets")), drop, blanks, outcome);
  if (chosen.length > 0) check(chosen);
  return () => stop?.abort();
};

function templateButton({ notice, lang }: House, kind: string): HTMLElement {
  const name = notice.label(kind, lang);
  return h("button", { type: "button", click: () => {
    void notice.template(kind, { lang }).then((bytes) => download(`${name}-模板.xlsx`, bytes, XLSX));
  } }, `${name}.xlsx`);
}

let stop: AbortController | undefined;

async function run(house: House, files: File[], outcome: HTMLElement): Promise<void> {
  stop?.abort();
  const own = (stop = new AbortController());
  const { shown, onProgress } = progress(() => own.abort());
  outcome.replaceChildren(shown);
  try {
    const result = await house.notice.checkFile(files, { asOf: house.asOf(), lang: house.lang, signal: own.signal, onProgress });
    if (!own.signal.aborted) outcome.replaceChildren(...report(house, files, result));
  } catch (error) {
    if (!shown.isConnected) return; // something else is being checked by now
    if (own.signal.aborted) outcome.replaceChildren(h("p", { role: "status" }, both("已取消，没有结果。", "Cancelled; there is no result.")));
    else outcome.replaceChildren(h("p", { class: "bad", role: "alert" }, error instanceof KepuError ? error.message : String(error)));
  }
}

/** How far the work is: each step is said, and how much of it is done is shown. */
function progress(cancel: () => void): { shown: HTMLElement; onProgress: (progress: Progress) => void } {
  const said = h("p", { role: "status" }, both("正在准备……", "Getting ready…"));
  const bar = h("progress", { max: 1, "aria-label": "进度 Progress" });
  const count = h("p", { class: "soft" });
  const shown = h("section", { class: "working" }, said, bar, count, h("button", { type: "button", click: cancel }, both("取消", "Cancel")));
  const words = {
    reading: (file: string | null) => both(`正在读取 ${file ?? ""}`, "Reading"),
    checking: (file: string | null) => both(`正在核对 ${file ?? ""}`, "Checking"),
    "handing-over": () => both("正在整理问题", "Putting the findings together"),
  };
  const unit = { reading: "", checking: "条记录 records", "handing-over": "处问题 findings" };
  let known = "";
  const onProgress = ({ step, file, done, total }: Progress): void => {
    // A screen reader hears each step once, and not every number.
    if (known !== `${step} ${file}`) said.replaceChildren(words[step](file));
    known = `${step} ${file}`;
    // What nobody knows the end of moves without a measure.
    if (total === null) bar.removeAttribute("value");
    else [bar.max, bar.value] = [total, done];
    count.textContent = unit[step] && `${done.toLocaleString()} ${unit[step]}`;
  };
  return { shown, onProgress };
}

function report(house: House, files: File[], result: TableResult): HTMLElement[] {
  const { lang } = house;
  const count = (severity: string): number => result.findings.filter((finding) => finding.severity === severity).length;
  const figure = (kind: string, words: DocumentFragment, number: number): HTMLElement =>
    h("div", { class: number > 0 && kind }, h("dt", {}, words), h("dd", {}, number.toLocaleString(lang)));
  const records = result.tables.reduce((sum, table) => sum + table.records, 0);
  const of = (...place: (string | null)[]): string => place.filter(Boolean).join(" · ");
  const parts: HTMLElement[] = [
    h("dl", { class: "figures" },
      figure("records", both("记录", "records"), records),
      ...(["error", "warning", "info"] as const).map((severity) => figure(severity, both(word(severity, "zh"), word(severity, "en")), count(severity)))),
    ...result.unread.map(({ file, sheet, message }) => h("p", { class: "bad" }, `${of(file, sheet)}：${message}`)),
    ...result.tables.flatMap(({ file, sheet, missing }) => missing.map(({ message }) => h("p", { class: "remark" }, `${of(file, sheet)}：${message}`))),
  ];
  if (records === 0) parts.push(h("p", { class: "bad" }, both("没有读到任何记录，不能算作通过。", "No record was read; this is no pass.")));
  else if (result.findings.length === 0) parts.push(h("p", { class: "good" }, both("全部核对通过，没有问题。", "Everything was checked: nothing to say.")));
  if (result.findings.length > 0) parts.push(takeHome(house, files, result), findingsTable(house, result));
  parts.push(...tally(house, result), ...leftOut(house, result, of));
  return parts;
}

function takeHome({ notice, lang, asOf }: House, files: File[], result: TableResult): HTMLElement {
  const list = h("button", { type: "button", click: () => download("问题清单.csv", findingsCsv(result.findings, lang), "text/csv;charset=utf-8") }, both("下载问题清单（CSV）", "Findings as CSV"));
  const box = h("div", { class: "bar" }, list);
  for (const file of files.filter((file) => result.findings.some((finding) => finding.file === file.name))) {
    box.append(h("button", { type: "button", click: () => {
      void notice.annotate(file, { asOf: asOf(), lang }).then((copies) => copies.forEach((copy) => download(copy.name, copy, XLSX)));
    } }, both(`下载批注表：${file.name}`, "Annotated copy")));
  }
  return box;
}

/** What the sheets show together. */
function tally({ notice, lang }: House, { tally }: TableResult): HTMLElement[] {
  const { activities, people, submissions } = tally;
  const parts: HTMLElement[] = [];
  const number = (count: number): string => count.toLocaleString(lang);
  if (activities.length > 0) {
    const column = (zh: string, en: string, isNumber = false): HTMLElement => h("th", { scope: "col", class: isNumber && "number" }, both(zh, en));
    const named = (field: "region" | "category", id: string | null): string => (id === null ? unread(lang) : (notice.name(field, id) ?? id));
    parts.push(
      h("h2", {}, both("活动统计", "Activities by region and category")),
      h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "活动统计 Tally" }, h("table", {},
        h("thead", {}, h("tr", {}, column("地区", "region"), column("类别", "category"), column("项数", "count", true))),
        h("tbody", {}, ...activities.map(({ region, category, count }) =>
          h("tr", {}, h("td", {}, named("region", region)), h("td", {}, named("category", category)), h("td", { class: "number" }, number(count))))))));
  }
  if (people.exact + people.approximate > 0) {
    parts.push(h("p", {}, both(`参与人次：确切数合计 ${number(people.exact)}，约数合计 ${number(people.approximate)}。`, `People: ${number(people.exact)} in exact numbers, ${number(people.approximate)} in approximate ones.`)));
  }
  const { on_time: onTime, late, missing } = submissions;
  if (onTime + late + missing > 0) {
    parts.push(h("p", {}, both(`报送：按时 ${number(onTime)}，迟报 ${number(late)}，未报 ${number(missing)}。`, `Submissions: ${number(onTime)} on time, ${number(late)} late, ${number(missing)} missing.`)));
  }
  return parts;
}

/** How many lines of one kind are listed. */
const MOST = 50;

/** What was not read as part of a record, and what a reader should know of the files. */
function leftOut({ lang }: House, { columns, skipped, notes }: TableResult, of: (...place: (string | null)[]) => string): HTMLElement[] {
  const list = (zh: string, en: string, lines: string[]): HTMLElement[] => {
    const rest = lines.length - MOST;
    const more = rest > 0 && h("li", {}, both(`还有 ${rest.toLocaleString(lang)} 条`, `${rest.toLocaleString(lang)} more`));
    return lines.length === 0 ? [] : [h("h2", {}, both(zh, en)), h("ul", {}, ...lines.slice(0, MOST).map((line) => h("li", {}, line)), more)];
  };
  const rows = skipped.filter(({ reason }) => reason !== "empty");
  return [
    ...list("未读取的列", "Columns that were not read", columns.map(({ file, sheet, message }) => `${of(file, sheet)}：${message}`)),
    ...list("未作为记录的行", "Rows that are no records", rows.map(({ file, sheet, row, label }) => `${of(file, sheet, nth(row, lang))}：${label}`)),
    ...list("关于文件", "About the files", notes.map(({ file, sheet, message }) => `${of(file, sheet)}：${message}`)),
  ];
}
