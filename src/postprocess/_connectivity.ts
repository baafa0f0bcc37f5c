import * as z from "zod";
import type { Connectivity } from "@/core/mod.ts";

/** Which voxels touch, as an option. */
export const connectivityOption: z.ZodDefault<z.ZodType<Connectivity>> = z
  .literal([6, 18, 26]).meta({ title: "6, 18 or 26" }).default(26)
  .describe("voxels touch by faces (6), also edges (18), also corners (26)");
