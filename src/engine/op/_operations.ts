import * as tf from "@tensorflow/tfjs-core";
import type { VocabularyBackend } from "../vocabulary/backend.ts";
import { type Attribute, attributeTypes } from "../vocabulary/types.ts";

/** What takes operations in TensorFlow's words, attributes and all. */
export type Operations = Pick<
  VocabularyBackend,
  | "executeSingleOutput"
  | "executeMultipleOutputs"
  | "binding"
  | "getInputTensorIds"
  | "createOutputTensor"
>;

/** What computes now, if it takes operations in TensorFlow's words; else null. */
export function operations(): Operations | null {
  const backend: unknown = tf.backend();
  return "executeSingleOutput" in (backend as object)
    ? backend as Operations
    : null;
}

/** An attribute that says the numbers of `key` are 32-bit floats. */
export function floats(key: string): Attribute {
  return { name: key, type: attributeTypes.TF_ATTR_TYPE, value: 1 };
}

/** An attribute that is a text. */
export function word(name: string, value: string): Attribute {
  return { name, type: attributeTypes.TF_ATTR_STRING, value };
}

/** An attribute that is a list of whole numbers. */
export function whole(name: string, value: readonly number[]): Attribute {
  return { name, type: attributeTypes.TF_ATTR_INT, value };
}

/** An attribute that is a number. */
export function real(name: string, value: number): Attribute {
  return { name, type: attributeTypes.TF_ATTR_FLOAT, value };
}

/** An attribute that is true or false. */
export function flag(name: string, value: boolean): Attribute {
  return { name, type: attributeTypes.TF_ATTR_BOOL, value };
}

/** An attribute that says the numbers of `key` are 32-bit whole numbers. */
export function typeOfWhole(key: string): Attribute {
  return { name: key, type: attributeTypes.TF_ATTR_TYPE, value: 3 };
}
