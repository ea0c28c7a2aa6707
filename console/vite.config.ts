import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

/** Built to be served under `/console/`; what the page needs of a server in development is in `dev/`. */
export default defineConfig({
  base: "/console/",
  plugins: [react()],
  build: {
    emptyOutDir: false,
    manifest: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  test: { include: ["src/**/*.test.ts"] },
  server: { proxy: { "^/(v1|console/session|console/demo|s|o|pay|assets|pictures|files)": "http://127.0.0.1:4181" } },
});
