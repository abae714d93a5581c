import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { answered, client, type Schemas } from "@/client/client";
import { at, useFilmChange } from "@/client/films";
import { isOver, listen, type Progress, type Way } from "@/client/live";
import { accountQuery, filmQuery } from "@/client/queries";

export type Film = Schemas["VideoDetail"];

/** Put live progress into what the page knows; what only the whole film tells is asked for when a status changes. */
export function withProgress(film: Film, progress: Progress): Film {
  return { ...film, progress, status: progress.status, title: progress.title || film.title };
}

/** Keeps a film's progress live; how it comes. */
export function useLive(id: string, watched: boolean): Way {
  const queries = useQueryClient();
  const [way, setWay] = useState<Way>("lost");
  useEffect(() => {
    if (!watched) return undefined;
    const { queryKey } = filmQuery(id);
    const ask = () => void queries.invalidateQueries({ queryKey });
    return listen(id, queries.getQueryData(queryKey)?.progress?.sequence ?? -1, {
      way: setWay,
      ask,
      ended: ask,
      progress: (progress) => {
        const before = queries.getQueryData(queryKey);
        if (!before) return;
        queries.setQueryData(queryKey, withProgress(before, progress));
        const { status = "", revision = 0 } = before.progress ?? {};
        if (status === progress.status && revision === progress.revision) return;
        ask();
        if (isOver(progress.status)) {
          void queries.invalidateQueries({ queryKey: accountQuery.queryKey });
          void queries.invalidateQueries({ queryKey: ["films"], predicate: ({ queryKey: [, one] }) => one !== id });
        }
      },
    });
  }, [id, watched, queries]);
  return way;
}

interface Timeline {
  rate: string | number;
  shots: { scene: number; start_frame: number }[];
}

function fraction(value: string | number): number {
  const [above = "0", below = "1"] = String(value).split("/");
  return Number(above) / Number(below);
}

/** When each scene begins, in seconds. */
export const chaptersQuery = (film: Film) =>
  queryOptions({
    queryKey: ["films", film.id, "chapters", film.seconds],
    enabled: film.ready,
    queryFn: async () => {
      const address = { params: { path: { id: film.id } }, parseAs: "json" } as const;
      const told = (await answered(client.GET("/api/v1/videos/{id}/timeline", address))) as unknown as Timeline;
      return told.shots.map((shot) => ({ scene: shot.scene, seconds: shot.start_frame / fraction(told.rate) }));
    },
  });

export const useCancel = (id: string) => useFilmChange(id, () => answered(client.POST("/api/v1/videos/{id}/cancel", at(id))));

export const useRedraw = (id: string) =>
  useFilmChange(id, (scene: number) =>
    answered(client.POST("/api/v1/videos/{id}/scenes/{scene}/retry", { params: { path: { id, scene } } })),
  );

export const useEdit = (id: string) =>
  useFilmChange(id, ({ scene, ...body }: Schemas["SceneChange"] & { scene: number }) =>
    answered(client.PATCH("/api/v1/videos/{id}/scenes/{scene}", { params: { path: { id, scene } }, body })),
  );

/** Tell once that the film is being watched. */
export function useView(id: string) {
  return useMutation({ mutationFn: () => answered(client.POST("/api/v1/videos/{id}/views", at(id))) });
}
