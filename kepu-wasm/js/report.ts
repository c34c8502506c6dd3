import type { Answer, Finding, Kind, Lang, Options, ReadValues, Values } from "./types.js";

/** What a report asks of its notice when somebody looks. */
export interface Asked<K extends Kind> {
  read(): ReadValues<K>;
  explain(): Answer[];
  fixed(): Values;
  wire(): unknown;
}

/** Under what a verdict was given, so that it can be repeated. */
export interface Stamp {
  /** The version of kepu. */
  readonly version: string;
  /** The notice's id. */
  readonly notice: string;
  /** The moment at which the question was asked, as it was given. */
  readonly asOf: string;
  /** The caller's choices. */
  readonly options: Options;
}

/**
 * What a check of one record found, in order, and the values as they were read.
 *
 * @example
 * ```ts
 * const report = notice.check({ title: "走近湿地", start: "9月16日" }, { asOf: "2023-09-01" });
 * report.isBlocked; // true: no organiser, no category
 * report.findings[0]?.message; // 没有填写举办单位
 * report.read.start; // "2023-09-16"
 * ```
 */
export class Report<K extends Kind = Kind> implements Stamp {
  readonly version: string;
  readonly notice: string;
  readonly asOf: string;
  readonly options: Options;
  /** The kind of record. */
  readonly kind: K;
  /** The language of the messages. */
  readonly lang: Lang;
  /** What is wrong, in order. */
  readonly findings: readonly Finding[];
  private readonly asked: Asked<K>;
  private known: ReadValues<K> | undefined;

  /** @internal */
  constructor(stamp: Stamp, kind: K, lang: Lang, findings: readonly Finding[], asked: Asked<K>) {
    ({ version: this.version, notice: this.notice, asOf: this.asOf, options: this.options } = stamp);
    this.kind = kind;
    this.lang = lang;
    this.findings = findings;
    this.asked = asked;
  }

  /** Whether there is no error. */
  get isAccepted(): boolean {
    return this.findings.every((finding) => finding.severity !== "error");
  }

  /** Whether a form should stop: an error that the sender can still put right. */
  get isBlocked(): boolean {
    return this.findings.some((finding) => finding.blocking);
  }

  /** What each field was read as: days as ISO text, names as ids, null where nothing was read. */
  get read(): ReadValues<K> {
    return (this.known ??= this.asked.read());
  }

  /** How every question was answered: met, not met, not applicable or unknown. */
  explain(): Answer[] {
    return this.asked.explain();
  }

  /** A copy of the values with every fix applied, under the keys that were given. */
  fixed(): Values {
    return this.asked.fixed();
  }

  /** The report as it stands on the wire, the same in Rust, Python and here. */
  toJSON(): unknown {
    return this.asked.wire();
  }
}
