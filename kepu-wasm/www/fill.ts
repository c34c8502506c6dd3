/** Fill in: one activity, or one submission. */
import { renderForm } from "../js/form/render.js";
import type { FormReport } from "../js/form/contract.js";
import type { FormField, Lang } from "../js/index.js";
import { controls, record } from "../js/form/values.js";
import { inert } from "./csv.js";
import { both, h } from "./dom.js";
import type { House, Room } from "./page.js";

/** What was typed outlives a change of language or moment. */
const typed = new Map<string, Record<string, unknown>>();
let kind = "activity";

export const fillRoom: Room = (house, place) => {
  const { notice, lang } = house;
  const kinds = h("div", { class: "bar", role: "group", "aria-label": "填报种类 Kind of record" });
  const body = h("div");
  let leave: (() => void) | undefined;

  const show = (): void => {
    leave?.();
    body.replaceChildren();
    for (const button of kinds.querySelectorAll("button")) button.setAttribute("aria-pressed", String(button.value === kind));
    leave = form(house, body);
  };
  for (const known of notice.kinds) {
    kinds.append(h("button", { type: "button", value: known, click: () => {
      kind = known;
      show();
    } }, notice.label(known, lang)));
  }
  place.append(
    h("h1", {}, both("填一项，边填边核对", "Fill in, checked as you type")),
    h("p", { class: "lead" }, both("填完一项就核对一项；“需要更正”的必须改好，其余只是提醒。", "Each field is checked when you leave it; only what must be corrected stops you.")),
    kinds,
    body,
  );
  show();
  return () => leave?.();
};

function form({ notice, lang, asOf }: House, body: HTMLElement): () => void {
  const shown = kind;
  const result = h("div", { "aria-live": "polite" });
  let report: FormReport | undefined;
  const made = renderForm(body, notice, {
    asOf,
    kind: shown,
    lang,
    submit: lang === "en" ? "Check everything" : "核对全部",
    onReport: (latest) => (report = latest),
  });
  fillIn(made.element, typed.get(shown) ?? {});
  made.element.addEventListener("submit", (event) => {
    event.preventDefault();
    const row = (): string => lines(notice.form(shown), record(made.element), lang);
    result.replaceChildren(done(report?.findings.length ?? 0, row));
  });
  made.element.addEventListener("change", () => result.replaceChildren());
  body.append(result);
  return () => {
    typed.set(shown, record(made.element));
    made.destroy();
  };
}

/** Nothing stops it: what remains to be looked at, and the record as a row for a spreadsheet. */
function done(left: number, row: () => string): HTMLElement {
  const words =
    left === 0
      ? both("核对通过，没有问题。", "Checked: nothing to say.")
      : both(`没有需要更正的，可以报送；还有 ${left} 处提醒，写在各项下面。`, `Nothing stops it; ${left} remark(s) stand beside the fields.`);
  const copy = h("button", { type: "button", click: () => {
    void navigator.clipboard.writeText(row()).then(() => copy.replaceChildren(both("已复制", "Copied")));
  } }, both("复制成表格的一行", "Copy as a row"));
  return h("div", { class: "good" }, h("p", {}, words), copy);
}

/** Two lines for a spreadsheet: what the fields are called, and what stands in them. */
function lines(fields: readonly FormField[], values: Record<string, unknown>, lang: Lang): string {
  const cell = (text: string): string => inert(text).replace(/[\t\r\n]+/g, " ");
  const written = (value: unknown): string => (Array.isArray(value) ? value.join("；") : String(value ?? ""));
  const line = (texts: string[]): string => texts.map(cell).join("\t");
  return [line(fields.map(({ label }) => label[lang])), line(fields.map(({ field }) => written(values[field])))].join("\n");
}

function fillIn(form: HTMLFormElement, values: Record<string, unknown>): void {
  for (const [name, group] of controls(form)) {
    const value = values[name];
    for (const control of group) {
      if (control instanceof HTMLInputElement && control.type === "checkbox") control.checked = Array.isArray(value) && value.includes(control.value);
      else if (control instanceof HTMLInputElement && control.type === "radio") control.checked = value === control.value;
      else if (typeof value === "string") control.value = value;
    }
  }
}
