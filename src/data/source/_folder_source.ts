import { basename, extname } from "node:path";
import * as z from "zod";
import { type Component, deciding } from "@/core/mod.ts";
import { cleftsName, rawName } from "../cremi/layout.ts";
import type { VoxelContainer } from "../voxels/mod.ts";
import { openArrays } from "./_open_arrays.ts";
import { resolutionOption } from "./_resolution_option.ts";
import type { Source } from "./_source.ts";
import { findFile } from "./find_file.ts";

/** Options of a source that reads a folder of arrays. */
export const folderOptions = {
  file: z.string().min(1).describe("the folder, below a data root or absolute"),
  raw: z.string().optional().describe(
    `path in it of the grey values, or of a pyramid of them; by default ${rawName}, else all there is`,
  ),
  labels: z.string().min(1).default(cleftsName).describe(
    "path in it of the cleft ids; without it the volume has no labels",
  ),
  resolutionNm: resolutionOption,
  name: deciding(
    "nothing",
    z.string().min(1).optional().describe(
      "what reports call it; the folder's name by default",
    ),
  ),
} as const;

/** Defines a source that reads arrays of a folder. */
export function defineFolderSource(
  { open, ...named }: {
    readonly name: string;
    readonly summary: string;
    /** Opens the folder. */
    open(path: string, where: string): VoxelContainer;
  },
): Component<Source, typeof folderOptions> {
  return {
    ...named,
    options: folderOptions,
    create: ({ file, raw, labels, resolutionNm, name }) => ({
      async open(context) {
        const path = await findFile(file, context);
        const where = `${context.where} (${path})`;
        using opened = new DisposableStack();
        const container = opened.use(open(path, where));
        const volume = await openArrays({
          name: name ?? basename(path, extname(path)),
          raw: { container, array: raw ?? usualRaw(container), where },
          labels: container.has(labels)
            ? { container, array: labels, where }
            : undefined,
          resolutionNm,
        }, context);
        opened.move();
        return volume;
      },
    }),
  };
}

/** The grey values where nobody says which they are. */
function usualRaw(container: VoxelContainer): string {
  if (container.has(rawName)) return rawName;
  const { names } = container;
  return names.length === 1 ? names[0]! : ""; // a pyramid, or refused with all
}
