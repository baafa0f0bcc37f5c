import { homedir } from "node:os";
import { join, posix, win32 } from "node:path";
import { ExperimentError } from "@/core/mod.ts";
import type { Build } from "./build.ts";

/**
 * The folder of what Cleft downloads: `$CLEFT_CACHE`, or the user's cache.
 *
 * @throws {ExperimentError} If nothing tells where the user's home is.
 */
export function cacheFolder(): string {
  return cacheFolderOn(Deno.build.os, {
    variable: (name) => Deno.env.get(name),
    home: homedir,
  });
}

/** What a system tells of a user. */
export interface UserFacts {
  /** An environment variable. */
  variable(name: string): string | undefined;
  /** The home by the system's own list of users; empty where it has none. */
  home(): string | null;
}

/**
 * The same on any system. Paths that are not absolute tell nothing, as they
 * would mean another folder wherever one works.
 *
 * @throws {ExperimentError} If nothing tells where the user's home is.
 */
export function cacheFolderOn(
  os: string,
  { variable, home }: UserFacts,
): string {
  const { join, isAbsolute } = os === "windows" ? win32 : posix;
  const own = variable("CLEFT_CACHE");
  if (own) return own;
  const absolute = (path: string | null | undefined) =>
    path && isAbsolute(path) ? path : undefined;
  const shared = absolute(variable("XDG_CACHE_HOME"));
  if (shared) return join(shared, "cleft");
  if (os === "windows") {
    const local = absolute(variable("LOCALAPPDATA"));
    return join(
      local ?? join(userHome(), "AppData", "Local"),
      "cleft",
      "cache",
    );
  }
  const folder = os === "darwin" ? ["Library", "Caches"] : [".cache"];
  return join(absolute(variable("HOME")) ?? userHome(), ...folder, "cleft");

  function userHome(): string {
    const found = absolute(home());
    if (found) return found;
    throw new ExperimentError(
      "Cannot tell where to keep what Cleft fetches: the user has no home",
      {
        where: os === "windows" ? "LOCALAPPDATA" : "HOME",
        fix: "Set CLEFT_CACHE to a folder of your own",
      },
    );
  }
}

/** The folder of everything native. */
export function engineFolder(): string {
  return join(cacheFolder(), "engine");
}

/** The folder of one build, whether it is there or not. */
export function buildFolder({ folder }: Build): string {
  return join(engineFolder(), folder);
}
