// The rules as JSON Schema: the order of days and the window are `format` functions, since no keyword compares two fields.
import { CATEGORIES, COUNT, DAY, EMAIL, LINK, OPENS, PHONE, REQUIRED, THEME, WINDOW } from "../facts.js";

const text = { type: "string" };
const day = { type: "string", pattern: DAY, format: "date" };

export const schema = {
  $id: "activity",
  type: "object",
  required: REQUIRED,
  properties: {
    title: { ...text, minLength: 1 },
    organizer: { ...text, minLength: 1 },
    category: { enum: CATEGORIES },
    theme: { const: THEME },
    start: { ...day, formatMinimum: WINDOW[0], formatMaximum: WINDOW[1] },
    end: { ...day, formatMinimum: { $data: "1/start" } },
    audience: { ...text, pattern: COUNT },
    phone: { ...text, pattern: PHONE },
    email: { ...text, pattern: EMAIL },
    published_on: { ...day, formatMinimum: OPENS },
    images: { ...text, minLength: 1 },
    news_links: { ...text, pattern: LINK },
  },
};
