import { conditionFault } from "./_fault.ts";
import { type Token, tokensOf } from "./_tokens.ts";

/** How a name is compared with a value; `~` asks whether a text contains it. */
export type Operator = "=" | "!=" | "<" | "<=" | ">" | ">=" | "~";

/** What a run has to be like. */
export type Condition =
  | { readonly kind: "any" | "all"; readonly of: readonly Condition[] }
  | { readonly kind: "not"; readonly of: Condition }
  | { readonly kind: "saved"; readonly name: string; readonly at: number }
  | { readonly kind: "has"; readonly name: string; readonly at: number }
  | {
    readonly kind: "compares";
    readonly name: string;
    readonly operator: Operator;
    readonly value: string;
    readonly at: number;
  };

/**
 * Reads a condition such as `augment.elastic and ap > 0.4 or tag = paper`: names
 * alone, or compared with values by `= != < <= > >= ~`, joined by `and`, `or`,
 * `not` and brackets. A text with spaces stands in quotes; `@NAME` is the
 * condition that was saved under that name.
 *
 * @throws {ExperimentError} What is wrong, and at which character.
 */
export function parseCondition(text: string): Condition {
  return new Parser(text).whole();
}

const example = "ap > 0.4 and not tag = draft";

/** Brackets within brackets, at most. */
const mostNested = 100;

class Parser {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = tokensOf(text);
  }

  whole(): Condition {
    const condition = this.#joined("or");
    const rest = this.#peek();
    if (!rest) return condition;
    throw rest.kind === ")"
      ? this.#fault("this bracket was never opened", {
        at: rest.at,
        fix: "Remove it, or open it before",
      })
      : this.#fault(`${shown(rest)} follows a whole condition`, {
        at: rest.at,
        fix: `Write and, or or before it; a text with spaces stands in quotes`,
      });
  }

  #joined(word: "or" | "and"): Condition {
    const part = () => word === "or" ? this.#joined("and") : this.#negated();
    const parts = [part()];
    while (this.#takesWord(word)) parts.push(part());
    if (parts.length === 1) return parts[0]!;
    return { kind: word === "or" ? "any" : "all", of: parts };
  }

  #negated(): Condition {
    let isNegated = false;
    while (this.#takesWord("not")) isNegated = !isNegated;
    const of = this.#single();
    return isNegated ? { kind: "not", of } : of;
  }

  #single(): Condition {
    const token = this.#take();
    if (!token) {
      throw this.#fault(
        this.#text.trim() === "" ? "it is empty" : "it breaks off",
        { at: this.#text.length, fix: `Write it like ${example}` },
      );
    }
    if (token.kind === "(") return this.#bracket(token.at);
    if (token.kind !== "word" || isJoint(token)) {
      throw this.#fault(`a name should stand where ${shown(token)} is`, {
        at: token.at,
        fix: `Write it like ${example}`,
      });
    }
    const { text: name, at } = token;
    if (name.startsWith("@")) {
      return { kind: "saved", name: name.slice(1), at };
    }
    return this.#peek()?.kind === "operator"
      ? this.#comparison(name, at)
      : { kind: "has", name, at };
  }

  #bracket(at: number): Condition {
    if (++this.#depth > mostNested) {
      throw this.#fault("its brackets are too deep", {
        at,
        fix: "Write it with fewer brackets",
      });
    }
    const inner = this.#joined("or");
    if (this.#take()?.kind !== ")") {
      throw this.#fault("this bracket is not closed, or breaks off", {
        at,
        fix: "Close it by )",
      });
    }
    this.#depth--;
    return inner;
  }

  #comparison(name: string, at: number): Condition {
    const { text } = this.#take()!;
    const operator = text === "==" ? "=" : text;
    const value = this.#take();
    if (value?.kind === "word" && !isJoint(value) || value?.kind === "text") {
      return {
        kind: "compares",
        name,
        operator: operator as Operator,
        value: value.text,
        at,
      };
    }
    throw this.#fault(`a value is missing after "${name} ${operator}"`, {
      at: value?.at ?? this.#text.length,
      fix: `Write a number, a word, or a text in quotes`,
    });
  }

  #takesWord(word: string): boolean {
    const token = this.#peek();
    if (token?.kind !== "word" || token.text.toLowerCase() !== word) {
      return false;
    }
    this.#next++;
    return true;
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#next];
  }

  #take(): Token | undefined {
    return this.#tokens[this.#next++];
  }

  #fault(what: string, { at, fix }: { at: number; fix: string }) {
    return conditionFault(what, { text: this.#text, at, fix });
  }
}

function isJoint({ kind, text }: Token): boolean {
  return kind === "word" && ["and", "or", "not"].includes(text.toLowerCase());
}

function shown({ text }: Token): string {
  return JSON.stringify(text);
}
