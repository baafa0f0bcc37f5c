/** What is at a path of a container that is a folder. */
interface FolderNode {
  readonly folder: string;
  /** Undefined for a group. */
  readonly array: unknown;
}

/** The paths of all arrays below a folder; `nodeAt` says what is at a path. */
export function arrayNames(
  nodeAt: (name: string) => FolderNode | null,
): readonly string[] {
  const names: string[] = [];
  const visit = (name: string) => {
    const node = nodeAt(name);
    if (!node) return;
    if (node.array) return names.push(name);
    for (const entry of Deno.readDirSync(node.folder)) {
      if (entry.isFile || entry.name.startsWith(".")) continue;
      visit(plainPath(`${name}/${entry.name}`));
    }
  };
  visit("");
  return names.sort();
}

/** A path in a container, without slashes that say nothing. */
export function plainPath(name: string): string {
  return name.split("/").filter((part) => part !== "").join("/");
}
