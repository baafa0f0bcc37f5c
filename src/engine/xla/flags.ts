import { ExperimentError } from "@/core/mod.ts";

/** Flags of XLA, by name. */
export type Flags = Readonly<Record<string, string | boolean | number>>;

/** The variable that can set flags of the compiler, as `name=value`, spaces between. */
const VARIABLE = "CLEFT_XLA_FLAGS";

/**
 * The flags that the user sets. They count for every compilation, and are part
 * of what names a compiled program.
 *
 * @throws {ExperimentError} If one has no value.
 */
export function userFlags(): Flags {
  const words = (Deno.env.get(VARIABLE) ?? "").split(/\s+/).filter(Boolean);
  return Object.fromEntries(words.map((word) => {
    const [, name, value] = /^(?:--)?(\w+)=(.*)$/.exec(word) ?? [];
    if (name !== undefined) return [name, valueOf(value!)];
    throw new ExperimentError(`Cannot read the flag "${word}" of XLA`, {
      where: VARIABLE,
      fix: 'Write flags as "name=value", with spaces between them',
    });
  }));
}

function valueOf(text: string): string | boolean | number {
  if (text === "true" || text === "false") return text === "true";
  return text !== "" && Number.isFinite(Number(text)) ? Number(text) : text;
}
