import type { Engine, FormModule } from "./engine.js";
import { KepuError } from "./error.js";
import type { BundledNotice, FieldId } from "./generated.js";
import { Report } from "./report.js";
import { type StandardOptions, type StandardSchema, standardSchema } from "./standard.js";
import { type FileInput, Tables, type TableOptions, type TableResult, type TableRows, type TemplateOptions } from "./tables.js";
import type {
  Answer,
  AsOf,
  CheckOptions,
  Finding,
  FormField,
  Kind,
  Lang,
  Milestone,
  Options,
  ReadValues,
  Values,
} from "./types.js";
import { lines, moment, record, wrong } from "./values.js";

/** Where a notice comes from: a name, or a tape of it. */
export interface NoticeSource {
  text: BundledNotice | (string & {});
  isTape: boolean;
}

interface Description {
  id: string;
  year: number;
  title: string | null;
  kinds: Kind[];
  data: unknown;
}

interface Opened {
  generation: number;
  checker: number;
}

/** So many sets of options are kept ready. */
const KEPT = 8;

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
  /** Everything that it says, in the format of a notice's file. */
  readonly data: unknown;

  readonly #engine: Engine;
  readonly #tables: Tables;
  readonly #source: NoticeSource;
  readonly #lang: Lang;
  readonly #version: string;
  readonly #opened = new Map<string, Opened>();

  /** @internal */
  constructor(engine: Engine, tables: Tables, source: NoticeSource, version: string, lang: Lang) {
    this.#engine = engine;
    this.#tables = tables;
    this.#source = source;
    this.#version = version;
    this.#lang = lang;
    const described = this.#ask("", lang, (module, checker) => module.describe(checker));
    ({ id: this.id, year: this.year, title: this.title, kinds: this.kinds, data: this.data } = JSON.parse(described) as Description);
  }

  /**
   * Checks one record. What is wrong with it is a finding, never an exception.
   *
   * @throws {@link KepuError} if an argument is no record, no moment or names what there is none of.
   */
  check<K extends Kind = "activity">(values: Values, options: CheckOptions<K>): Report<K> {
    const asked = this.#asked(values, options);
    const { kind, text, asOf, lang, choice } = asked;
    const findings = JSON.parse(
      this.#ask(choice, lang, (module, checker) => module.check(checker, kind, text, asOf, lang)),
    ) as Finding[];
    const stamp = { version: this.#version, notice: this.id, asOf, options: options.options ?? {} };
    const wire = (): { read: ReadValues<K> } =>
      JSON.parse(this.#ask(choice, lang, (module, checker) => module.report(checker, kind, text, asOf, lang))) as {
        read: ReadValues<K>;
      };
    return new Report(stamp, kind, lang, findings, {
      wire,
      read: () => wire().read,
      explain: () => this.#explain(asked),
      fixed: () => this.#fixed(asked),
    });
  }

  /** How every question about a record was answered: met, not met, not applicable or unknown. */
  explain<K extends Kind = "activity">(values: Values, options: CheckOptions<K>): Answer[] {
    return this.#explain(this.#asked(values, options));
  }

  /** A copy of the values with every safe fix applied. */
  fixed<K extends Kind = "activity">(values: Values, options: CheckOptions<K>): Values {
    return this.#fixed(this.#asked(values, options));
  }

  /**
   * Checks many records, and what only the set of them shows: duplicates, who still owes, quotas. Rows are records, or lists
   * of cells under a header that is found among them. Runs in a worker.
   */
  checkTable(rows: TableRows, options: TableOptions): Promise<TableResult> {
    return this.#tables.checkTable(this.#source, this.#choice(options), rows, options, this.#language(options.lang));
  }

  /**
   * Checks spreadsheets (csv, xlsx, xls, ods) together, in a worker: nothing leaves the machine.
   *
   * @example
   * ```ts
   * const result = await notice.checkFile(input.files, {
   *   asOf: new Date(),
   *   onProgress: ({ done, total }) => (bar.value = done / total),
   *   signal: controller.signal,
   * });
   * ```
   */
  checkFile(files: FileInput, options: TableOptions): Promise<TableResult> {
    return this.#tables.checkFile(this.#source, this.#choice(options), files, options, this.#language(options.lang));
  }

  /** A copy of a spreadsheet as xlsx, with each finding beside the cell that it is about. */
  annotate(file: FileInput, options: TableOptions): Promise<Blob> {
    return this.#tables.annotate(this.#source, this.#choice(options), file, options, this.#language(options.lang));
  }

  /** A blank xlsx to be filled in, with the notice's choices. */
  template(kind: Kind, options: TemplateOptions = {}): Promise<Blob> {
    const lang = this.#language(options.lang);
    return this.#tables.template(this.#source, lines(options.options, lang), this.#kind(kind, lang), lang);
  }

  /** What the notice dates, in order, as it stands at a moment. */
  timeline(asOf: AsOf): Milestone[] {
    const at = moment(asOf, this.#lang);
    return JSON.parse(this.#ask("", this.#lang, (module, checker) => module.timeline(checker, at))) as Milestone[];
  }

  /** The timeline as an iCalendar file; with a milestone's `number`, that one alone. */
  ics(asOf: AsOf, number = 0): string {
    const at = moment(asOf, this.#lang);
    if (!Number.isSafeInteger(number)) throw wrong(this.#lang, "里程碑的序号应是整数", "a milestone's number is an integer");
    return this.#ask("", this.#lang, (module, checker) => module.calendar(checker, at, number));
  }

  /** What a form for a kind of record asks: fields, labels, choices, hints and days. */
  form(kind: Kind = "activity", options?: Options): FormField[] {
    const lang = this.#lang;
    const asked = this.#kind(kind, lang);
    const choice = lines(options, lang);
    return JSON.parse(this.#ask(choice, lang, (module, checker) => module.form(checker, asked))) as FormField[];
  }

  /** The JSON Schema (2020-12) of a record: what a portal should send so that nothing has to be interpreted. */
  jsonSchema(kind: Kind = "activity", lang: Lang = this.#lang): Record<string, unknown> {
    const asked = this.#kind(kind, lang);
    return JSON.parse(this.#ask("", lang, (module, checker) => module.schema(checker, asked, lang))) as Record<string, unknown>;
  }

  /**
   * A [Standard Schema](https://standardschema.dev) for form libraries. Its issues are the blocking findings only, each with
   * `rule`, `severity` and `clause`; it is synchronous, and a success gives the input back.
   */
  standardSchema<V extends Values = Values>(kind: Kind = "activity", options: StandardOptions = {}): StandardSchema<V> {
    return standardSchema(this, this.#kind(kind, this.#language(options.lang)), options);
  }

  /** The field that a key or a header names, by id, label or alias; null where it names none. */
  fieldOf(key: string, kind: Kind = "activity"): FieldId | null {
    const asked = this.#kind(kind, this.#lang);
    if (typeof key !== "string") throw wrong(this.#lang, "键应是文本", "a key is a text");
    return (this.#engine.ask((module) => module.field(asked, key), this.#lang) || null) as FieldId | null;
  }

  /** Frees what the notice holds; it may be asked again and is then opened anew. */
  close(): void {
    for (const { generation, checker } of this.#opened.values()) this.#forget(generation, checker);
    this.#opened.clear();
  }

  #explain(asked: AskedOf): Answer[] {
    const { kind, text, asOf, lang, choice } = asked;
    return JSON.parse(this.#ask(choice, lang, (module, checker) => module.explain(checker, kind, text, asOf))) as Answer[];
  }

  #fixed({ values, kind, text, asOf, lang, choice }: AskedOf): Values {
    const reply = this.#ask(choice, lang, (module, checker) => module.fixed(checker, kind, text, asOf));
    const changed = new Map(Object.entries(JSON.parse(reply) as Record<string, string | (string | null)[]>));
    const copy = { ...values };
    for (const key of Object.keys(values)) {
      const value = changed.get(this.#engine.ask((module) => module.field(kind, key), lang));
      if (value !== undefined) Object.assign(copy, { [key]: value });
    }
    return copy;
  }

  #asked<K extends Kind>(values: Values, options: CheckOptions<K>): AskedOf<K> {
    if (typeof options !== "object" || options === null) {
      throw wrong(this.#lang, "缺少选项：至少要有 asOf", "options are missing: `asOf` at least");
    }
    const lang = this.#language(options.lang);
    const kind = this.#kind(options.kind ?? "activity", lang) as K;
    const text = record(values, lang);
    return { values, kind, text, asOf: moment(options.asOf, lang), lang, choice: lines(options.options, lang) };
  }

  #choice(options: TableOptions): string {
    return lines(options.options, this.#language(options.lang));
  }

  #language(lang: Lang | undefined): Lang {
    if (lang === undefined) return this.#lang;
    if (lang === "zh" || lang === "en") return lang;
    throw wrong(this.#lang, "lang 应是 \"zh\" 或 \"en\"", "`lang` is \"zh\" or \"en\"");
  }

  #kind(kind: Kind, lang: Lang): Kind {
    if (typeof kind !== "string") throw wrong(lang, "kind 应是文本", "`kind` is a text");
    if (this.kinds.includes(kind)) return kind;
    const known = this.kinds.join(", ");
    const text = { zh: `通知没有“${kind}”这种记录，可以写：${known}`, en: `the notice asks for no \`${kind}\`, known: ${known}` };
    throw new KepuError("name", text, lang);
  }

  /** Asks the module about this notice under a caller's options, which are made ready once. */
  #ask(choice: string, lang: Lang, call: (module: FormModule, checker: number) => string): string {
    let opened = this.#opened.get(choice);
    if (opened === undefined || opened.generation !== this.#engine.generation) {
      const { text, isTape } = this.#source;
      const checker = Number(this.#engine.ask((module) => module.open(text, isTape, choice), lang));
      opened = { generation: this.#engine.generation, checker };
      this.#opened.delete(choice);
      this.#opened.set(choice, opened);
      const [oldest] = this.#opened;
      if (this.#opened.size > KEPT && oldest !== undefined) {
        this.#opened.delete(oldest[0]);
        this.#forget(oldest[1].generation, oldest[1].checker);
      }
    }
    const { checker } = opened;
    return this.#engine.ask((module) => call(module, checker), lang);
  }

  #forget(generation: number, checker: number): void {
    if (generation === this.#engine.generation) this.#engine.ask((module) => (module.close(checker), ""), this.#lang);
  }
}

interface AskedOf<K extends Kind = Kind> {
  values: Values;
  kind: K;
  text: string;
  asOf: string;
  lang: Lang;
  choice: string;
}
