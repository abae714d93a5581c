import i18n from "i18next";
import { beforeAll, describe, expect, it } from "vitest";

import { texts as en } from "@/texts/en";
import { texts as fr } from "@/texts/fr";
import { speak } from "@/texts/i18n";

/** Every text by the path of its key. */
function paths(node: object, above = ""): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(node) as [string, unknown][]) {
    const path = above ? `${above}.${key}` : key;
    if (typeof value === "string") found.set(path, value);
    else for (const [inner, text] of paths(value as object, path)) found.set(inner, text);
  }
  return found;
}

const slots = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();

describe("the texts", () => {
  beforeAll(async () => {
    await speak("fr");
    await speak("en");
  });

  const [english, french] = [paths(en), paths(fr)];

  it("are all there in both languages", () => {
    expect([...french.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it("are never empty", () => {
    for (const texts of [english, french]) expect([...texts].filter(([, text]) => !text.trim())).toEqual([]);
  });

  it("fill in the same things in both languages", () => {
    for (const [path, text] of english) expect(slots(french.get(path) ?? ""), path).toEqual(slots(text));
  });

  it("have a plural for every singular", () => {
    const lonely = [...english.keys()].filter((path) => path.endsWith("_one") && !english.has(path.replace(/_one$/, "_other")));
    expect(lonely).toEqual([]);
  });

  it("have keys that can be asked for", () => {
    for (const [room, bundle] of Object.entries(en)) {
      expect([...paths(bundle)].filter(([path, text]) => path.includes(":") || !text).map(([path]) => `${room} ${path}`)).toEqual([]);
    }
  });

  it("begin no line with a mark that French sets apart by a space", () => {
    const told = i18n.getFixedT("fr", "film")("action.deleteTitle");
    expect(told).toBe("Supprimer ce film\u00a0?");
    expect(i18n.getFixedT("fr")("quoted", { text: "Pandas" })).toBe("«\u00a0Pandas\u00a0»");
  });

  it("are translated", () => {
    const kept = new Set(["app.name", "app.language.en", "app.language.fr", "app.state.home"]);
    const same = [...english].filter(([path, text]) => /\w{4,} \w{3,} \w{3,}/.test(text) && french.get(path) === text && !kept.has(path));
    expect(same).toEqual([]);
  });
});
