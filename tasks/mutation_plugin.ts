/**
 * A plugin for `deno lint` that says what mutations could change.
 *
 * @module
 */
import { changes } from "./mutate/changes.ts";

export default {
  name: "mutate",
  rules: { changes },
} satisfies Deno.lint.Plugin;
