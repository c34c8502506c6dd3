import assert from "node:assert/strict";
import { test } from "node:test";

import { load } from "../../kepu-wasm/dist/node.js";

const kepu = await load({ lang: "en" });
const notice = kepu.notice("henan-2023");
const options = { asOf: "2023-10-08" };

test("after a trap the call says so, and the next one has a new instance", () => {
  // More than the module may ever hold: it traps when it asks for the memory.
  const huge = { title: "长".repeat(120_000_000) };
  assert.throws(() => notice.check(huge, options), (error) => error.code === "internal" && /started anew/.test(error.message));
  assert.equal(notice.check({}, options).findings[0].rule, "missing-field");
  assert.equal(kepu.notice("henan-2023").check({}, options).findings[0].rule, "missing-field");
});

test("a second load gives what the first one loaded", async () => {
  assert.equal(await load(), kepu);
});
