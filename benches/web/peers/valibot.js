import * as v from "valibot";

import { CATEGORIES, COUNT, DAY, EMAIL, LINK, OPENS, PHONE, THEME, WINDOW } from "../facts.js";

export async function load() {
  const text = (pattern, message) => v.pipe(v.string(), v.regex(new RegExp(pattern), message));
  const filled = v.pipe(v.string(), v.minLength(1, "请填写"));
  const day = v.regex(new RegExp(DAY), "不是日期");
  const schema = v.pipe(
    v.object({
      title: filled,
      organizer: filled,
      category: v.picklist(CATEGORIES, "不是通知列出的类别"),
      theme: v.literal(THEME, "不是通知的主题"),
      start: v.pipe(v.string(), day, v.check((start) => start >= WINDOW[0] && start <= WINDOW[1], "不在集中开展时间内")),
      end: v.pipe(v.string(), day),
      audience: text(COUNT, "不是数目"),
      phone: text(PHONE, "不是电话"),
      email: text(EMAIL, "不是邮箱"),
      published_on: v.pipe(v.string(), day, v.check((on) => on >= OPENS, "早于平台开放的日子")),
      images: filled,
      news_links: text(LINK, "不是链接"),
    }),
    v.forward(v.check(({ start, end }) => end >= start, "结束日期早于开始日期"), ["end"]),
  );
  return (record) => v.safeParse(schema, record).issues?.filter(({ message }) => message).length ?? 0;
}
