/** The grey values. */
export const rawName = "volumes/raw";

/** The ids of clefts. */
export const cleftsName = "volumes/labels/clefts";

/** The id of what is no cleft, and of what is not known to be one or none. */
export const background = 0xffffffffffffffffn, unknown = background - 1n;

/** The ids of neurons. */
export const neuronIdsName = "volumes/labels/neuron_ids";

/** The group of annotations; its attribute `offset` is where points count from. */
export const annotationsName = "annotations";

/** The ids of points. */
export const idsName = "annotations/ids";

/** The types of points. */
export const typesName = "annotations/types";

/** Where points lie, in nanometres. */
export const locationsName = "annotations/locations";

/** Pairs of ids: presynaptic, postsynaptic. */
export const partnersName = "annotations/presynaptic_site/partners";

/** The ids of points that something is said about. */
export const targetIdsName = "annotations/comments/target_ids";

/** What is said about them. */
export const commentsName = "annotations/comments/comments";

/** All datasets of the layout. */
export const layoutNames: readonly string[] = [
  rawName,
  cleftsName,
  neuronIdsName,
  idsName,
  typesName,
  locationsName,
  partnersName,
  targetIdsName,
  commentsName,
];

/** The types of points that the challenge knows. */
export const siteTypes = {
  pre: "presynaptic_site",
  post: "postsynaptic_site",
} as const;

/** What the attribute `file_format` of the challenge's files says. */
export const fileFormat = "0.2";
