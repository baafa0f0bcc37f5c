/** Faults that the house rules let pass, by rule and by a key of the fault. */
export class Exceptions {
  readonly #keys: ReadonlyMap<string, ReadonlySet<string>>;
  readonly #used = new Set<string>();

  constructor(lists: Readonly<Record<string, readonly string[]>>) {
    this.#keys = new Map(
      Object.entries(lists).map(([rule, keys]) => [rule, new Set(keys)]),
    );
  }

  /** Whether a fault is let pass. */
  has(rule: string, key: string): boolean {
    return this.#keys.get(rule)?.has(key) ?? false;
  }

  /** The same, said by a rule that has found the fault. */
  use(rule: string, key: string): boolean {
    if (!this.has(rule, key)) return false;
    this.#used.add(`${rule} ${key}`);
    return true;
  }

  /** What no rule has found, as `<rule> <key>`. */
  unused(): readonly string[] {
    return [...this.#keys].flatMap(([rule, keys]) =>
      [...keys].map((key) => `${rule} ${key}`)
    ).filter((entry) => !this.#used.has(entry));
  }
}
