import { isCollection, LineCounter, parseAllDocuments, visit } from "yaml";
import type { Node } from "./node.ts";
import type { Fault, Place } from "./place.ts";
import { startsAt, syntaxWords, type YamlWords } from "./yaml_words.ts";
import { faultOfYaml, type YamlSource, YamlWalk } from "./yaml_walk.ts";

/** What a text in YAML says, with the place of each value, and what is wrong with it. */
export interface YamlReading {
  /** Its value; null if its syntax is broken or it has none. */
  readonly root: Node | null;
  /** Everything wrong with it. */
  readonly faults: readonly Fault[];
}

/** Reads one YAML 1.2 document. */
export function readYaml(text: string, source: YamlSource): YamlReading {
  const lines = new LineCounter();
  const placeOf = (offset: number): Place => {
    if (source.path) return { file: source.file, at: null };
    const { line, col } = lines.linePos(offset);
    return { file: source.file, at: { line, column: col } };
  };
  const refuse = (offset: number, reason: string, fix: string): YamlReading => {
    const place = placeOf(offset);
    const fault = faultOfYaml(source, { place, path: [], reason, fix });
    return { root: null, faults: [fault] };
  };
  const plain = text.replace(/^\uFEFF/, "");
  const documents = [...parseAllDocuments(plain, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false, // found by the walk, where the path is known
    intAsBigInt: true, // so that digits beyond 2^53 are noticed
    logLevel: "silent",
  })];
  const [document, second] = documents;
  if (!document) {
    const { reason, fix } = source.path ? noValue : noContent;
    return refuse(0, reason, fix);
  }
  const [problem] = [...document.errors, ...document.warnings];
  if (problem) {
    const parsed = { text: plain, document };
    const { reason, fix } = syntaxWords(problem, {
      ...parsed,
      lineOf(offset) {
        const { at } = placeOf(offset);
        return at && `line ${at.line}`;
      },
    });
    return refuse(startsAt(problem, parsed), reason, fix);
  }
  if (second) {
    return refuse(
      second.range[0],
      "a second document begins",
      'Keep one experiment a file and remove the line "---"',
    );
  }
  if (document.directives?.yaml.explicit && document.schema.name !== "core") {
    return refuse(
      0,
      `it says %YAML ${document.directives.yaml.version}, in which yes is true and 010 is 8`,
      "Remove that line: files are read as YAML 1.2",
    );
  }
  if (source.path && hasComment(document)) {
    return refuse(
      0,
      'what follows " #" would be dropped as a comment',
      `Put the value in quotes of its own, such as --set 'notes="issue #3"'`,
    );
  }
  const walk = new YamlWalk(source, placeOf);
  const root = walk.node(document.contents!, source.path ?? []);
  return { root: walk.isCutOff ? null : root, faults: walk.faults };
}

const noContent: YamlWords = {
  reason: "it is empty",
  fix:
    'Begin with "name:", "data:", "model:" and "loss:", or copy a file from experiments/',
};

const noValue: YamlWords = {
  reason: "its value is missing",
  fix: "Write a value such as 2, true, text, [8, 96, 96] or '{ type: dice }'",
};

/** Whether any of a document is a comment. */
function hasComment(document: ReturnType<typeof parseAllDocuments>[number]) {
  let found = Boolean(document.comment || document.commentBefore);
  visit(document as never, {
    Node(_, node) {
      found ||= Boolean(node.comment || node.commentBefore) ||
        isCollection(node) && Boolean(node.comment);
    },
  });
  return found;
}
