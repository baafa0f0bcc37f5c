import type { Scalar } from "yaml";
import type { ScalarNode } from "./node.ts";
import type { YamlWords } from "./yaml_words.ts";

/**
 * The value of a scalar, or why it has none: numbers that are not what was
 * written, and text that no file can hold.
 */
export function readScalar(
  { value, source }: Pick<Scalar, "value" | "source">,
): Pick<ScalarNode, "value"> | YamlWords {
  if (typeof value === "bigint") {
    const number = Number(value);
    if (Number.isSafeInteger(number)) return { value: number };
    return {
      reason:
        `${value} is too large, whole numbers go up to ${Number.MAX_SAFE_INTEGER}`,
      fix: "Write a smaller number",
    };
  }
  if (typeof value === "number" && !Number.isFinite(value)) {
    const isWritten = source !== undefined && /^[-+]?\d/.test(source);
    return {
      reason: isWritten
        ? `${source} is too large, numbers go up to ${Number.MAX_VALUE}`
        : `${nameOf(value)} is not a number to compute with`,
      fix: "Write a finite number, or leave the key out to use its default",
    };
  }
  if (value === 0 && /^[-+.\d]*[1-9]/.test(source ?? "")) {
    return {
      reason: `${source} is too small, it would be read as 0`,
      fix: `Write 0, or a number of at least ${Number.MIN_VALUE}`,
    };
  }
  if (typeof value === "string" && !value.isWellFormed()) {
    return {
      reason: "it has half a character (a lone surrogate)",
      fix: "Write the character itself",
    };
  }
  return { value: value as ScalarNode["value"] };
}

/** How YAML writes what is not finite. */
function nameOf(value: number): string {
  return Number.isNaN(value) ? ".nan" : value > 0 ? ".inf" : "-.inf";
}
