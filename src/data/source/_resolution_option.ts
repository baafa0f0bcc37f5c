import * as z from "zod";

const positive = z.number().positive();

/** The option that sets right what files say of their resolution. */
export const resolutionOption = z.tuple([positive, positive, positive])
  .readonly().optional().describe(
    "extent of a voxel in nm, z y x, for a file that says none or a wrong one",
  );
