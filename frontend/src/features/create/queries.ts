import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { answered, client } from "@/client/client";
import { accountQuery, filmQuery } from "@/client/queries";
import type { Request } from "@/features/create/draft";

const PAUSE_MS = 350;
const BUSY_MS = 5000;

/** A value once it has stopped changing. */
export function useSettled<T>(value: T, pauseMs: number = PAUSE_MS): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pauseMs);
    return () => clearTimeout(timer);
  }, [value, pauseMs]);
  return settled;
}

/** What the film would take; asked while somebody types. */
export const estimateQuery = (request: Request | null) =>
  queryOptions({
    queryKey: ["estimate", request],
    enabled: request !== null,
    placeholderData: keepPreviousData,
    retry: false,
    // A film that is finished makes room for this one, which nothing else tells this page.
    refetchInterval: ({ state }) => (state.data?.allowed === false ? BUSY_MS : false),
    queryFn: () => answered(client.POST("/api/v1/videos/estimate", { body: request ?? {} })),
  });

function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Ask for the film. The same request sent again, after a lost connection for example, asks for the same film. */
export function useCreation() {
  const queries = useQueryClient();
  const [sent, setSent] = useState({ text: "", key: "" });
  return useMutation({
    mutationFn: (request: Request) => {
      const text = JSON.stringify(request);
      const key = sent.text === text ? sent.key : randomKey();
      setSent({ text, key });
      return answered(client.POST("/api/v1/videos", { body: request, params: { header: { "Idempotency-Key": key } } }));
    },
    onSuccess: (film) => {
      queries.setQueryData(filmQuery(film.id).queryKey, film);
      void queries.invalidateQueries({ queryKey: accountQuery.queryKey });
      void queries.invalidateQueries({ queryKey: ["films"], exact: false, predicate: ({ queryKey }) => queryKey[1] !== film.id });
    },
  });
}
