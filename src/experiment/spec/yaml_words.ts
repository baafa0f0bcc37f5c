import { type Document, isSeq, visit, type YAMLError } from "yaml";

/** The deepest nesting an experiment can have. */
export const deepest = 64;

/** A reason why a text cannot be read, and what to do about it. */
export interface YamlWords {
  readonly reason: string;
  readonly fix: string;
}

/** What is said of a text that is nested too deep. */
export const tooDeep: YamlWords = {
  reason: `it is nested more than ${deepest} levels deep`,
  fix: "Flatten it: no experiment needs more than ten levels",
};

/** A text in YAML and what the parser made of it. */
export interface Parsed {
  /** What was parsed. */
  readonly text: string;
  /** What came of it. */
  readonly document: Document;
}

/**
 * Where a reader should look first: where the bracket or the quote opens that
 * does not close.
 */
export function startsAt(problem: YAMLError, parsed: Parsed): number {
  const { text, document } = parsed;
  if (strayBracket(problem, parsed)) return problem.pos[0];
  return openBracket(problem, document)?.at ??
    openQuote(problem, text) ?? problem.pos[0];
}

/** Says in plain words what the parser found. */
export function syntaxWords(
  problem: YAMLError,
  { lineOf, ...parsed }: Parsed & {
    /** Names the line of a place, if there are lines. */
    readonly lineOf: (offset: number) => string | null;
  },
): YamlWords {
  const { code, message, pos: [noticed] } = problem;
  const stray = strayBracket(problem, parsed);
  if (stray) {
    const opens = stray === "]" ? "[" : "{";
    return {
      reason: `the "${stray}" has no "${opens}"`,
      fix: `Add the missing "${opens}", or remove the "${stray}"`,
    };
  }
  const open = openBracket(problem, parsed.document);
  if (open) {
    const line = lineOf(noticed);
    return {
      reason: `the "${open.opens}" has no "${open.closes}"` +
        (line === null ? "" : ` up to ${line}`),
      fix: `Add the missing "${open.closes}"; ` +
        "further lines of it begin deeper than its key",
    };
  }
  if (openQuote(problem, parsed.text) !== null) {
    return {
      reason: "the quote that begins there has no end",
      fix: "Add the missing quote at the end of the text",
    };
  }
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

/** The list or mapping in brackets whose end the parser misses, if that is the problem. */
function openBracket(
  { code, message, pos: [noticed] }: YAMLError,
  document: Document,
): { at: number; opens: string; closes: string } | null {
  const isMissing = (code === "BAD_INDENT" || code === "MISSING_CHAR") &&
    /must (be sufficiently indented and )?end with a [\]}]$/.test(message);
  let at: number | null = null, isList = false;
  visit(document as never, {
    Collection(_, node) {
      const begins = node.flow && node.range && node.range[1] === noticed;
      if (begins) [at, isList] = [node.range![0], isSeq(node)];
    },
  });
  if (!isMissing || at === null) return null;
  return isList
    ? { at, opens: "[", closes: "]" }
    : { at, opens: "{", closes: "}" };
}

/** A bracket that closes what none has opened; null if that is not the problem. */
function strayBracket(
  problem: YAMLError,
  { text, document }: Parsed,
): string | null {
  const { code, pos: [noticed] } = problem;
  const bracket = text.charAt(noticed);
  if (bracket !== "]" && bracket !== "}") return null;
  if (code === "UNEXPECTED_TOKEN") return bracket;
  const open = openBracket(problem, document);
  if (!open) return null;
  const begin = text.lastIndexOf("\n", open.at) + 1;
  const end = text.indexOf("\n", noticed);
  const lines = text.slice(begin, end < 0 ? text.length : end);
  const count = (sign: string) => lines.split(sign).length;
  const opens = bracket === "]" ? "[" : "{";
  return count(bracket) > count(opens) ? bracket : null;
}

/** Where the text in quotes begins that does not end, if that is the problem. */
function openQuote(
  { code, message, pos: [noticed] }: YAMLError,
  text: string,
): number | null {
  const [, quote] = /closing (["'])quote$/.exec(message) ?? [];
  if (code !== "MISSING_CHAR" || quote === undefined) return null;
  const at = text.lastIndexOf(quote, noticed - 1);
  return at < 0 ? null : at;
}

/** "Flow map must end" → "flow map must end". */
function inSentence(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1);
}
