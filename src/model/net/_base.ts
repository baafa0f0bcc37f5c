import { type Catalog, catalog } from "@/core/mod.ts";
import type { NetBuilder } from "./_net.ts";
import { dLinkNet } from "./d_link_net.ts";
import { denseUnet } from "./dense_unet.ts";
import { resUnet } from "./res_unet.ts";

/** The networks that others can be built on. */
export const bases: Catalog<NetBuilder> = catalog("network", [
  resUnet,
  dLinkNet,
  denseUnet,
]);
