/** `kokoro:af_heart` as `Heart`. */
export function voiceName(id: string): string {
  if (id.startsWith("espeak:")) return "eSpeak";
  const name = id.split(":").at(-1) ?? id;
  const plain = name.replace(/^[a-z]{2}_([A-Z]{2}-)?(?=[a-z])/, "").replaceAll(/[_-]/g, " ");
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}
