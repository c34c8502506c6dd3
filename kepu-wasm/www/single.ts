/** The page as one file, for offices without a network: everything that it needs is in it. */
import wasm from "../dist/kepu.wasm";
import filesWasm from "../dist/kepu-files.wasm";
import worker from "../build/worker.txt";
import { open } from "./page.js";

void open({
  wasm,
  filesWasm,
  worker: () => new Worker(URL.createObjectURL(new Blob([worker], { type: "text/javascript" }))),
});
