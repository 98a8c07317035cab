import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["browser-tests/**/*.test.ts"],
    globalSetup: ["browser-tests/server.ts"],
    // Each worker drives a browser of its own, which uses a core.
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
