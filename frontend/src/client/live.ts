/** A film's progress as it happens: by WebSocket, where that is not to be had by Server-Sent Events, and last by asking. */
import type { Schemas } from "@/client/client";

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

const UNKNOWN = 4400;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;
const SILENCE_MS = 45_000;
const ASK_MS = 3000;
const TRIES = 2;

/** Hear of a film until what is returned is called. `after` is the last sequence that is known. */
export function listen(id: string, after: number, hearing: Hearing): () => void {
  let last = after;
  let over = false;
  let close = (): void => undefined;
  const heard = (progress: Progress) => {
    last = Math.max(last, progress.sequence);
    hearing.progress(progress);
  };

  const bySocket = (failures: number): void => {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}/ws/videos/${id}?after=${last}`);
    let opened = false;
    let silence: ReturnType<typeof setTimeout> | undefined;
    const listened = () => {
      clearTimeout(silence);
      silence = setTimeout(() => socket.close(), SILENCE_MS);
    };
    socket.onopen = () => {
      opened = true;
      listened();
      hearing.way("socket");
    };
    socket.onmessage = ({ data }) => {
      listened();
      const message = JSON.parse(String(data)) as { type: string; video?: Progress };
      if (message.type === "progress" && message.video) heard(message.video);
    };
    socket.onclose = ({ code }) => {
      clearTimeout(silence);
      if (over) return;
      if (code >= UNKNOWN) {
        hearing.ended();
        return;
      }
      hearing.way("lost");
      const failed = opened ? 0 : failures + 1;
      const next = failed >= TRIES && navigator.onLine ? byEvents : () => bySocket(failed);
      const timer = setTimeout(next, Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failed));
      close = () => clearTimeout(timer);
    };
    close = () => {
      clearTimeout(silence);
      socket.close();
    };
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

  bySocket(0);
  return () => {
    over = true;
    close();
  };
}
