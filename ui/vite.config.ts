import { paraglideVitePlugin } from "@inlang/paraglide-js";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** The shell's content policy, worn by the preview server too, so that browser tests meet it. */
const CONTENT_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "media-src blob:",
  "font-src 'self'",
  "connect-src 'none'",
  "frame-src 'none'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

export default defineConfig(({ mode }) => ({
  plugins: [
    paraglideVitePlugin({
      project: "./project.inlang",
      outdir: "./src/paraglide",
      strategy: ["globalVariable", "baseLocale"],
    }),
    react(),
  ],
  build: {
    outDir: mode === "fake" ? "dist-fake" : "dist",
    emptyOutDir: true,
    target: ["safari18", "chrome125"],
    // The desk, and a page of its own for the screen that faces the customer.
    rolldownOptions: { input: ["index.html", "customer.html"] },
    modulePreload: { polyfill: false },
    // A data: address would need a hole in the content policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
  },
  // The fake plays the video of the journeys.
  server: { host: "127.0.0.1", port: 5173, strictPort: true, fs: { allow: [".", "../tests/specimens"] } },
  preview: { host: "127.0.0.1", headers: { "Content-Security-Policy": CONTENT_POLICY } },
}));
