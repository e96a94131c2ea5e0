import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Dawn can crash in worker threads.
    pool: "forks",
    maxWorkers: Number(process.env["WGRAD_TEST_WORKERS"] ?? 2),
    // What a user tuned must not decide what tests run.
    env: { WGRAD_TUNING: "off" },
    // Software adapters on a busy machine are slow.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    teardownTimeout: 20_000,
  },
});
