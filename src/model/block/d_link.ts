import * as z from "zod";
import { sequence } from "../compose.ts";
import { convNorm } from "../unit.ts";
import { defineBlock } from "./_block.ts";
import { dilatedChain } from "./_dilated_chain.ts";

/**
 * A convolution that changes the channels, then D-LinkNet's centre block (N3):
 * in other networks, too, it suits the coarsest level best.
 */
export const dLink = defineBlock({
  name: "dLink",
  summary: "A convolution, then a chain of dilated ones, all of them added up",
  options: {
    dilations: z.array(z.int().min(1)).min(1).max(32).readonly()
      .default([1, 2, 4, 8])
      .describe("dilations of the chain's convolutions, one after another"),
  },
  create: ({ dilations }) => ({ norm, activate, refine, ...shape }) =>
    sequence({
      conv0: convNorm(shape, norm, { activate }),
      chain: dilatedChain({
        channels: shape.outputs,
        kernelVox: shape.kernelVox,
        ...shape.init && { init: shape.init },
        dilations,
        activate,
        refine,
      }),
    }),
});
