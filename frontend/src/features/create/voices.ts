/** Kokoro's names begin with where a voice comes from and who speaks: `af_heart`. */
const KOKORO = /^kokoro:([a-z])([fm])_/;

type Place = "american" | "british" | "brazilian" | "european";

const PLACES: Record<string, Place> = { a: "american", b: "british", p: "brazilian" };
const TONGUES: Record<string, Place> = { "en-us": "american", "en-gb": "british", "pt-br": "brazilian", pt: "european" };

/** `kokoro:af_heart` as `Heart`. */
export function voiceName(id: string): string {
  if (id.startsWith("espeak:")) return "eSpeak";
  const name = id.split(":").at(-1) ?? id;
  const plain = name.replace(/^[a-z]{2}_([A-Z]{2}-)?(?=[a-z])/, "").replaceAll(/[_-]/g, " ");
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}

/** Who speaks and with which accent, as far as a voice's name says. */
export function voiceTraits(id: string): { who?: "woman" | "man"; place?: Place | undefined } {
  if (id.startsWith("espeak:")) return { place: TONGUES[id.slice("espeak:".length)] };
  const [, place = "", who] = KOKORO.exec(id) ?? [];
  return who ? { who: who === "f" ? "woman" : "man", place: PLACES[place] } : {};
}
