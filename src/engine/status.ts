import { join } from "node:path";
import { builds } from "./builds.ts";
import type { EngineName } from "./names.ts";
import { buildFolder } from "./setup/place.ts";
import { findInstalled } from "./setup/ready.ts";
import { checkBuild } from "./setup/verify.ts";
import { tensorflow } from "./tensorflow/builds.ts";

/** What is set up of one library. */
export interface BuildStatus {
  /** Its name among the builds. */
  readonly build: string;
  /** The engine that loads it. */
  readonly engine: EngineName;
  /** What people know it by, such as "TensorFlow 2.21.0". */
  readonly title: string;
  /** The command that sets it up. */
  readonly command: string;
  /** Whether it is there whole. */
  readonly isReady: boolean;
  /** Why it cannot be set up on this machine, if so. */
  readonly unsupported: string | null;
  /** TensorFlow's version, if this is TensorFlow and it is there. */
  readonly tensorflow: string | null;
  /** Where it is, or would be. */
  readonly folder: string;
  /** The file that is loaded, or would be; null where there is none. */
  readonly libraryPath: string | null;
  /** What it takes on the disk; 0 if it is not there. */
  readonly bytes: number;
}

/** What is set up of each library; loads nothing. */
export function engineStatus(): BuildStatus[] {
  return builds.map((build) => {
    const there = findInstalled(build), { bill, reason } = build.support();
    const isTensorflow = build.engine === "tensorflow";
    return {
      build: build.id,
      engine: build.engine,
      title: build.title,
      command: build.command,
      isReady: there !== null,
      unsupported: reason ?? null,
      tensorflow: there && isTensorflow ? build.version : null,
      folder: buildFolder(build),
      libraryPath: bill ? join(buildFolder(build), bill.library) : null,
      bytes: there?.bytes ?? 0,
    };
  });
}

/** Whether TensorFlow's library can be opened without a download. */
export function isNativeReady(): boolean {
  return findInstalled(tensorflow) !== null;
}

/** What a library in the cache is like. */
export interface BuildCheck
  extends
    Pick<BuildStatus, "title" | "engine" | "command" | "folder" | "bytes"> {
  /** What is wrong with it, in words; empty if it is as it was unpacked. */
  readonly faults: readonly string[];
}

/**
 * Checks the libraries in the cache, those that are not there left out: where
 * something has changed since it was found right, or, if thorough, by every byte.
 */
export async function checkBuilds(
  { isThorough }: { isThorough: boolean },
): Promise<BuildCheck[]> {
  const checks: BuildCheck[] = [];
  for (const build of builds) {
    const { isThere, faults } = await checkBuild(build, { isThorough });
    if (!isThere) continue;
    const { title, engine, command } = build, folder = buildFolder(build);
    const bytes = findInstalled(build)?.bytes ?? 0;
    checks.push({ title, engine, command, folder, bytes, faults });
  }
  return checks;
}
