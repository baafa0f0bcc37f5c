import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node as YamlNode,
  parseAllDocuments,
  type YAMLError,
} from "yaml";
import { ExperimentError } from "@/core/mod.ts";
import type { MapEntry, Node, ScalarNode } from "./node.ts";
import { type Fault, type Path, type Place, placeText } from "./place.ts";

/** The deepest nesting an experiment can have. */
const deepest = 64;
/** The most values an experiment can have once its aliases are written out. */
const mostValues = 100_000;

/** What a text in YAML says, with the place of each value, and what is wrong with it. */
export interface YamlReading {
  /** Its value; null if its syntax is broken or it has none. */
  readonly root: Node | null;
  /** Everything wrong with it. */
  readonly faults: readonly Fault[];
}

/** Reads one YAML 1.2 document; `file` is what places call it. */
export function readYaml(text: string, file: string): YamlReading {
  if (opensTooMuch(text)) {
    return broken({ file, at: null }, tooDeep.reason, tooDeep.fix);
  }
  const lines = new LineCounter();
  const documents = [...parseAllDocuments(text.replace(/^\uFEFF/, ""), {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false, // found below, where the path is known
    intAsBigInt: true, // so that digits beyond 2^53 are noticed
    logLevel: "silent",
  })];
  const placeOf = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, at: { line, column: col } };
  };
  const [document, second] = documents;
  if (!document || (!document.contents && document.errors.length === 0)) {
    return broken(placeOf(0), "it is empty", startHint);
  }
  const [problem] = [...document.errors, ...document.warnings];
  if (problem) {
    const { reason, fix } = explain(problem);
    return broken(placeOf(problem.pos[0]), reason, fix);
  }
  if (second) {
    return broken(
      placeOf(second.range[0]),
      "a second document begins",
      'Keep one experiment a file and remove the line "---"',
    );
  }
  const walk = new Walk(placeOf);
  const root = walk.node(document.contents!, []);
  return { root: walk.isCutOff ? null : root, faults: walk.faults };
}

const startHint =
  'Begin with "name:", "data:", "model:" and "loss:", or copy a file from experiments/';

function broken(place: Place, reason: string, fix: string): YamlReading {
  return { root: null, faults: [fault(place, [], reason, fix)] };
}

function fault(place: Place, path: Path, reason: string, fix: string): Fault {
  const where = placeText(place, path);
  return {
    place,
    error: new ExperimentError(`Cannot read ${place.file}: ${reason}`, {
      where,
      fix,
    }),
  };
}

/** Says in plain words what the parser found. */
function explain(
  { code, message }: YAMLError,
): Record<"reason" | "fix", string> {
  switch (code) {
    case "TAB_AS_INDENT":
      return {
        reason: "a tab is used for indentation",
        fix: "Indent with spaces, two for each level",
      };
    case "RESOURCE_EXHAUSTION":
      return tooDeep;
    case "BAD_INDENT":
      return {
        reason: `the indentation is wrong (${inSentence(message)})`,
        fix: "Line the keys of one group up below each other, with spaces",
      };
    case "MISSING_CHAR":
    case "BAD_SCALAR_START":
    case "MULTILINE_IMPLICIT_KEY":
    case "BLOCK_IN_FLOW":
      return {
        reason: inSentence(message),
        fix: 'Look for a missing quote, bracket, comma or ": " there or above',
      };
    case "TAG_RESOLVE_FAILED":
      return {
        reason: `${inSentence(message)}, tags have no meaning here`,
        fix: 'Remove the word that begins with "!"',
      };
    default:
      return {
        reason: inSentence(message),
        fix: "Correct the YAML there or in the line above",
      };
  }
}

const tooDeep = {
  reason: `it is nested more than ${deepest} levels deep`,
  fix: "Flatten it: no experiment needs more than ten levels",
};

/** Whether so many brackets stay open that the parser would choke on them. */
function opensTooMuch(text: string): boolean {
  let depth = 0;
  for (let i = 0; i < text.length && depth < 1000; i++) {
    const c = text[i];
    if (c === "[" || c === "{") depth++;
    else if (c === "]" || c === "}") depth--;
  }
  return depth >= 1000;
}

/** "Flow map must end" → "flow map must end". */
function inSentence(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1);
}

/** How YAML writes what is not finite. */
function nameOf(value: number): string {
  return Number.isNaN(value) ? ".nan" : value > 0 ? ".inf" : "-.inf";
}

/** Turns the parser's nodes into ours, aliases written out, and collects faults. */
class Walk {
  readonly faults: Fault[] = [];
  isCutOff = false;
  readonly #placeOf: (offset: number) => Place;
  readonly #anchors = new Map<string, YamlNode>();
  readonly #open = new Set<YamlNode>();
  #values = 0;

  constructor(placeOf: (offset: number) => Place) {
    this.#placeOf = placeOf;
  }

  node(yaml: YamlNode | null, path: Path, place = this.#place(yaml)): Node {
    const unknown: Node = { kind: "unknown", place };
    if (this.isCutOff) return unknown;
    if (!yaml) return { kind: "scalar", place, value: null };
    if (++this.#values > mostValues) {
      this.isCutOff = true;
      this.#add(
        place,
        path,
        `it has more than ${mostValues} values once its aliases are written out`,
        "Use fewer aliases",
      );
      return unknown;
    }
    if (path.length > deepest) {
      this.isCutOff = true;
      this.#add(place, [], tooDeep.reason, tooDeep.fix);
      return unknown;
    }
    if (isAlias(yaml)) return this.#alias(yaml.source, path, place);
    if (yaml.anchor) this.#anchors.set(yaml.anchor, yaml);
    this.#open.add(yaml);
    const node = this.#content(yaml, path, place);
    this.#open.delete(yaml);
    return node;
  }

  #content(yaml: YamlNode, path: Path, place: Place): Node {
    if (isMap(yaml)) {
      const entries = new Map<string, MapEntry>();
      for (const { key, value } of yaml.items) {
        this.#entry(key, value as YamlNode | null, entries, path);
      }
      return { kind: "map", place, entries };
    }
    if (isSeq(yaml)) {
      const items = yaml.items.map((item, i) =>
        this.node(item as YamlNode, [...path, i])
      );
      return { kind: "list", place, items };
    }
    return this.#scalar(isScalar(yaml) ? yaml.value : null, path, place);
  }

  #entry(
    key: unknown,
    value: YamlNode | null,
    entries: Map<string, MapEntry>,
    path: Path,
  ): void {
    const keyPlace = this.#place(key);
    if (!isScalar(key) || typeof key.value !== "string" || key.value === "") {
      this.#add(
        keyPlace,
        path,
        "a key is not a word",
        "Write keys as plain words, such as batch: 2",
      );
      return;
    }
    const name = key.value;
    const before = entries.get(name);
    if (before) {
      this.#add(
        keyPlace,
        [...path, name],
        `the key "${name}" occurs twice, first in line ${before.keyPlace.at?.line}`,
        "Keep one of the two",
      );
    } else if (name === "__proto__") {
      this.#add(
        keyPlace,
        path,
        'the key "__proto__" has a meaning of its own in JavaScript',
        "Remove it",
      );
    } else {
      const node = value === null
        ? this.node(null, [...path, name], keyPlace)
        : this.node(value, [...path, name]);
      entries.set(name, { keyPlace, node });
    }
  }

  #alias(name: string, path: Path, place: Place): Node {
    const target = this.#anchors.get(name);
    if (target && !this.#open.has(target)) {
      return this.node(target, path, place);
    }
    this.#add(
      place,
      path,
      target
        ? `the alias "*${name}" stands inside the value it refers to`
        : `the alias "*${name}" refers to nothing above it`,
      target
        ? "Write the value out"
        : `Put "&${name}" before the value it should repeat, or write the value out`,
    );
    return { kind: "unknown", place };
  }

  #scalar(value: unknown, path: Path, place: Place): Node {
    if (typeof value === "bigint") {
      const number = Number(value);
      if (!Number.isSafeInteger(number)) {
        this.#add(
          place,
          path,
          `${value} is too large, whole numbers go up to ${Number.MAX_SAFE_INTEGER}`,
          "Write a smaller number",
        );
        return { kind: "unknown", place };
      }
      return { kind: "scalar", place, value: number };
    }
    if (typeof value === "number" && !Number.isFinite(value)) {
      this.#add(
        place,
        path,
        `${nameOf(value)} is not a number to compute with`,
        "Write a finite number, or leave the key out to use its default",
      );
      return { kind: "unknown", place };
    }
    return { kind: "scalar", place, value: value as ScalarNode["value"] };
  }

  #place(yaml: unknown): Place {
    return this.#placeOf((yaml as YamlNode | null)?.range?.[0] ?? 0);
  }

  #add(place: Place, path: Path, reason: string, fix: string): void {
    this.faults.push(fault(place, path, reason, fix));
  }
}
