const BLOCK = 512;

/** A regular file of a tar archive. */
export interface TarFile {
  readonly name: string;
  readonly data: Uint8Array;
}

/** The regular files of a ustar archive; other entries are passed over. */
export function* tarFiles(archive: Uint8Array): Generator<TarFile> {
  let at = 0;
  while (at + BLOCK <= archive.length && archive[at] !== 0) {
    const header = archive.subarray(at, at + BLOCK);
    const size = Number.parseInt(text(header, 124, 12), 8);
    if (!Number.isFinite(size)) throw new Error(`tar: no size in the header at byte ${at}`);
    const start = at + BLOCK;
    if (start + size > archive.length) throw new Error("tar: the archive is cut short");
    const type = text(header, 156, 1);
    if (type === "" || type === "0") {
      const prefix = text(header, 257, 5) === "ustar" ? text(header, 345, 155) : "";
      const name = text(header, 0, 100);
      yield { name: prefix ? `${prefix}/${name}` : name, data: archive.subarray(start, start + size) };
    }
    at = start + Math.ceil(size / BLOCK) * BLOCK;
  }
}

/** A header's field, up to its first zero byte. */
function text(header: Uint8Array, offset: number, length: number): string {
  const field = header.subarray(offset, offset + length);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end));
}
