import { infiniteQueryOptions, keepPreviousData, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { answered, client, type Schemas } from "@/client/client";
import { LISTS, relist } from "@/client/films";
import { isOver } from "@/client/live";
import { hearNews, type News } from "@/client/news";
import { accountQuery } from "@/client/queries";
import { asked, type Wanted } from "@/features/library/filters";

export type Card = Schemas["VideoCard"];

const A_PAGE = 24;

/** Films, page by page. */
export const filmsQuery = (wanted: Wanted) =>
  infiniteQueryOptions({
    queryKey: [...LISTS, wanted],
    initialPageParam: "",
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam }) =>
      answered(client.GET("/api/v1/videos", { params: { query: { ...asked(wanted), limit: A_PAGE, cursor: pageParam } } })),
    getNextPageParam: ({ next }) => next,
  });

type Known = ReadonlyMap<string, News>;

/** Films that began or ended since the list was had, so that the list tells something else; new with each change of them. */
export function outdated(films: readonly Card[], known: Known): string {
  const listed = new Map(films.map((film) => [film.id, film]));
  return [...known.values()]
    .flatMap(({ id, sequence, status }) => {
      const film = listed.get(id);
      if (film === undefined) return isOver(status) ? [] : [id];
      return isOver(film.status) === isOver(status) ? [] : [`${id} ${sequence}`];
    })
    .join(", ");
}

/** A film of a list, as the news tell it by now. */
export function asTold(film: Card, news: News | undefined): Card {
  if (news === undefined || isOver(film.status) || isOver(news.status)) return film;
  return { ...film, status: news.status, title: news.title || film.title };
}

/** How far one's own films are, as it happens; undefined films: the list is not there yet. */
export function useNews(listening: boolean, films: readonly Card[] | undefined): Known {
  const queries = useQueryClient();
  const [known, setKnown] = useState<Known>(new Map());
  useEffect(() => {
    if (!listening) return undefined;
    return hearNews({
      news: (film) => setKnown((before) => new Map(before).set(film.id, film)),
      gone: (id) => {
        setKnown((before) => new Map([...before].filter(([one]) => one !== id)));
        relist(queries, id, null);
      },
      ask: () => void queries.invalidateQueries({ queryKey: LISTS }),
    });
  }, [listening, queries]);
  const old = films ? outdated(films, known) : "";
  useEffect(() => {
    if (!old) return;
    void queries.invalidateQueries({ queryKey: LISTS });
    void queries.invalidateQueries({ queryKey: accountQuery.queryKey });
  }, [old, queries]);
  return known;
}
