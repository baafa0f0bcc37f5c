import * as z from "zod";

/** The option values a shape of option types describes. */
export type Options<Shape extends z.ZodRawShape> = z.output<
  z.ZodObject<Shape>
>;

/** One part an experiment can name: what it is, its options, how to build it. */
export interface Component<
  Instance,
  Shape extends z.ZodRawShape = z.ZodRawShape,
> {
  /** The `type` an experiment file names it by. */
  readonly name: string;
  /** One line for help texts and the reference. */
  readonly summary: string;
  /** Every option, with its default and its one-line description. */
  readonly options: Shape;
  /** Sets of options with a name: `{ type: elastic, preset: report }`. */
  readonly presets?: Readonly<Record<string, Preset>>;
  /** Builds the part from validated options. */
  create(options: Options<Shape>): Instance;
}

/** Options that go together; those an entry names itself come before them. */
export interface Preset {
  /** One line for help texts and the reference. */
  readonly summary: string;
  /** The options it sets, as an experiment file writes them. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** A validated `{ type, ...options }` entry of an experiment file. */
export interface Entry {
  /** The component's name. */
  readonly type: string;
  /** Its options, defaults filled. */
  readonly [option: string]: unknown;
}

/** Every component of one kind. */
export interface Catalog<Instance> {
  /** What the components are, in the singular. */
  readonly kind: string;
  /** The components, in the order the reference shows them. */
  readonly components: readonly Component<Instance>[];
  /** Options every component of the kind takes besides its own. */
  readonly common: z.ZodRawShape;
  /** Matches one `{ type, ...options }` entry and fills its defaults. */
  readonly schema: z.ZodType<Entry>;
  /** Builds the component that a validated entry names. */
  create(entry: Entry): Instance;
}

/**
 * Collects the components of one kind.
 *
 * @throws {TypeError} If two components have the same name.
 */
export function catalog<Instance>(
  kind: string,
  // deno-lint-ignore no-explicit-any -- each component has its own options
  components: readonly Component<Instance, any>[],
  common: z.ZodRawShape = {},
): Catalog<Instance> {
  const byName = new Map(components.map((c) => [c.name, c]));
  if (byName.size !== components.length) {
    throw new TypeError(
      `Cannot build the ${kind} catalog: a name occurs twice`,
    );
  }
  const [first, ...rest] = components.map((c) =>
    z.strictObject({
      type: z.literal(c.name),
      ...presetOption(c),
      ...c.options,
      ...common,
    }).describe(c.summary)
  );
  const union = z.discriminatedUnion("type", [first!, ...rest]);
  const schema = components.some((c) => c.presets)
    ? z.preprocess((entry) => withPreset(entry, byName), union)
    : union;
  return {
    kind,
    components,
    common,
    schema: schema as unknown as z.ZodType<Entry>,
    create: ({ type, ...options }) => byName.get(type)!.create(options),
  };
}

/** The option that names a preset, if the component has one. */
function presetOption({ presets }: Component<unknown>): z.ZodRawShape {
  if (!presets) return {};
  const summaries = Object.entries(presets)
    .map(([name, { summary }]) => `${name} (${summary})`);
  return {
    preset: z.enum(Object.keys(presets)).optional()
      .describe(`options at once: ${summaries.join(", ")}`),
  };
}

/** An entry with the options of the preset it names, in place of the name. */
function withPreset(
  entry: unknown,
  byName: ReadonlyMap<string, Component<unknown>>,
): unknown {
  if (typeof entry !== "object" || entry === null) return entry;
  const { preset, ...rest } = entry as Record<string, unknown>;
  const presets = byName.get(`${rest.type}`)?.presets ?? {};
  if (typeof preset !== "string" || !Object.hasOwn(presets, preset)) {
    return entry; // the schema says what is wrong, if anything is
  }
  return { ...presets[preset]!.options, ...rest };
}

/** The options of a component that an entry naming no option gets. */
export function defaultOptions<Shape extends z.ZodRawShape>(
  component: Component<unknown, Shape>,
): Options<Shape> {
  return z.strictObject(component.options).parse({}) as Options<Shape>;
}
