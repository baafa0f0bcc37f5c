import { defineTta } from "./_tta.ts";

/** One look at each tile, as it is. */
export const none = defineTta({
  name: "none",
  summary: "One look at each tile",
  options: {},
  create: () => ({
    variants: 1,
    checkPatch() {},
    wrap: (forward) => forward,
  }),
});
