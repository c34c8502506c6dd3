// The corpus of verdicts in a real browser: the same cases and the same comparison as in Node, the package's answers from the page.
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { after, before, test } from "node:test";
import { vectors } from "../vectors.mjs";
import { browser, serve } from "./house.mjs";

let server, chromium;
before(async () => {
  [server, chromium] = await Promise.all([serve(fileURLToPath(new URL("../../../kepu-wasm/dist/", import.meta.url))), browser()]);
});
after(async () => {
  await chromium.close();
  await server.close();
});

/** A notice that lives in the page. An error comes over as its code. */
function remote(handle) {
  const table = async (rows, asked) => {
    const { result, code, message } = await handle.evaluate(
      (notice, { rows, asked }) => notice.checkTable(rows, asked).then(({ findings, skipped }) => ({ result: { findings, skipped } }), ({ code, message }) => ({ code, message })),
      { rows, asked },
    );
    if (result === undefined) throw Object.assign(new Error(message), { code });
    return result;
  };
  return {
    check: (record, asked) => handle.evaluate((notice, [record, asked]) => {
      const { findings, read } = notice.check(record, asked);
      return { findings, read };
    }, [record, asked]),
    checkTable: table,
    close: () => handle.evaluate((notice) => notice.close()),
  };
}

test("the corpus of verdicts is answered in the browser as it is everywhere", async (t) => {
  const page = await (await chromium.newContext()).newPage();
  await page.route("**/empty.html", (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html><title>vectors</title>" }));
  await page.goto(`${server.address}empty.html`);
  const kepu = await page.evaluateHandle(async () => (await import("/index.js")).load());
  const { passed, failures } = await vectors({
    notices: await kepu.evaluate(({ notices }) => notices),
    notice: async (id) => remote(await kepu.evaluateHandle((kepu, id) => kepu.notice(id), id)),
    noticeFromJson: async (json) => remote(await kepu.evaluateHandle((kepu, json) => kepu.noticeFromJson(json), json)),
  });
  t.diagnostic(`${passed} passed, ${failures.length} failed, in ${await chromium.version()}`);
  assert.deepEqual(failures, []);
  assert.ok(passed > 0);
});
