/** The engines, and what each is; the one place that lists them. */
export const engines = {
  tensorflow: "TensorFlow's C library, for processors",
  pjrt: "XLA by a PJRT plugin, for graphics processors and other accelerators",
  embedded: "plain JavaScript, one thread, no download",
} as const;

/** The name of an engine. */
export type EngineName = keyof typeof engines;

/** The names of all engines. */
export const engineNames: Names<EngineName> = namesOf(engines);

/** What convolutions can compute with, and what each means. */
export const precisions = {
  fp32: "32 bits throughout",
  tf32: "32 bits, of which convolutions use 19 on graphics processors",
  bf16: "16 bits for convolutions and what lies between them; weights, " +
    "statistics and losses keep 32",
} as const;

/** Numbers that convolutions compute with. */
export type Precision = keyof typeof precisions;

/** The names of all precisions. */
export const precisionNames: Names<Precision> = namesOf(precisions);

/** At least one name, as zod's enumerations want it. */
type Names<Name extends string> = readonly [Name, ...Name[]];

function namesOf<Name extends string>(
  table: Readonly<Record<Name, string>>,
): Names<Name> {
  return Object.keys(table) as [Name, ...Name[]];
}
