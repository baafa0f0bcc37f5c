import type { File, Group } from "h5wasm/node";

/** Where a path within a file leads. */
export type Destination =
  | { readonly type: "here"; readonly path: string }
  | { readonly type: "nothing" }
  | {
    readonly type: "dangling";
    readonly link: string;
    readonly target: string;
  }
  | {
    readonly type: "elsewhere";
    readonly link: string;
    readonly file: string;
    readonly target: string;
  };

/** Links that lead to links; more are a circle. */
const mostLinks = 32;

/** What HDF5 calls the type of a group. */
const group = 0;

/**
 * Follows the soft links of a path, and stops at the first that leads out of the
 * file: HDF5 would follow it without a word.
 */
export function followLinks(file: File, path: string): Destination {
  const waiting = partsOf(path), done: string[] = [];
  let last: { readonly link: string; readonly target: string } | undefined;
  for (let part, links = 0; (part = waiting.shift()) !== undefined;) {
    if (!hasChild(file, done.join("/"), part)) {
      return last ? { type: "dangling", ...last } : { type: "nothing" };
    }
    const at = [...done, part].join("/");
    const outside = file.get_external_link(at);
    if (outside.filename !== undefined) {
      const target = ["", ...partsOf(outside.obj_path), ...waiting].join("/");
      return { type: "elsewhere", link: at, file: outside.filename, target };
    }
    const target: string | null = file.get_link(at);
    if (target === null) {
      done.push(part);
      continue;
    }
    last = { link: at, target };
    if (++links > mostLinks) return { type: "dangling", ...last };
    if (target.startsWith("/")) done.length = 0;
    waiting.unshift(...partsOf(target));
  }
  return { type: "here", path: done.join("/") };
}

function hasChild(file: File, path: string, name: string): boolean {
  if (path === "") return file.keys().includes(name);
  return file.get_type(path) === group &&
    (file.get(path) as Group).keys().includes(name);
}

function partsOf(path: string): string[] {
  return path.split("/").filter((part) => part !== "" && part !== ".");
}
