import type { CheckOptions, Finding, FormField, Kind, Values } from "../types.js";

/** What the form binder needs of a notice; `Notice` has it, and so has whatever a page puts before it. */
export interface FormNotice {
  /** Checks the values of a form: names of fields to what stands in them. */
  check(values: Values, options: CheckOptions<Kind>): FormReport;
  /** Describes the form of a kind of record: its fields in order, with labels, hints and choices. */
  form(kind?: Kind): readonly FormField[];
}

/** The findings of a check. */
export interface FormReport {
  /** What was found, in the order of the fields. */
  readonly findings: readonly Finding[];
}
