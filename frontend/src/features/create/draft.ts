/** A film that is being thought up: what the page holds, and the request that it becomes. */
import type { Schemas } from "@/client/client";
import type { Media } from "@/client/media";
import { sceneFault } from "@/features/create/scenes";

export type Request = Schemas["VideoRequest"];
export const SOURCES = ["theme", "script", "recording"] as const;
export type Source = (typeof SOURCES)[number];

/** Music of one's own, among the moods. */
export const OWN = "own";

export interface Picture {
  scene: number;
  media: Media;
}

export interface Draft {
  source: Source;
  theme: string;
  script: string;
  recording: Media | null;
  pictures: readonly Picture[];
  style: string;
  language: string;
  voice: string;
  profile: string;
  aspect: string;
  subtitles: string;
  /** A mood, `none`, or OWN; empty where it is chosen. */
  music: string;
  ownMusic: Media | null;
  scenes: number;
  seconds: number;
  seed: number;
  public: boolean;
}

export const EMPTY: Draft = {
  source: "theme",
  theme: "",
  script: "",
  recording: null,
  pictures: [],
  style: "cinematic",
  language: "",
  voice: "",
  profile: "social",
  aspect: "",
  subtitles: "karaoke",
  music: "",
  ownMusic: null,
  scenes: 0,
  seconds: 0,
  seed: 0,
  public: false,
};

/** What an address asks to begin with: `?theme=...`, `?source=script`. */
export function draftOf(search: URLSearchParams): Draft {
  const source = SOURCES.find((one) => one === search.get("source")) ?? EMPTY.source;
  return { ...EMPTY, source, theme: search.get("theme") ?? "" };
}

/** The request, as soon as there is something to make a film of. */
export function requestOf(draft: Draft): Request | null {
  const { source, theme, script, recording, pictures, ownMusic, ...chosen } = draft;
  const plain = { ...chosen, music: chosen.music === OWN ? (ownMusic?.id ?? "") : chosen.music };
  const media = Object.fromEntries(pictures.map(({ scene, media: { id } }) => [String(scene), id]));
  if (source === "theme") return theme.trim() ? { ...plain, theme: theme.trim() } : null;
  if (sceneFault(pictures)) return null;
  const rest = { ...plain, scenes: 0, media };
  if (source === "script") return script.trim() ? { ...rest, script } : null;
  // A recording is spoken already, and as long as it is.
  return recording ? { ...rest, voice: "", seconds: 0, recording: recording.id } : null;
}
