import { spawnSync } from "node:child_process";
import { cpus } from "node:os";
import { join } from "node:path";
import { cleftVersion, programEnvironment, sha256Hex } from "@/core/mod.ts";
import type { Environment } from "./types.ts";

/** The part of {@linkcode Environment} that the machine decides. */
export type MachineFacts = Pick<Environment, "cpu" | "gpu" | "os" | "versions">;

/** The part of {@linkcode Environment} that the code decides. */
export type CodeFacts = Pick<
  Environment,
  "commit" | "dirtyDiff" | "lockfileSha256" | "notices"
>;

/** What is kept of an uncommitted change. */
const diffBytes = 1024 * 1024;

/** Processor, graphics processor, operating system, and versions of Cleft, Deno and V8. */
export function describeMachine(): MachineFacts {
  return {
    cpu: cpus()[0]?.model.trim() || Deno.build.arch,
    gpu: output("nvidia-smi", ["--query-gpu=name", "--format=csv,noheader"])
      ?.trim().replaceAll("\n", ", ") || null,
    os: `${systemName()} (${Deno.build.os} ${Deno.osRelease()})`,
    versions: {
      cleft: cleftVersion,
      deno: Deno.version.deno,
      v8: Deno.version.v8,
    },
  };
}

/**
 * The commit of the code in `folder`, what differs from it, and the hash of
 * its deno.lock (empty if there is none). The difference is what `git diff`
 * prints, then a line for each file that git does not know; at most 1 MiB of
 * it is kept, the hash of all of it tells the rest apart.
 */
export function describeCode(folder: string): CodeFacts {
  const git = (...args: string[]) =>
    output("git", ["-C", folder, "-c", "core.quotePath=off", ...args]);
  const lockfileSha256 = hashOf(join(folder, "deno.lock"));
  const commit = git("rev-parse", "HEAD")?.trim();
  if (!commit) {
    return {
      commit: null,
      dirtyDiff: "",
      lockfileSha256,
      notices: ["The code is not in a git repository, or git is missing"],
    };
  }
  const diff = git("diff", "HEAD", "--no-color", "--no-ext-diff", "--", ".");
  const unknown = git("ls-files", "--others", "--exclude-standard", "-z");
  if (diff === undefined || unknown === undefined) {
    return {
      commit,
      dirtyDiff: "",
      lockfileSha256,
      notices: ["git cannot tell what differs from the commit"],
    };
  }
  const files = unknown.split("\0").filter((path) => path !== "").toSorted()
    .map((path) => `untracked ${fingerprint(join(folder, path))} ${path}\n`);
  return {
    commit,
    dirtyDiff: bounded(diff + files.join("")),
    lockfileSha256,
    notices: [],
  };
}

function bounded(diff: string): string {
  const bytes = new TextEncoder().encode(diff);
  if (bytes.length <= diffBytes) return diff;
  const kept = new TextDecoder().decode(bytes.subarray(0, diffBytes));
  return `${kept}\n(cut here; ${bytes.length} bytes in all, SHA-256 ${
    sha256Hex(diff)
  })\n`;
}

/**
 * Environment variables that programs get. Within a hook, git's others name the
 * repository of the hook.
 */
const passedOn = [
  ...["PATH", "HOME", "XDG_CONFIG_HOME", "GIT_CONFIG_GLOBAL"],
  ...["USERPROFILE", "SYSTEMROOT"],
];

/** What a program prints; `undefined` if it is not there or fails. */
function output(program: string, args: readonly string[]): string | undefined {
  const inherited = passedOn.map((name) => [name, Deno.env.get(name)])
    .filter(([, value]) => value !== undefined);
  const { status, stdout } = spawnSync(program, args, {
    encoding: "utf8",
    env: {
      ...programEnvironment(),
      ...Object.fromEntries(inherited),
      GIT_OPTIONAL_LOCKS: "0",
      LC_ALL: "C",
    },
    maxBuffer: 256 * 1024 * 1024,
    timeout: 20_000,
  });
  return status === 0 ? stdout : undefined;
}

/** What tells a file from another: its hash, or of a large one size and time. */
function fingerprint(path: string): string {
  try {
    const { isFile, size, mtime } = Deno.lstatSync(path);
    return isFile && size <= 16 * diffBytes
      ? hashOf(path)
      : `${size} bytes of ${mtime?.toISOString()}`;
  } catch (error) {
    if (isUnreadable(error)) return "gone"; // it was there a moment ago
    throw error;
  }
}

/** SHA-256 of a file; empty if it is not a readable file. */
function hashOf(path: string): string {
  try {
    return sha256Hex(Deno.readFileSync(path));
  } catch (error) {
    if (isUnreadable(error)) return "";
    throw error;
  }
}

function isUnreadable(error: unknown): boolean {
  return error instanceof Deno.errors.NotFound ||
    error instanceof Deno.errors.PermissionDenied ||
    error instanceof Deno.errors.IsADirectory ||
    error instanceof Deno.errors.FilesystemLoop;
}

function systemName(): string {
  const path = "/etc/os-release";
  try {
    const name = /^PRETTY_NAME="?(.*?)"?$/m.exec(Deno.readTextFileSync(path));
    return name?.[1] ?? Deno.build.os;
  } catch (error) {
    if (isUnreadable(error)) return Deno.build.os;
    throw error;
  }
}
