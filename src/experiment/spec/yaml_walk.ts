import { isAlias, isMap, isScalar, isSeq, type Node as YamlNode } from "yaml";
import { ExperimentError, printable } from "@/core/mod.ts";
import type { MapEntry, MapNode, Node } from "./node.ts";
import {
  type Fault,
  type Path,
  pathText,
  type Place,
  placeText,
  shownKey,
} from "./place.ts";
import { readScalar } from "./yaml_scalar.ts";
import { deepest, tooDeep, type YamlWords } from "./yaml_words.ts";

/** The most values an experiment can have once its aliases are written out. */
const mostValues = 20_000;

/** Tags that say what a value is anyway. */
const plainTags = ["str", "int", "float", "bool", "null", "map", "seq"]
  .map((name) => `tag:yaml.org,2002:${name}`);

/** What a text in YAML is called, and where its value goes. */
export interface YamlSource {
  /** The file as named, or the option that gave the text. */
  readonly file: string;
  /** Where a value of the command line goes, which has no lines; none for a file. */
  readonly path?: Path;
}

/** What is wrong with a text in YAML, and where. */
interface YamlFault extends YamlWords {
  readonly place: Place;
  readonly path: Path;
}

/** A fault as errors tell it. */
export function faultOfYaml(
  { file, path: within }: YamlSource,
  { place, path, reason, fix }: YamlFault,
): Fault {
  const cannot = within ? `set ${pathText(within)}` : `read ${file}`;
  const isWhole = within?.length === path.length;
  const where = placeText(place, isWhole ? [] : path);
  return {
    place,
    error: new ExperimentError(`Cannot ${cannot}: ${printable(reason)}`, {
      where,
      fix,
    }),
  };
}

/** Turns the parser's nodes into ours, aliases written out, and collects faults. */
export class YamlWalk {
  readonly faults: Fault[] = [];
  /** Whether the text is so large that the rest was not looked at. */
  isCutOff = false;
  readonly #source: YamlSource;
  readonly #placeOf: (offset: number) => Place;
  readonly #anchors = new Map<string, YamlNode>();
  readonly #open = new Set<YamlNode>();
  #values = 0;

  constructor(source: YamlSource, placeOf: (offset: number) => Place) {
    this.#source = source;
    this.#placeOf = placeOf;
  }

  /** The node at a path; `place` where it is not the parser's own. */
  node(yaml: YamlNode | null, path: Path, place = this.#place(yaml)): Node {
    const unknown: Node = { kind: "unknown", place };
    if (this.isCutOff) return unknown;
    if (!yaml) return { kind: "scalar", place, value: null };
    if (++this.#values > mostValues) {
      this.isCutOff = true;
      return this.#refuse(place, path, {
        reason:
          `it has more than ${mostValues} values once its aliases are written out`,
        fix: "Use fewer aliases",
      });
    }
    if (path.length > deepest) {
      this.isCutOff = true;
      return this.#refuse(place, this.#source.path ?? [], tooDeep);
    }
    if (isAlias(yaml)) return this.#alias(yaml.source, path, place);
    if (yaml.anchor) this.#anchors.set(yaml.anchor, yaml);
    if (yaml.tag !== undefined && !plainTags.includes(yaml.tag)) {
      return this.#refuse(place, path, {
        reason: `the tag ${yaml.tag} has no meaning here`,
        fix: 'Remove the word that begins with "!"',
      });
    }
    this.#open.add(yaml);
    const node = this.#content(yaml, path, place);
    this.#open.delete(yaml);
    return node;
  }

  #content(yaml: YamlNode, path: Path, place: Place): Node {
    if (isMap(yaml)) {
      const own = new Map<string, MapEntry>();
      const merged: MapNode[] = [];
      let before: Place | undefined;
      for (const { key, value } of yaml.items) {
        const node = value as YamlNode | null;
        if (!isMerge(key)) this.#entry(key, node, own, path);
        else if (before) this.#twice("<<", this.#place(key), before, path);
        else {
          before = this.#place(key);
          merged.push(...this.#merged(key as YamlNode, node, path));
        }
      }
      const all = [own, ...merged.map(({ entries }) => entries)];
      const entries = new Map(all.toReversed().flatMap((one) => [...one]));
      return { kind: "map", place, entries };
    }
    if (isSeq(yaml)) {
      const items = yaml.items.map((item, i) =>
        this.node(item as YamlNode, [...path, i])
      );
      return { kind: "list", place, items };
    }
    const read = readScalar(isScalar(yaml) ? yaml : { value: null });
    return "value" in read
      ? { kind: "scalar", place, value: read.value }
      : this.#refuse(place, path, read);
  }

  /** The maps that `<<` puts below a map, the first one on top. */
  #merged(key: YamlNode, value: YamlNode | null, path: Path): MapNode[] {
    const node = this.node(value, [...path, "<<"], this.#place(value ?? key));
    const maps = node.kind === "list" ? node.items : [node];
    return maps.flatMap((map) => {
      if (map.kind === "map") return [map];
      if (map.kind !== "unknown") {
        this.#refuse(map.place, [...path, "<<"], {
          reason: 'what "<<" merges is no mapping',
          fix: "Write <<: *name, or a list of them, each of a mapping",
        });
      }
      return [];
    });
  }

  #entry(
    key: unknown,
    value: YamlNode | null,
    entries: Map<string, MapEntry>,
    path: Path,
  ): void {
    const keyPlace = this.#place(key);
    if (
      !isScalar(key) || typeof key.value !== "string" || key.value === "" ||
      !key.value.isWellFormed()
    ) {
      this.#refuse(keyPlace, path, {
        reason: "a key is not a word",
        fix: "Write keys as plain words, such as batch: 2",
      });
      return;
    }
    const name = key.value;
    const before = entries.get(name);
    if (before) {
      this.#twice(name, keyPlace, before.keyPlace, path);
    } else if (name === "__proto__") {
      this.#refuse(keyPlace, path, {
        reason: 'the key "__proto__" has a meaning of its own in JavaScript',
        fix: "Remove it",
      });
    } else {
      const node = value === null
        ? this.node(null, [...path, name], keyPlace)
        : this.node(value, [...path, name]);
      entries.set(name, { keyPlace, node });
    }
  }

  #twice(name: string, place: Place, before: Place, path: Path): void {
    const line = before.at?.line;
    this.#refuse(place, [...path, name], {
      reason: `the key "${shownKey(name)}" occurs twice` +
        (line === undefined ? "" : `, first in line ${line}`),
      fix: "Keep one of the two",
    });
  }

  #alias(name: string, path: Path, place: Place): Node {
    const target = this.#anchors.get(name);
    if (target && !this.#open.has(target)) {
      return this.node(target, path, place);
    }
    return this.#refuse(
      place,
      path,
      target
        ? {
          reason: `the alias "*${name}" stands inside the value it refers to`,
          fix: "Write the value out",
        }
        : {
          reason: `the alias "*${name}" refers to nothing above it`,
          fix:
            `Put "&${name}" before the value it should repeat, or write the value out`,
        },
    );
  }

  #place(yaml: unknown): Place {
    return this.#placeOf((yaml as YamlNode | null)?.range?.[0] ?? 0);
  }

  /** Notes a fault; what stands there is unknown. */
  #refuse(place: Place, path: Path, words: YamlWords): Node {
    this.faults.push(faultOfYaml(this.#source, { place, path, ...words }));
    return { kind: "unknown", place };
  }
}

/** Whether a key merges maps: `<<`, not in quotes. */
function isMerge(key: unknown): boolean {
  return isScalar(key) && key.value === "<<" && key.type === "PLAIN";
}
