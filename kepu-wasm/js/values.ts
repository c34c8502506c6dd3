import { KepuError } from "./error.js";
import type { AsOf, Cell, Lang, Options } from "./types.js";

const MINUTE = 60_000;
const UTC8 = 8 * 60 * MINUTE;

/** An instant as the day and minute that it is at UTC+8. */
function atUtc8(date: Date): string {
  return new Date(date.getTime() + UTC8).toISOString().slice(0, -8);
}

function isValid(date: Date): boolean {
  return !Number.isNaN(date.getTime()) && !Number.isNaN(date.getTime() + UTC8);
}

/** The moment as the core reads it. */
export function moment(asOf: AsOf, lang: Lang): string {
  if (typeof asOf === "string") return asOf;
  if (asOf instanceof Date) {
    if (isValid(asOf)) return atUtc8(asOf);
    throw wrong(lang, "asOf 是无效的 Date", "`asOf` is an invalid Date");
  }
  throw wrong(lang, "asOf 应是日期文本或 Date，例如 \"2023-10-08\"", "`asOf` is a text or a Date, such as \"2023-10-08\"");
}

/** An argument of the wrong type. */
export function wrong(lang: Lang, zh: string, en: string): KepuError {
  return new KepuError("argument", { zh, en }, lang);
}

/** A cell as JSON has it. */
function plain(cell: unknown): unknown {
  switch (typeof cell) {
    case "string":
    case "boolean":
      return cell;
    case "number":
      // Not a number is empty; what JSON cannot say is kept as it would be shown.
      return Number.isFinite(cell) ? cell : Number.isNaN(cell) ? null : String(cell);
    case "bigint":
      return String(cell);
    case "object":
      if (cell === null) return null;
      if (cell instanceof Date) return isValid(cell) ? atUtc8(cell) : null;
      // An empty file input holds one file without a name and a byte.
      if (typeof File === "function" && cell instanceof File) return cell.name;
      if (Array.isArray(cell)) return cell.map(plain);
      if (typeof FileList === "function" && cell instanceof FileList) return Array.from(cell, plain);
      return cell;
    default:
      return null;
  }
}

/** Values as the JSON text of one object. */
export function record(values: unknown, lang: Lang): string {
  if (typeof values !== "object" || values === null || Array.isArray(values)) {
    throw wrong(lang, "记录应是一个对象，例如 { title: \"…\" }", "a record is an object, such as { title: \"…\" }");
  }
  const cells: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const [key, cell] of Object.entries(values)) {
    if (cell !== undefined) cells[key] = plain(cell);
  }
  return json(cells, lang);
}

/** A grid's row, or any list of cells, as JSON. */
export function cells(row: readonly Cell[], lang: Lang): string {
  return json(row.map(plain), lang);
}

const HALF = /\\ud[89a-f]/i;

function json(value: unknown, lang: Lang): string {
  let text: string;
  try {
    text = JSON.stringify(value);
  } catch (cause) {
    const said = { zh: "记录里有无法写成 JSON 的值（例如循环引用）", en: "a value cannot be written as JSON (a cycle, for instance)" };
    throw new KepuError("argument", said, lang, [], cause);
  }
  // Half a surrogate pair is no character; the core reports what stands for it as garbled.
  return HALF.test(text) ? JSON.stringify(whole(JSON.parse(text))) : text;
}

function whole(value: unknown): unknown {
  if (typeof value === "string") {
    return value.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
  }
  if (Array.isArray(value)) return value.map(whole);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [whole(key), whole(inner)]));
}

/** Options as the binding reads them: a line each, a name and a value with a tab between. */
export function lines(options: Options | undefined, lang: Lang): string {
  if (options === undefined) return "";
  let text = "";
  const line = (name: string, value: unknown): void => {
    if (typeof value !== "string") throw wrong(lang, `选项 ${name} 应是文本`, `the option ${name} holds texts`);
    text += `${name.replace(/[\t\n\r]/g, " ")}\t${value.replace(/[\n\r]/g, " ")}\n`;
  };
  const each = (name: string, list: unknown): void => {
    if (!Array.isArray(list)) throw wrong(lang, `选项 ${name} 应是列表`, `the option ${name} is a list`);
    for (const item of list as unknown[]) line(name, item);
  };
  const { strictDeadlines, roster, only, ignore, minSeverity, ...other } = options;
  const unknown = Object.keys(other)[0];
  if (unknown !== undefined) throw wrong(lang, `没有名为 ${unknown} 的选项`, `there is no option ${unknown}`);
  if (strictDeadlines === true) line("strict_deadlines", "1");
  if (only !== undefined) each("only", only);
  if (ignore !== undefined) each("ignore", ignore);
  if (minSeverity !== undefined) {
    if (!["error", "warning", "info"].includes(minSeverity)) {
      throw wrong(lang, "minSeverity 应是 error、warning 或 info", "`minSeverity` is error, warning or info");
    }
    line("min_severity", minSeverity);
  }
  if (Array.isArray(roster)) {
    line("roster", "");
    each("roster", roster);
  } else if (roster !== undefined) {
    for (const [id, units] of Object.entries(roster)) {
      line(`roster.${id}`, "");
      each(`roster.${id}`, units);
    }
  }
  return text;
}
