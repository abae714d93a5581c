import { readdirSync } from "node:fs";

import js from "@eslint/js";
import jsxA11y from "eslint-plugin-jsx-a11y";
import reactHooks from "eslint-plugin-react-hooks";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

const features = readdirSync(new URL("src/features", import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

const ABOVE = { group: ["../*"], message: "Import by '@/', so that the direction can be read." };

/** What files in a folder must not import: what lies above them, and other features. */
function direction(folder, ...forbidden) {
  return {
    files: [`src/${folder}/**/*.{ts,tsx}`],
    rules: {
      "no-restricted-imports": [
        "error",
        { patterns: [ABOVE, { group: forbidden, message: `src/${folder} does not know this (frontend/README.md).` }] },
      ],
    },
  };
}

export default defineConfig(
  { ignores: ["dist", "node_modules", "src/client/schema.ts"] },
  js.configs.recommended,
  { files: ["public/*.js"], languageOptions: { globals: { localStorage: false, matchMedia: false, document: false, console: false } } },
  { files: ["eslint.config.js"], languageOptions: { globals: { URL: false } } },
  {
    files: ["**/*.{ts,tsx}"],
    extends: [tseslint.configs.strictTypeChecked, jsxA11y.flatConfigs.recommended, reactHooks.configs.flat.recommended],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      "no-restricted-imports": ["error", { patterns: [ABOVE] }],
      "no-console": "error",
      "max-lines": ["error", 400],
    },
  },
  direction("client", "@/components/*", "@/features/*", "@/app/*"),
  direction("texts", "@/components/*", "@/features/*", "@/app/*"),
  direction("components", "@/features/*", "@/app/*"),
  ...features.map((name) =>
    direction(`features/${name}`, "@/app/*", ...features.filter((other) => other !== name).map((other) => `@/features/${other}/*`)),
  ),
);
