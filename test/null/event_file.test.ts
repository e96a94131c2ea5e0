import { describe, expect, it } from "vitest";
import { encodeEventFile, eventFileName } from "../../src/training/node/event_file.ts";
import { type EventMessage, readEventFile } from "../support/read_event_file.ts";

const wallTime = 1_790_000_000.25;

describe("a TensorBoard event file", () => {
  const file = encodeEventFile(wallTime, [
    { wallTime: wallTime + 1, step: 1, scalars: [["loss", 2.5]] },
    {
      wallTime: wallTime + 2,
      step: 2 ** 40 + 300,
      scalars: [
        ["gradient_norm/couche1.poids_é", 1e-7],
        ["accuracy", Number.NaN],
        [`long/${"x".repeat(300)}`, Number.POSITIVE_INFINITY],
      ],
    },
  ]);

  it("reads back by the format's rules", () => {
    const [version, ...events] = readEventFile(file);
    expect(version).toEqual<EventMessage>({ wallTime, step: 0, fileVersion: "brain.Event:2", scalars: [] });
    expect(events).toEqual<EventMessage[]>([
      { wallTime: wallTime + 1, step: 1, scalars: [["loss", 2.5]] },
      {
        wallTime: wallTime + 2,
        step: 2 ** 40 + 300,
        scalars: [
          ["gradient_norm/couche1.poids_é", Math.fround(1e-7)],
          ["accuracy", Number.NaN],
          [`long/${"x".repeat(300)}`, Number.POSITIVE_INFINITY],
        ],
      },
    ]);
  });

  it("does not read back with any byte of it changed", () => {
    for (let place = 0; place < file.length; place += 7) {
      const damaged = file.slice();
      damaged[place] = (damaged[place] ?? 0) ^ 0x10;
      expect(() => readEventFile(damaged), `byte ${place}`).toThrow(/length|checksum/);
    }
    expect(() => readEventFile(file.subarray(0, -1))).toThrow(/length/);
  });

  it("has the name that TensorBoard looks for", () => {
    expect(eventFileName(wallTime, "host.local")).toBe("events.out.tfevents.1790000000.host-local");
  });
});
