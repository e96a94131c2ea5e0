// What both libraries need in Node: `navigator.gpu` and WebGPU's constants, before they are imported.

/**
 * Puts the host's GPU where libraries written for browsers look for it.
 * @param {import("../../src/device/node/peer_host.ts").BrowserGpu} host
 */
export function provideGpu({ gpu, constants }) {
  for (const [name, value] of Object.entries(constants)) {
    if (!(name in globalThis)) Object.defineProperty(globalThis, name, { value, configurable: true });
  }
  const { userAgent = "Node.js", hardwareConcurrency = 1 } = globalThis.navigator ?? {};
  // Newer releases of Node have a navigator without a gpu, which only a definition overrides.
  const navigator = { gpu, userAgent, hardwareConcurrency };
  Object.defineProperty(globalThis, "navigator", { value: navigator, configurable: true, writable: true });
}

/**
 * Listens for what a device complains of, so that no time is taken of work that was refused.
 * @param {GPUDevice} device
 * @returns {() => void} throws the first complaint
 */
export function watchErrors(device) {
  /** @type {string | undefined} */
  let first;
  device.addEventListener("uncapturederror", (event) => {
    event.preventDefault();
    first ??= event.error.message;
  });
  void device.lost.then(({ reason, message }) => {
    first ??= `the device was lost (${reason}): ${message}`;
  });
  return () => {
    if (first !== undefined) throw new Error(first);
  };
}
