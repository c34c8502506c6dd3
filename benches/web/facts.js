// What every peer is told: the rules of one record that all of them can say, and the two records that are checked.
export const AS_OF = "2023-10-08";
export const THEME = "提升全民科学素质，助力科技自立自强";
export const CATEGORIES = [
  "省级主场活动",
  "地方主场活动",
  "主办单位联合行动",
  "学会科普联合行动",
  "企业科普联合行动",
  "科技馆联合行动",
  "科普（教育）基地联合行动",
  "青少年科普专项行动",
  "科学家讲科普专项行动",
  "农技协科普专项行动",
  "“银龄跨越数字鸿沟”科普专项行动",
  "“云上科普日”专项行动",
];
export const REQUIRED = ["title", "organizer", "category", "start"];
export const WINDOW = ["2023-09-17", "2023-09-23"];
export const OPENS = "2023-08-21";
export const PHONE = "^(1[3-9]\\d{9}|0\\d{2,3}-?\\d{7,8}|[2-8]\\d{6,7})$";
export const EMAIL = "^[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+$";
export const COUNT = "^\\d+$";
export const LINK = "^https?://";
export const DAY = "^\\d{4}-\\d{2}-\\d{2}$";

/** Nothing to say of it. */
export const CLEAN = {
  id: "HN2023-004711",
  title: "“走近湿地”自然观察与科普讲座",
  organizer: "新乡市科学技术协会",
  region: "新乡市",
  category: "科普（教育）基地联合行动",
  theme: THEME,
  start: "2023-09-18",
  end: "2023-09-19",
  venue: "新乡市平原示范区黄河湿地保护中心",
  audience: "300",
  phone: "0371-65709215",
  email: "kepu@example.cn",
  published_on: "2023-09-01",
  images: "湿地01.jpg；湿地02.jpg",
  news_links: "https://www.example.cn/kepu/2023/0919/004711.html",
  report: "活动组织两百余名学生走进黄河湿地，观察候鸟，学习湿地保护知识，志愿者现场讲解，发放科普读物三百册，反响良好。",
};

/** Seven rules broken, none of which hides another. */
export const FAULTY = {
  ...CLEAN,
  title: "",
  category: "科技下乡",
  theme: "提升全民科学素养，助力科技自立自强",
  start: "2023-09-24",
  end: "2023-09-23",
  audience: "很多人",
  phone: "0371-6570",
  news_links: "javascript:alert(1)",
};
