const P = "pointer",
  B = "buffer",
  N = "i32",
  L = "i64",
  Z = "usize",
  V = "void";

/** One end of an edge of a graph: the operation and which of its outputs. */
const OUTPUT = { struct: ["pointer", "i32"] } as const;

function c<
  const Parameters extends readonly Deno.NativeType[],
  const Result extends Deno.NativeResultType,
>(parameters: Parameters, result: Result) {
  return { parameters, result };
}

/** The functions of TensorFlow's C API that the binding calls (c_api.h, eager/c_api.h). */
export const symbols = {
  TF_Version: c([], P),
  TF_NewStatus: c([], P),
  TF_DeleteStatus: c([P], V),
  TF_GetCode: c([P], N),
  TF_Message: c([P], P),
  TF_SetStatus: c([P, N, B], V),

  TFE_NewContextOptions: c([], P),
  TFE_ContextOptionsSetConfig: c([P, B, Z, P], V),
  TFE_DeleteContextOptions: c([P], V),
  TFE_NewContext: c([P, P], P),
  TFE_DeleteContext: c([P], V),
  TFE_ContextListDevices: c([P, P], P),
  TF_DeviceListCount: c([P], N),
  TF_DeviceListType: c([P, N, P], P),
  TF_DeviceListName: c([P, N, P], P),
  TF_DeleteDeviceList: c([P], V),

  TF_AllocateTensor: c([N, B, N, Z], P),
  TF_TensorData: c([P], P),
  TF_TensorByteSize: c([P], Z),
  TF_DeleteTensor: c([P], V),

  TFE_NewTensorHandle: c([P, P], P),
  TFE_DeleteTensorHandle: c([P], V),
  TFE_TensorHandleCopyToDevice: c([P, P, B, P], P),
  TFE_TensorHandleResolve: c([P, P], P),
  TFE_TensorHandleDataType: c([P], N),
  TFE_TensorHandleNumDims: c([P, P], N),
  TFE_TensorHandleDim: c([P, N, P], L),

  TFE_NewOp: c([P, B, P], P),
  TFE_DeleteOp: c([P], V),
  TFE_OpAddInput: c([P, P, P], V),
  TFE_OpSetAttrString: c([P, B, B, Z], V),
  TFE_OpSetAttrInt: c([P, B, L], V),
  TFE_OpSetAttrIntList: c([P, B, B, N], V),
  TFE_OpSetAttrFloat: c([P, B, "f32"], V),
  TFE_OpSetAttrFloatList: c([P, B, B, N], V),
  TFE_OpSetAttrBool: c([P, B, "u8"], V),
  TFE_OpSetAttrBoolList: c([P, B, B, N], V),
  TFE_OpSetAttrType: c([P, B, N], V),
  TFE_OpSetAttrShape: c([P, B, B, N, P], V),
  TFE_Execute: c([P, B, B, P], V),

  TF_NewGraph: c([], P),
  TF_DeleteGraph: c([P], V),
  TF_NewOperation: c([P, B, B], P),
  TF_FinishOperation: c([P, P], P),
  TF_AddInput: c([P, OUTPUT], V),
  TF_AddInputList: c([P, B, N], V),
  TF_AddControlInput: c([P, P], V),
  TF_SetAttrString: c([P, B, B, Z], V),
  TF_SetAttrInt: c([P, B, L], V),
  TF_SetAttrIntList: c([P, B, B, N], V),
  TF_SetAttrFloat: c([P, B, "f32"], V),
  TF_SetAttrFloatList: c([P, B, B, N], V),
  TF_SetAttrBool: c([P, B, "u8"], V),
  TF_SetAttrBoolList: c([P, B, B, N], V),
  TF_SetAttrType: c([P, B, N], V),
  TF_SetAttrShape: c([P, B, B, N], V),
  TF_SetAttrTensor: c([P, B, P, P], V),
  TF_OperationOutputType: c([OUTPUT], N),
  TF_GraphGetTensorNumDims: c([P, OUTPUT, P], N),
  TF_GraphGetTensorShape: c([P, OUTPUT, B, N, P], V),
  TF_GraphToFunction: c([P, B, "u8", N, P, N, B, N, B, P, P, P, P], P),
  TF_DeleteFunction: c([P], V),
  TFE_ContextAddFunction: c([P, P, P], V),
  TFE_ContextRemoveFunction: c([P, B, P], V),

  // absl::SetMinLogLevel, as the library exports it; not part of the C API.
  _ZN4absl12lts_2025081414SetMinLogLevelENS0_18LogSeverityAtLeastE: {
    ...c([N], V),
    optional: true,
  },
} as const;
