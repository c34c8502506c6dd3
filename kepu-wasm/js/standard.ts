import type { RuleId } from "./generated.js";
import type { Notice } from "./notice.js";
import type { AsOf, Clause, Kind, Lang, Options, Severity, Values } from "./types.js";

/** How a Standard Schema asks. */
export interface StandardOptions {
  /**
   * The moment at which the question is asked, or what gives it. The interface of Standard Schema has no place for it, so that,
   * unlike elsewhere, it is now unless said otherwise.
   */
  asOf?: AsOf | (() => AsOf);
  /** The language of messages. */
  lang?: Lang;
  /** The caller's choices. */
  options?: Options;
}

/** One blocking finding, as form libraries take it. */
export interface StandardIssue {
  /** What is wrong, and what to do. */
  readonly message: string;
  /** The field, and the index of an item. */
  readonly path: readonly PropertyKey[];
  /** The rule that is broken. */
  readonly rule: RuleId;
  /** How grave it is. */
  readonly severity: Severity;
  /** The clause it rests on. */
  readonly clause: Clause | null;
}

/** What validation gives: the input as it came, or what blocks it. */
export type StandardResult<V> =
  | { readonly value: V; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] };

/** A synchronous Standard Schema, version 1. */
export interface StandardSchema<V> {
  /** The interface of the specification. */
  readonly "~standard": {
    /** The version of the specification. */
    readonly version: 1;
    /** `kepu`. */
    readonly vendor: "kepu";
    /** Validates a record. */
    readonly validate: (value: unknown) => StandardResult<V>;
    /** What goes in comes out. */
    readonly types?: { readonly input: V; readonly output: V } | undefined;
  };
}

/** @internal */
export function standardSchema<V extends Values>(notice: Notice, kind: Kind, options: StandardOptions): StandardSchema<V> {
  const { asOf = () => new Date(), ...rest } = options;
  const validate = (value: unknown): StandardResult<V> => {
    const report = notice.check(value as Values, { ...rest, kind, asOf: typeof asOf === "function" ? asOf() : asOf });
    const issues = report.findings.filter((finding) => finding.blocking);
    if (issues.length === 0) return { value: value as V };
    return {
      issues: issues.map(({ message, advice, path, rule, severity, clause }) => ({
        message: report.lang === "zh" ? `${message}，${advice}` : `${message}; ${advice}`,
        path,
        rule,
        severity,
        clause,
      })),
    };
  };
  return { "~standard": { version: 1, vendor: "kepu", validate } };
}
