import { type Catalog, choice, type Component } from "@/core/mod.ts";
import * as z from "zod";
import { type Augmentation, defineAugmentation } from "./_augmentation.ts";
import { type Chain, openChain, type StepRecord } from "./chain.ts";

/**
 * Several augmentations as one, all in their order or one by chance; each keeps
 * its own chance `p`, the whole has another.
 */
export function composeOf(
  members: Catalog<Augmentation>,
): Component<Augmentation<readonly StepRecord[]>> {
  return defineAugmentation({
    name: "compose",
    summary: "Several augmentations as one: all in order, or one of them",
    options: {
      steps: z.array(members.schema).min(1).readonly()
        .prefault([{ type: "simple" }, { type: "elastic" }, { type: "grey" }])
        .describe("the augmentations"),
      apply: choice(
        ["all", "one"],
        "all",
        "every one in order, or a single one, each as likely",
      ),
    },
    presets: {
      report: {
        summary: "what the report trains with (AUG-15)",
        options: {
          steps: [
            { type: "elastic", preset: "report", p: 0.5 },
            { type: "simple" },
            { type: "grey", mode: "mix", skip: 0.5 },
            { type: "fold", preset: "report" },
          ],
        },
      },
      warp: {
        summary:
          "the report's of weeks 5 and 6: affine, then smoothed noise, " +
          "which with its alpha of 1 moves next to nothing (AUG-13)",
        options: {
          steps: [
            { type: "affine", preset: "report" },
            {
              type: "simard",
              alphaVox: 1,
              sigmaVox: 50,
              outside: "reflect",
              outsideLabelled: true,
              labelOrder: 1,
              maxContextVox: 0,
            },
          ],
        },
      },
      gunpowder: {
        summary: "gunpowder's for CREMI (AUG-1, 6, 3, 7), without artifacts, " +
          "which take a file",
        options: {
          steps: [
            { type: "simple" },
            { type: "elastic", preset: "gunpowder" },
            { type: "intensity" },
            { type: "defect", preset: "cremi", probArtifact: 0 },
          ],
        },
      },
    },
    create: ({ steps, apply }) => {
      const chain = placed(openChain(steps, members.create));
      return apply === "all" ? chain : oneOf(chain, steps.length);
    },
  });
}

/** A chain that says in which list its stages stand. */
function placed({ needs, ...chain }: Chain): Chain {
  return {
    ...chain,
    ...(needs && {
      needs: {
        ...needs,
        load: (context) =>
          needs.load({ ...context, where: `${context.where}.steps` }),
      },
    }),
  };
}

/** A chain of which a single stage is applied. */
function oneOf(chain: Chain, stages: number): Chain {
  return {
    ...chain,
    draw(shapeVox, rng) {
      const chosen = rng.at("choice").integer(stages);
      return chain.draw(shapeVox, rng).map((record, k) =>
        k === chosen ? record : { ...record, parameters: null }
      );
    },
    ...(chain.needs && {
      needs: {
        load: chain.needs.load,
        with: (resource) => oneOf(chain.needs!.with(resource), stages),
      },
    }),
  };
}
