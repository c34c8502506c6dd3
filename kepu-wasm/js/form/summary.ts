/** What stops a form, listed at its top, each item linked to its field (the error summary of the GOV.UK design system). */
import type { Lang } from "../types.js";
import { element } from "./message.js";
import type { Control } from "./values.js";
import { word } from "./words.js";

/** Something that stops the form, and the control at which it can be put right. */
export interface Stop {
  readonly text: string;
  readonly control: Control | undefined;
}

let made = 0;

/** The list of what stops the form. */
export class Summary {
  readonly #form: HTMLFormElement;
  readonly #lang: Lang;
  readonly #named = new Set<Control>();
  #box: HTMLElement | undefined;

  constructor(form: HTMLFormElement, lang: Lang) {
    this.#form = form;
    this.#lang = lang;
  }

  /** Shows these stops and takes the focus; takes itself away where there are none. */
  show(stops: readonly Stop[]): void {
    this.#box?.remove();
    this.#box = undefined;
    if (stops.length === 0) {
      // The ids that links needed are taken back.
      for (const control of this.#named) control.removeAttribute("id");
      this.#named.clear();
      return;
    }
    const box = element("div", "kepu-summary");
    box.lang = this.#lang === "en" ? "en" : "zh-CN";
    box.tabIndex = -1;
    box.setAttribute("role", "alert");
    const list = element("ul", "");
    list.append(...stops.map((stop) => this.#item(stop)));
    box.append(element("h2", "", word("summary", this.#lang, String(stops.length))), list);
    this.#form.prepend(box);
    this.#box = box;
    box.focus();
  }

  #item({ text, control }: Stop): HTMLElement {
    const item = element("li", "");
    if (!control) {
      item.textContent = text;
      return item;
    }
    if (!control.id) {
      control.id = `kepu-control-${(made += 1)}`;
      this.#named.add(control);
    }
    const link = element("a", "", text) as HTMLAnchorElement;
    link.href = `#${control.id}`;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      control.focus();
      (control.closest("label, fieldset") ?? control).scrollIntoView({ block: "center" });
    });
    item.append(link);
    return item;
  }
}
