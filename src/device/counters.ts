/** What a device has done so far. Tests assert on these: a replayed program creates nothing. */
export interface DeviceCounters {
  /** Buffers made so far, staging buffers of the readback pool among them. */
  readonly buffersCreated: number;
  readonly bindGroupsCreated: number;
  readonly pipelinesCreated: number;
  readonly shaderModulesCreated: number;
  /** Calls of `submit`; the copy that a `read` submits counts as a readback instead. */
  readonly submits: number;
  readonly readbacks: number;
  readonly writes: number;
  readonly liveBuffers: number;
  /** Of the live buffers those that the readback pool keeps. */
  readonly stagingBuffers: number;
  readonly liveBytes: number;
  readonly peakBytes: number;
}

/** The counters as the device itself sees them: it alone writes them. */
export class Counters implements DeviceCounters {
  buffersCreated = 0;
  bindGroupsCreated = 0;
  pipelinesCreated = 0;
  shaderModulesCreated = 0;
  submits = 0;
  readbacks = 0;
  writes = 0;
  liveBuffers = 0;
  stagingBuffers = 0;
  liveBytes = 0;
  peakBytes = 0;

  bufferMade(bytes: number, staging: boolean): void {
    this.buffersCreated++;
    this.liveBuffers++;
    if (staging) this.stagingBuffers++;
    this.liveBytes += bytes;
    this.peakBytes = Math.max(this.peakBytes, this.liveBytes);
  }

  bufferFreed(bytes: number, staging: boolean): void {
    this.liveBuffers--;
    if (staging) this.stagingBuffers--;
    this.liveBytes -= bytes;
  }
}
