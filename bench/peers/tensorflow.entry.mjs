// What tfjs.mjs needs of TensorFlow.js in one module. Gradients are registered by a file that resolves only in a bundle.
import "@tensorflow/tfjs-backend-webgpu";
import "@tensorflow/tfjs-core/dist/register_all_gradients";

export * from "@tensorflow/tfjs-core";
