import { notLoaded } from "./engine.js";
import { KepuError } from "./error.js";
import type { FieldId, RuleId } from "./generated.js";
import type { Answered, Job, Message } from "./job.js";
import type { AsOf, Cell, Finding, Kind, Lang, Options, Values } from "./types.js";
import { cells, moment, record, wrong } from "./values.js";

/** A finding where it stands in a table. */
export type TableFinding<R extends RuleId = RuleId> = Finding<R> & {
  /** The number of the record in its table, from 0; null for what the set as a whole shows. */
  record: number | null;
  /** The file; null without one, and for what the set as a whole shows. */
  file: string | null;
  /** The sheet. */
  sheet: string | null;
  /** The address of the cell, such as `C5`; null without such a column. */
  cell: string | null;
  /** The header over the cell, as it is written. */
  header: string | null;
  /** The sender's own id of the record, as written. */
  id: string | null;
  /** The title of the activity or the name of the unit, as written. */
  name: string | null;
  /** Whether the sheet has no column for what is missing: a view says that once of the table (`missing`). */
  of_no_column: boolean;
  /** The record's region, as an id of the notice; null where it was not read. */
  region: string | null;
};

/** How far a check is. */
export interface Progress {
  /** `reading` a file's bytes, `checking` records, `handing-over` what was found. */
  step: "reading" | "checking" | "handing-over";
  /** The file that is being read. */
  file: string | null;
  /** How many files (with the part that is read of this one), records or findings are done. */
  done: number;
  /** Of how many; null while nobody knows. */
  total: number | null;
}

/** How tables are checked. */
export interface TableOptions {
  /** The moment at which the question is asked. It is never read from a clock. */
  asOf: AsOf;
  /** What kind of record the tables hold; found from each header, unless said. */
  kind?: Kind;
  /** The language of messages. */
  lang?: Lang;
  /** The caller's choices. */
  options?: Options;
  /** Headers and the fields they stand for; they win over every other name. */
  columns?: Readonly<Record<string, FieldId | (string & {})>>;
  /** Of a grid: cells that are shown as one, each as first row, first column, last row, last column, from 0. */
  merges?: readonly (readonly [number, number, number, number])[];
  /** Called now and then: a few times a second while there is much to do. */
  onProgress?: (progress: Progress) => void;
  /** Stops the work, and ends the worker that does it; the promise is then rejected with the signal's reason. */
  signal?: AbortSignal;
}

/** What a blank sheet is made for. */
export interface TemplateOptions {
  /** The language of labels. */
  lang?: Lang;
  /** The caller's choices: rosters give the units. */
  options?: Options;
}

/** A file as a browser or Node has it. */
export type OneFile = File | Blob | { name: string; data: ArrayBuffer | Uint8Array };

/** One file or many. */
export type FileInput = OneFile | Iterable<OneFile> | ArrayLike<OneFile>;

/** Records, or lists of cells under a header that is found among them. */
export type TableRows = readonly Values[] | readonly (readonly Cell[])[];

/** A row below the header that is no record. */
export interface SkippedRow {
  /** The file. */
  file: string | null;
  /** The sheet. */
  sheet: string | null;
  /** The row as the spreadsheet shows it, from 1. */
  row: number;
  /** Why it is none. */
  reason: "empty" | "repeated-header" | "total" | "note";
  /** The reason in words. */
  label: string;
}

/** A column that is read as no field. */
export interface UnreadColumn {
  /** The file. */
  file: string | null;
  /** The sheet. */
  sheet: string | null;
  /** Its letters. */
  column: string;
  /** Its header. */
  header: string;
  /** The field that may have been meant. */
  nearest: FieldId | null;
  /** It in words. */
  message: string;
}

/** Fields for which a table has no column, though the notice asks for them. */
export interface MissingColumns {
  /** The fields. */
  fields: FieldId[];
  /** How many rows have findings for want of them. */
  rows: number;
  /** It in words. */
  message: string;
}

/** A table that was checked. */
export interface CheckedTable {
  /** The file. */
  file: string | null;
  /** What the spreadsheet calls the sheet. */
  sheet: string | null;
  /** What kind of record it holds. */
  kind: Kind;
  /** How many records. */
  records: number;
  /** Columns that are not there. */
  missing: MissingColumns[];
}

/** A file or sheet that could not be read. */
export interface UnreadFile {
  /** The file. */
  file: string | null;
  /** The sheet; null where the whole file could not be read. */
  sheet: string | null;
  /** Why, and what to do. */
  message: string;
}

/** What a reader of a file should know. */
export interface FileNote {
  /** The file. */
  file: string | null;
  /** The sheet it is about. */
  sheet: string | null;
  /** It in words. */
  message: string;
}

/** Sums over all tables. */
export interface Tally {
  /** Activities by region and category, as ids; null where it was not read. */
  activities: { region: string | null; category: string | null; count: number }[];
  /** How often each rule is broken. */
  findings: Partial<Record<RuleId, number>>;
  /** Sums of people: of numbers known exactly, and of all others. */
  people: { exact: number; approximate: number };
  /** Submissions against their deadlines. */
  submissions: { on_time: number; late: number; missing: number };
}

/** What was found in tables. */
export interface TableResult {
  /** The version of kepu. */
  version: string;
  /** The notice's id. */
  notice: string;
  /** The moment at which the question was asked. */
  asOf: string;
  /** The caller's choices. */
  options: Options;
  /** What is wrong, by file, sheet and row; what only the set shows of itself, last. */
  findings: TableFinding[];
  /** Whether there is no error. */
  isAccepted: boolean;
  /** Whether something is wrong that its sender can still put right. */
  isBlocked: boolean;
  /** Whether everything was read: an unread file never means that all is well. */
  isWhole: boolean;
  /** The tables that were checked. */
  tables: CheckedTable[];
  /** Columns that are read as no field. */
  columns: UnreadColumn[];
  /** Rows that are no records. */
  skipped: SkippedRow[];
  /** Files and sheets that could not be read. */
  unread: UnreadFile[];
  /** What a reader should know of the files. */
  notes: FileNote[];
  /** Sums. */
  tally: Tally;
}

/** What of a worker the client needs: a Worker of a browser, or one of Node behind the same face. */
export interface WorkerLike {
  /** Hands a job over, and the files' bytes with it. */
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
  /** Ends it, whatever it is doing. */
  terminate(): void;
  /** What it has to say. */
  onmessage: ((event: { data: unknown }) => void) | null;
  /** That it could not be started. */
  onerror: ((event: { message?: string }) => void) | null;
}

interface Pending {
  lang: Lang;
  onProgress: ((progress: Progress) => void) | undefined;
  findings: TableFinding[];
  resolve: (value: Answered) => void;
  reject: (reason: unknown) => void;
}

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** The worker that reads, checks and writes tables: started when it is first needed, ended when a job is stopped. */
export class Tables {
  private worker: WorkerLike | undefined;
  private readonly jobs = new Map<number, Pending>();
  private last = 0;

  constructor(
    private readonly start: () => WorkerLike | Promise<WorkerLike>,
    private readonly wasm: () => unknown,
  ) {}

  async checkTable(notice: string, choice: string, rows: TableRows, options: TableOptions, lang: Lang): Promise<TableResult> {
    if (!Array.isArray(rows)) throw wrong(lang, "rows 应是记录或单元格行的列表", "`rows` is a list of records or of rows of cells");
    const list = rows as readonly (Values | readonly Cell[])[];
    const isGrid = list.length > 0 && list.every(Array.isArray);
    const texts = list.map((row) => (isGrid ? cells(row as readonly Cell[], lang) : record(row, lang)));
    const job: Job = { ...this.check(notice, choice, options, lang), task: "check-table", rows: texts, isGrid };
    return this.result(job, options, lang);
  }

  async checkFile(notice: string, choice: string, input: FileInput, options: TableOptions, lang: Lang): Promise<TableResult> {
    const files = await Promise.all(list(input, lang).map((file) => bytes(file, lang)));
    return this.result({ ...this.check(notice, choice, options, lang), task: "check-file", files }, options, lang);
  }

  async annotate(notice: string, choice: string, input: FileInput, options: TableOptions, lang: Lang): Promise<File[]> {
    const files = await Promise.all(list(input, lang).map((file) => bytes(file, lang)));
    const job: Job = { ...this.check(notice, choice, options, lang), task: "annotate", files };
    const mark = { zh: "核对", en: "checked" }[lang];
    return workbooks(await this.run(job, options, lang), (name) => `${name.replace(/\.[^.]*$/, "")}.${mark}.xlsx`);
  }

  async template(notice: string, choice: string, kind: Kind, lang: Lang): Promise<File> {
    const [file] = workbooks(await this.run({ notice, choice, lang, task: "template", kind }, {}, lang), () => `${kind}.xlsx`);
    if (file === undefined) throw wrong(lang, "没有写出文件", "no file was written");
    return file;
  }

  private check(notice: string, choice: string, options: TableOptions, lang: Lang) {
    const columns = Object.entries(options.columns ?? {}).map(([header, field]) => {
      if (typeof field !== "string") throw wrong(lang, "columns 的值应是字段名", "a value of `columns` is a field's name");
      return [header, field] as const;
    });
    const merges = (options.merges ?? []).map((merge) => [...merge]);
    return { notice, choice, lang, asOf: moment(options.asOf, lang), kind: options.kind ?? null, columns, merges };
  }

  private async result(job: Job, options: TableOptions, lang: Lang): Promise<TableResult> {
    const answered = await this.run(job, options, lang);
    if (answered.task !== "checked") throw wrong(lang, "工作线程答非所问", "the worker answered another question");
    const { kepu, as_of, accepted, blocked, whole, reasons, skipped, ...rest } = answered.result;
    return {
      ...rest,
      skipped: skipped.map((row) => ({ ...row, label: reasons[row.reason] })),
      version: kepu,
      asOf: as_of,
      options: options.options ?? {},
      isAccepted: accepted,
      isBlocked: blocked,
      isWhole: whole,
      findings: answered.findings,
    };
  }

  private async run(job: Job, { onProgress, signal }: Pick<TableOptions, "onProgress" | "signal">, lang: Lang): Promise<Answered> {
    signal?.throwIfAborted();
    const worker = (this.worker ??= await this.started(lang));
    const number = (this.last += 1);
    let stop: (() => void) | undefined;
    try {
      return await new Promise<Answered>((resolve, reject) => {
        this.jobs.set(number, { lang, onProgress, findings: [], resolve, reject });
        stop = () => this.end(signal?.reason);
        signal?.addEventListener("abort", stop);
        const buffers = "files" in job ? job.files.map((file) => file.data) : [];
        worker.postMessage({ number, job, wasm: this.wasm() }, buffers);
      });
    } finally {
      this.jobs.delete(number);
      if (stop !== undefined) signal?.removeEventListener("abort", stop);
    }
  }

  private async started(lang: Lang): Promise<WorkerLike> {
    let worker: WorkerLike;
    try {
      worker = await this.start();
    } catch (cause) {
      throw notLoaded(cause, lang);
    }
    worker.onmessage = ({ data }) => this.take(data as Message);
    worker.onerror = (event) => this.end(notLoaded(new Error(event.message ?? "worker"), lang));
    return worker;
  }

  private take(message: Message): void {
    const pending = this.jobs.get(message.number);
    if (pending === undefined) return;
    switch (message.kind) {
      case "progress":
        pending.onProgress?.(message.progress);
        break;
      case "findings":
        pending.findings.push(...message.findings);
        break;
      case "failed":
        pending.reject(new KepuError(message.code, message.text, pending.lang, message.faults));
        if (message.code === "internal") this.end(undefined);
        break;
      case "done":
        pending.resolve(message.answer.task === "checked" ? { ...message.answer, findings: pending.findings } : message.answer);
    }
  }

  /** Ends the worker; whatever it was doing is given up for this reason. The next job starts another. */
  private end(reason: unknown): void {
    this.worker?.terminate();
    this.worker = undefined;
    for (const pending of this.jobs.values()) pending.reject(reason);
    this.jobs.clear();
  }

  /** Ends the worker. */
  close(): void {
    this.end(new DOMException("closed", "AbortError"));
  }
}

function workbooks(answered: Answered, named: (name: string) => string): File[] {
  const files = answered.task === "written" ? answered.files : [];
  return files.map(({ name, data }) => new File([data], named(name), { type: XLSX }));
}

function isFile(value: unknown): value is OneFile {
  return typeof value === "object" && value !== null && (value instanceof Blob || "data" in value);
}

function list(input: FileInput, lang: Lang): OneFile[] {
  if (isFile(input)) return [input];
  if (typeof input === "object" && input !== null && (Symbol.iterator in input || "length" in input)) {
    const files = Array.from(input as Iterable<unknown> | ArrayLike<unknown>);
    if (files.every(isFile)) return files;
  }
  throw wrong(lang, "应是 File、Blob、{ name, data } 或它们的列表", "a File, a Blob, `{ name, data }`, or a list of these");
}

async function bytes(file: OneFile, lang: Lang): Promise<{ name: string; data: ArrayBuffer }> {
  const name = "name" in file && typeof file.name === "string" ? file.name : "";
  if (file instanceof Blob) return { name, data: await file.arrayBuffer() };
  // Copied, for what is sent to the worker is gone from here. A Buffer's own `slice` would copy nothing.
  if (file.data instanceof Uint8Array) return { name, data: new Uint8Array(file.data).buffer };
  if (file.data instanceof ArrayBuffer) return { name, data: file.data.slice(0) };
  throw wrong(lang, "data 应是 ArrayBuffer 或 Uint8Array", "`data` is an ArrayBuffer or a Uint8Array");
}
