/** Check spreadsheets: drop them, see what is wrong where, take annotated copies home. Nothing is uploaded. */
import { KepuError, type TableFinding, type TableResult } from "../js/index.js";
import { both, download, h } from "./dom.js";
import { findingsCsv, written } from "./csv.js";
import { kindLabel, namesOf } from "./kinds.js";
import type { House, Room } from "./page.js";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/** How many findings are shown at a time. */
const PAGE = 200;

/** Files outlive a change of language or moment: they are checked again. */
let chosen: File[] = [];

export const sheetsRoom: Room = (house, place) => {
  const input = h("input", { type: "file", multiple: true, accept: ".csv,.tsv,.txt,.xlsx,.xlsm,.xls,.ods", class: "unseen", id: "files" });
  const outcome = h("div");
  const check = (files: File[]): void => {
    chosen = files;
    if (files.length > 0) void run(house, files, outcome);
  };
  input.addEventListener("change", () => check(Array.from(input.files ?? [])));
  const drop = h("div", { class: "drop" },
    h("strong", {}, both("把表格拖到这里，可以一次多个", "Drop spreadsheets here")),
    h("label", { for: "files", class: "button primary" }, both("选择表格", "Choose files")),
    input,
    h("p", {}, both("CSV、xlsx、xls、ods；有标题行、合并单元格、合计行也能读。只在本机读取，不上传。", "CSV, xlsx, xls, ods. Read on this computer only, never uploaded.")));
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
  const blanks = h("p", { class: "bar" }, both("没有表格？先下载空白模板：", "No sheet yet? Take a blank template:"));
  for (const kind of house.notice.kinds) blanks.append(templateButton(house, kind, kindLabel(house.notice, kind, house.lang)));
  place.append(h("h1", {}, both("核对表格", "Check spreadsheets")), drop, blanks, outcome);
  if (chosen.length > 0) check(chosen);
  return () => stop?.abort();
};

function templateButton({ notice, lang }: House, kind: string, label: string): HTMLElement {
  const button = h("button", { type: "button", click: () => {
    void notice.template(kind, { lang }).then((bytes) => download(`${label}-模板.xlsx`, bytes, XLSX));
  } }, `${label}.xlsx`);
  return button;
}

let stop: AbortController | undefined;

async function run(house: House, files: File[], outcome: HTMLElement): Promise<void> {
  stop?.abort();
  const own = (stop = new AbortController());
  const bar = h("progress", { max: 1 });
  const said = h("p", { role: "status" }, both("正在读取……", "Reading…"));
  outcome.replaceChildren(said, bar, h("button", { type: "button", click: () => own.abort() }, both("取消", "Cancel")));
  try {
    const result = await house.notice.checkFile(files, {
      asOf: house.asOf(),
      lang: house.lang,
      signal: own.signal,
      onProgress: ({ done, total }) => {
        if (total !== null) {
          bar.max = total;
          bar.value = done;
        }
      },
    });
    if (!own.signal.aborted) outcome.replaceChildren(...report(house, files, result));
  } catch (error) {
    if (own.signal.aborted) outcome.replaceChildren(h("p", { role: "status" }, both("已取消。", "Cancelled.")));
    else outcome.replaceChildren(h("p", { class: "bad", role: "alert" }, error instanceof KepuError ? error.message : String(error)));
  }
}

function report(house: House, files: File[], result: TableResult): HTMLElement[] {
  const count = (severity: string): number => result.findings.filter((finding) => finding.severity === severity).length;
  const figure = (words: DocumentFragment, number: number): HTMLElement => h("div", {}, h("dt", {}, words), h("dd", {}, String(number)));
  const records = result.tables.reduce((sum, table) => sum + table.records, 0);
  const parts: HTMLElement[] = [
    h("dl", { class: "figures" },
      figure(both("记录", "records"), records),
      figure(both("需要更正", "errors"), count("error")),
      figure(both("请核对", "warnings"), count("warning")),
      figure(both("供参考", "infos"), count("info"))),
  ];
  for (const unread of result.unread) parts.push(h("p", { class: "bad" }, `${[unread.file, unread.sheet].filter(Boolean).join(" · ")}：${unread.message}`));
  if (records === 0) parts.push(h("p", { class: "bad" }, both("没有读到任何记录，不能算作通过。", "No record was read; this is no pass.")));
  else if (result.findings.length === 0) parts.push(h("p", { class: "good" }, both("全部核对通过，没有问题。", "Everything was checked: nothing to say.")));
  parts.push(takeHome(house, files, result));
  if (result.findings.length > 0) parts.push(found(result.findings));
  parts.push(aside(house, result));
  return parts;
}

function takeHome({ notice, lang, asOf }: House, files: File[], result: TableResult): HTMLElement {
  const box = h("div", { class: "bar" });
  for (const file of files.filter((file) => result.findings.some((finding) => finding.file === file.name))) {
    box.append(h("button", { type: "button", click: () => {
      void notice.annotate(file, { asOf: asOf(), lang }).then((copies) => copies.forEach((copy) => download(copy.name, copy, XLSX)));
    } }, both(`下载批注表：${file.name}`, "annotated copy")));
  }
  if (result.findings.length > 0) {
    box.append(h("button", { type: "button", click: () => download("问题清单.csv", findingsCsv(result.findings, lang), "text/csv;charset=utf-8") }, both("下载问题清单（CSV）", "findings as CSV")));
  }
  return box;
}

/** The findings by file, row and cell; filters by rule, severity and region. */
function found(findings: readonly TableFinding[]): HTMLElement {
  const choose = (words: DocumentFragment, values: (finding: TableFinding) => string): [HTMLElement, HTMLSelectElement] => {
    const counts = new Map<string, number>();
    for (const finding of findings) counts.set(values(finding), (counts.get(values(finding)) ?? 0) + 1);
    const select = h("select", {}, new Option("全部 All", ""), ...[...counts].map(([value, count]) => new Option(`${value || "—"}（${count}）`, value)));
    return [h("label", {}, words, select), select];
  };
  const chooses = [
    [...choose(both("问题", "rule"), (finding) => finding.rule), (finding: TableFinding) => finding.rule],
    [...choose(both("程度", "severity"), (finding) => finding.severity), (finding: TableFinding) => finding.severity],
    [...choose(both("地区", "region"), (finding) => finding.region ?? ""), (finding: TableFinding) => finding.region ?? ""],
  ] as const;
  const body = h("tbody");
  const more = h("button", { type: "button" }, both("再显示一些", "Show more"));
  const said = h("p", { role: "status" });
  let shown = PAGE;
  const show = (): void => {
    const wanted = findings.filter((finding) => chooses.every(([, select, value]) => select.value === "" || value(finding) === select.value));
    body.replaceChildren(...wanted.slice(0, shown).map(row));
    more.hidden = wanted.length <= shown;
    said.replaceChildren(both(`共 ${wanted.length} 处，显示 ${Math.min(shown, wanted.length)} 处`, `${wanted.length} findings`));
  };
  for (const [, select] of chooses) {
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
  const head = ["程度", "位置", "问题和办法", "原文"].map((words, at) => h("th", { scope: "col" }, both(words, ["severity", "place", "what to do", "as written"][at] ?? "")));
  return h("section", {},
    h("div", { class: "bar" }, ...chooses.map(([label]) => label)),
    said,
    h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "问题 Findings" }, h("table", { class: "found" }, h("thead", {}, h("tr", {}, ...head)), body)),
    more);
}

const SEVERITY: Record<TableFinding["severity"], string> = { error: "需要更正", warning: "请核对", info: "供参考" };

function row(finding: TableFinding): HTMLElement {
  const place = [finding.file, finding.sheet, finding.cell ?? (finding.row === null ? null : `第 ${finding.row} 行`)].filter(Boolean).join(" · ");
  return h("tr", {},
    h("td", {}, h("span", { class: `tag ${finding.severity}` }, SEVERITY[finding.severity])),
    h("td", {}, place),
    h("td", {}, h("b", {}, finding.message), h("p", {}, finding.advice),
      finding.clause && h("details", { class: "kepu-clause" }, h("summary", {}, `依据 ${finding.clause.number}`), h("q", {}, finding.clause.quote))),
    h("td", {}, written(finding) ?? ""));
}

/** What was not checked, and what the sheets show together. */
function aside({ notice }: House, result: TableResult): HTMLElement {
  const name = namesOf(notice);
  const box = h("section", {});
  const tally = result.tally;
  if (tally.activities.length > 0) {
    box.append(h("h2", {}, both("活动统计", "Activities by region and category")),
      h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "活动统计 Tally" }, h("table", {},
        h("thead", {}, h("tr", {}, h("th", {}, both("地区", "region")), h("th", {}, both("类别", "category")), h("th", { class: "number" }, both("项数", "count")))),
        h("tbody", {}, ...tally.activities.map((line) => h("tr", {}, h("td", {}, name(line.region)), h("td", {}, name(line.category)), h("td", { class: "number" }, String(line.count))))))));
  }
  const skipped = result.skipped.filter((row) => row.reason !== "empty");
  if (skipped.length > 0) {
    const words: Record<string, string> = { total: "合计", note: "备注", "repeated-header": "重复的表头" };
    box.append(h("h2", {}, both("没有当作记录的行", "Rows that are no records")),
      h("ul", {}, ...skipped.slice(0, 50).map((row) => h("li", {}, `${[row.file, row.sheet, `第 ${row.row} 行`].filter(Boolean).join(" · ")}：${words[row.reason] ?? row.reason}`))));
  }
  for (const note of result.notes) box.append(h("p", {}, `${note.file}：${note.message}`));
  return box;
}
