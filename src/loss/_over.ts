import type * as z from "zod";
import { choice } from "@/core/mod.ts";

/** What one sum, or one mean, of a loss goes over. */
export type Over = "batch" | "sample";

/** The option that says what one sum goes over. */
export function overOption(): z.ZodDefault<
  z.ZodEnum<{ [Word in Over]: Word }>
> {
  return choice(["batch", "sample"], "batch", "what one sum goes over");
}

/** The axes of `[N, D, H, W, 1]` that such a sum goes over. */
export function axesOf(over: Over): readonly number[] {
  return over === "sample" ? [1, 2, 3, 4] : [0, 1, 2, 3, 4];
}
