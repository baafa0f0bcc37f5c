/** TensorFlow's numbers of the types a tensor can have (tf_datatype.h). */
export const dataTypes = {
  TF_FLOAT: 1,
  TF_UINT8: 4,
  TF_INT32: 3,
  TF_STRING: 7,
  TF_COMPLEX64: 8,
  TF_INT64: 9,
  TF_BOOL: 10,
  TF_BFLOAT16: 14,
  TF_RESOURCE: 20,
} as const;

/** The numbers by which tfjs's kernels name the type of an attribute. */
export const attributeTypes = {
  TF_ATTR_STRING: 0,
  TF_ATTR_INT: 1,
  TF_ATTR_FLOAT: 2,
  TF_ATTR_BOOL: 3,
  TF_ATTR_TYPE: 4,
  TF_ATTR_SHAPE: 5,
} as const;

/** An attribute of an operation, as tfjs's kernels state it. */
export interface Attribute {
  /** Its name in TensorFlow's registry of operations. */
  readonly name: string;
  /** One of {@linkcode attributeTypes}. */
  readonly type: number;
  /** A number, a flag, a text, or a list of one of them. */
  readonly value: unknown;
}

/** A tensor as the binding hands it to tfjs. */
export interface TensorMeta {
  /** Its number within the binding. */
  readonly id: number;
  /** Its extents. */
  readonly shape: number[];
  /** One of {@linkcode dataTypes}. */
  readonly dtype: number;
}

/** What a compiled function takes or gives at one place. */
export interface TensorSpec {
  /** Its extents. */
  readonly shape: readonly number[];
  /** One of {@linkcode dataTypes}. */
  readonly dtype: number;
}

/** An attribute that names a type of numbers. */
export function typeAttribute(key: string, dtype: number): Attribute {
  return { name: key, type: attributeTypes.TF_ATTR_TYPE, value: dtype };
}
