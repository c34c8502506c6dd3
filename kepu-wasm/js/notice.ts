import type { Engine } from "./engine.js";
import { KepuError } from "./error.js";
import type { FieldId, RuleId } from "./generated.js";
import type { Late } from "./kepu.js";
import { type About, OpenedNotice } from "./opened.js";
import { Report } from "./report.js";
import { type StandardOptions, type StandardSchema, standardSchema } from "./standard.js";
import type { FileInput, TableOptions, TableResult, TableRows, Tables, TemplateOptions } from "./tables.js";
import type { Answer, AsOf, CheckOptions, Clause, Finding, FormField, Kind, Lang, Milestone, Options, ReadValues, Values } from "./types.js";
import { lines, moment, record, wrong } from "./values.js";

/** A record, and how it is asked about. */
interface Asked<K extends Kind> extends About {
  kind: K;
  text: string;
  asOf: string;
  values: Values;
}

/**
 * A notice, ready to be asked: `kepu.notice("henan-2023")`.
 *
 * @example
 * ```ts
 * const notice = kepu.notice("henan-2023");
 * const report = notice.check(values, { asOf: new Date() });
 * if (report.isBlocked) show(report.findings);
 * ```
 */
export class Notice {
  /** Its stable name. */
  readonly id: string;
  /** The year of days that have none. */
  readonly year: number;
  /** What the paper is called, if its data say so. */
  readonly title: string | null;
  /** The kinds of record that it asks for. */
  readonly kinds: readonly Kind[];
  private readonly opened: OpenedNotice;
  private known: unknown;

  /** @internal */
  constructor(
    engine: Engine,
    private readonly late: Late,
    tape: string,
    private readonly version: string,
    private readonly lang: Lang,
  ) {
    this.opened = new OpenedNotice(engine, tape);
    ({ id: this.id, year: this.year, title: this.title, kinds: this.kinds } = this.opened.description(lang));
  }

  /** Everything that it says, in the format of a notice's file. */
  get data(): unknown {
    return (this.known ??= this.ask("data", { lang: this.lang }));
  }

  /**
   * Checks one record. What is wrong with it is a finding, never an exception.
   *
   * @throws {@link KepuError} if an argument is no record, no moment or names what there is none of.
   */
  check<K extends Kind = "activity">(values: Values, options: CheckOptions<K>): Report<K> {
    const asked = this.asked(values, options);
    const stamp = { version: this.version, notice: this.id, asOf: asked.asOf, options: options.options ?? {} };
    const wire = (): { read: ReadValues<K> } => this.ask("report", asked);
    return new Report(stamp, asked.kind, asked.lang, this.ask<Finding[]>("check", asked), {
      wire,
      read: () => wire().read,
      explain: () => this.ask("explain", asked),
      fixed: () => this.mended(asked),
    });
  }

  /** How every question about a record was answered: met, not met, not applicable or unknown. */
  explain<K extends Kind = "activity">(values: Values, options: CheckOptions<K>): Answer[] {
    return this.ask("explain", this.asked(values, options));
  }

  /** A copy of the values with every safe fix applied, under the keys that were given. */
  fixed<K extends Kind = "activity">(values: Values, options: CheckOptions<K>): Values {
    return this.mended(this.asked(values, options));
  }

  /**
   * Checks many records, and what only the set of them shows: duplicates, who still owes, quotas. Rows are records, or lists
   * of cells under a header that is found among them. Runs in a worker.
   *
   * @example
   * ```ts
   * const { findings } = await notice.checkTable([{ id: "1", title: "走近湿地" }, { id: "1" }], { asOf: "2023-10-08" });
   * ```
   */
  checkTable(rows: TableRows, options: TableOptions): Promise<TableResult> {
    return this.table(options, (tables, choice, lang) => tables.checkTable(this.opened.tape, choice, rows, options, lang));
  }

  /**
   * Checks spreadsheets (csv, xlsx, xls, ods) together, in a worker: nothing leaves the machine.
   *
   * @example
   * ```ts
   * const result = await notice.checkFile(input.files, {
   *   asOf: new Date(),
   *   onProgress: ({ step, done }) => (status.textContent = `${step} ${done}`),
   *   signal: controller.signal,
   * });
   * ```
   */
  checkFile(files: FileInput, options: TableOptions): Promise<TableResult> {
    return this.table(options, (tables, choice, lang) => tables.checkFile(this.opened.tape, choice, files, options, lang));
  }

  /**
   * A copy of each spreadsheet as xlsx, with the findings beside the cells that they are about. The files are checked together,
   * so that what is there twice is marked in each.
   *
   * @throws {@link KepuError} `sheet`, for a file that cannot be read: `checkFile` lists it.
   */
  annotate(files: FileInput, options: TableOptions): Promise<File[]> {
    return this.table(options, (tables, choice, lang) => tables.annotate(this.opened.tape, choice, files, options, lang));
  }

  /** A blank xlsx to be filled in, with the notice's choices. */
  template(kind: Kind = "activity", options: TemplateOptions = {}): Promise<File> {
    return this.table(options, (tables, choice, lang) => tables.template(this.opened.tape, choice, this.kind(kind, lang), lang));
  }

  /** The sentences of this notice that a rule may rest on; none where only the software asks, or the notice says nothing of it. */
  clauses(rule: RuleId): Clause[] {
    if (typeof rule !== "string") throw wrong(this.lang, "规则的名称应是文本", "a rule's id is a text");
    return this.ask("clauses", { text: rule, lang: this.lang });
  }

  /** What the notice dates, in order, as it stands at a moment. */
  timeline(asOf: AsOf, lang?: Lang): Milestone[] {
    return this.ask("timeline", { asOf: moment(asOf, this.lang), lang: this.language(lang) });
  }

  /** The timeline as an iCalendar file; with a milestone's `number`, that one alone. */
  ics(asOf: AsOf, number?: number): string {
    const asked = { asOf: moment(asOf, this.lang), lang: this.lang };
    if (number === undefined) return this.opened.ask("calendar", asked);
    if (!Number.isSafeInteger(number)) throw wrong(this.lang, "里程碑的序号应是整数", "a milestone's number is an integer");
    return this.opened.ask("event", { ...asked, text: String(number) });
  }

  /** What a form for a kind of record asks: fields, labels, choices, hints and days. */
  form(kind: Kind = "activity", options?: Options): FormField[] {
    return this.ask("form", { kind: this.kind(kind, this.lang), lang: this.lang, choice: lines(options, this.lang) });
  }

  /** The JSON Schema (2020-12) of a record: what a portal should send so that nothing has to be interpreted. */
  jsonSchema(kind: Kind = "activity", lang: Lang = this.lang): Record<string, unknown> {
    return this.ask("schema", { kind: this.kind(kind, lang), lang });
  }

  /**
   * A [Standard Schema](https://standardschema.dev) for form libraries. Its issues are the blocking findings only, each with
   * `rule`, `severity` and `clause`; it is synchronous, and a success gives the input back.
   *
   * @example
   * ```ts
   * useForm({ resolver: standardSchemaResolver(notice.standardSchema("activity")) });
   * ```
   */
  standardSchema<V extends Values = Values>(kind: Kind = "activity", options: StandardOptions = {}): StandardSchema<V> {
    return standardSchema(this, this.kind(kind, this.language(options.lang)), options);
  }

  /** The field that a key or a header names, by id, label or alias; null where it names none. */
  fieldOf(key: string, kind: Kind = "activity"): FieldId | null {
    if (typeof key !== "string") throw wrong(this.lang, "键应是文本", "a key is a text");
    const id = this.opened.ask("field", { kind: this.kind(kind, this.lang), text: key, lang: this.lang });
    return id === "" ? null : (id as FieldId);
  }

  /** What people call records of a kind: 活动, or what the notice's deadline asks for, in its own words. */
  label(kind: Kind, lang?: Lang): string {
    return this.opened.ask("label", { kind: this.kind(kind, this.lang), lang: this.language(lang) });
  }

  /** What a place, a kind of activity or another name of a list is called, by its field and its id; null where there is none. */
  name(field: FieldId, id: string): string | null {
    if (typeof field !== "string" || typeof id !== "string") throw wrong(this.lang, "字段和名称的 id 应是文本", "a field and an id are texts");
    return this.opened.ask("name", { kind: field, text: id, lang: this.lang }) || null;
  }

  /** Frees what the notice holds; it may be asked again and is then opened anew. */
  close(): void {
    this.opened.close();
  }

  private ask<T>(what: Parameters<OpenedNotice["ask"]>[0], about: About): T {
    return JSON.parse(this.opened.ask(what, about)) as T;
  }

  private mended<K extends Kind>(asked: Asked<K>): Values {
    const changed = this.ask<Record<string, string | (string | null)[]>>("fixed", asked);
    const copy: Record<string, unknown> = { ...asked.values };
    for (const key of Object.keys(asked.values)) {
      const field = this.fieldOf(key, asked.kind);
      if (field !== null && field in changed) copy[key] = changed[field];
    }
    return copy as Values;
  }

  private asked<K extends Kind>(values: Values, options: CheckOptions<K>): Asked<K> {
    if (typeof options !== "object" || options === null) {
      throw wrong(this.lang, "缺少选项：至少要有 asOf", "options are missing: `asOf` at least");
    }
    const lang = this.language(options.lang);
    const kind = this.kind(options.kind ?? "activity", lang) as K;
    const [text, asOf] = [record(values, lang), moment(options.asOf, lang)];
    return { values, kind, text, asOf, lang, choice: lines(options.options, lang) };
  }

  /** Asks the part that is loaded late; what is wrong with the options rejects the promise like everything else. */
  private async table<T>(options: TemplateOptions, ask: (tables: Tables, choice: string, lang: Lang) => Promise<T>): Promise<T> {
    if (typeof options !== "object" || options === null) {
      throw wrong(this.lang, "缺少选项：至少要有 asOf", "options are missing: `asOf` at least");
    }
    const lang = this.language(options.lang);
    const choice = lines(options.options, lang);
    return ask(await this.late.get(), choice, lang);
  }

  private language(lang: Lang | undefined): Lang {
    if (lang === undefined || lang === "zh" || lang === "en") return lang ?? this.lang;
    throw wrong(this.lang, "lang 应是 \"zh\" 或 \"en\"", "`lang` is \"zh\" or \"en\"");
  }

  private kind(kind: Kind, lang: Lang): Kind {
    if (typeof kind !== "string") throw wrong(lang, "kind 应是文本", "`kind` is a text");
    if (this.kinds.includes(kind)) return kind;
    const known = this.kinds.join(", ");
    const text = { zh: `通知没有“${kind}”这种记录，可以写：${known}`, en: `the notice asks for no \`${kind}\`, known: ${known}` };
    throw new KepuError("name", text, lang);
  }
}
