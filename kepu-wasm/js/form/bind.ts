/** Enhances a form that is already there: what is wrong with a field is said beside it, as soon as a person has left it. */
import type { AsOf, Finding, Kind, Lang, Values } from "../types.js";
import type { FormNotice, FormReport } from "./contract.js";
import { Message, put } from "./message.js";
import { Summary } from "./summary.js";
import { type Control, controls, isControl, record, target, write } from "./values.js";

/** How a form is checked. */
export interface BindOptions {
  /** The moment at which the question is asked; asked anew for each check. */
  asOf: () => AsOf;
  /** The kind of record: `"activity"` unless said otherwise. */
  kind?: Kind;
  /** The language of messages: `"zh"` unless said otherwise. */
  lang?: Lang;
  /** Called after each check, with everything that was found, shown or not. */
  onReport?: (report: FormReport) => void;
}

/** A form that is being checked. */
export interface BoundForm {
  /** Checks all of it and shows everything, as on submit; the report. */
  check(): FormReport;
  /** Leaves the form as it was found. */
  destroy(): void;
}

/** The binding of each form: it has one at a time. */
const bindings = new WeakMap<HTMLFormElement, BoundForm>();

/**
 * Checks a form while a person fills it in. A field's `name` is the id of a field of the record (`title`, `start`, …);
 * several controls of one name are a list. A field is checked when a person leaves or changes it, never before it was
 * touched and never while an input method is composing. On submit everything is checked; what blocks stops the submit and
 * is listed at the top of the form, each item linked to its field. Warnings and infos never stop a form. A form that is
 * bound again is bound anew: the binding before it is destroyed.
 *
 * @example
 * ```ts
 * const form = bindForm(document.querySelector("form")!, notice, { asOf: () => new Date() });
 * // later: form.destroy();
 * ```
 */
export function bindForm(form: HTMLFormElement, notice: FormNotice, options: BindOptions): BoundForm {
  bindings.get(form)?.destroy();
  const lang = options.lang ?? "zh";
  const touched = new Set<string>();
  const messages = new Map<string, Message>();
  const summary = new Summary(form, lang);
  const noValidate = form.getAttribute("novalidate");
  // The browser's own bubbles would stop the submit before everything could be listed.
  form.noValidate = true;
  let composing = false;

  const run = (): FormReport => {
    const { asOf, kind } = options;
    const report = notice.check(record(form) as Values, { asOf: asOf(), lang, ...(kind === undefined ? {} : { kind }) });
    options.onReport?.(report);
    return report;
  };

  /** Where a field's messages stand; a field that came later gets its region when it is first seen. */
  const region = (name: string, group: readonly Control[]): Message => {
    const known = messages.get(name) ?? new Message(name, group, lang, fix);
    messages.set(name, known);
    return known;
  };

  /** The findings of each field that was touched. */
  const show = (report: FormReport): void => {
    const byName = controls(form);
    for (const [name, group] of byName) {
      const own = touched.has(name) ? report.findings.filter((finding) => finding.path[0] === name) : [];
      region(name, group).show(own, group);
    }
  };

  const fix = (finding: Finding): boolean => {
    const [name, index] = finding.fix?.path ?? [];
    const group = controls(form).get(String(name)) ?? [];
    const at = typeof index === "number" ? index : undefined;
    const control = write(group, at, "value" in finding.args ? finding.args.value : undefined, finding.fix?.value ?? "");
    control?.focus();
    return control !== undefined;
  };

  const left = (event: Event): void => {
    if (composing || !isControl(event.target) || event.target.name === "") return;
    touched.add(event.target.name);
    show(run());
  };
  const composition = (event: Event): void => {
    composing = event.type === "compositionstart";
  };
  const everything = (): FormReport => {
    for (const name of controls(form).keys()) touched.add(name);
    const report = run();
    show(report);
    return report;
  };
  const submit = (event: Event): void => {
    const report = everything();
    const byName = controls(form);
    const stops = report.findings.filter((finding) => finding.blocking).map((finding) => {
      const [name, index] = finding.path;
      const group = byName.get(String(name));
      return { text: finding.message, control: group && target(group, typeof index === "number" ? index : undefined) };
    });
    for (const control of invalid(byName, report)) stops.push({ text: control.validationMessage, control });
    summary.show(stops);
    if (stops.length > 0) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  };
  const reset = (): void => {
    touched.clear();
    for (const message of messages.values()) message.clear();
    summary.show([]);
  };

  for (const [name, group] of controls(form)) region(name, group);
  const listeners: [string, (event: Event) => void][] = [
    ["focusout", left],
    ["change", left],
    ["compositionstart", composition],
    ["compositionend", composition],
    ["reset", reset],
  ];
  for (const [type, listener] of listeners) form.addEventListener(type, listener);
  form.addEventListener("submit", submit, { capture: true });

  const bound = {
    check: everything,
    destroy() {
      if (bindings.get(form) !== bound) return;
      bindings.delete(form);
      for (const [type, listener] of listeners) form.removeEventListener(type, listener);
      form.removeEventListener("submit", submit, { capture: true });
      reset();
      for (const message of messages.values()) message.remove();
      put(form, "novalidate", noValidate);
    },
  };
  bindings.set(form, bound);
  return bound;
}

/** Controls that the page's own constraints refuse, and of which the notice says nothing. */
function invalid(byName: Map<string, Control[]>, report: FormReport): Control[] {
  const said = new Set<string | undefined>(report.findings.filter((finding) => finding.blocking).map((finding) => finding.path[0]));
  const silent = [...byName].filter(([name]) => !said.has(name)).map(([, group]) => group[0]);
  return silent.filter((control): control is Control => control !== undefined && !control.checkValidity());
}

