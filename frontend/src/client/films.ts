/** Changes of films, as several pages make them: shown at once in the film's page and in every list, taken back where refused. */
import { useMutation, useQueryClient, type InfiniteData, type QueryClient } from "@tanstack/react-query";

import { answered, client, type Schemas } from "@/client/client";
import { accountQuery, filmQuery } from "@/client/queries";

type Film = Schemas["VideoDetail"];
type Card = Schemas["VideoCard"];
type Pages = InfiniteData<Schemas["Videos"]>;

/** The key of all lists that come page by page. */
export const LISTS = ["films", "list"] as const;

/** Change what lists tell of a film, without asking again; null takes it out of them. */
export function relist(queries: QueryClient, id: string, part: Partial<Card> | null): void {
  queries.setQueriesData<Pages>({ queryKey: LISTS }, (before) => {
    if (!before) return before;
    const changed = (items: Card[]) =>
      part === null ? items.filter((card) => card.id !== id) : items.map((card) => (card.id === id ? { ...card, ...part } : card));
    return { ...before, pages: before.pages.map((page) => ({ ...page, items: changed(page.items) })) };
  });
}

export const at = (id: string) => ({ params: { path: { id } } });

/** A change of a film that answers with the film as it is then. */
export function useFilmChange<Given = void>(id: string, change: (given: Given) => Promise<Film>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (film) => {
      queries.setQueryData(filmQuery(id).queryKey, film);
      relist(queries, id, { status: film.status, failure: film.failure, failure_kind: film.failure_kind, failed_in: film.failed_in });
      void queries.invalidateQueries({ queryKey: accountQuery.queryKey });
    },
  });
}

export const useRetry = (id: string) => useFilmChange(id, () => answered(client.POST("/api/v1/videos/{id}/retry", at(id))));

/** A change that is shown at once and taken back where it is refused. */
function useFilmSwitch(id: string, send: (on: boolean) => Promise<unknown>, part: (on: boolean) => Partial<Card>) {
  const queries = useQueryClient();
  const { queryKey } = filmQuery(id);
  return useMutation({
    mutationFn: send,
    onMutate: (on) => {
      const before = queries.getQueryData(queryKey);
      if (before) queries.setQueryData(queryKey, { ...before, ...part(on) });
      relist(queries, id, part(on));
      return before;
    },
    onError: (_error, on, before) => {
      queries.setQueryData(queryKey, before);
      relist(queries, id, part(!on));
    },
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
      relist(queries, id, null);
      void queries.invalidateQueries({ queryKey: ["films"] });
      void queries.invalidateQueries({ queryKey: accountQuery.queryKey });
    },
  });
}
