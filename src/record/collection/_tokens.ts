import { conditionFault } from "./_fault.ts";

/** A piece of a condition. */
export interface Token {
  /** A text is what stood in quotes. */
  readonly kind: "word" | "text" | "operator" | "(" | ")";
  /** What it says, without quotes. */
  readonly text: string;
  /** Its first character's place, from 0. */
  readonly at: number;
}

const piece =
  /(?<space>\s+)|(?<bracket>[()])|(?<operator>[<>!=]=|[=<>~])|(?<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?<word>[^\s()"'<>=!~]+)/suy;

/**
 * The pieces of a condition.
 *
 * @throws {ExperimentError} Where quotes are open, or a character has no meaning.
 */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length;) {
    piece.lastIndex = at;
    const groups = piece.exec(text)?.groups;
    if (!groups) throw strayCharacter(text, at);
    const { space, bracket, operator, text: quoted, word } = groups;
    if (bracket) tokens.push({ kind: bracket as "(", text: bracket, at });
    if (operator) tokens.push({ kind: "operator", text: operator, at });
    if (word) tokens.push({ kind: "word", text: word, at });
    if (quoted) {
      const inner = quoted.slice(1, -1).replaceAll(/\\(.)/gsu, "$1");
      tokens.push({ kind: "text", text: inner, at });
    }
    at += (space ?? bracket ?? operator ?? quoted ?? word)!.length;
  }
  return tokens;
}

function strayCharacter(text: string, at: number) {
  return /["']/.test(text[at]!)
    ? conditionFault("the text that begins here has no end", {
      text,
      at,
      fix: `Close it by ${text[at]}`,
    })
    : conditionFault(`"${text[at]}" means nothing here`, {
      text,
      at,
      fix: "Write != for unequal, or not before a condition",
    });
}
