import { defineConfig } from "vite";

// WebGPU is in browsers that know top-level await.
export default defineConfig({ build: { target: "es2022" } });
