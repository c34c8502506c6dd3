import { Model, surveyLocalization } from "survey-core";
import "survey-core/i18n/simplified-chinese";

import { CATEGORIES, COUNT, DAY, EMAIL, LINK, OPENS, PHONE, REQUIRED, THEME, WINDOW } from "../facts.js";

export async function load() {
  surveyLocalization.currentLocale = "zh-cn";
  const asked = (name, more = {}) => ({ type: "text", name, isRequired: REQUIRED.includes(name), ...more });
  const regex = (regex) => ({ validators: [{ type: "regex", regex }] });
  const expression = (expression) => ({ validators: [{ type: "expression", expression }] });
  const survey = new Model({
    elements: [
      asked("title"),
      asked("organizer"),
      asked("category", { type: "dropdown", choices: CATEGORIES }),
      asked("theme", expression(`{theme} = '${THEME}'`)),
      asked("start", expression(`{start} >= '${WINDOW[0]}' and {start} <= '${WINDOW[1]}'`)),
      asked("end", { validators: [{ type: "regex", regex: DAY }, { type: "expression", expression: "{end} >= {start}" }] }),
      asked("audience", regex(COUNT)),
      asked("phone", regex(PHONE)),
      asked("email", regex(EMAIL)),
      asked("published_on", expression(`{published_on} >= '${OPENS}'`)),
      asked("images", { isRequired: true }),
      asked("news_links", regex(LINK)),
    ],
  });
  return (record) => {
    survey.data = record;
    survey.validate(true);
    return survey.getAllQuestions().reduce((sum, question) => sum + question.errors.filter((error) => error.getText()).length, 0);
  };
}
