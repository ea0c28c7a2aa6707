/** Which act a key asks for, where no field is being filled in. */

export type Act = { kind: "search" } | { kind: "help" } | { kind: "go"; key: string };

export interface Press {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  isComposing: boolean;
  /** Whether a field has the focus. */
  typing: boolean;
}

const WAIT_MS = 1500;

/** Reads keys one after another; `g` waits a moment for the letter of a page. */
export class Keys {
  private since = Number.NEGATIVE_INFINITY;

  press(press: Press, now: number): Act | undefined {
    if (press.typing || press.isComposing || press.ctrlKey || press.metaKey || press.altKey) return undefined;
    const waits = now - this.since < WAIT_MS;
    this.since = Number.NEGATIVE_INFINITY;
    if (waits && /^[a-z]$/.test(press.key)) return { kind: "go", key: press.key };
    if (press.key === "g") this.since = now;
    if (press.key === "/") return { kind: "search" };
    if (press.key === "?") return { kind: "help" };
    return undefined;
  }
}

const FIELDS = "input, textarea, select, [contenteditable=true], [role=combobox]";

/** Whether keys belong to a field. */
export const isField = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest(FIELDS) !== null;
