/** One line of what was drawn: its name and its value in a few words. */
export interface DrawnLine {
  /** Its path in the parameters, such as `changes.gain`. */
  readonly name: string;
  /** Its value, long lists as a range. */
  readonly text: string;
}

/** Values of a list that are spelt out; of a longer one, its range is. */
const mostValues = 6;

/** What an augmentation drew, in a few lines for a reader. */
export function describeParameters(parameters: unknown): DrawnLine[] {
  if (!isNested(parameters)) return [{ name: "", text: textOf(parameters) }];
  return Object.entries(parameters).flatMap(([name, value]) =>
    linesOf(name, value)
  );
}

function linesOf(name: string, value: unknown): DrawnLine[] {
  if (value === null || isEmpty(value)) return [];
  if (!isNested(value)) return [{ name, text: textOf(value) }];
  if (!Array.isArray(value)) {
    return Object.entries(value).flatMap(([key, below]) =>
      linesOf(`${name}.${key}`, below)
    );
  }
  if (value.every(isRecord)) {
    // A list of alike records reads better as one list for each of their keys.
    const keys = [...new Set(value.flatMap((record) => Object.keys(record)))];
    return keys.flatMap((key) =>
      linesOf(`${name}.${key}`, value.map((record) => record[key] ?? null))
    );
  }
  return [{ name, text: listText(value) }];
}

function listText(list: readonly unknown[]): string {
  if (list.length <= mostValues) return list.map(textOf).join(", ");
  const numbers = list.flat(Infinity).filter((v) => typeof v === "number");
  const count = `${list.length} values`;
  if (numbers.length === 0) {
    const kinds = new Map<string, number>();
    for (const value of list) {
      kinds.set(textOf(value), (kinds.get(textOf(value)) ?? 0) + 1);
    }
    return [...kinds].map(([text, n]) => `${n} × ${text}`).slice(0, mostValues)
      .join(", ");
  }
  let low = Infinity, high = -Infinity;
  for (const value of numbers) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low === high) return `${count}, all ${textOf(low)}`;
  return `${count} from ${textOf(low)} to ${textOf(high)}`;
}

function textOf(value: unknown): string {
  if (typeof value === "number") {
    return `${Number(value.toPrecision(3))}`.replace("-", "−");
  }
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return `(${listText(value)})`;
  if (value === null) return "–";
  return typeof value === "string" ? value : JSON.stringify(value);
}

function isNested(value: unknown): value is object {
  return value !== null && typeof value === "object";
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return isNested(value) && !Array.isArray(value);
}
