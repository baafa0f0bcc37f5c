import { int64s, type Library, name, utf8 } from "./library.ts";
import {
  type Attribute,
  attributeTypes as types,
} from "../vocabulary/types.ts";

/** Sets an attribute of an operation that is about to run. */
export function setEagerAttribute(
  { library, operation }: {
    readonly library: Library;
    readonly operation: Deno.PointerValue;
  },
  attribute: Attribute,
): void {
  const { call, status } = library;
  setAttribute(operation, attribute, {
    text: call.TFE_OpSetAttrString,
    int: call.TFE_OpSetAttrInt,
    ints: call.TFE_OpSetAttrIntList,
    float: call.TFE_OpSetAttrFloat,
    floats: call.TFE_OpSetAttrFloatList,
    flag: call.TFE_OpSetAttrBool,
    flags: call.TFE_OpSetAttrBoolList,
    type: call.TFE_OpSetAttrType,
    shape: (op, key, dims, rank) => {
      call.TFE_OpSetAttrShape(op, key, dims, rank, status);
      library.check(`attribute ${attribute.name}`);
    },
  });
}

/** Sets an attribute of a node that is about to join a graph. */
export function setGraphAttribute(
  { library: { call }, operation }: {
    readonly library: Library;
    readonly operation: Deno.PointerValue;
  },
  attribute: Attribute,
): void {
  setAttribute(operation, attribute, {
    text: call.TF_SetAttrString,
    int: call.TF_SetAttrInt,
    ints: call.TF_SetAttrIntList,
    float: call.TF_SetAttrFloat,
    floats: call.TF_SetAttrFloatList,
    flag: call.TF_SetAttrBool,
    flags: call.TF_SetAttrBoolList,
    type: call.TF_SetAttrType,
    shape: call.TF_SetAttrShape,
  });
}

type Op = Deno.PointerValue;
type Key = Uint8Array<ArrayBuffer>;

interface Setters {
  text(op: Op, key: Key, value: Key, bytes: bigint): void;
  int(op: Op, key: Key, value: bigint): void;
  ints(op: Op, key: Key, values: BigInt64Array<ArrayBuffer>, n: number): void;
  float(op: Op, key: Key, value: number): void;
  floats(op: Op, key: Key, values: Float32Array<ArrayBuffer>, n: number): void;
  flag(op: Op, key: Key, value: number): void;
  flags(op: Op, key: Key, values: Key, n: number): void;
  type(op: Op, key: Key, value: number): void;
  shape(op: Op, key: Key, dims: BigInt64Array<ArrayBuffer>, n: number): void;
}

function setAttribute(op: Op, attribute: Attribute, set: Setters): void {
  const key = name(attribute.name);
  const { type, value } = attribute;
  if (type === types.TF_ATTR_STRING) {
    const bytes = utf8(value as string);
    set.text(op, key, bytes, BigInt(bytes.length));
  } else if (type === types.TF_ATTR_INT) {
    if (Array.isArray(value)) set.ints(op, key, int64s(value), value.length);
    else set.int(op, key, BigInt(value as number));
  } else if (type === types.TF_ATTR_FLOAT) {
    if (Array.isArray(value)) {
      set.floats(op, key, Float32Array.from(value), value.length);
    } else set.float(op, key, value as number);
  } else if (type === types.TF_ATTR_BOOL) {
    if (Array.isArray(value)) {
      set.flags(op, key, Uint8Array.from(value, Number), value.length);
    } else set.flag(op, key, value ? 1 : 0);
  } else if (type === types.TF_ATTR_TYPE) {
    set.type(op, key, value as number);
  } else if (type === types.TF_ATTR_SHAPE) {
    const dims = value as number[];
    set.shape(op, key, int64s(dims), dims.length);
  } else {
    throw new TypeError(
      `Cannot set attribute "${attribute.name}": type ${type} is not known`,
    );
  }
}
