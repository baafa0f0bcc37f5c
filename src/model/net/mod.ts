/**
 * Networks an experiment can train.
 *
 * @module
 */
import { type Catalog, catalog } from "@/core/mod.ts";
import { bases } from "./_base.ts";
import type { NetBuilder } from "./_net.ts";
import { refine } from "./refine.ts";

export type { Net, NetBuilder, NetOutputs } from "./_net.ts";
export type { Stage } from "./_stage.ts";

/** Every network an experiment can name. */
export const nets: Catalog<NetBuilder> = catalog("network", [
  ...bases.components,
  refine,
]);
