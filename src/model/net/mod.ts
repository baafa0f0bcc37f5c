/**
 * Networks an experiment can train.
 *
 * @module
 */
import { type Catalog, catalog } from "@/core/mod.ts";
import type { NetBuilder } from "./_net.ts";
import { dLinkNet } from "./d_link_net.ts";
import { denseUnet } from "./dense_unet.ts";
import { resUnet } from "./res_unet.ts";

export type { Net, NetBuilder, NetOutputs, NetResult, Stage } from "./_net.ts";

/** Every network an experiment can name. */
export const nets: Catalog<NetBuilder> = catalog("network", [
  resUnet,
  dLinkNet,
  denseUnet,
]);
