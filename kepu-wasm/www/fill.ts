/** Fill in: one activity, or one submission. */
import { renderForm } from "../js/form/render.js";
import type { FormReport } from "../js/form/contract.js";
import { kindLabel } from "./kinds.js";
import { controls, record } from "../js/form/values.js";
import { both, h } from "./dom.js";
import type { House, Room } from "./page.js";

/** What was typed outlives a change of language or moment. */
const typed = new Map<string, Record<string, unknown>>();
let kind = "activity";

export const fillRoom: Room = (house, place) => {
  const { notice, lang } = house;
  const kinds = h("div", { class: "bar", role: "group", "aria-label": "记录的种类 Kind of record" });
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
    } }, kindLabel(notice, known, lang)));
  }
  place.append(
    h("h1", {}, both("填一项，边填边核对", "Fill in, checked as you type")),
    h("p", { class: "lead" }, both("离开一格就核对一格；“需要更正”的才会拦住提交，其余只是提醒。", "Each field is checked when you leave it; only what must be corrected stops you.")),
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
    const left = report?.findings.length ?? 0;
    result.replaceChildren(done(left, made.element));
  });
  made.element.addEventListener("change", () => result.replaceChildren());
  body.append(result);
  return () => {
    typed.set(shown, record(made.element));
    made.destroy();
  };
}

/** Nothing stops it: what remains to be looked at, and the record as a row for a spreadsheet. */
function done(left: number, form: HTMLFormElement): HTMLElement {
  const words =
    left === 0
      ? both("核对通过，没有问题。", "Checked: nothing to say.")
      : both(`可以提交；还有 ${left} 处提醒，请看各格下面。`, `Nothing stops it; ${left} remark(s) stand beside the fields.`);
  const copy = h("button", { type: "button", click: () => {
    void navigator.clipboard.writeText(row(form)).then(() => copy.replaceChildren(both("已复制", "Copied")));
  } }, both("复制为表格的一行", "Copy as a row"));
  return h("div", { class: "good" }, h("p", {}, words), copy);
}

/** Labels and values, for a spreadsheet; what would run there as a formula is kept a text. */
function row(form: HTMLFormElement): string {
  const cells = [...controls(form)].map(([name, group]) => {
    const label = group[0]?.labels?.[0]?.firstChild?.textContent ?? group[0]?.closest("fieldset")?.querySelector("legend")?.firstChild?.textContent;
    const value = record(form)[name];
    return [label ?? name, Array.isArray(value) ? value.join("；") : String(value ?? "")] as const;
  });
  const safe = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replace(/[\t\r\n]+/g, " ");
  return [0, 1].map((at) => cells.map((cell) => safe(cell[at as 0 | 1])).join("\t")).join("\n");
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
