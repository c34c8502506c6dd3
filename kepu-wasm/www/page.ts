/** The page: three rooms over one notice, one moment and one language. */
import { load, type Kepu, type Lang, type LoadOptions, type Notice } from "../js/index.js";
import { both, h } from "./dom.js";
import { fillRoom } from "./fill.js";
import { noticeRoom } from "./notice.js";
import { sheetsRoom } from "./sheets.js";

/** What every room is given. */
export interface House {
  readonly kepu: Kepu;
  readonly notice: Notice;
  readonly lang: Lang;
  readonly asOf: () => string;
}

/** A room is built anew when the language or the moment changes; what it returns is called before it goes. */
export type Room = (house: House, place: HTMLElement) => (() => void) | undefined;

const ROOMS: Record<string, Room> = { fill: fillRoom, sheets: sheetsRoom, notice: noticeRoom };

/** Now, at UTC+8, as the control writes it. */
function now(): string {
  return new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 16);
}

function byId<T extends HTMLElement>(id: string): T {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page lacks #${id}`);
  return element as T;
}

/** Opens the page; where its parts lie is the caller's word. */
export async function open(options: LoadOptions = {}): Promise<void> {
  const place = byId("room");
  const moment = byId<HTMLInputElement>("as-of");
  const asked = byId<HTMLFormElement>("asked");
  moment.value = now();
  let leave: (() => void) | undefined;
  let kepu: Kepu;
  try {
    kepu = await load(options);
  } catch (error) {
    const words = both("这个浏览器打不开核对程序，请换用较新的浏览器。", "This browser cannot run the checker; use a newer one.");
    place.replaceChildren(h("p", { class: "bad", role: "alert" }, words, ` ${String(error)}`));
    return;
  }
  const notice = kepu.notice(kepu.notices[0] ?? "");
  byId("notice-title").textContent = notice.title ?? notice.id;
  byId("version").textContent = `kepu ${kepu.version} · ${notice.id}`;

  const enter = (event?: Event): void => {
    const name = location.hash.slice(1).split("/")[0] ?? "";
    const room = ROOMS[name] ?? fillRoom;
    leave?.();
    for (const link of document.querySelectorAll(".rooms a")) {
      if (link.getAttribute("href") === `#${ROOMS[name] ? name : "fill"}`) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    const lang = new FormData(asked).get("lang") === "en" ? "en" : "zh";
    place.replaceChildren();
    leave = room({ kepu, notice, lang, asOf: () => moment.value || now() }, place);
    if (event?.type === "hashchange") place.focus();
  };
  addEventListener("hashchange", enter);
  asked.addEventListener("change", enter);
  asked.addEventListener("submit", (event) => event.preventDefault());
  byId("now").addEventListener("click", () => {
    moment.value = now();
    enter();
  });
  enter();
}
