import assert from "node:assert/strict";
import { test } from "node:test";

import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { FormApi } from "@tanstack/form-core";
import { createFormControl } from "react-hook-form";

import { load } from "../../kepu-wasm/dist/node.js";

const kepu = await load();
const schema = kepu.notice("henan-2023").standardSchema("activity", { asOf: "2023-10-08" });
const GOOD = { title: "走近湿地", organizer: "新乡市科协", category: "地方主场活动", start: "2023-09-16" };
const validate = schema["~standard"].validate;

test("success gives the input back, though there are warnings", () => {
  const result = validate(GOOD);
  assert.equal(result.value, GOOD);
  assert.equal(result.issues, undefined);
});

test("only what blocks is an issue, with rule, severity and clause", () => {
  const { issues } = validate({ ...GOOD, category: "春节联欢", news_links: ["javascript:alert(1)"] });
  assert.deepEqual(issues.map(({ rule, severity, path }) => [rule, severity, path]), [
    ["unknown-category", "error", ["category"]],
    ["unsafe-link", "error", ["news_links", 0]],
  ]);
  assert.ok(issues[0].clause.quote.length > 0 && issues[1].clause === null);
  assert.match(issues[0].message, /春节联欢/);
  assert.equal(schema["~standard"].version, 1);
});

test("the moment is now unless it is said, or given anew each time", () => {
  const asked = [];
  const own = kepu.notice("henan-2023").standardSchema("summary", {
    asOf: () => (asked.push(1), "2023-09-01"),
  });
  own["~standard"].validate({ unit: "新乡市科协" });
  own["~standard"].validate({ unit: "新乡市科协" });
  assert.equal(asked.length, 2);
  assert.ok("value" in kepu.notice("henan-2023").standardSchema()["~standard"].validate(GOOD));
});

test("react-hook-form shows each issue at its field", async () => {
  const form = createFormControl({ defaultValues: { ...GOOD, start: "9月31日" }, resolver: standardSchemaResolver(schema) });
  for (const name of Object.keys(GOOD)) form.register(name);
  let errors;
  await form.handleSubmit(() => assert.fail("submitted"), (found) => (errors = found))();
  assert.deepEqual(Object.keys(errors), ["start"]);
  assert.match(errors.start.message, /9月31日/);
  form.setValue("start", "9月19日");
  let submitted;
  await form.handleSubmit((values) => (submitted = values))();
  assert.equal(submitted.start, "9月19日");
});

test("TanStack Form keeps rule and clause on each issue", async () => {
  const form = new FormApi({ defaultValues: { ...GOOD, category: "" }, validators: { onSubmit: schema } });
  form.mount();
  await form.handleSubmit();
  const [issue] = form.getAllErrors().fields.category.errors;
  assert.equal(issue.rule, "missing-field");
  assert.equal(form.state.isSubmitted, false);
});
