import { statfsSync } from "node:fs";

/** File systems that several machines write to, by their numbers in Linux. */
const shared: ReadonlySet<number> = new Set([
  0x6969, // NFS
  0x517b, // SMB
  0xff534d42, // CIFS
  0xfe534d42, // SMB 2
  0x0bd00bd0, // Lustre
  0x47504653, // GPFS
  0x19830326, // BeeGFS
  0x00c36400, // Ceph
  0x18031977, // Weka
  0x20030528, // OrangeFS
  0xaad7aaea, // Panasas
  0x5346414f, // AFS
  0x01161970, // GFS2
  0x7461636f, // OCFS2
  0x65735546, // FUSE, by which others come
]);

/** Whether a folder lies on a disk that other machines may write to as well. */
export function isOnSharedDisk(folder: string): boolean {
  return isShared(statfsSync(folder).type);
}

/** Whether a file system of a number is such a one. */
export function isShared(type: number): boolean {
  return shared.has(type >>> 0);
}
