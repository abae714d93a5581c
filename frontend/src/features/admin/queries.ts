import { infiniteQueryOptions, keepPreviousData, queryOptions, useMutation, useQueryClient, type InfiniteData } from "@tanstack/react-query";

import { answered, client, type Schemas } from "@/client/client";

export type User = Schemas["AdminUser"];

const CODE = ["admin", "code"] as const;
const USERS = ["admin", "users"] as const;
const LETTERS = ["admin", "letters"] as const;
const QUEUE_MS = 4000;
const LETTERS_MS = 15_000;
const A_PAGE = 200;

/** The access code of the hour, asked for again when its hour is over. */
export const codeQuery = queryOptions({
  queryKey: CODE,
  queryFn: () => answered(client.GET("/api/v1/admin/access-code")),
  refetchInterval: ({ state }) => (state.data ? Math.max(1000, state.data.until * 1000 - Date.now() + 500) : false),
});

/** Accounts, page by page: all, or those whose address begins so. */
export const usersQuery = (search: string) =>
  infiniteQueryOptions({
    queryKey: [...USERS, search],
    initialPageParam: "",
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam: cursor }) => answered(client.GET("/api/v1/admin/users", { params: { query: { search, limit: A_PAGE, cursor } } })),
    getNextPageParam: ({ next }) => next,
  });

export const queueQuery = queryOptions({
  queryKey: ["admin", "queue"],
  queryFn: () => answered(client.GET("/api/v1/admin/queue")),
  refetchInterval: QUEUE_MS,
});

export const lettersQuery = queryOptions({
  queryKey: LETTERS,
  queryFn: () => answered(client.GET("/api/v1/admin/dead-letters")),
  refetchInterval: LETTERS_MS,
});

export interface ActsWanted {
  user: string;
  act: string;
  on: string;
}

export const actsQuery = (wanted: ActsWanted) =>
  infiniteQueryOptions({
    queryKey: ["admin", "acts", wanted],
    initialPageParam: "",
    queryFn: ({ pageParam: cursor }) =>
      answered(client.GET("/api/v1/admin/audit", { params: { query: { ...wanted, limit: 50, cursor } } })),
    getNextPageParam: ({ next }) => next,
  });

export function useTurn() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => answered(client.POST("/api/v1/admin/access-code")),
    onSuccess: (code) => queries.setQueryData(codeQuery.queryKey, code),
  });
}

/** A change of an account, which answers with the account as it is then. */
function useUserChange<Given>(change: (given: Given) => Promise<User>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (changed) =>
      queries.setQueriesData<InfiniteData<Schemas["Users"]>>({ queryKey: USERS }, (before) =>
        before && {
          ...before,
          pages: before.pages.map((page) => ({ ...page, items: page.items.map((one) => (one.id === changed.id ? changed : one)) })),
        },
      ),
  });
}

const of = (user: string) => ({ params: { path: { user } } });

export const useTier = () =>
  useUserChange(({ user, tier }: { user: string; tier: string }) =>
    answered(client.PUT("/api/v1/admin/users/{user}/tier", { ...of(user), body: { tier } })),
  );

export const useDisabling = () =>
  useUserChange(({ user, disabled }: { user: string; disabled: boolean }) =>
    answered(client.PUT("/api/v1/admin/users/{user}/disabled", { ...of(user), body: { disabled } })),
  );

export function useLetterReplay() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (letter: string) => answered(client.POST("/api/v1/admin/dead-letters/{letter}/replay", { params: { path: { letter } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: LETTERS }),
  });
}
