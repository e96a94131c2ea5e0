import type { LimitName, Limits } from "../device/adapter.ts";
import type { Device } from "../device/device.ts";
import { nodePlatform } from "../device/node.ts";
import { openDevice } from "../device/open.ts";
import { measureRoofline, type Roofline } from "../kernels/roofline.ts";
import { adapterDocument, adapterSentence } from "./adapter.ts";
import { formatBytes, formatCount } from "./format.ts";
import { type ExitCode, exitCodes, type GlobalOptions } from "./options.ts";
import { Output } from "./output.ts";
import { formatTable } from "./table.ts";

/** Shows the adapter, what it allows and what it reaches. */
export async function runInfo(options: GlobalOptions): Promise<ExitCode> {
  const output = new Output(options);
  const device = await openDevice(nodePlatform, { adapter: options.adapter });
  try {
    output.notice("Measuring…");
    const roofline = await measureRoofline(device);
    const { limits, adapter } = device;
    const features = [...device.features].sort();
    output.result({ adapter: adapterDocument(adapter), limits, features, roofline }, () =>
      describe(device, features, roofline),
    );
    return exitCodes.done;
  } finally {
    device.dispose();
  }
}

function describe({ adapter, limits }: Device, features: readonly string[], roofline: Roofline): string {
  return [
    `Adapter:   ${adapterSentence(adapter)}`,
    `Features:  ${features.join(", ") || "none"}`,
    "",
    formatTable(["Roofline", "Best", "Median", "Unit"], rooflineRows(roofline)),
    "",
    formatTable(["Limit", "Value"], limitRows(limits)),
  ].join("\n");
}

function rooflineRows({ samples }: Roofline): string[][] {
  const row = (name: string, { max, median }: { max: number; median: number }, unit: string) => {
    return [name, max.toPrecision(3), median.toPrecision(3), unit];
  };
  return [
    row("f32 multiply-add", samples.gflops, "GFLOP/s"),
    row("copy, read + written", samples.gigabytesPerSecond, "GB/s"),
  ];
}

type Format = (value: number) => string;

/** What decides how large tensors and workgroups can be; --json has all limits. */
const SHOWN_LIMITS: readonly (readonly [name: LimitName, format: Format])[] = [
  ["maxBufferSize", formatBytes],
  ["maxStorageBufferBindingSize", formatBytes],
  ["maxStorageBuffersPerShaderStage", formatCount],
  ["minStorageBufferOffsetAlignment", formatBytes],
  ["maxComputeInvocationsPerWorkgroup", formatCount],
  ["maxComputeWorkgroupSizeX", formatCount],
  ["maxComputeWorkgroupSizeY", formatCount],
  ["maxComputeWorkgroupSizeZ", formatCount],
  ["maxComputeWorkgroupsPerDimension", formatCount],
  ["maxComputeWorkgroupStorageSize", formatBytes],
];

function limitRows(limits: Limits): string[][] {
  return SHOWN_LIMITS.map(([name, format]) => [name, format(limits[name])]);
}
