import type { Picture } from "@/features/create/draft";

export const MOST_SCENE = 60;

/** The scene that a file is for: the first number in its name, else the first without a picture. */
export function sceneFor(name: string, pictures: readonly Picture[]): number {
  const told = Number(/\d+/.exec(name)?.[0] ?? 0);
  const taken = new Set(pictures.map(({ scene }) => scene));
  if (told >= 1 && told <= MOST_SCENE && !taken.has(told)) return told;
  let scene = 1;
  while (taken.has(scene)) scene += 1;
  return scene;
}

/** What is wrong with the scenes of pictures: one without a number, or two of one scene, of which only one could be shown. */
export function sceneFault(pictures: readonly Picture[]): { fault: "none" | "twice"; scene: number } | null {
  const seen = new Set<number>();
  for (const { scene } of pictures) {
    if (scene < 1) return { fault: "none", scene };
    if (seen.has(scene)) return { fault: "twice", scene };
    seen.add(scene);
  }
  return null;
}
