/** What a {@link KepuError} is about. */
export type ErrorCode =
  /** A notice that cannot be used; `faults` has all that is wrong with it. */
  | "notice"
  /** A name that there is none of: a notice, a kind, a rule, a column, a moment. */
  | "name"
  /** Values that are no record. */
  | "record"
  /** A sheet or a file that cannot be read. */
  | "sheet"
  /** An argument of the wrong type. */
  | "argument"
  /** The package could not be loaded: the wasm or the worker. */
  | "load"
  /** A fault of kepu itself. It has been put right by a new instance: the next call works. */
  | "internal";

/** One fault of a notice, and where. */
export interface Fault {
  /** From 1; 0 where the place is not known. */
  line: number;
  /** From 1, in characters; 0 where the place is not known. */
  column: number;
  /** The keys that lead to it, such as `deadlines[0].due`. */
  key: string;
  /** What is wrong and what to do. */
  message: string;
}

/** What an error says: in both languages, so that a page may show either. */
export interface ErrorText {
  /** 中文. */
  zh: string;
  /** English. */
  en: string;
}

/**
 * Why something cannot be used at all. What is wrong with a record is never an error but a finding.
 *
 * @example
 * ```ts
 * try {
 *   kepu.notice("henan-2032");
 * } catch (error) {
 *   if (error instanceof KepuError && error.code === "name") console.log(error.message);
 * }
 * ```
 */
export class KepuError extends Error {
  /** `KepuError`. */
  override readonly name = "KepuError";
  /** What it is about. */
  readonly code: ErrorCode;
  /** The message in both languages. */
  readonly text: ErrorText;
  /** All that is wrong with a notice; empty for other errors. */
  readonly faults: readonly Fault[];

  /** @internal */
  constructor(code: ErrorCode, text: ErrorText, lang: "zh" | "en", faults: readonly Fault[] = [], cause?: unknown) {
    super(text[lang], cause === undefined ? undefined : { cause });
    this.code = code;
    this.text = text;
    this.faults = faults;
  }
}
