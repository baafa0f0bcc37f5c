import { sha256Hex, statIfThere } from "@/core/mod.ts";
import type { BundledFile, Run, RunInput } from "@/record/mod.ts";
import { planOf } from "../plan/mod.ts";

/** The data of some runs as far as a bundle takes them. */
export interface BundledData {
  /** What it has of them. */
  readonly files: readonly BundledFile[];
  /** Data files that are in it, by their paths here. */
  readonly inside: readonly string[];
  /** Those that are named by their hash alone, and why. */
  readonly byHash: readonly { readonly path: string; readonly why: string }[];
}

/** The data files of some runs that have, together, up to so many bytes. */
export function bundledData(
  runs: readonly Run[],
  mostBytes: number,
): BundledData {
  const files: BundledFile[] = [];
  const inside: string[] = [], byHash: { path: string; why: string }[] = [];
  let left = mostBytes;
  for (const { input, name } of dataOf(runs)) {
    const { path, bytes, sha256 } = input;
    const why = whyNot(input, { name, left });
    if (why !== null) {
      byHash.push({ path, why });
      continue;
    }
    left -= bytes;
    const content = Deno.readFileSync(path);
    if (sha256Hex(content) === sha256) {
      inside.push(path);
      files.push({ name: `data/${name}`, content });
    } else byHash.push({ path, why: "it has changed since" });
  }
  return { files, inside, byHash };
}

/** Each data file of some runs, and where their experiments say it is in a root. */
function dataOf(
  runs: readonly Run[],
): readonly { readonly input: RunInput; readonly name: string | null }[] {
  const known = new Map<string, { input: RunInput; name: string | null }>();
  for (const run of runs) {
    const named = textsIn(planOf(run).spec.data);
    for (const input of run.inputs) {
      if (input.run !== null) continue; // weights, which come with their run
      known.set(input.path, { input, name: nameInRoot(input.path, named) });
    }
  }
  return [...known.values()];
}

/** The end of a path that an experiment names, alone or as a folder of it. */
function nameInRoot(path: string, named: readonly string[]): string | null {
  const plain = path.replaceAll("\\", "/");
  for (const name of named) {
    if (name.includes("..")) continue;
    if (plain.endsWith(`/${name}`)) return name;
    const at = plain.lastIndexOf(`/${name.replace(/\/$/, "")}/`);
    if (at >= 0) return plain.slice(at + 1);
  }
  return null;
}

/** All texts in a value but the types of components, which name no file. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return Object.entries(Object(value))
    .flatMap(([key, part]) => key === "type" ? [] : textsIn(part));
}

function whyNot(
  { path, bytes }: RunInput,
  { name, left }: { readonly name: string | null; readonly left: number },
): string | null {
  if (name === null) return "the experiment names it by an absolute path";
  if (bytes > left) return "it is too large; --data takes more";
  return statIfThere(path)?.isFile ? null : "it is no longer there";
}
