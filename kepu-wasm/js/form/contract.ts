/** What the form binder needs of a notice; `Notice` has it, and so has whatever a page puts before it. */
import type { CheckOptions, Finding, FormField, Kind, Values } from "../types.js";

export interface FormNotice {
  check(values: Values, options: CheckOptions<Kind>): FormReport;
  form(kind?: Kind): readonly FormField[];
}

/** The findings of a check. */
export interface FormReport {
  readonly findings: readonly Finding[];
}
