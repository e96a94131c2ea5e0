// TensorFlow.js on its WebGPU backend, with the settings it comes with.
import { provideGpu, watchErrors } from "./environment.mjs";

/** @type {import("../../src/benchmarks/peer.ts").PeerModule["open"]} */
export async function open(host) {
  provideGpu(host);
  const tf = await import("./dist/tensorflow.mjs");
  if (!(await tf.setBackend("webgpu"))) throw new Error("its WebGPU backend does not start");
  const backend = tf.backend();
  const check = watchErrors(backend.device);
  return {
    version: tf.version_core,
    training: async (task) => training(tf, task, check),
    kernel: async (task) => kernel(tf, task, check),
    close: () => backend.device.destroy(),
  };
}

/** One step is `optimizer.minimize`, then the loss is read. */
function training(tf, { layers, optimizer, parameters, x, y, classes }, check) {
  const variables = parameters.map(({ shape, values }) => tf.variable(tf.tensor(values, shape)));
  const input = tf.tensor(x.values, x.shape);
  const labels = tf.tidy(() =>
    tf.cast(tf.oneHot(tf.tensor1d(Int32Array.from(y), "int32"), classes), "float32"),
  );
  const method = optimizerOf(tf, optimizer);
  const loss = () => tf.losses.softmaxCrossEntropy(labels, forward(tf, layers, variables, input));
  return {
    async step() {
      const value = method.minimize(loss, true, variables);
      const [number] = await value.data();
      value.dispose();
      check();
      return number;
    },
    release() {
      method.dispose();
      tf.dispose([variables, input, labels]);
    },
  };
}

function optimizerOf(tf, { name, settings }) {
  const { learningRate, beta1, beta2, epsilon } = settings;
  return name === "sgd" ? tf.train.sgd(learningRate) : tf.train.adam(learningRate, beta1, beta2, epsilon);
}

/** Logits. Biases are fused; an activation would be torn out again where gradients are taken. */
function forward(tf, layers, variables, input) {
  let x = input;
  let next = 0;
  for (const { kind, size } of layers) {
    if (kind === "dense") {
      x = tf.fused.matMul({ a: x, b: variables[next++], bias: variables[next++] });
    } else if (kind === "conv2d") {
      const [filter, bias] = [variables[next++], variables[next++]];
      x = tf.fused.conv2d({ x, filter, strides: 1, pad: "same", bias });
    } else if (kind === "relu") x = tf.relu(x);
    else if (kind === "maxPool2d") x = tf.maxPool(x, size, size, "valid");
    else if (kind === "flatten") x = tf.reshape(x, [x.shape[0], -1]);
    else throw new Error(`there is no layer ${kind} here`);
  }
  return x;
}

const windows = { strides: [1, 1], pad: "same", dataFormat: "NHWC", dimRoundingMode: undefined };

/** Kernels by the name of wgrad's op; inputs come in its order and layout, which are TensorFlow's too. */
const kernels = {
  matmul: (tf, [a, b]) => tf.matMul(a, b),
  conv2d: (tf, [x, filter]) => tf.conv2d(x, filter, 1, "same"),
  conv2dInputGradient: (tf, [dy, filter], inputShape) =>
    tf.engine().runKernel("Conv2DBackpropInput", { dy, filter }, { ...windows, inputShape }),
  conv2dFilterGradient: (tf, [x, dy], filterShape) =>
    tf.engine().runKernel("Conv2DBackpropFilter", { x, dy }, { ...windows, filterShape }),
};

/** Submits what the backend holds back until fifteen dispatches are together. */
function flush(backend) {
  if (!backend.commandEncoder) return;
  backend.endComputePassEncoder();
  backend.submitQueue();
}

function kernel(tf, { op, inputs, outputShape }, check) {
  const tensors = inputs.map(({ values, shape }) => tf.tensor(values, shape));
  const call = () => kernels[op](tf, tensors, outputShape);
  const backend = tf.backend();
  return {
    async result() {
      const value = call();
      const values = await value.data();
      value.dispose();
      check();
      return values;
    },
    async run(count) {
      for (let index = 0; index < count; index++) call().dispose();
      flush(backend);
      await backend.device.queue.onSubmittedWorkDone();
      check();
    },
    release: () => tf.dispose(tensors),
  };
}
