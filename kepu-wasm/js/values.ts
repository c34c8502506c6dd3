import { KepuError } from "./error.js";
import { atUtc8, tape } from "./tape.js";
import type { AsOf, Cell, Lang, Options } from "./types.js";

/** The moment as the core reads it. */
export function moment(asOf: AsOf, lang: Lang): string {
  if (typeof asOf === "string") return asOf;
  if (asOf instanceof Date) {
    const at = atUtc8(asOf);
    if (at !== null) return at;
    throw wrong(lang, "asOf 是无效的 Date", "`asOf` is an invalid Date");
  }
  throw wrong(lang, "asOf 应是日期文本或 Date，例如 \"2023-10-08\"", "`asOf` is a text or a Date, such as \"2023-10-08\"");
}

/** An argument of the wrong type. */
export function wrong(lang: Lang, zh: string, en: string): KepuError {
  return new KepuError("argument", { zh, en }, lang);
}

/** Values on a tape. */
export function record(values: unknown, lang: Lang): string {
  if (typeof values !== "object" || values === null || Array.isArray(values)) {
    throw wrong(lang, "记录应是一个对象，例如 { title: \"…\" }", "a record is an object, such as { title: \"…\" }");
  }
  return onTape(values, lang);
}

/** A grid's row, or any list of cells, on a tape. */
export function cells(row: readonly Cell[], lang: Lang): string {
  return onTape(row, lang);
}

/** A notice that is JSON text, on a tape. */
export function parsed(json: string, lang: Lang): string {
  try {
    return tape(JSON.parse(json));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new KepuError("notice", { zh: `通知不是合法的 JSON（${why}）`, en: `the notice is not valid JSON (${why})` }, lang, [], cause);
  }
}

function onTape(value: object, lang: Lang): string {
  try {
    return tape(value);
  } catch (cause) {
    const said = { zh: "记录里的值互相嵌套，没有尽头", en: "values of the record stand in each other without end" };
    throw new KepuError("argument", said, lang, [], cause);
  }
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
