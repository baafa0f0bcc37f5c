import { join } from "node:path";

/** Which build of the library. */
export type Build = "cpu" | "gpu";

/** TensorFlow's version, one everywhere: another one is another stream of bits. */
export const TENSORFLOW_VERSION = "2.21.0";

/** The file that says a folder is complete; written last. */
export const READY_FILE = "ready.json";

/** The folder of what Cleft downloads: `$CLEFT_CACHE`, or the user's cache. */
export function cacheFolder(): string {
  const own = Deno.env.get("CLEFT_CACHE");
  if (own) return own;
  const shared = Deno.env.get("XDG_CACHE_HOME");
  if (shared) return join(shared, "cleft");
  return join(Deno.env.get("HOME") ?? Deno.cwd(), ".cache", "cleft");
}

/** The folder of a build of the native library. */
export function buildFolder(build: Build): string {
  return join(
    cacheFolder(),
    "engine",
    `tensorflow-${TENSORFLOW_VERSION}-${build}`,
  );
}

/** The library's file, for `Deno.dlopen`. */
export function libraryPath(build: Build): string {
  const folder = buildFolder(build);
  const name = "libtensorflow_cc.so.2";
  return build === "cpu"
    ? join(folder, name)
    : join(folder, "tensorflow", name);
}

/** Whether a build is set up whole. */
export function isReady(build: Build): boolean {
  try {
    return Deno.statSync(join(buildFolder(build), READY_FILE)).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
