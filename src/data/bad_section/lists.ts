/** Volumes of the challenge that the report has lists for. */
export const listNames = ["A", "B", "C", "A+", "B+", "C+"] as const;

/** Bad sections, each with the good one the report put in its place. */
export type SectionList = readonly (readonly [bad: number, by: number])[];

const b: SectionList = [
  [1, 0],
  [29, 28],
  [30, 31],
  [58, 57],
  [59, 60],
  [91, 90],
];
const c: SectionList = [[28, 27], [88, 87], [100, 99]];

/**
 * The report's bad sections (techniques A8.4), counted from 0 in the 153 aligned
 * ones: the 125 of a volume with 14 before and behind.
 */
export const lists: Readonly<Record<typeof listNames[number], SectionList>> = {
  "A": [[143, 142]],
  "B": b,
  "C": c,
  "A+": [[65, 64], [93, 92], [94, 95], [122, 121], [123, 124], [125, 126]],
  "B+": b,
  "C+": c,
};

/** The sections that the report's lists count. */
export const listedSections = 153;
