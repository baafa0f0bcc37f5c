import { join } from "node:path";
import {
  hashFile,
  isSameStamp,
  type Stamp,
  stampOf,
  systemFault,
  writeAtomically,
} from "@/core/mod.ts";
import type { Build } from "./build.ts";
import { buildFolder } from "./place.ts";
import { findInstalled, readInventory } from "./ready.ts";

/** What a build in the cache is like. */
export interface BuildHealth {
  /** Whether there is anything of it. */
  readonly isThere: boolean;
  /** What is wrong with it, in words; empty if it is as it was unpacked. */
  readonly faults: readonly string[];
}

/** Stamps of files whose hash was right, kept in a build's folder. */
const NAME = "checked.json";

/**
 * Looks whether a build is as it was unpacked. Files are hashed again where they
 * have changed since they were found right, by size, times and number on the
 * disk; all of them if thorough, which finds what a disk lost by itself.
 */
export async function checkBuild(
  build: Build,
  { isThorough }: { isThorough: boolean },
): Promise<BuildHealth> {
  const folder = buildFolder(build);
  if (!isFolder(folder)) return { isThere: false, faults: [] };
  const inventory = findInstalled(build) && readInventory(folder);
  if (!inventory) {
    return {
      isThere: true,
      faults: ["it is not complete, or of other wheels"],
    };
  }
  const known = readStamps(folder), faults: string[] = [];
  const right: Record<string, Stamp> = {};
  let isNew = false;
  for (const { path, sha256 } of inventory.files) {
    const file = join(folder, path), stamp = stampOf(Deno.statSync(file));
    const before = known[path];
    const isTrusted = !isThorough && before && isSameStamp(before, stamp);
    const fault = isTrusted ? null : await faultOf(file, sha256);
    if (fault) faults.push(`"${path}" ${fault}`);
    else right[path] = stamp;
    isNew ||= !isTrusted;
  }
  if (isNew) remember(folder, right);
  return { isThere: true, faults };
}

async function faultOf(path: string, sha256: string): Promise<string | null> {
  try {
    return await hashFile(path) === sha256 ? null : "is damaged";
  } catch (error) {
    const fault = systemFault(error);
    if (fault) return `cannot be read: ${fault.reason}`;
    throw error;
  }
}

function readStamps(folder: string): Record<string, Stamp> {
  try {
    return JSON.parse(Deno.readTextFileSync(join(folder, NAME))) ?? {};
  } catch (error) {
    if (error instanceof SyntaxError || systemFault(error)) return {};
    throw error;
  }
}

/** In a cache that others own, everything is hashed each time. */
function remember(folder: string, stamps: Record<string, Stamp>): void {
  try {
    writeAtomically(join(folder, NAME), JSON.stringify(stamps, null, 2));
  } catch (error) {
    if (!systemFault(error)) throw error;
  }
}

function isFolder(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch (error) {
    if (systemFault(error)) return false;
    throw error;
  }
}
