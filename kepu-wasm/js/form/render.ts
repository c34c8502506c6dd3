/** A form made from the notice: its fields, labels, choices, hints and days. */
import { type BindOptions, type BoundForm, bindForm } from "./bind.js";
import type { Choice, FormField, Lang, RelativeDay } from "../types.js";
import type { FormNotice } from "./contract.js";
import { element } from "./message.js";
import { about, day, days, listed, word } from "./words.js";

/** How a form is made. */
export interface RenderOptions extends BindOptions {
  /** The words of the button at the end. */
  submit?: string;
}

/** A form that was made from a notice, and is being checked. */
export interface RenderedForm extends BoundForm {
  /** The form; listen to its `submit` for a record that nothing blocks. */
  readonly element: HTMLFormElement;
}

/**
 * Makes a form for a kind of record inside an element, and binds it: labels and order come from the fields of the kind,
 * choices are grouped as the notice groups them, the chosen category shows what the notice suggests for it, the days of the
 * window are offered, and what is required is marked as required by the form and not by the notice.
 *
 * @example
 * ```ts
 * const { element } = renderForm(document.querySelector("#form")!, notice, { asOf: () => new Date() });
 * element.addEventListener("submit", (event) => { event.preventDefault(); send(new FormData(element)); });
 * ```
 */
export function renderForm(container: Element, notice: FormNotice, options: RenderOptions): RenderedForm {
  const lang = options.lang ?? "zh";
  const fields = notice.form(options.kind);
  const form = element("form", "kepu-form") as HTMLFormElement;
  form.lang = lang === "en" ? "en" : "zh-CN";
  const after = fields.filter(isAfterwards);
  const first = fields.filter((asked) => asked.required || fields.some((other) => other.required && isTwin(asked, other)));
  const more = fields.filter((asked) => !first.includes(asked) && !after.includes(asked));
  const isActivity = fields.some((asked) => asked.field === "start");
  for (const [title, list] of [
    [word(isActivity ? "first" : "summaryOf", lang), first],
    [word("more", lang), more],
    [word("after", lang), after],
  ] as const) {
    if (list.length > 0) form.append(section(title, list, fields, lang));
  }
  form.append(element("button", "kepu-submit", options.submit ?? word("submit", lang)));
  container.append(form);
  const bound = bindForm(form, notice, options);
  return {
    element: form,
    check: bound.check,
    destroy() {
      bound.destroy();
      form.remove();
    },
  };
}

/** Whether the notice asks for it when the activity is over. */
function isAfterwards(asked: FormField): boolean {
  return asked.asks.some((ask) => typeof ask.from === "object" && ask.from !== null);
}

/** Whether the notice names the same days for both: the last day stands beside the first. */
function isTwin(asked: FormField, other: FormField): boolean {
  return asked.spans.length > 0 && JSON.stringify(asked.spans) === JSON.stringify(other.spans);
}

function section(title: string, list: readonly FormField[], all: readonly FormField[], lang: Lang): HTMLElement {
  const box = element("section", "kepu-section");
  box.append(element("h2", "", title));
  if (list.some((asked) => asked.required)) box.append(element("p", "kepu-ours", word("ours", lang)));
  box.append(...list.map((asked) => field(asked, all, lang)));
  return box;
}

let made = 0;

function field(asked: FormField, all: readonly FormField[], lang: Lang): HTMLElement {
  const id = `kepu-field-${(made += 1)}`;
  const isGroup = isChoiceOfMany(asked) || isChoiceOfFew(asked);
  const box = element(isGroup ? "fieldset" : "div", "kepu-field");
  const label = element(isGroup ? "legend" : "label", "kepu-label", asked.label[lang]);
  if (label instanceof HTMLLabelElement) label.htmlFor = id;
  if (asked.required) {
    label.append(" ", element("span", "kepu-required", word("required", lang)));
  }
  box.append(label);
  const hint = hints(asked, all, lang);
  if (hint) {
    hint.id = `${id}-hint`;
    box.append(hint);
  }
  const input = isGroup ? choices(asked, lang) : control(asked, id, lang);
  box.append(input);
  if (hint) (isGroup ? box : input).setAttribute("aria-describedby", hint.id);
  if (input instanceof HTMLInputElement && input.type === "date") box.append(...dayButtons(asked, input, lang));
  if (input instanceof HTMLSelectElement && asked.choices.some((choice) => choice.hints.length > 0)) box.append(suggestions(asked, input, lang));
  if (input instanceof HTMLInputElement && asked.choices.length > 0) box.append(datalist(asked, input));
  return box;
}

function isChoiceOfMany(asked: FormField): boolean {
  return asked.list && asked.choices.length > 0;
}

function isChoiceOfFew(asked: FormField): boolean {
  return !asked.list && asked.type === "name" && asked.choices.length > 0 && asked.choices.length <= 4;
}

function choices(asked: FormField, lang: Lang): HTMLElement {
  const box = element("div", "kepu-choices");
  const type = asked.list ? "checkbox" : "radio";
  for (const choice of asked.choices) {
    const label = element("label", "kepu-choice");
    const input = element("input", "") as HTMLInputElement;
    Object.assign(input, { type, name: asked.field, value: choice.name });
    label.append(input, element("span", "", choice.name));
    const like = suggested(choice, lang);
    if (like) label.append(element("small", "kepu-like", like));
    box.append(label);
  }
  return box;
}

function control(asked: FormField, id: string, lang: Lang): HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement {
  const input = bare(asked, lang);
  input.id = id;
  input.name = asked.field;
  if (asked.required) input.setAttribute("aria-required", "true");
  return input;
}

function bare(asked: FormField, lang: Lang): HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement {
  if (asked.type === "name" && asked.choices.length > 0 && asked.field !== "unit") return select(asked, lang);
  if (asked.list || (asked.type === "text" && asked.asks.length + Number(asked.field === "description") > 0)) {
    return Object.assign(element("textarea", "") as HTMLTextAreaElement, { rows: 3 });
  }
  const input = element("input", "") as HTMLInputElement;
  input.type = INPUTS[asked.type] ?? "text";
  input.inputMode = KEYBOARDS[asked.type] ?? "";
  return input;
}

const INPUTS: Partial<Record<FormField["type"], string>> = { day: "date", moment: "datetime-local" };

/** Which keys a phone shows. Inputs of these types would refuse what the notice only remarks on. */
const KEYBOARDS: Partial<Record<FormField["type"], string>> = { phone: "tel", email: "email", link: "url" };

/** A list of one choice, its groups as the notice has them. */
function select(asked: FormField, lang: Lang): HTMLSelectElement {
  const input = element("select", "") as HTMLSelectElement;
  input.append(new Option(word(asked.required ? "choose" : "notChosen", lang), ""));
  let group: HTMLOptGroupElement | undefined;
  for (const choice of asked.choices) {
    const name = asked.closed ? choice.groups.at(-1) : undefined;
    if (name !== undefined && group?.label !== name) {
      group = element("optgroup", "") as HTMLOptGroupElement;
      group.label = name;
      input.append(group);
    }
    (name === undefined ? input : group)?.append(new Option(choice.name, choice.name));
  }
  return input;
}

function datalist(asked: FormField, input: HTMLInputElement): HTMLElement {
  const list = element("datalist", "");
  list.id = `${input.id}-list`;
  list.append(...asked.choices.map((choice) => new Option(choice.name, choice.name)));
  input.setAttribute("list", list.id);
  return list;
}

/** What the notice says of a field: what it asks, in its words; another field that does as well; one item a line. */
function hints(asked: FormField, all: readonly FormField[], lang: Lang): HTMLElement | undefined {
  const box = element("div", "kepu-hint");
  for (const ask of asked.asks) {
    const said = element("p", "", `${word("clause", lang)} ${ask.clause.number}：`);
    said.append(element("q", "", ask.clause.quote));
    for (const other of ask.or) {
      const label = all.find((field) => field.field === other)?.label[lang];
      if (label !== undefined) said.append(` ${word("or", lang, label)}`);
    }
    box.append(said);
  }
  for (const span of asked.spans) {
    box.append(element("p", "", `${span.what}：${days(own(span.first), own(span.last), lang)}（${word("clause", lang)} ${span.clause.number}）`));
  }
  if (asked.list && asked.choices.length === 0) box.append(element("p", "", word("lines", lang)));
  return box.childElementCount > 0 ? box : undefined;
}

/** A day that hangs on another field is no day yet. */
function own(moment: string | RelativeDay | null): string | null {
  return typeof moment === "string" ? moment : null;
}

/** A week or two of days to choose from; a longer window is only said. */
const MOST_DAYS = 10;

/** The days of the window, each a button that fills the field in. */
function dayButtons(asked: FormField, input: HTMLInputElement, lang: Lang): HTMLElement[] {
  const span = asked.spans.find((span) => typeof span.first === "string" && typeof span.last === "string");
  const list = span ? daysOf(String(span.first), String(span.last)) : [];
  if (!span || list.length === 0) return [];
  const box = element("div", "kepu-days");
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", `${asked.label[lang]}：${span.what}`);
  for (const iso of list) {
    const button = element("button", "kepu-day", day(iso, lang)) as HTMLButtonElement;
    button.type = "button";
    button.addEventListener("click", () => {
      input.value = iso;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
    box.append(button);
  }
  return [box];
}

function daysOf(first: string, last: string): string[] {
  const list: string[] = [];
  const moment = new Date(`${first.slice(0, 10)}T00:00:00Z`);
  while (list.length <= MOST_DAYS && moment.toISOString().slice(0, 10) <= last.slice(0, 10)) {
    list.push(moment.toISOString().slice(0, 10));
    moment.setUTCDate(moment.getUTCDate() + 1);
  }
  return list.length > MOST_DAYS ? [] : list;
}

/** What the notice suggests for the choice that is made. */
function suggestions(asked: FormField, input: HTMLSelectElement, lang: Lang): HTMLElement {
  const box = element("div", "kepu-suggestions");
  box.setAttribute("aria-live", "polite");
  input.addEventListener("change", () => {
    const choice = asked.choices.find((choice) => choice.name === input.value);
    const lines = choice?.hints.map((hint) => {
      const line = element("p", "");
      line.append(element("strong", "", `${about(hint.about, lang)}：`), listed([hint], lang));
      line.title = `${hint.clause.number} ${hint.clause.quote}`;
      return line;
    });
    box.replaceChildren(...(lines ?? []));
  });
  return box;
}

function suggested(choice: Choice, lang: Lang): string {
  return choice.hints.length > 0 ? `${word("like", lang)}：${listed(choice.hints, lang)}` : "";
}
