import { join, posix, win32 } from "node:path";
import type { Build } from "./build.ts";

/** The folder of what Cleft downloads: `$CLEFT_CACHE`, or the user's cache. */
export function cacheFolder(): string {
  const { os } = Deno.build;
  return cacheFolderOn(os, (name) => Deno.env.get(name)) ??
    join(Deno.cwd(), ".cache", "cleft");
}

/**
 * The same on any system, from its environment variables; null where they do
 * not tell of a home.
 */
export function cacheFolderOn(
  os: string,
  variable: (name: string) => string | undefined,
): string | null {
  const { join } = os === "windows" ? win32 : posix;
  const own = variable("CLEFT_CACHE");
  if (own) return own;
  const shared = variable("XDG_CACHE_HOME");
  if (shared) return join(shared, "cleft");
  if (os === "windows") {
    const local = variable("LOCALAPPDATA");
    return local ? join(local, "cleft", "cache") : null;
  }
  const home = variable("HOME");
  if (!home) return null;
  return os === "darwin"
    ? join(home, "Library", "Caches", "cleft")
    : join(home, ".cache", "cleft");
}

/** The folder of everything native. */
export function engineFolder(): string {
  return join(cacheFolder(), "engine");
}

/** The folder of one build, whether it is there or not. */
export function buildFolder({ folder }: Build): string {
  return join(engineFolder(), folder);
}
