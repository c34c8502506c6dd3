// Generated from kepu-core's tables of rules and fields; renew it by `tests/run renew`.

import type { Cell } from "./types.js";

/** The notices that come with the package. */
export type BundledNotice = "henan-2023";

/** An activity: what may stand in each field. */
export interface Activity {
  /** 编号 · ID */
  id?: Cell;
  /** 活动名称 · title */
  title?: Cell;
  /** 举办单位 · organiser */
  organizer?: Cell;
  /** 协办单位 · co-organisers */
  co_organizers?: Cell;
  /** 单位类型 · kind of organiser */
  organizer_kind?: Cell;
  /** 所在地 · region */
  region?: Cell;
  /** 活动类别 · category */
  category?: Cell;
  /** 内容板块 · content areas */
  content_areas?: Cell;
  /** 活动主题 · theme */
  theme?: Cell;
  /** 活动副主题 · sub-theme */
  sub_theme?: Cell;
  /** 开始日期 · first day */
  start?: Cell;
  /** 结束日期 · last day */
  end?: Cell;
  /** 活动时间 · days */
  period?: Cell;
  /** 活动形式 · mode */
  mode?: Cell;
  /** 活动地点 · venue */
  venue?: Cell;
  /** 参与人次 · audience */
  audience?: Cell;
  /** 活动内容 · description */
  description?: Cell;
  /** 联系人 · contact */
  contact?: Cell;
  /** 联系电话 · phone */
  phone?: Cell;
  /** 电子邮箱 · e-mail */
  email?: Cell;
  /** 线上活动链接 · online link */
  url?: Cell;
  /** 平台发布日期 · published on */
  published_on?: Cell;
  /** 使用标识 · marks */
  marks?: Cell;
  /** 活动图片 · pictures */
  images?: Cell;
  /** 活动视频 · videos */
  videos?: Cell;
  /** 新闻报道链接 · news links */
  news_links?: Cell;
  /** 活动总结 · report */
  report?: Cell;
}

/** A submission, such as a work summary: what may stand in each field. */
export interface Submission {
  /** 编号 · ID */
  id?: Cell;
  /** 报送单位 · unit */
  unit?: Cell;
  /** 单位类型 · kind of unit */
  unit_kind?: Cell;
  /** 所在地 · region */
  region?: Cell;
  /** 提交时间 · submitted on */
  submitted_on?: Cell;
  /** 工作总结 · work summary */
  report?: Cell;
  /** 联系人 · contact */
  contact?: Cell;
  /** 联系电话 · phone */
  phone?: Cell;
  /** 电子邮箱 · e-mail */
  email?: Cell;
}

/** The id of a field. */
export type FieldId = keyof Activity | keyof Submission;

/** What a field's cell is read as. */
export type FieldType = "text" | "name" | "theme" | "day" | "period" | "count" | "moment" | "phone" | "email" | "link" | "media";

/** How exactly a number of people is known. */
export type Precision = "exact" | "about" | "at-least" | "at-most";

/** The values as they were read; null where nothing was. */
export interface ActivityRead {
  /** 编号 · ID */
  id: string | null;
  /** 活动名称 · title */
  title: string | null;
  /** 举办单位 · organiser */
  organizer: string | null;
  /** 协办单位 · co-organisers */
  co_organizers: (string | null)[] | null;
  /** 单位类型 · kind of organiser */
  organizer_kind: string | null;
  /** 所在地 · region */
  region: string | null;
  /** 活动类别 · category */
  category: string | null;
  /** 内容板块 · content areas */
  content_areas: (string | null)[] | null;
  /** 活动主题 · theme */
  theme: string | null;
  /** 活动副主题 · sub-theme */
  sub_theme: string | null;
  /** 开始日期 · first day */
  start: string | null;
  /** 结束日期 · last day */
  end: string | null;
  /** 活动时间 · days */
  period: string | null;
  /** 活动形式 · mode */
  mode: string | null;
  /** 活动地点 · venue */
  venue: string | null;
  /** 参与人次 · audience */
  audience: number | null;
  /** How exactly the number of people is known. */
  audience_precision: Precision | null;
  /** 活动内容 · description */
  description: string | null;
  /** 联系人 · contact */
  contact: string | null;
  /** 联系电话 · phone */
  phone: string[] | null;
  /** 电子邮箱 · e-mail */
  email: string | null;
  /** 线上活动链接 · online link */
  url: string | null;
  /** 平台发布日期 · published on */
  published_on: string | null;
  /** 使用标识 · marks */
  marks: (string | null)[] | null;
  /** 活动图片 · pictures */
  images: (string | null)[] | null;
  /** 活动视频 · videos */
  videos: (string | null)[] | null;
  /** 新闻报道链接 · news links */
  news_links: (string | null)[] | null;
  /** 活动总结 · report */
  report: string | null;
}

/** The values as they were read; null where nothing was. */
export interface SubmissionRead {
  /** 编号 · ID */
  id: string | null;
  /** 报送单位 · unit */
  unit: string | null;
  /** 单位类型 · kind of unit */
  unit_kind: string | null;
  /** 所在地 · region */
  region: string | null;
  /** 提交时间 · submitted on */
  submitted_on: string | null;
  /** 工作总结 · work summary */
  report: string | null;
  /** 联系人 · contact */
  contact: string | null;
  /** 联系电话 · phone */
  phone: string[] | null;
  /** 电子邮箱 · e-mail */
  email: string | null;
}

/** What each rule's message is made of. */
export interface RuleArgs {
  /** 没有这一项，记录就无法核对。这是本工具的要求，不是通知的规定。
   *
   * Without it a record cannot be checked. The software needs it; the notice does not ask for it. */
  "missing-field": {
    field: FieldId[];
  };
  /** 写的不是日期，或可以有两种读法；本工具不猜。
   *
   * It is no day, or can be read as two; the software does not guess. */
  "unreadable-date": {
    field: FieldId[];
    value: string;
    example?: string;
  };
  /** 只写了月份、年份或“上旬”“近期”之类的说法，没有写明是哪一天。
   *
   * A month, a year or a vague word, and no day. */
  "imprecise-date": {
    field: FieldId[];
    value: string;
    example?: string;
  };
  /** 结束日期早于开始日期。
   *
   * The last day comes before the first. */
  "reversed-dates": {
    value: string;
    start: string;
    end: string;
  };
  /** 日期旁边写的星期与日历不符，两者必有一错。
   *
   * The weekday written beside a day is not the calendar's. */
  "weekday-mismatch": {
    value: string;
    written: string;
    day: string;
  };
  /** 看不出是多少人：没有数字、有两个数、自相矛盾，或数的不是人。
   *
   * Not one number of people: none, two, a contradiction, or a measure of something else. */
  "unreadable-count": {
    value: string;
  };
  /** 里面没有电话号码，或有读不懂的部分。
   *
   * It holds no telephone number, or something beside them that is none. */
  "malformed-phone": {
    value: string;
  };
  /** 不是一个电子邮箱地址。
   *
   * It is not one plain e-mail address. */
  "malformed-email": {
    value: string;
  };
  /** 不是以 http:// 或 https:// 开头、可以打开的网址。
   *
   * It is no http or https link with a host. */
  "malformed-link": {
    value: string;
    mended?: string;
  };
  /** 以 javascript:、vbscript:、data:、blob: 或 file: 开头，打开时会运行程序或读取本机文件。
   *
   * It begins with javascript:, vbscript:, data:, blob: or file: and would run, or read this computer's files. */
  "unsafe-link": {
    value: string;
  };
  /** 发布或提交的日期晚于核对的日期。
   *
   * A day of publishing or submitting that is later than the day of the check. */
  "future-day": {
    field: FieldId[];
    value: string;
    day: string;
    as_of: string;
  };
  /** 文字里有替换符、控制字符，或按错误的编码读出的字。
   *
   * The text holds replacement signs, control characters, or signs read in a wrong encoding. */
  "garbled-text": {
    field: FieldId[];
    value: string;
  };
  /** 文字以 =、+、@ 或像算式的 - 开头，电子表格打开时会当作公式运行。
   *
   * The text begins with =, +, @ or a - as of a sum: a spreadsheet would run it as a formula. */
  "formula-text": {
    field: FieldId[];
    value: string;
  };
  /** 一项超过 65,536 字节（约两万汉字），或超过 1,000 条，不再读取。
   *
   * A field over 65,536 bytes of UTF-8 or over 1,000 items is not read. */
  "too-long": {
    field: FieldId[];
    bytes: number;
    items: number;
  };
  /** 用的是简称或别称，已经理解；通知里另有正式名称。
   *
   * A short or other name, understood; the notice has an official one. */
  "unofficial-name": {
    value: string;
    official: string;
  };
  /** 活动类别不在通知列出的类别中。
   *
   * The category is not among those that the notice lists. */
  "unknown-category": {
    value: string;
    candidates?: string[];
  };
  /** 写的是一组类别的总称，没有写明是其中哪一类。
   *
   * The name of a group of categories, which does not say the category. */
  "group-as-category": {
    value: string;
    candidates?: string[];
  };
  /** 内容板块不在通知列出的板块中。
   *
   * The content area is not among those that the notice lists. */
  "unknown-content-area": {
    value: string;
    candidates?: string[];
  };
  /** 单位类型不是本工具认识的类型。
   *
   * The kind of unit is none that is known. */
  "unknown-organizer-kind": {
    value: string;
    candidates?: string[];
  };
  /** 所在地不是通知范围内的一个地方，或写了几个地方。
   *
   * The region is not one place that the notice covers. */
  "unknown-region": {
    value: string;
    candidates?: string[];
  };
  /** 通知写明这类活动（或整个活动）由哪类单位举办，而单位类型是另一类。
   *
   * The notice says which kinds of unit hold such activities, and the organiser is of another. */
  "organizer-mismatch": {
    value: string;
    category?: string;
    expected: string[];
  };
  /** 活动主题与通知的主题不同：写错了字，或另有主题。
   *
   * The theme is not the notice's: misspelt, or another. */
  "wrong-theme": {
    value: string;
    near?: string;
    themes?: string[];
  };
  /** 活动不在集中开展的日子里。通知另有更宽的活动期间并包括这些日子时，只是提示；否则是警告。
   *
   * The activity is beside the days of concentration: an info where a wider limit takes its days in, else a warning. */
  "outside-window": {
    value: string;
    start: string;
    end?: string;
    what: string;
    from?: string;
    to?: string;
    limit?: string;
    tentative?: string;
  };
  /** 活动有一部分在集中开展的日子里，一部分在外面。
   *
   * The activity touches the days of concentration and goes beyond them. */
  "spans-window": {
    value: string;
    start: string;
    end?: string;
    what: string;
    from?: string;
    to?: string;
    limit?: string;
    tentative?: string;
  };
  /** 活动完全在通知的活动期间之外。
   *
   * The activity is wholly outside the period that the notice sets. */
  "outside-period": {
    value: string;
    start: string;
    end?: string;
    what: string;
    from?: string;
    to?: string;
    limit?: string;
    tentative?: string;
  };
  /** 平台发布日期早于平台开放发布的日期。
   *
   * The day of publishing is before the platform opened. */
  "published-early": {
    value: string;
    day: string;
    platform: string;
    opens: string;
  };
  /** 平台发布日期晚于平台停止发布的日期。
   *
   * The day of publishing is after the platform closed. */
  "published-late": {
    value: string;
    day: string;
    platform: string;
    closes: string;
  };
  /** 通知要求在平台发布，活动已经开始，还没有平台发布日期。
   *
   * The notice asks for publishing, the activity has begun, and there is no day of publishing. */
  "missing-publication": {
    platform?: string;
    fields?: FieldId[];
    min?: number;
    due?: string;
    what?: string;
  };
  /** 通知要求补充的活动图片或视频还没有。
   *
   * The pictures or videos that the notice asks for are not there. */
  "missing-media": {
    fields: FieldId[];
    min: number;
    due?: string;
    what?: string;
  };
  /** 通知要求补充的新闻报道链接还没有。
   *
   * The news links that the notice asks for are not there. */
  "missing-news-link": {
    fields: FieldId[];
    min: number;
    due?: string;
    what?: string;
  };
  /** 通知要求的总结还没有。
   *
   * The report that the notice asks for is not there. */
  "missing-report": {
    fields: FieldId[];
    min: number;
    due?: string;
    what?: string;
  };
  /** 通知要求的其他内容还没有。
   *
   * Something else that the notice asks for is not there. */
  "missing-item": {
    fields: FieldId[];
    min: number;
    due?: string;
    what?: string;
  };
  /** 有，但少于通知要求的数量；或活动天数太少。
   *
   * Some, but fewer than the notice asks for; or too short an activity. */
  "too-few": {
    fields?: FieldId[];
    count?: number;
    min?: number;
    days?: number;
    min_days?: number;
    due?: string;
    what?: string;
  };
  /** 多于通知允许的数量；或活动天数太多。
   *
   * More than the notice allows; or too long an activity. */
  "too-many": {
    fields?: FieldId[];
    count?: number;
    max?: number;
    days?: number;
    max_days?: number;
    due?: string;
    what?: string;
  };
  /** 字数超过通知的限制（空白不计）。
   *
   * More characters than the notice allows (white space not counted). */
  "over-length": {
    fields: FieldId[];
    count: number;
    max_chars: number;
    due?: string;
    what?: string;
  };
  /** 填写了使用标识，但缺少通知要求的标识。
   *
   * The marks are given, and one that the notice asks for is lacking. */
  "incomplete-marks": {
    value: string;
    missing: string[];
  };
  /** 提交时间晚于通知规定的截止时间。已成事实，所以不阻止填报。
   *
   * Handed in after the deadline. Nobody can change that, so it never blocks a form. */
  "late-summary": {
    value: string;
    what: string;
    submitted: string;
    due: string;
  };
  /** 在截止当天提交：“前”字包括当天时算按时，不包括时算逾期。
   *
   * Handed in on the deadline's day: in time, unless the notice's 前 leaves that day out. */
  "deadline-day": {
    value: string;
    what: string;
    submitted: string;
    due: string;
    strict: string;
  };
  /** 截止时间已过，这个单位还没有提交。
   *
   * The deadline has passed, and the unit has not handed in. */
  "missing-summary": {
    unit: string;
    what: string;
    due: string;
  };
  /** 还没有提交，截止时间未到。
   *
   * Not handed in yet, and the deadline has not passed. */
  "pending-summary": {
    unit: string;
    what: string;
    due: string;
  };
  /** 报送单位不在应当报送的名单中。
   *
   * The unit is on no roster of those that owe. */
  "unknown-unit": {
    value: string;
    candidates?: string[];
  };
  /** 编号与前面的一条记录相同。
   *
   * An earlier record has the same id. */
  "duplicate-id": {
    value?: string;
    first: number;
    sheet?: string;
    file?: string;
  };
  /** 名称、开始日期、地点和举办单位都与前面的一条记录相同。
   *
   * An earlier record has the same title, first day, venue and organiser. */
  "duplicate-activity": {
    value?: string;
    first: number;
    sheet?: string;
    file?: string;
  };
  /** 数量超过通知规定的名额。
   *
   * More records than the notice allows. */
  "over-quota": {
    what: string;
    group?: string;
    limit: number;
    count: number;
  };
  /** 数量少于通知要求的最低数。
   *
   * Fewer records than the notice asks for. */
  "under-quota": {
    what: string;
    group?: string;
    limit: number;
    count: number;
  };
}

/** The stable id of a rule. */
export type RuleId = keyof RuleArgs;
