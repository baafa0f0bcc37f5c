import { type Catalog, catalog } from "@/core/mod.ts";
import type { Section } from "./_section.ts";
import { ablation } from "./ablation.tsx";
import { clefts } from "./clefts.tsx";
import { config } from "./config.tsx";
import { curves } from "./curves.tsx";
import { effort } from "./effort.tsx";
import { environment } from "./environment.tsx";
import { gallery } from "./gallery.tsx";
import { log } from "./log.tsx";
import { network } from "./network.tsx";
import { options } from "./options.tsx";
import { pictures } from "./pictures.tsx";
import { postprocess } from "./postprocess.tsx";
import { precisionRecall } from "./precision_recall.tsx";
import { repeat } from "./repeat.tsx";
import { scores } from "./scores.tsx";
import { trials } from "./trials.tsx";

export type { Section } from "./_section.ts";

/** Every part a report can have, in the order it shows them. */
export const sections: Catalog<Section> = catalog("report section", [
  ablation,
  trials,
  options,
  effort,
  scores,
  clefts,
  pictures,
  gallery,
  curves,
  precisionRecall,
  postprocess,
  config,
  network,
  environment,
  repeat,
  log,
]);
