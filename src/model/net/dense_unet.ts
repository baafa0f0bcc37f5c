import { blocks } from "../block/mod.ts";
import { checkLevels } from "./_fit.ts";
import { filtersOption, levelOptions, levelsOf } from "./_levels.ts";
import { nested } from "./_nested.ts";
import { defineNet } from "./_net.ts";

/**
 * A multi-scale dense net (N8): every grid has a row of dense blocks (Huang et
 * al. 2017), each of which reads the results of all before it in the row and of
 * the one below, as in U-Net++ (Zhou et al. 2018), which is its form with plain
 * blocks. The report has N8 on its reading list, without a definition.
 *
 * Supervised levels are the last blocks of the coarser rows, each on its own
 * grid.
 */
export const denseUnet = defineNet({
  name: "denseUnet",
  summary: "Multi-scale dense net: U-Net++ of dense blocks",
  options: {
    filters: filtersOption([32, 48, 64, 96]),
    ...levelOptions,
    block: blocks.schema.prefault({ type: "dense" })
      .describe("what stands at each place of each level"),
  },
  presets: {
    unetPlusPlus: {
      summary:
        "U-Net++ (Zhou et al. 2018) of plain blocks, in three dimensions",
      options: {
        filters: [32, 64, 128, 256, 512],
        block: { type: "plain" },
        upsampling: "transposed",
        headKernelVox: [1, 1, 1],
      },
    },
  },
  create(options) {
    const { filters, neighbours, recompute: isRecomputed } = options;
    const { block, ...levels } = levelsOf(options);
    const rows = filters.map((channels, i) => {
      const first = i === 0 ? 1 + 2 * neighbours : filters[i - 1]!;
      const places = filters.length - i;
      return {
        channels,
        // What is in the row already, and what comes up from the row below.
        blocks: Array.from(
          { length: places },
          (_, j) => block(i, j === 0 ? first : (j + 1) * channels),
        ),
        ups: Array.from({ length: places - 1 }, () => levels.up(i)),
      };
    });
    const downs = filters.slice(1).map((_, i) => levels.down(i));
    return ({ heads, levels: coarse }) => {
      checkLevels(coarse, filters.length - 2);
      const ends = levels.ends(coarse + 1, heads);
      return nested({ ...levels, rows, downs, ends, neighbours, isRecomputed });
    };
  },
});
