import { join } from "node:path";
import type { Build } from "./build.ts";

/** The folder of what Cleft downloads: `$CLEFT_CACHE`, or the user's cache. */
export function cacheFolder(): string {
  const own = Deno.env.get("CLEFT_CACHE");
  if (own) return own;
  const shared = Deno.env.get("XDG_CACHE_HOME");
  if (shared) return join(shared, "cleft");
  return join(Deno.env.get("HOME") ?? Deno.cwd(), ".cache", "cleft");
}

/** The folder of everything native. */
export function engineFolder(): string {
  return join(cacheFolder(), "engine");
}

/** The folder of one build, whether it is there or not. */
export function buildFolder({ folder }: Build): string {
  return join(engineFolder(), folder);
}
