/** The page as a server serves it; after the first load it needs none. */
import { open } from "./page.js";

void open();
if ("serviceWorker" in navigator) void navigator.serviceWorker.register("sw.js");
