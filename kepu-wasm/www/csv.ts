/** Findings as CSV that a spreadsheet opens as it stands, and runs nothing of. */
import type { Lang, TableFinding } from "../js/index.js";
import { word } from "../js/form/words.js";

const HEAD = {
  zh: ["文件", "工作表", "行", "单元格", "编号", "名称", "栏目", "原文", "规则", "程度", "问题", "办法", "条款", "条款原文"],
  en: ["file", "sheet", "row", "cell", "id", "name", "header", "value", "rule", "severity", "message", "advice", "clause", "quote"],
};

/** One line a finding; UTF-8 with its mark, so that Excel reads the Chinese. */
export function findingsCsv(findings: readonly TableFinding[], lang: Lang): string {
  const lines = findings.map((finding) => [
    finding.file, finding.sheet, finding.row, finding.cell, finding.id, finding.name, finding.header, written(finding), finding.rule,
    word(finding.severity, lang), finding.message, finding.advice, finding.clause?.number, finding.clause?.quote,
  ]);
  return `\uFEFF${[HEAD[lang], ...lines].map((line) => line.map(field).join(",")).join("\r\n")}\r\n`;
}

/** The value as it was written, where the finding shows one. */
export function written(finding: TableFinding): string | undefined {
  const value: unknown = "value" in finding.args ? finding.args.value : undefined;
  return value === undefined ? undefined : String(value);
}

/** What a spreadsheet would run is kept a text (CWE-1236). */
export function inert(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

function field(value: string | number | null | undefined): string {
  const safe = inert(String(value ?? ""));
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
