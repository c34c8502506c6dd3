/** A form's controls by field, and what stands in them. */

/** A control that holds a value. */
export type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** Whether an element is a control that a field may be read from. */
export function isControl(element: EventTarget | null): element is Control {
  return (
    (element instanceof HTMLInputElement &&
      !["submit", "button", "reset", "image", "hidden"].includes(element.type)) ||
    element instanceof HTMLSelectElement ||
    element instanceof HTMLTextAreaElement
  );
}

/** The form's controls by name, in the order of the page. */
export function controls(form: HTMLFormElement): Map<string, Control[]> {
  const byName = new Map<string, Control[]>();
  for (const element of Array.from(form.elements)) {
    if (!isControl(element) || element.name === "" || element.disabled) continue;
    const same = byName.get(element.name);
    if (same) same.push(element);
    else byName.set(element.name, [element]);
  }
  return byName;
}

/** The record that a form holds: a text for a field, a list where several controls or choices belong to it. */
export function record(form: HTMLFormElement): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, group] of controls(form)) values[name] = value(group);
  return values;
}

function value(group: readonly Control[]): unknown {
  const first = group[0];
  if (first instanceof HTMLInputElement) {
    switch (first.type) {
      case "radio":
        return group.find((control) => (control as HTMLInputElement).checked)?.value ?? null;
      case "checkbox":
        return group.filter((control) => (control as HTMLInputElement).checked).map((control) => control.value);
      case "file":
        // A file input in which nothing was chosen may hand out one nameless file.
        return Array.from(first.files ?? [], (file) => file.name).filter((name) => name !== "");
    }
  }
  if (first instanceof HTMLSelectElement && first.multiple) {
    return Array.from(first.selectedOptions, (option) => option.value);
  }
  return group.length === 1 ? first?.value : group.map((control) => control.value);
}

/** The control that a finding's path points at. */
export function target(group: readonly Control[], index: number | undefined): Control | undefined {
  if (index === undefined) return group[0];
  const first = group[0];
  if (first instanceof HTMLInputElement && first.type === "checkbox") {
    return group.filter((control) => (control as HTMLInputElement).checked)[index] ?? first;
  }
  return group[index] ?? first;
}

/**
 * Writes a fix into its control, as if a person had typed it. Of a list in one text only the item that was found is
 * replaced, and only where it stands there once.
 */
export function write(
  group: readonly Control[],
  index: number | undefined,
  found: unknown,
  value: string,
): Control | undefined {
  const control = target(group, index);
  if (control instanceof HTMLInputElement && (control.type === "radio" || control.type === "checkbox")) {
    const wanted = group.find((other) => other.value === value) as HTMLInputElement | undefined;
    if (!wanted) return undefined;
    control.checked = false;
    wanted.checked = true;
    announce(wanted);
    return wanted;
  }
  if (!control || (control instanceof HTMLInputElement && control.type === "file")) return undefined;
  if (index !== undefined && group.length === 1) {
    const parts = typeof found === "string" && found !== "" ? control.value.split(found) : [];
    if (parts.length !== 2) return undefined;
    control.value = parts.join(value);
  } else {
    control.value = value;
  }
  announce(control);
  return control;
}

function announce(control: Control): void {
  control.dispatchEvent(new Event("input", { bubbles: true }));
  control.dispatchEvent(new Event("change", { bubbles: true }));
}
