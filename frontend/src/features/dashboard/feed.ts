/** The product now and its last day, kept live: by WebSocket, and by asking while that is not to be had. */
import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { answered, client, type Schemas } from "@/client/client";

export type Day = Schemas["HistoryOfDay"];
export type State = Schemas["State"];
export type Point = Schemas["Point"];

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 20_000;
const ASK_MS = 8000;
const REFUSED = 4400;
const SILENCE_MS = 40_000;

export const dayQuery = queryOptions({
  queryKey: ["admin", "day"],
  queryFn: () => answered(client.GET("/api/v1/admin/history")),
});

/** The day with what is told of now; null where a new point has begun, which only the backend knows whole. */
export function withState(day: Day, state: State): Day | null {
  const before = day.points.at(-1);
  if (before && state.point.seconds < before.seconds) return null;
  return { points: [...day.points.slice(0, -1), state.point], now: state };
}

/** Hear of the product until what is returned is called. */
export function follow(heard: (state: State) => void, alive: (live: boolean) => void): () => void {
  let close = (): void => undefined;
  let over = false;
  const open = (failures: number) => {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}/ws/admin`);
    let opened = false;
    let silence = setTimeout(() => socket.close(), SILENCE_MS);
    socket.onmessage = ({ data }) => {
      opened = true;
      alive(true);
      // A connection may be lost without anybody saying so.
      clearTimeout(silence);
      silence = setTimeout(() => socket.close(), SILENCE_MS);
      const message = JSON.parse(String(data)) as { type: string; state?: State };
      if (message.type === "state" && message.state) heard(message.state);
    };
    socket.onclose = ({ code }) => {
      clearTimeout(silence);
      if (over) return;
      alive(false);
      if (code >= REFUSED) return;
      const failed = opened ? 0 : failures + 1;
      const timer = setTimeout(() => open(failed), Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failed));
      close = () => clearTimeout(timer);
    };
    close = () => {
      clearTimeout(silence);
      socket.close();
    };
  };
  open(0);
  return () => {
    over = true;
    close();
  };
}

export function useDay() {
  const queries = useQueryClient();
  const [live, setLive] = useState(false);
  const query = useQuery({ ...dayQuery, refetchInterval: live ? false : ASK_MS });
  useEffect(
    () =>
      follow((state) => {
        const before = queries.getQueryData(dayQuery.queryKey);
        const after = before && withState(before, state);
        if (after) queries.setQueryData(dayQuery.queryKey, after);
        else if (before) void queries.invalidateQueries({ queryKey: dayQuery.queryKey });
      }, setLive),
    [queries],
  );
  return { ...query, live };
}
