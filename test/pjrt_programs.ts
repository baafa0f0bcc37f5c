import type {
  Client,
  CompileOptions,
  DeviceBuffer,
} from "@/engine/pjrt/mod.ts";
import { quickFlags } from "./quick_flags.ts";

/** Compiles in little time: the processor's plugin optimises nothing. */
export const quick: CompileOptions = {
  flags: quickFlags,
};

/** Scales a matrix, and transposes it as whole numbers; the first output can lie in the first input. */
export const scaleAndTranspose = `
module {
  func.func public @main(
    %a: tensor<2x3xf32> {tf.aliasing_output = 0 : i32}, %b: tensor<f32>
  ) -> (tensor<2x3xf32>, tensor<3x2xi32>) {
    %c = stablehlo.broadcast_in_dim %b, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
    %d = stablehlo.multiply %a, %c : tensor<2x3xf32>
    %e = stablehlo.convert %d : (tensor<2x3xf32>) -> tensor<2x3xi32>
    %f = stablehlo.transpose %e, dims = [1, 0] : (tensor<2x3xi32>) -> tensor<3x2xi32>
    return %d, %f : tensor<2x3xf32>, tensor<3x2xi32>
  }
}`;

/** Multiplies a 64×64 matrix by itself, with a tanh, over and over: some 9 µs each time. */
export function longLoop(times: number): string {
  return `
module {
  func.func public @main(%a: tensor<64x64xf32>) -> tensor<64x64xf32> {
    %zero = stablehlo.constant dense<0> : tensor<i32>
    %one = stablehlo.constant dense<1> : tensor<i32>
    %end = stablehlo.constant dense<${times}> : tensor<i32>
    %r:2 = stablehlo.while(%i = %zero, %x = %a) : tensor<i32>, tensor<64x64xf32>
    cond {
      %more = stablehlo.compare LT, %i, %end : (tensor<i32>, tensor<i32>) -> tensor<i1>
      stablehlo.return %more : tensor<i1>
    } do {
      %y = stablehlo.dot_general %x, %a, contracting_dims = [1] x [0]
        : (tensor<64x64xf32>, tensor<64x64xf32>) -> tensor<64x64xf32>
      %z = stablehlo.tanh %y : tensor<64x64xf32>
      %next = stablehlo.add %i, %one : tensor<i32>
      stablehlo.return %next, %z : tensor<i32>, tensor<64x64xf32>
    }
    return %r#1 : tensor<64x64xf32>
  }
}`;
}

/** Adds four numbers over several devices. */
export function sumOverDevices(devices: number): string {
  const group = Array.from({ length: devices }, (_, i) => i).join(", ");
  return `
module attributes {mhlo.num_replicas = ${devices} : i32} {
  func.func public @main(%x: tensor<4xf32>) -> tensor<4xf32> {
    %sum = "stablehlo.all_reduce"(%x) ({
    ^bb0(%a: tensor<f32>, %b: tensor<f32>):
      %c = stablehlo.add %a, %b : tensor<f32>
      stablehlo.return %c : tensor<f32>
    }) {replica_groups = dense<[[${group}]]> : tensor<1x${devices}xi64>}
      : (tensor<4xf32>) -> tensor<4xf32>
    return %sum : tensor<4xf32>
  }
}`;
}

/** An output that no memory can hold. */
export const huge = `
module {
  func.func public @main() -> tensor<140737488355328xui8> {
    %0 = stablehlo.iota dim = 0 : tensor<140737488355328xui8>
    return %0 : tensor<140737488355328xui8>
  }
}`;

/** Uploads float32 numbers. */
export function floats(
  client: Client,
  values: readonly number[],
  { shape = [values.length], device = 0 }: {
    shape?: readonly number[];
    device?: number;
  } = {},
): DeviceBuffer {
  return client.upload(Float32Array.from(values), {
    type: "f32",
    shape,
    device,
  });
}

/** The numbers of a float32 buffer. */
export function readFloats(buffer: DeviceBuffer | undefined): Float32Array {
  return new Float32Array(buffer!.readNow().buffer);
}
