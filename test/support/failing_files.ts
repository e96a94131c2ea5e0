import type { WritableFile, WritableFiles } from "../../src/training/node/durable_write.ts";
import { nodeFiles } from "../../src/training/node/durable_write.ts";

/** The calls that writing a file makes, in their order. */
export const calls = ["open", "writeFile", "sync", "close", "rename"] as const;
export type Call = (typeof calls)[number];

/** Node's file system, in which one call fails as the system would, after half of its work where it has a half. */
export function failingAt(call: Call, code: string): WritableFiles {
  const fail = (): never => {
    throw Object.assign(new Error(`${code}: injected at ${call}`), { code });
  };
  return {
    ...nodeFiles,
    async open(path, flags): Promise<WritableFile> {
      // The folder is opened for reading, after the file has its name.
      if (flags === "r") return nodeFiles.open(path, flags);
      if (call === "open") fail();
      const file = await nodeFiles.open(path, flags);
      return {
        async writeFile(content) {
          if (call !== "writeFile") return file.writeFile(content);
          await file.writeFile(content.slice(0, content.length / 2));
          fail();
        },
        async sync() {
          if (call === "sync") fail();
          await file.sync();
        },
        async close() {
          await file.close();
          if (call === "close") fail();
        },
      };
    },
    async rename(from, to) {
      if (call === "rename") fail();
      await nodeFiles.rename(from, to);
    },
  };
}
