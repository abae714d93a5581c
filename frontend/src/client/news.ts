/** How far all of one's films are, over one socket: what was missed while it was broken comes first when it is back. */
import { hold } from "@/client/socket";

/** A film in short, as `/ws/videos` tells it; `sequence` grows with every change. */
export interface News {
  id: string;
  sequence: number;
  status: string;
  revision: number;
  title: string;
  failure: string;
  scenes: number;
  scenes_ready: number;
}

type Message = { type: "news"; video: News } | { type: "gone"; sequence: number; id: string } | { type: "heartbeat" };

export interface NewsHearing {
  news: (film: News) => void;
  gone: (id: string) => void;
  /** Something may have changed that nobody tells of: ask for the lists again. */
  ask: () => void;
}

/** From how many failures in a row on somebody else is asked at each try. */
const TRIES = 2;

/** Hear of one's films until what is returned is called. */
export function hearNews({ news, gone, ask }: NewsHearing): () => void {
  let last = -1;
  let broken = false;
  return hold({
    path: () => `/ws/videos?after=${last}`,
    opened: () => {
      // Films that were deleted meanwhile are not told of.
      if (broken) ask();
      broken = false;
    },
    heard: (told) => {
      const message = told as Message;
      if (message.type === "heartbeat") return;
      last = Math.max(last, message.type === "news" ? message.video.sequence : message.sequence);
      if (message.type === "news") news(message.video);
      else gone(message.id);
    },
    broke: (failures) => {
      broken = true;
      if (failures >= TRIES) ask();
      return true;
    },
    refused: ask,
  });
}
