import * as z from "zod";
import {
  type Entry,
  ExperimentError,
  ExperimentFaults,
  type Zyx,
} from "@/core/mod.ts";
import { augmentations, type Chain, type StepRecord } from "@/data/mod.ts";
import { jsonSchemaOf } from "../schema/json_schema.ts";
import { explainIssue } from "../spec/explain.ts";
import { nodeOf } from "../spec/node.ts";
import { pathText } from "../spec/place.ts";

/** An augmentation and what exactly it is to do. */
export interface Application {
  /** The augmentation with its options, as an experiment file has it. */
  readonly augmentation: Entry;
  /** What it does; null if it leaves the volume alone. */
  readonly parameters: unknown;
}

const applications = z.array(z.strictObject({
  augmentation: augmentations.schema.describe("the augmentation"),
  parameters: z.unknown().describe("what it does"),
})).min(1);

/**
 * Reads applications from a JSON file: a list of them, or an object that has one
 * under `augmentations`, such as the file of a replayed sample. Options that an
 * augmentation leaves out get their defaults.
 *
 * @throws {ExperimentError} If it cannot be read or names what does not exist;
 * parameters are left to {@linkcode checkParameters}.
 */
export function readApplications(path: string): readonly Application[] {
  const content = parseJson(readText(path), path);
  const list = Array.isArray(content)
    ? content
    : (content as { augmentations?: unknown } | null)?.augmentations ?? content;
  const parsed = applications.safeParse(list);
  if (parsed.success) return parsed.data as readonly Application[];
  const schema = jsonSchemaOf(applications);
  const root = nodeOf(list, { file: path, at: null });
  throw new ExperimentFaults(
    parsed.error.issues.flatMap((issue) => explainIssue(issue, root, schema))
      .map(({ error }) => error),
  );
}

function readText(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause;
    const isMissing = cause instanceof Deno.errors.NotFound;
    throw new ExperimentError(
      `Cannot read "${path}": ${
        isMissing ? "there is no such file" : cause.message
      }`,
      {
        where: "--augmentation",
        fix: "Name a JSON file such as replay writes for a sample",
        cause,
      },
    );
  }
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ExperimentError(
      `Cannot read "${path}": it is not JSON (${(cause as Error).message})`,
      {
        where: "--augmentation",
        fix: "Write a list of { augmentation, parameters }",
        cause,
      },
    );
  }
}

/**
 * What a chain of some applications is to do to a volume, checked.
 *
 * @throws {ExperimentFaults} For parameters that are missing, of another type,
 * or do not go with the shape.
 */
export function checkParameters(
  chain: Chain,
  list: readonly Application[],
  { shapeVox, path }: {
    /** Extent of the volume or region. */
    readonly shapeVox: Zyx;
    /** The file they come from. */
    readonly path: string;
  },
): readonly StepRecord[] {
  const records: StepRecord[] = list.map(({ augmentation, parameters }) => ({
    type: augmentation.type,
    parameters,
  }));
  const parsed = chain.schema!(shapeVox).safeParse(records);
  if (parsed.success) return parsed.data;
  throw new ExperimentFaults(parsed.error.issues.map((issue) => {
    const place = issue.path as (string | number)[];
    const type = list[Number(place[0])]?.augmentation.type;
    return new ExperimentError(
      `Cannot use ${pathText(place)} for "${type}": ${reasonOf(issue)}`,
      {
        where: `${path} ${pathText(place.slice(0, 1))}`,
        fix: "Write parameters as in the JSON file of a replayed sample, " +
          `for ${shapeVox.join(" × ")} voxels`,
      },
    );
  }));
}

/** What is wrong with a value, in words; those of zod begin with its kind. */
function reasonOf({ message }: z.core.$ZodIssue): string {
  if (message.endsWith("received undefined")) return "it is missing";
  return message.replace(
    /^(Invalid|Too|Unrecognized)[^:]*: /,
    (kind) => kind.startsWith("Unrec") ? "it has an unknown key " : "",
  );
}
