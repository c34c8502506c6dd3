/**
 * The tape on which values pass to the core: each value behind the other, a text with its length before it. The format stands
 * at `Notice::from_tape` in kepu-core. A browser has the best-kept parser of JSON there is, so that the wasm has none.
 *
 * @throws RangeError if values stand in each other without end.
 */
export function tape(value: unknown): string {
  switch (typeof value) {
    case "string":
      return text(value);
    case "boolean":
      return value ? "t" : "f";
    case "number":
      // Not a number is empty, and no cell is endless.
      if (Number.isSafeInteger(value)) return `i${value};`;
      return Number.isFinite(value) ? `x${bits(value)}` : Number.isNaN(value) ? "n" : text(String(value));
    case "bigint":
      return text(String(value));
    case "object":
      if (value === null) return "n";
      if (Array.isArray(value)) return list(value);
      if (value instanceof Date) return tape(atUtc8(value));
      if (typeof File === "function" && value instanceof File) return text(value.name);
      if (typeof FileList === "function" && value instanceof FileList) return list(Array.from(value));
      return object(value);
    default:
      return "n";
  }
}

/** A text. Half a surrogate pair is no character; what stands for it is as long, and reported as garbled. */
function text(value: string): string {
  return `${value.length}:${value}`;
}

function list(items: readonly unknown[]): string {
  let out = "[";
  for (const item of items) out += tape(item);
  return `${out}]`;
}

function object(value: object): string {
  let out = "{";
  for (const key of Object.keys(value)) {
    const own: unknown = (value as Record<string, unknown>)[key];
    if (own !== undefined) out += text(key) + tape(own);
  }
  return `${out}}`;
}

function bits(value: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return [0, 4].map((at) => view.getUint32(at).toString(16).padStart(8, "0")).join("");
}

const UTC8 = 8 * 60 * 60_000;

/** An instant as the day and minute that it is at UTC+8, `2023-09-28T17:00`; null of what is none. */
export function atUtc8(date: Date): string | null {
  const there = new Date(date.getTime() + UTC8);
  return Number.isNaN(there.getTime()) ? null : there.toISOString().slice(0, -":00.000Z".length);
}
