/** What is said beside one field. */
import type { Finding, Lang } from "../types.js";
import type { Control } from "./values.js";
import { target } from "./values.js";
import { word } from "./words.js";

const DESCRIBED = "aria-describedby";
const INVALID = "aria-invalid";

/** How a control was before it was marked: what described it, whether it was invalid, and the page's own complaint. */
type Before = readonly [described: string | null, invalid: string | null, validity: string];

let made = 0;

/** The messages of one field: an empty region until there is something to say, so that a screen reader hears the change. */
export class Message {
  readonly #box: HTMLElement;
  readonly #lang: Lang;
  readonly #fix: (finding: Finding) => boolean;
  /** What is marked, and how it was before. */
  readonly #marked = new Map<Control, Before>();
  #said = "[]";

  constructor(name: string, group: readonly Control[], lang: Lang, fix: (finding: Finding) => boolean) {
    this.#lang = lang;
    this.#fix = fix;
    this.#box = document.createElement("div");
    this.#box.className = "kepu-messages";
    this.#box.id = `kepu-${name}-${(made += 1)}`;
    this.#box.lang = lang === "en" ? "en" : "zh-CN";
    this.#box.setAttribute("aria-live", "polite");
    anchor(group)?.insertAdjacentElement("afterend", this.#box);
  }

  /** Shows these findings, and nothing else. */
  show(findings: readonly Finding[], group: readonly Control[]): void {
    const said = JSON.stringify(findings);
    // What is said already is not said again: a screen reader would repeat it.
    if (said === this.#said) return;
    this.#said = said;
    this.#unmark();
    this.#box.replaceChildren(...findings.map((finding) => this.#item(finding)));
    for (const control of findings.length > 0 ? group : []) {
      this.#marked.set(control, [control.getAttribute(DESCRIBED), control.getAttribute(INVALID), own(control)]);
      control.setAttribute(DESCRIBED, [...tokens(control), this.#box.id].join(" "));
    }
    for (const finding of findings.filter((finding) => finding.blocking)) {
      const index = finding.path[1];
      const control = target(group, typeof index === "number" ? index : undefined);
      control?.setAttribute(INVALID, "true");
      control?.setCustomValidity(finding.message);
    }
  }

  /** Says nothing any more. */
  clear(): void {
    this.show([], []);
  }

  /** Takes everything away that was added. */
  remove(): void {
    this.#unmark();
    this.#box.remove();
  }

  #unmark(): void {
    for (const [control, [described, invalid, validity]] of this.#marked) {
      // Of what the page has changed meanwhile only our own token is taken away.
      const rest = tokens(control).filter((token) => token !== this.#box.id).join(" ");
      put(control, DESCRIBED, rest === described?.trim().split(/\s+/).join(" ") ? described : rest || null);
      put(control, INVALID, invalid);
      control.setCustomValidity(validity);
    }
    this.#marked.clear();
  }

  #item(finding: Finding): HTMLElement {
    const item = element("div", `kepu-finding kepu-${finding.severity}`);
    item.dataset["rule"] = finding.rule;
    const says = element("p", "kepu-says");
    says.append(element("strong", "kepu-severity", word(finding.severity, this.#lang)), " ", finding.message);
    item.append(says, element("p", "kepu-advice", finding.advice));
    if (finding.fix) item.append(this.#button(finding, finding.fix.value));
    if (finding.clause) {
      const more = element("details", "kepu-clause");
      const summary = element("summary", "", `${word("clause", this.#lang)} ${finding.clause.number}`);
      more.append(summary, element("q", "", finding.clause.quote));
      item.append(more);
    }
    return item;
  }

  #button(finding: Finding, value: string): HTMLElement {
    const button = element("button", "kepu-fix", word("fix", this.#lang, value)) as HTMLButtonElement;
    button.type = "button";
    button.addEventListener("click", () => {
      if (!this.#fix(finding)) button.remove();
    });
    return button;
  }
}

/** Where messages stand: behind the control; behind the whole group where there are several. */
function anchor(group: readonly Control[]): Element | undefined {
  const [first] = group;
  const last = group[group.length - 1];
  const set = group.length > 1 ? first?.closest("fieldset") : null;
  if (set && last && set.contains(last) && group.every((control) => set.contains(control)) && set.lastElementChild) {
    return set.lastElementChild;
  }
  return last?.closest("label") ?? last;
}

export function element(tag: string, className: string, text?: string): HTMLElement {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

/** What describes a control. */
function tokens(control: Control): string[] {
  return (control.getAttribute(DESCRIBED) ?? "").split(/\s+/).filter(Boolean);
}

/** The page's own complaint about a control. */
function own(control: Control): string {
  return control.validity.customError ? control.validationMessage : "";
}

/** Gives an attribute its value, or takes it away; null is none. */
export function put(element: Element, attribute: string, value: string | null): void {
  if (value === null) element.removeAttribute(attribute);
  else element.setAttribute(attribute, value);
}
