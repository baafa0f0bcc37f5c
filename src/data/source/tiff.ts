import { basename, extname, join, parse } from "node:path";
import * as z from "zod";
import { deciding } from "@/core/mod.ts";
import { openTiffStack } from "../tiff/mod.ts";
import { openArrays } from "./_open_arrays.ts";
import { defineSource, type SourceContext } from "./_source.ts";
import { findFile } from "./find_file.ts";

const positive = z.number().positive();

/**
 * Stacks of TIFF files, a section a page: one of grey values, one of labels,
 * which may be masks or ids. TIFF does not say how large voxels are along z, so
 * the experiment does.
 */
export const tiff = defineSource({
  name: "tiff",
  summary: "Stacks of TIFF files: grey values, and labels",
  options: {
    file: z.string().min(1).describe(
      "a file of pages, or files such as raw/*.tif, below a data root or absolute",
    ),
    labels: z.string().min(1).optional().describe(
      "the same of masks or cleft ids; without it the volume has no labels",
    ),
    resolutionNm: z.tuple([positive, positive, positive]).readonly().describe(
      "extent of a voxel in nm, z y x",
    ),
    name: deciding(
      "nothing",
      z.string().min(1).optional().describe(
        "what reports call it; the file's name by default",
      ),
    ),
  },
  create: ({ file, labels, resolutionNm, name }) => ({
    async open(context) {
      using opened = new DisposableStack();
      const open = async (pattern: string) => {
        const path = await findPattern(pattern, context);
        const where = `${context.where} (${path})`;
        const container = opened.use(openTiffStack(path, where));
        return { container, array: "", where };
      };
      const raw = await open(file);
      const { path } = raw.container;
      const volume = await openArrays({
        name: name ?? basename(path, extname(path)),
        raw,
        labels: labels === undefined || context.withoutLabels
          ? undefined
          : await open(labels),
        resolutionNm,
      }, context);
      opened.move();
      return volume;
    },
  }),
});

/** A file as it is found, or a pattern below the first folder that is found. */
async function findPattern(
  pattern: string,
  context: SourceContext,
): Promise<string> {
  const { root } = parse(pattern);
  const parts = pattern.slice(root.length).split(/[/\\]/);
  const first = parts.findIndex((part) => /[*?[{(]/.test(part));
  if (first === -1) return await findFile(pattern, context);
  const folder = join(root, ...parts.slice(0, first));
  return join(await findFile(folder, context), ...parts.slice(first));
}
