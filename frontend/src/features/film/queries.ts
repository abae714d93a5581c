import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { answered, client, type Schemas } from "@/client/client";
import { listen, type Progress, type Way } from "@/client/live";
import { accountQuery, filmQuery } from "@/client/queries";

export type Film = Schemas["VideoDetail"];

const OVER = new Set(["completed", "failed", "cancelled"]);

export function isOver(status: string): boolean {
  return OVER.has(status);
}

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

/** A change of a film that answers with the film as it is then. */
function useFilmChange<Given = void>(id: string, change: (given: Given) => Promise<Film>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (film) => {
      queries.setQueryData(filmQuery(id).queryKey, film);
      void queries.invalidateQueries({ queryKey: accountQuery.queryKey });
    },
  });
}

const at = (id: string) => ({ params: { path: { id } } });

export const useCancel = (id: string) => useFilmChange(id, () => answered(client.POST("/api/v1/videos/{id}/cancel", at(id))));

export const useRetry = (id: string) => useFilmChange(id, () => answered(client.POST("/api/v1/videos/{id}/retry", at(id))));

export const useRedraw = (id: string) =>
  useFilmChange(id, (scene: number) =>
    answered(client.POST("/api/v1/videos/{id}/scenes/{scene}/retry", { params: { path: { id, scene } } })),
  );

export const useEdit = (id: string) =>
  useFilmChange(id, ({ scene, ...body }: Schemas["SceneChange"] & { scene: number }) =>
    answered(client.PATCH("/api/v1/videos/{id}/scenes/{scene}", { params: { path: { id, scene } }, body })),
  );

/** A change that is shown at once and taken back where it is refused. */
function useFilmSwitch(id: string, send: (on: boolean) => Promise<unknown>, part: (on: boolean) => Partial<Film>) {
  const queries = useQueryClient();
  const { queryKey } = filmQuery(id);
  return useMutation({
    mutationFn: send,
    onMutate: (on) => {
      const before = queries.getQueryData(queryKey);
      if (before) queries.setQueryData(queryKey, { ...before, ...part(on) });
      return before;
    },
    onError: (_error, _on, before) => queries.setQueryData(queryKey, before),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["films"], predicate: ({ queryKey: [, one] }) => one !== id }),
  });
}

export const useFavourite = (id: string) =>
  useFilmSwitch(
    id,
    (on) =>
      on
        ? answered(client.PUT("/api/v1/videos/{id}/favourite", at(id)))
        : answered(client.DELETE("/api/v1/videos/{id}/favourite", at(id))),
    (favourite) => ({ favourite }),
  );

export const useVisibility = (id: string) =>
  useFilmSwitch(
    id,
    (on) => answered(client.PUT("/api/v1/videos/{id}/visibility", { ...at(id), body: { public: on } })),
    (on) => ({ public: on }),
  );

export function useDeletion(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => answered(client.DELETE("/api/v1/videos/{id}", at(id))),
    onSuccess: () => {
      queries.removeQueries({ queryKey: filmQuery(id).queryKey });
      void queries.invalidateQueries({ queryKey: ["films"] });
      void queries.invalidateQueries({ queryKey: accountQuery.queryKey });
    },
  });
}

/** Tell once that the film is being watched. */
export function useView(id: string) {
  return useMutation({ mutationFn: () => answered(client.POST("/api/v1/videos/{id}/views", at(id))) });
}
