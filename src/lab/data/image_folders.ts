import { DataError, ImageDataset } from "../../index.browser.ts";

/** Pixels of an image at a size: red, green, blue and opacity, row after row. Without a size, the image's own. */
export type ImageDecoder = (
  file: File,
  size?: Size,
) => Promise<{ readonly size: Size; readonly rgba: Uint8ClampedArray }>;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Longer sides are scaled down to this: small networks see no more. */
const longestSide = 64;

/**
 * Images in folders named after their classes, all brought to the size of the first; grey ones get one channel.
 * @throws DataError that names a file which is no image, or which lies in no folder
 */
export async function imagesInFolders(
  name: string,
  files: readonly File[],
  decode: ImageDecoder,
): Promise<ImageDataset> {
  // Folders bring files along that nobody sees.
  const chosen = files.filter((file) => !file.name.split("/").at(-1)?.startsWith("."));
  const folders = chosen.map(folderOf);
  const classes = [...new Set(folders)].sort();
  if (classes.length < 2 || classes.length > 256) {
    const got = `${classes.length} folders`;
    throw new DataError({ where: name, problem: "a folder for each class", got, expected: "2 to 256" });
  }
  let size: Size | undefined;
  const pictures: Uint8ClampedArray[] = [];
  for (const file of chosen) {
    const picture = await decoded(file, decode, size);
    size = picture.size;
    pictures.push(picture.rgba);
  }
  const { width, height } = size ?? { width: 0, height: 0 };
  const channels = pictures.every(isGrey) ? 1 : 3;
  const images = new Uint8Array(chosen.length * width * height * channels);
  pictures.forEach((rgba, index) => {
    const start = index * width * height * channels;
    for (let at = 0; at < width * height * channels; at++) {
      images[start + at] = rgba[Math.floor(at / channels) * 4 + (at % channels)] ?? 0;
    }
  });
  const labels = Uint8Array.from(folders, (folder) => classes.indexOf(folder));
  const normalisation = { mean: 0.5, standardDeviation: 0.5 };
  return new ImageDataset({ name, images, labels, shape: [height, width, channels], classes, normalisation });
}

/** Its path is in `webkitRelativePath`, or in the name where the page put it there. */
function folderOf(file: File): string {
  const folder = (file.webkitRelativePath || file.name).split("/").at(-2);
  if (folder) return folder;
  const problem = "the image lies in no folder";
  throw new DataError({ where: file.name, problem, expected: "a folder named after its class" });
}

async function decoded(file: File, decode: ImageDecoder, size: Size | undefined) {
  try {
    return await decode(file, size);
  } catch (cause) {
    if (cause instanceof DataError) throw cause;
    const hint = "images are PNG, JPEG, WebP or GIF";
    throw new DataError({ where: file.name, problem: "no image, or a broken one", hint }, { cause });
  }
}

const isGrey = (rgba: Uint8ClampedArray): boolean =>
  rgba.every((value, at) => at % 4 === 0 || at % 4 === 3 || value === rgba[at - 1]);

/** Decodes as the browser does. */
export const decodeImage: ImageDecoder = async (file, wanted) => {
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, longestSide / Math.max(bitmap.width, bitmap.height));
  const size = wanted ?? {
    width: Math.max(1, Math.round(bitmap.width * scale)),
    height: Math.max(1, Math.round(bitmap.height * scale)),
  };
  const context = new OffscreenCanvas(size.width, size.height).getContext("2d");
  if (!context)
    throw new DataError({ where: file.name, problem: "this browser gives no canvas to decode with" });
  context.drawImage(bitmap, 0, 0, size.width, size.height);
  bitmap.close();
  return { size, rgba: context.getImageData(0, 0, size.width, size.height).data };
};
