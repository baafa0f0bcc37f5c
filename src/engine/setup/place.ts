import { join } from "node:path";

/** Which build of the library: for processors, or for NVIDIA's graphics processors. */
export type Build = "cpu" | "gpu";

/** TensorFlow's version, one everywhere: another one is another stream of bits. */
export const TENSORFLOW_VERSION = "2.21.0";

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

/** The folder of one build. */
export function buildFolder(build: Build): string {
  return join(engineFolder(), `tensorflow-${TENSORFLOW_VERSION}-${build}`);
}

/** The file of a build that is loaded; the others are found beside it. */
export function libraryPath(build: Build): string {
  return join(buildFolder(build), "tensorflow", "libtensorflow_cc.so.2");
}
