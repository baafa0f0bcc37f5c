import { defineDraw } from "./_draw.ts";

/** Each option of each trial by itself (Bergstra and Bengio 2012). */
export const random = defineDraw({
  name: "random",
  summary: "Each value by itself, by chance",
  options: {},
  create: () => ({
    mostOptions: Infinity,
    shares: (trial, paths, rng) =>
      paths.map((path) => rng.at("random", trial, path).uniform(0, 1)),
  }),
});
