import type { Kind, Lang, Notice } from "../js/index.js";

/** What people call a kind of record: an activity, or the thing that the notice's deadline names. */
export function kindLabel(notice: Notice, kind: Kind, lang: Lang): string {
  if (kind === "activity") return lang === "en" ? "Activity" : "活动";
  const { deadlines = [] } = notice.data as { deadlines?: { id: string; record?: string; what?: string }[] };
  return deadlines.find((deadline) => (deadline.record ?? deadline.id) === kind)?.what ?? kind;
}

interface Node {
  id: string;
  names: string[];
  items?: Node[];
}

/** From the id of a place or of a kind of activity to its name; a dash for what was not read. */
export function namesOf(notice: Notice): (id: string | null) => string {
  const names = new Map<string, string>();
  const take = (nodes: Node[] = []): void => {
    for (const node of nodes) {
      names.set(node.id, node.names[0] ?? node.id);
      take(node.items);
    }
  };
  const { regions, categories } = notice.data as { regions?: Node[]; categories?: Node[] };
  take(regions);
  take(categories);
  return (id) => (id === null ? "—" : (names.get(id) ?? id));
}
