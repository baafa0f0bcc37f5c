import { basename, dirname, join } from "node:path";
import { systemFault } from "@/core/mod.ts";
import { stayLoaded } from "./_stay_loaded.ts";

/** NVIDIA's libraries by what others need of them: those first. */
const order = [
  ...["cudart", "nvrtc-builtins", "nvrtc", "cublasLt", "cublas"],
  ...["cudnn_graph", "cudnn_ops", "cudnn"],
];

/**
 * Loads NVIDIA's libraries beside a plugin where others of their names are on
 * LD_LIBRARY_PATH, as environments of clusters have them: a plugin finds its own
 * all the same, but cuDNN and cuBLAS would take their parts from there, and
 * parts of two versions do not work together.
 */
export function preloadShadowed(plugin: string): void {
  const searched = Deno.env.get("LD_LIBRARY_PATH") ?? "";
  for (const path of shadowedBeside(plugin, searched)) stayLoaded(path);
}

/** The libraries beside a plugin that a search path has others of, in an order to load them. */
export function shadowedBeside(plugin: string, searched: string): string[] {
  const roots = ["../nvidia", "../../nvidia"]
    .map((way) => join(dirname(plugin), way));
  const own = roots.flatMap((root) =>
    entriesOf(root).flatMap((name) => librariesIn(join(root, name, "lib")))
  );
  const ownFolders = new Set(own.map((path) => realPath(dirname(path))));
  const others = new Set(
    searched.split(":")
      .filter((folder) => folder && !ownFolders.has(realPath(folder)))
      .flatMap((folder) => librariesIn(folder).map((path) => basename(path))),
  );
  return own.filter((path) => others.has(basename(path)))
    .sort((a, b) => rankOf(a) - rankOf(b));
}

function librariesIn(folder: string): string[] {
  return entriesOf(folder)
    .filter((name) => /^lib(cu|nv)[\w-]+\.so\.[\d.]+$/.test(name))
    .map((name) => join(folder, name));
}

/** Where a library stands in {@linkcode order}; before cuDNN's whole, if nowhere. */
function rankOf(path: string): number {
  const at = order.indexOf(/^lib([\w-]+)\.so/.exec(basename(path))![1]!);
  return at < 0 ? order.length - 1.5 : at;
}

function entriesOf(folder: string): string[] {
  try {
    return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
  } catch (error) {
    if (systemFault(error)) return [];
    throw error;
  }
}

function realPath(folder: string): string {
  try {
    return Deno.realPathSync(folder);
  } catch (error) {
    if (systemFault(error)) return folder;
    throw error;
  }
}
