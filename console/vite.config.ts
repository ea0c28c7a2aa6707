import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

/** Where `make run` serves, and what the page asks it for. */
const DEMO = "http://127.0.0.1:8080";
const SERVED = "^/(v1|console/(session|demo|link|password|recovery|factor|passkey)|s|o|pay|pictures|files)";

/** Built to be served under `/console/`; in development its page asks the demo. */
export default defineConfig({
  base: "/console/",
  plugins: [react()],
  build: {
    emptyOutDir: false,
    manifest: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: { index: "index.html", scanner: "src/scanner.ts" },
      output: { entryFileNames: chunk => (chunk.name === "scanner" ? "scanner.js" : "assets/[name]-[hash].js") },
    },
  },
  test: { include: ["src/**/*.test.ts"] },
  server: { proxy: { [SERVED]: { target: DEMO, headers: { origin: DEMO } } } },
});
