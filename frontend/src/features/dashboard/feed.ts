/** The product now and its last day, kept live: by WebSocket, and by asking while that is not to be had. */
import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { answered, client, type Schemas } from "@/client/client";
import { hold } from "@/client/socket";

export type Day = Schemas["HistoryOfDay"];
export type State = Schemas["State"];
export type Point = Schemas["Point"];

const ASK_MS = 8000;

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
  return hold({
    path: () => "/ws/admin",
    opened: () => undefined,
    heard: (told) => {
      alive(true);
      const message = told as { type: string; state?: State };
      if (message.type === "state" && message.state) heard(message.state);
    },
    broke: () => {
      alive(false);
      return true;
    },
    refused: () => alive(false),
  });
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
