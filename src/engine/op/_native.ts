import * as tf from "@tensorflow/tfjs-core";
import { BACKEND_NAME, type NativeBackend } from "../binding/backend.ts";
import { type Attribute, attributeTypes } from "../binding/types.ts";

export type { NativeBackend };

/** TensorFlow's backend if it is the one that computes now, else null. */
export function nativeBackend(): NativeBackend | null {
  return tf.getBackend() === BACKEND_NAME
    ? tf.backend() as NativeBackend
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
