import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { describe, expect, it } from "vitest";

interface Chunk {
  file: string;
  imports?: string[];
}

const DIST = join(import.meta.dirname, "../dist");
const MOST_BYTES = 200_000;
const FIRST = ["index.html", "src/features/welcome/WelcomePage.tsx", "src/texts/fr/index.ts"];

/** Every script that is loaded before the first page can be used, with all that it imports. */
function firstLoad(manifest: Record<string, Chunk>): Set<string> {
  const found = new Set<string>();
  const visit = (name: string) => {
    const chunk = manifest[name];
    if (!chunk) throw new Error(`Expected ${name} in the build's manifest, found none.`);
    if (found.has(chunk.file)) return;
    found.add(chunk.file);
    for (const inner of chunk.imports ?? []) visit(inner);
  };
  for (const name of FIRST) visit(name);
  return found;
}

describe("the built pages", () => {
  it("load less than 200 kB of script before the first page can be used", () => {
    const manifest = join(DIST, ".vite/manifest.json");
    expect(existsSync(manifest), "Expected a build in dist, found none: run scripts/setup web.").toBe(true);
    const files = firstLoad(JSON.parse(readFileSync(manifest, "utf8")) as Record<string, Chunk>);
    const bytes = [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(DIST, file))).length, 0);
    expect(files.size).toBeGreaterThan(3);
    expect(bytes).toBeLessThan(MOST_BYTES);
  });

  it("have no script written into the page, and load nothing from another host", () => {
    const page = readFileSync(join(DIST, "index.html"), "utf8");
    expect(page).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>/);
    expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
    const manifest = JSON.parse(readFileSync(join(DIST, ".vite/manifest.json"), "utf8")) as Record<string, { css?: string[] }>;
    for (const css of manifest["index.html"]?.css ?? []) {
      expect(readFileSync(join(DIST, css), "utf8")).not.toMatch(/url\(["']?(?:https?:)?\/\//);
    }
  });
});
