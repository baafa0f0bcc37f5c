import type { EngineName } from "../names.ts";
import type { Wheel } from "./wheel.ts";

/** What a machine is, in Deno's words. */
export interface Machine {
  /** Such as "linux", "darwin" or "windows". */
  readonly os: string;
  /** Such as "x86_64" or "aarch64". */
  readonly arch: string;
}

/** What a build consists of on one kind of machine. */
export interface Bill {
  /** What to download. */
  readonly wheels: readonly Wheel[];
  /** The file that is loaded, its path inside the build's folder. */
  readonly library: string;
  /** What it takes on the disk once unpacked. */
  readonly diskBytes: number;
  /** Makes files from what was unpacked into a folder, and returns their paths. */
  make?(folder: string): readonly string[];
}

/** A bill, or why a machine has none. */
export type Support =
  | { readonly bill: Bill; readonly reason?: never }
  | { readonly bill?: never; readonly reason: string };

/** A library that can be set up. */
export interface Build {
  /** Its name among the builds. */
  readonly id: string;
  /** The engine that loads it. */
  readonly engine: EngineName;
  /** What people know it by, such as "TensorFlow 2.21.0". */
  readonly title: string;
  /** Its version. */
  readonly version: string;
  /** Its folder's name in the cache; another version has another. */
  readonly folder: string;
  /** The command that sets it up. */
  readonly command: string;
  /** What to do where it cannot be had, such as "Use --engine embedded". */
  readonly instead: string;
  /** What it consists of on a machine, this one by default. */
  support(machine?: Machine): Support;
}
