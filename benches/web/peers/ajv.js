import Ajv from "ajv";
import addFormats from "ajv-formats";
import zh from "ajv-i18n/localize/zh/index.js";

import { schema } from "./schema.js";

export async function load() {
  const ajv = new Ajv({ allErrors: true, $data: true, strict: false });
  addFormats(ajv, { keywords: true });
  const validate = ajv.compile(schema);
  return (record) => {
    if (validate(record)) return 0;
    zh(validate.errors);
    return validate.errors.filter(({ message }) => message).length;
  };
}
