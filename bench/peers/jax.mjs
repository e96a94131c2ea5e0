// jax-js on its WebGPU backend: a training step is one `jit`, in the layout it works in (NCHW, filters OIHW).
import { createRequire } from "node:module";
import { provideGpu, watchErrors } from "./environment.mjs";
import { flattenedRows, transpose } from "./layout.mjs";

/** @type {import("../../src/benchmarks/peer.ts").PeerModule["open"]} */
export async function open(host) {
  provideGpu(host);
  const jax = await import("@jax-js/jax");
  const { dependencies } = createRequire(import.meta.url)("./package.json");
  const devices = await jax.init("webgpu");
  if (!devices.includes("webgpu")) throw new Error("its WebGPU backend does not start");
  jax.defaultDevice("webgpu");
  const device = jax.getWebGPUDevice();
  const check = watchErrors(device);
  return {
    version: dependencies["@jax-js/jax"],
    training: async (task) => training(jax, task, check),
    kernel: async (task) => kernel(jax, task, check),
    close: () => device.destroy(),
  };
}

/** An array on the device; a reference is used up by each use, so that what stays is passed as `.ref`. */
const upload = ({ numpy: np }, values, shape) => np.array(values, { shape: [...shape], dtype: np.float32 });

const toNchw = [0, 3, 1, 2];
const toOihw = [3, 2, 0, 1];

function training(jax, task, check) {
  const { numpy: np, tree } = jax;
  const parameters = initialParameters(jax, task);
  const zeros = () => parameters.map(({ shape }) => np.zeros(shape));
  const moments = task.optimizer.name === "adam" ? [zeros(), zeros()] : [];
  // For Adam: β₁ and β₂ to the power of the step.
  let state = { parameters, moments, powers: np.ones([2]) };
  const images = task.x.shape.length === 4 ? transpose(task.x, toNchw) : task.x;
  const x = upload(jax, images.values, images.shape);
  const labels = jax.nn.oneHot(np.array(Int32Array.from(task.y), { dtype: np.int32 }), task.classes);
  const step = jax.jit((state, x, labels) => trainingStep(jax, task, state, x, labels));
  return {
    async step() {
      const [loss, next] = step(state, x.ref, labels.ref);
      state = next;
      const [number] = await loss.data();
      check();
      return number;
    },
    release() {
      step.dispose();
      tree.dispose([state, x, labels]);
    },
  };
}

/** wgrad's parameters, moved to jax-js's layout. A dense layer after `flatten` reads its rows in NCHW's order. */
function initialParameters(jax, { layers, parameters, x }) {
  let image = x.shape.slice(1);
  let flattened = false;
  let next = 0;
  const moved = [];
  for (const { kind, size, filters } of layers) {
    if (kind === "maxPool2d") image = [image[0] / size, image[1] / size, image[2]];
    if (kind === "flatten") flattened = true;
    if (kind !== "dense" && kind !== "conv2d") continue;
    const [weights, bias] = [parameters[next++], parameters[next++]];
    if (kind === "conv2d") {
      image = [image[0], image[1], filters];
      moved.push(transpose(weights, toOihw), { ...bias, shape: [filters, 1, 1] });
    } else {
      moved.push(flattened ? flattenedRows(weights, image) : weights, bias);
      flattened = false;
    }
  }
  return moved.map(({ values, shape }) => upload(jax, values, shape));
}

function trainingStep(jax, task, state, x, labels) {
  const { numpy: np } = jax;
  const lossOf = (parameters) => {
    const logits = forward(jax, task.layers, parameters, x);
    return np.mean(np.sum(jax.nn.logSoftmax(logits).mul(labels), -1)).neg();
  };
  const [loss, gradients] = jax.valueAndGrad(lossOf)(state.parameters.map((parameter) => parameter.ref));
  return [loss, update(jax, task.optimizer, state, gradients)];
}

/** Logits. */
function forward({ lax, nn, numpy: np }, layers, parameters, input) {
  let x = input;
  let next = 0;
  for (const { kind, size } of layers) {
    if (kind === "dense") x = np.matmul(x, parameters[next++]).add(parameters[next++]);
    else if (kind === "conv2d") x = lax.conv(x, parameters[next++], [1, 1], "SAME").add(parameters[next++]);
    else if (kind === "relu") x = nn.relu(x);
    else if (kind === "maxPool2d") x = maxPool(np, x, size);
    else if (kind === "flatten") x = x.reshape([x.shape[0], -1]);
    else throw new Error(`there is no layer ${kind} here`);
  }
  return x;
}

function maxPool(np, x, size) {
  const [batch, channels, height, width] = x.shape;
  return np.max(x.reshape([batch, channels, height / size, size, width / size, size]), [3, 5]);
}

function update({ numpy: np }, optimizer, { parameters, moments, powers }, gradients) {
  const { learningRate, beta1, beta2, epsilon } = optimizer.settings;
  if (optimizer.name === "sgd") {
    const moved = parameters.map((parameter, index) => parameter.sub(gradients[index].mul(learningRate)));
    return { parameters: moved, moments, powers };
  }
  const next = powers.mul(np.array([beta1, beta2]));
  const [correction1, correction2] = [0, 1].map((index) => next.ref.slice(index).neg().add(1));
  const [first, second] = moments;
  const means = gradients.map((gradient, index) => first[index].mul(beta1).add(gradient.ref.mul(1 - beta1)));
  const squares = gradients.map((gradient, index) =>
    second[index].mul(beta2).add(np.square(gradient).mul(1 - beta2)),
  );
  const moved = parameters.map((parameter, index) => {
    const root = np.sqrt(squares[index].ref.div(correction2.ref)).add(epsilon);
    return parameter.sub(means[index].ref.div(correction1.ref).div(root).mul(learningRate));
  });
  correction1.dispose();
  correction2.dispose();
  return { parameters: moved, moments: [means, squares], powers: next };
}

/** Kernels by the name of wgrad's op, with the axes that take an operand to jax-js's layout and the result back. */
const kernels = {
  matmul: { axes: [null, null], back: null, call: ({ numpy: np }) => np.matmul },
  conv2d: {
    axes: [toNchw, toOihw],
    back: [0, 2, 3, 1],
    call:
      ({ lax }) =>
      (x, filter) =>
        lax.conv(x, filter, [1, 1], "SAME"),
  },
  // A convolution is linear in either operand, so where its gradient is taken does not matter.
  conv2dInputGradient: {
    axes: [toNchw, toOihw],
    back: [0, 2, 3, 1],
    call: ({ lax, numpy: np, vjp }, [batch, height, width, channels]) => {
      return (dy, filter) => {
        const at = np.zeros([batch, channels, height, width]);
        return pullBack(
          vjp((x) => lax.conv(x, filter, [1, 1], "SAME"), [at]),
          dy,
        );
      };
    },
  },
  conv2dFilterGradient: {
    axes: [toNchw, toNchw],
    back: [2, 3, 1, 0],
    call: ({ lax, numpy: np, vjp }, [rows, columns, channels, filters]) => {
      return (x, dy) => {
        const at = np.zeros([filters, channels, rows, columns]);
        return pullBack(
          vjp((filter) => lax.conv(x, filter, [1, 1], "SAME"), [at]),
          dy,
        );
      };
    },
  },
};

/** The gradient alone: the function's value is not needed. */
function pullBack([value, pull], gradient) {
  value.dispose();
  const [result] = pull(gradient);
  pull.dispose();
  return result;
}

function kernel(jax, { op, inputs, outputShape }, check) {
  const { axes, back, call } = kernels[op];
  const arrays = inputs.map((input, index) => {
    const { values, shape } = axes[index] ? transpose(input, axes[index]) : input;
    return upload(jax, values, shape);
  });
  const compiled = jax.jit(call(jax, outputShape));
  const once = () => compiled(...arrays.map((array) => array.ref));
  const device = jax.getWebGPUDevice();
  return {
    async result() {
      const value = once();
      const shape = [...value.shape];
      const values = await value.data();
      check();
      return back ? transpose({ values, shape }, back).values : values;
    },
    async run(count) {
      // Nothing is submitted before it is asked for, and `result` has compiled it.
      for (let index = 0; index < count; index++) once().gpuBufferSync();
      await device.queue.onSubmittedWorkDone();
      check();
    },
    release() {
      compiled.dispose();
      jax.tree.dispose(arrays);
    },
  };
}
