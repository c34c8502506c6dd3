import * as z from "zod";
import { zhCN } from "zod/locales";

import { CATEGORIES, COUNT, DAY, EMAIL, LINK, OPENS, PHONE, THEME, WINDOW } from "../facts.js";

export async function load() {
  z.config(zhCN());
  const day = z.string().regex(new RegExp(DAY));
  const schema = z
    .object({
      title: z.string().min(1),
      organizer: z.string().min(1),
      category: z.enum(CATEGORIES),
      theme: z.literal(THEME),
      start: day.refine((start) => start >= WINDOW[0] && start <= WINDOW[1], "不在集中开展时间内"),
      end: day,
      audience: z.string().regex(new RegExp(COUNT)),
      phone: z.string().regex(new RegExp(PHONE)),
      email: z.string().regex(new RegExp(EMAIL)),
      published_on: day.refine((on) => on >= OPENS, "早于平台开放的日子"),
      images: z.string().min(1),
      news_links: z.string().regex(new RegExp(LINK)),
    })
    .refine(({ start, end }) => end >= start, { message: "结束日期早于开始日期", path: ["end"] });
  return (record) => schema.safeParse(record).error?.issues.filter(({ message }) => message).length ?? 0;
}
