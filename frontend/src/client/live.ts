/** A film's progress as it happens: by WebSocket, where that is not to be had by Server-Sent Events, and last by asking. */
import type { Schemas } from "@/client/client";
import { hold } from "@/client/socket";

export type Progress = Schemas["Progress"];

export interface Hearing {
  progress: (progress: Progress) => void;
  /** How news comes; `lost` while the connection is being made again. */
  way: (way: Way) => void;
  /** The film is gone, or not ours to watch any more: nothing comes from here on. */
  ended: () => void;
  /** Called again and again where only asking is left. */
  ask: () => void;
}

export type Way = "socket" | "events" | "asking" | "lost";

const OVER = new Set(["completed", "failed", "cancelled"]);

/** Whether nothing more happens to a film by itself. */
export function isOver(status: string): boolean {
  return OVER.has(status);
}

const ASK_MS = 3000;
const TRIES = 2;

/** Hear of a film until what is returned is called. `after` is the last sequence that is known. */
export function listen(id: string, after: number, hearing: Hearing): () => void {
  let last = after;
  const heard = (progress: Progress) => {
    last = Math.max(last, progress.sequence);
    hearing.progress(progress);
  };

  const byEvents = (): void => {
    const source = new EventSource(`/api/v1/videos/${id}/events?after=${last}`);
    source.onopen = () => hearing.way("events");
    source.addEventListener("progress", ({ data }) => heard(JSON.parse(String(data)) as Progress));
    source.addEventListener("gone", () => {
      source.close();
      hearing.ended();
    });
    source.onerror = () => {
      hearing.way("lost");
      if (source.readyState === EventSource.CLOSED) byAsking();
    };
    close = () => source.close();
  };

  const byAsking = (): void => {
    hearing.way("asking");
    const timer = setInterval(hearing.ask, ASK_MS);
    close = () => clearInterval(timer);
  };

  let close = hold({
    path: () => `/ws/videos/${id}?after=${last}`,
    opened: () => hearing.way("socket"),
    heard: (told) => {
      const message = told as { type: string; video?: Progress };
      if (message.type === "progress" && message.video) heard(message.video);
    },
    broke: (failures) => {
      hearing.way("lost");
      const hopeless = failures >= TRIES && navigator.onLine;
      if (hopeless) byEvents();
      return !hopeless;
    },
    refused: hearing.ended,
  });
  return () => close();
}
