import { infiniteQueryOptions, keepPreviousData, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { answered, client, type Schemas } from "@/client/client";
import { LISTS, relist } from "@/client/films";
import { isOver, listen, type Progress } from "@/client/live";
import { accountQuery } from "@/client/queries";
import { asked, type Wanted } from "@/features/library/filters";

export type Card = Schemas["VideoCard"];

const A_PAGE = 24;
const MOST_LISTENED = 6;
const ASK_MS = 5000;

/** Films, page by page. Those at work beyond what is listened to are asked about again and again. */
export const filmsQuery = (wanted: Wanted) =>
  infiniteQueryOptions({
    queryKey: [...LISTS, wanted],
    initialPageParam: "",
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam }) =>
      answered(client.GET("/api/v1/videos", { params: { query: { ...asked(wanted), limit: A_PAGE, cursor: pageParam } } })),
    getNextPageParam: ({ next }) => next,
    refetchInterval: ({ state }) => (atWork(state.data?.pages.flatMap(({ items }) => items) ?? []).length > MOST_LISTENED ? ASK_MS : false),
  });

function atWork(films: readonly Card[]): Card[] {
  return films.filter((film) => film.failure !== null && !isOver(film.status));
}

/** How far one's own films at work are, as it happens. */
export function useLiveFilms(films: readonly Card[]): ReadonlyMap<string, Progress> {
  const queries = useQueryClient();
  const [known, setKnown] = useState<ReadonlyMap<string, Progress>>(new Map());
  const ids = atWork(films)
    .slice(0, MOST_LISTENED)
    .map(({ id }) => id)
    .join(" ");
  useEffect(() => {
    const again = () => void queries.invalidateQueries({ queryKey: LISTS });
    const ends = ids
      .split(" ")
      .filter(Boolean)
      .map((id) =>
        listen(id, -1, {
          way: () => undefined,
          ask: again,
          ended: again,
          progress: (progress) => {
            setKnown((before) => new Map(before).set(id, progress));
            relist(queries, id, { status: progress.status, failure: progress.failure, ...(progress.title && { title: progress.title }) });
            if (!isOver(progress.status)) return;
            again();
            void queries.invalidateQueries({ queryKey: accountQuery.queryKey });
          },
        }),
      );
    return () => ends.forEach((end) => end());
  }, [ids, queries]);
  return known;
}

/** The part of a film's pictures that is drawn; undefined before they are begun. */
export function drawn(progress: Progress | undefined): number | undefined {
  const scenes = progress?.scenes ?? [];
  const total = scenes.reduce((sum, scene) => sum + scene.frames, 0);
  if (progress?.status !== "rendering" || total === 0) return undefined;
  return scenes.reduce((sum, scene) => sum + (scene.status === "ready" ? scene.frames : scene.frames_done), 0) / total;
}
