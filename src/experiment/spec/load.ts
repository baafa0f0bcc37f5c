import { dirname, isAbsolute, relative, resolve } from "node:path";
import { ExperimentError, printable, systemFault } from "@/core/mod.ts";
import { nearFiles } from "./near_file.ts";
import { type MapNode, mergeMaps } from "./node.ts";
import { type Fault, type Place, placeText } from "./place.ts";
import { readYaml } from "./read_yaml.ts";

/** The most bytes of an experiment with its parents; a long one has a few thousand. */
const mostBytes = 1 << 18;
/** The most files that one experiment is read from; families have a handful. */
const mostFiles = 100;

/** An experiment file with its parents merged in. */
export interface Loaded {
  /** Its content, parents below it; null if a file could not be read. */
  readonly root: MapNode | null;
  /** The files read, the experiment itself first. */
  readonly files: readonly string[];
  /** What is wrong with the files as files. */
  readonly faults: readonly Fault[];
}

/**
 * Reads a file and those it `extends`, one or several, a later one over those
 * before it and the file itself over all. Maps merge, unless they are entries of
 * different types; everything else is replaced. `name` is not inherited.
 *
 * @param path The file; a relative one starts in `folder` and places show it as given.
 */
export function loadExperiment(path: string, folder: string): Loaded {
  const chain: Chain = { folder, layers: new Map(), descent: [], faults: [] };
  const root = loadLayer(path, { file: path, at: null }, chain);
  const files = [...chain.layers.values()].map(({ file }) => file);
  return { root, files, faults: chain.faults };
}

/** The files that an experiment is read from, as absolute paths. */
export function experimentFiles(path: string, folder: string): string[] {
  return loadExperiment(path, folder).files.map((file) =>
    resolve(folder, file)
  );
}

/** What is known of the files that are being read. */
interface Chain {
  readonly folder: string;
  /** Every file read so far by its path, so that none is read twice. */
  readonly layers: Map<string, Layer>;
  /** From the experiment to the parent at hand, each with its real path. */
  readonly descent: readonly { readonly file: string; readonly path: string }[];
  readonly faults: Fault[];
}

/** A file that was read, with its parents merged in. */
interface Layer {
  readonly file: string;
  readonly bytes: number;
  /** Null while it is read, and if it could not be. */
  merged: MapNode | null;
}

/** A file with its parents merged in, or null and a fault; `from` asked for it. */
function loadLayer(file: string, from: Place, chain: Chain): MapNode | null {
  const { folder, layers, descent, faults } = chain;
  const place = resolve(folder, file);
  const known = layers.get(place);
  if (known && !descent.some((one) => one.file === known.file)) {
    return known.merged;
  }
  const text = readText(file, from, chain);
  if (text === null) return null;
  const path = Deno.realPathSync(place);
  const again = descent.findIndex((one) => one.path === path);
  if (again >= 0) {
    faults.push(circle(from, descent.map((one) => one.file), again));
    return null;
  }
  const layer: Layer = { file, bytes: text.length, merged: null };
  layers.set(place, layer);
  layer.merged = mergeParents(text, { file, path }, chain);
  return layer.merged;
}

/** What a file's text says, over what its parents say. */
function mergeParents(
  text: string,
  here: Chain["descent"][number],
  chain: Chain,
): MapNode | null {
  const { folder, faults } = chain, { file } = here;
  const { root, faults: found } = readYaml(text, { file });
  faults.push(...found);
  if (root?.kind !== "map") {
    if (root) faults.push(notAMap(root.place));
    return null;
  }
  let merged: MapNode | null = without(root, ["extends"]);
  const below: Chain = { ...chain, descent: [...chain.descent, here] };
  // The last parent is the nearest: each goes under what has been merged.
  for (const { name, place } of parentsOf(root, faults).toReversed()) {
    const base = loadLayer(nameOf(file, name, folder), place, below);
    merged = base && merged && mergeMaps(without(base, ["name"]), merged);
  }
  return merged;
}

/** The files a file extends, in its order. */
function parentsOf(
  root: MapNode,
  faults: Fault[],
): readonly { name: string; place: Place }[] {
  const node = root.entries.get("extends")?.node;
  if (!node) return [];
  return (node.kind === "list" ? node.items : [node]).flatMap((item) => {
    if (item.kind === "unknown") return [];
    if (item.kind === "scalar" && typeof item.value === "string") {
      return [{ name: item.value, place: item.place }];
    }
    faults.push(wrongParent(item.place));
    return [];
  });
}

/** What places call a parent: relative if the child was called so, else absolute. */
function nameOf(child: string, parent: string, folder: string): string {
  const path = resolve(folder, dirname(child), parent);
  return isAbsolute(child) || isAbsolute(parent)
    ? path
    : relative(folder, path) || ".";
}

function without(map: MapNode, keys: readonly string[]): MapNode {
  const entries = [...map.entries].filter(([key]) => !keys.includes(key));
  return { ...map, entries: new Map(entries) };
}

/** The text of a file, or null and a fault at the place that asked for it. */
function readText(
  file: string,
  from: Place,
  { folder, layers, faults }: Chain,
): string | null {
  const path = resolve(folder, file);
  const refuse = (reason: string, fix: string, cause?: unknown) => {
    const error = new ExperimentError(
      `Cannot read ${printable(file)}: ${reason}`,
      {
        where: from.file === file
          ? placeText(from)
          : placeText(from, ["extends"]),
        fix,
        cause,
      },
    );
    faults.push({ place: from, error });
    return null;
  };
  if (layers.size === mostFiles) {
    return refuse(
      `an experiment is read from at most ${mostFiles} files`,
      "Write what the parents say into fewer files",
    );
  }
  if (path.includes("\0")) {
    return refuse("no path has such a character", "Correct the path");
  }
  try {
    const { isFile, size } = Deno.statSync(path);
    if (!isFile) return refuse("it is not a file", "Name a YAML file");
    const before = [...layers.values()].reduce(
      (sum, one) => sum + one.bytes,
      0,
    );
    if (before + size > mostBytes) {
      return refuse(
        `it has ${size} bytes${
          before > 0 ? `, what was read before ${before}` : ""
        }, an experiment has at most ${mostBytes}`,
        "Name an experiment file, not a data file",
      );
    }
    const text = new TextDecoder("utf-8", { fatal: true })
      .decode(Deno.readFileSync(path));
    return text.includes("\0")
      ? refuse("it is not a text", "Name an experiment file, not a data file")
      : text;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) {
      const near = nearFiles(path, { folder }).map(printable);
      return refuse(
        "there is no such file",
        near.length > 0
          ? `Write ${near.join(" or ")}`
          : "Check the path; it starts in the folder you are in",
        error,
      );
    }
    const fault = systemFault(error);
    if (fault) return refuse(fault.reason, fault.fix, error);
    if (!(error instanceof TypeError)) throw error;
    return refuse("it is not a text in UTF-8", "Save it as UTF-8", error);
  }
}

function circle(from: Place, files: readonly string[], again: number): Fault {
  const round = [...files.slice(again), files[again]].join(" → ");
  return {
    place: from,
    error: new ExperimentError(
      `Cannot read ${files[0]}: its parents form a circle, ${round}`,
      {
        where: placeText(from, ["extends"]),
        fix: 'Remove one "extends" of the circle',
      },
    ),
  };
}

function notAMap(place: Place): Fault {
  return {
    place,
    error: new ExperimentError(
      `Cannot read ${place.file}: it should consist of keys and values`,
      {
        where: placeText(place),
        fix: 'Begin with "name:", "data:", "model:" and "loss:"',
      },
    ),
  };
}

function wrongParent(place: Place): Fault {
  return {
    place,
    error: new ExperimentError(
      `Cannot read ${place.file}: "extends" should name a file, or a list of them`,
      {
        where: placeText(place, ["extends"]),
        fix: "Write paths relative to this file, such as ../mixloss.yaml",
      },
    ),
  };
}
