import * as z from "zod";
import {
  checkIsFile,
  type Entry,
  ExperimentError,
  ExperimentFaults,
  explainSystemError,
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
  parameters: z.unknown().optional().describe("what it does"),
}));

/**
 * Reads applications from a JSON file: a list of them, or an object that has one
 * under `augmentations`, such as the file of a replayed sample. Options that an
 * augmentation leaves out get their defaults.
 *
 * @throws {ExperimentError} If it cannot be read or names what does not exist;
 * parameters are left to {@linkcode checkParameters}.
 */
export function readApplications(path: string): readonly Application[] {
  const list = listOf(parseJson(readText(path), path), path);
  const parsed = applications.safeParse(list);
  if (parsed.success) return parsed.data as readonly Application[];
  const schema = jsonSchemaOf(applications);
  const root = nodeOf(list, { file: path, at: null });
  throw new ExperimentFaults(
    parsed.error.issues.flatMap((issue) =>
      explainIssue(issue, { root, schema })
    )
      .map(({ error }) => error),
  );
}

/** The list in the content of a file, if every item begins as it should. */
function listOf(content: unknown, path: string): readonly unknown[] {
  const list = isMapping(content) ? content.augmentations : content;
  const isFine = Array.isArray(list) && list.length > 0 &&
    list.every((one) => isMapping(one) && isMapping(one.augmentation));
  if (isFine) return list;
  throw new ExperimentError(
    `Cannot use "${path}": it should list what to do, ` +
      "each an object with augmentation and parameters",
    { where: "--augmentation", fix: `Write it like ${example}` },
  );
}

const example = "the list augmentations in the JSON file of a replayed sample";

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function readText(path: string): string {
  try {
    checkIsFile(path, "--augmentation");
    return Deno.readTextFileSync(path);
  } catch (error) {
    throw explainSystemError(error, {
      ...{ doing: `read "${path}"`, where: "--augmentation" },
    });
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
        fix: `Write it like ${example}`,
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
  const parsed = chain.schema(shapeVox).safeParse(records);
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

/** What is wrong with a value, in words. */
function reasonOf({ code, message }: z.core.$ZodIssue): string {
  if (message.endsWith("received undefined")) return "it is missing";
  if (code === "custom") return message;
  const [, rest = message] = /^[A-Z][^:.]*[:.] (.*)$/.exec(message) ?? [];
  return code === "unrecognized_keys"
    ? `it has an unknown key ${rest}`
    : rest.replace(/^E/, "e");
}
