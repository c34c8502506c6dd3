import type { BundledNotice } from "./generated.js";

/** The notices that come with the package: a line each, in files of their own. */
const FILES: Record<BundledNotice, () => Promise<{ default: string }>> = {
  "henan-2023": () => import("../../kepu-core/notices/generated/henan-2023.tape"),
};

/** Their tapes by their names. @internal */
export async function bundled(): Promise<ReadonlyMap<string, string>> {
  const read = async ([name, file]: [string, () => Promise<{ default: string }>]): Promise<[string, string]> => [name, (await file()).default];
  return new Map(await Promise.all(Object.entries(FILES).map(read)));
}
