/** What pages ask for, each under one key, so that a change in one place is seen in all. */
import { QueryClient, queryOptions } from "@tanstack/react-query";

import { answered, client, mark } from "@/client/client";
import { Problem } from "@/client/problem";

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        networkMode: "always",
        // Left out, it would not be done in this mode: what was missed is asked for when the line is back.
        refetchOnReconnect: true,
        retry: (failures, error) => failures < 2 && (!(error instanceof Problem) || error.status === 0 || error.status >= 500),
      },
      mutations: { networkMode: "always" },
    },
  });
}

/** Who is signed in; null where nobody is. */
export const accountQuery = queryOptions({
  queryKey: ["account"],
  queryFn: async () => {
    // The session's mark comes and goes with the session: without it there is nobody to ask about.
    if (!mark()) return null;
    try {
      return await answered(client.GET("/api/v1/account"));
    } catch (error) {
      if (error instanceof Problem && error.kind === "not-signed-in") return null;
      throw error;
    }
  },
});

export const filmQuery = (id: string) =>
  queryOptions({
    queryKey: ["films", id],
    queryFn: () => answered(client.GET("/api/v1/videos/{id}", { params: { path: { id } } })),
  });

const RARELY_CHANGED = { staleTime: 600_000 };

export const stylesQuery = queryOptions({
  queryKey: ["styles"],
  queryFn: () => answered(client.GET("/api/v1/styles")),
  ...RARELY_CHANGED,
});

export const voicesQuery = (language: string) =>
  queryOptions({
    queryKey: ["voices", language],
    queryFn: () => answered(client.GET("/api/v1/voices", { params: { query: { language } } })),
    ...RARELY_CHANGED,
  });

export const moodsQuery = queryOptions({
  queryKey: ["moods"],
  queryFn: () => answered(client.GET("/api/v1/moods")),
  ...RARELY_CHANGED,
});

export const languagesQuery = queryOptions({
  queryKey: ["languages"],
  queryFn: () => answered(client.GET("/api/v1/languages")),
  ...RARELY_CHANGED,
});

export const profilesQuery = queryOptions({
  queryKey: ["profiles"],
  queryFn: () => answered(client.GET("/api/v1/profiles")),
  ...RARELY_CHANGED,
});
