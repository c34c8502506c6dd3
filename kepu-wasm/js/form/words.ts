/** The few words that are the form's own; every message, label and advice comes from the core. */
import type { Hint, Lang } from "../types.js";

const WORDS = {
  error: ["需要更正", "To correct"],
  warning: ["请核对", "Please check"],
  info: ["供参考", "For your information"],
  clause: ["依据通知", "Clause"],
  ours: ["标“必填”的是填写要求，不是通知的规定", "“Required” is asked by this form, not by the notice"],
  fix: ["改为“{}”", "Change to “{}”"],
  summary: ["还有 {} 处需要更正", "There is something to correct: {}"],
  required: ["必填", "required"],
  choose: ["请选择", "Choose"],
  notChosen: ["不选", "None"],
  submit: ["提交", "Submit"],
  lines: ["每行一个", "one a line"],
  like: ["通知列举", "The notice names"],
  among: ["等", " and others"],
  or: ["或填“{}”", "or fill in “{}”"],
  after: ["活动结束后补充", "To add afterwards"],
  first: ["活动信息", "The activity"],
  summaryOf: ["报送信息", "The submission"],
  more: ["补充信息（选填）", "More (optional)"],
  from: ["{} 起", "from {}"],
  until: ["{} 止（含当日）", "until {} (included)"],
} as const;

/** A word of the form, with `{}` filled in. */
export function word(name: keyof typeof WORDS, lang: Lang, value = ""): string {
  return WORDS[name][lang === "en" ? 1 : 0].replace("{}", () => value);
}

/** What each kind of hint is about. */
const ABOUT: Record<string, readonly [string, string]> = {
  topic: ["主题内容", "topics"],
  form: ["活动形式", "forms"],
  venue: ["场所", "venues"],
  series: ["系列活动", "series"],
  theme: ["主题", "themes"],
  channel: ["渠道", "channels"],
  field: ["领域", "fields"],
  organizer: ["组织者", "organisers"],
};

export function about(hint: string, lang: Lang): string {
  return ABOUT[hint]?.[lang === "en" ? 1 : 0] ?? hint;
}

/** What the notice suggests, in one line. */
export function listed(hints: readonly Hint[], lang: Lang): string {
  const items = hints.flatMap((hint) => hint.items).join(lang === "en" ? ", " : "、");
  return hints.some((hint) => hint.open) ? `${items}${word("among", lang)}` : items;
}

/** Moments from one to another, either of which may be open. */
export function days(first: string | null, last: string | null, lang: Lang): string {
  if (first === null) return last === null ? "" : word("until", lang, day(last, lang));
  if (last === null) return word("from", lang, day(first, lang));
  return first === last ? day(first, lang) : `${day(first, lang)}—${day(last, lang)}`;
}

/** `2023-09-17` as people say it. */
export function day(iso: string, lang: Lang): string {
  const [date = iso, time] = iso.split("T");
  const moment = new Date(`${date}T00:00:00Z`);
  const options = { timeZone: "UTC", month: "short", day: "numeric", weekday: "short" } as const;
  const text = Number.isNaN(moment.getTime())
    ? date
    : new Intl.DateTimeFormat(lang === "en" ? "en" : "zh-CN", options).format(moment);
  return time === undefined ? text : `${text} ${time}`;
}
