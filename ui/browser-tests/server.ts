import { preview } from "vite";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    address: string;
  }
}

/** Serves the fake build, under the shell's content policy, on a free port. */
export default async function serve(project: TestProject): Promise<() => Promise<void>> {
  const server = await preview({ mode: "fake", build: { outDir: "dist-fake" }, preview: { port: 0, open: false }, logLevel: "error" });
  const address = server.resolvedUrls?.local[0];
  if (!address) throw new Error("the preview server has no address");
  project.provide("address", address);
  return () => server.close();
}
