import zh from "ajv-i18n/localize/zh/index.js";
// Made by run.mjs: ajv's standalone code.
import validate from "../build/standalone.cjs";

export async function load() {
  return (record) => {
    if (validate(record)) return 0;
    zh(validate.errors);
    return validate.errors.filter(({ message }) => message).length;
  };
}
