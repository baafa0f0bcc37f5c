import { type Catalog, catalog } from "@/core/mod.ts";
import type { Loss } from "./_loss.ts";
import { bce } from "./bce.ts";
import { boundary } from "./boundary.ts";
import { cosine } from "./cosine.ts";
import { dice } from "./dice.ts";
import { focal } from "./focal.ts";
import { generalizedDice } from "./generalized_dice.ts";
import { iou } from "./iou.ts";
import { logCoshDice } from "./log_cosh_dice.ts";
import { lovaszHinge } from "./lovasz_hinge.ts";
import { sensitivitySpecificity } from "./sensitivity_specificity.ts";
import { squaredDice } from "./squared_dice.ts";
import { squaredError } from "./squared_error.ts";
import { tversky } from "./tversky.ts";
import { twoClassDice } from "./two_class_dice.ts";
import { weightOption } from "./weight.ts";

/** Every loss an experiment can name. */
export const losses: Catalog<Loss> = catalog("loss", [
  bce,
  dice,
  iou,
  squaredDice,
  generalizedDice,
  twoClassDice,
  tversky,
  focal,
  sensitivitySpecificity,
  logCoshDice,
  lovaszHinge,
  boundary,
  squaredError,
  cosine,
], {
  weight: weightOption,
});
