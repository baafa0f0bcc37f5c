import { type Build, buildFolder, libraryPath } from "./setup/place.ts";
import { readInventory } from "./setup/ready.ts";
import { supportOf } from "./setup/support.ts";

/** What is set up of one build of the native library. */
export interface BuildStatus {
  /** For processors, or for NVIDIA's graphics processors. */
  readonly build: Build;
  /** Whether it is there whole. */
  readonly isReady: boolean;
  /** Why it cannot be set up on this machine, if so. */
  readonly unsupported: string | null;
  /** TensorFlow's version, if it is there. */
  readonly tensorflow: string | null;
  /** Where it is, or would be. */
  readonly folder: string;
  /** The file that is loaded. */
  readonly libraryPath: string;
  /** What it takes on the disk; 0 if it is not there. */
  readonly bytes: number;
}

/** What is set up of the native library; loads nothing. */
export function engineStatus(): BuildStatus[] {
  return (["cpu", "gpu"] as const).map((build) => {
    const inventory = readInventory(buildFolder(build));
    return {
      build,
      isReady: inventory !== null,
      unsupported: supportOf(build).reason ?? null,
      tensorflow: inventory?.tensorflow ?? null,
      folder: buildFolder(build),
      libraryPath: libraryPath(build),
      bytes: (inventory?.files ?? []).reduce((sum, f) => sum + f.bytes, 0),
    };
  });
}

/** Whether the native library can be opened without a download. */
export function isNativeReady(): boolean {
  return readInventory(buildFolder("cpu")) !== null;
}
