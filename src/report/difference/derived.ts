/** Whether a path is no option, but follows from some. */
export function isDerived(path: string): boolean {
  return /^(parameters|multiplyAdds|receptive(Vox|Nm)|inferPatchVox|steps|memoryMiB)\b/
    .test(path);
}
