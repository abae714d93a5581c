/** Who is signed in, as pages ask it. The token lies in a cookie that no script reads. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { answered, client, type Schemas } from "@/client/client";
import { accountQuery } from "@/client/queries";

export type Account = Schemas["Account"];

export interface Signed {
  account: Account | null;
  /** Not known yet. */
  pending: boolean;
  /** Every film of the quota is used; work on what is there goes on. */
  spent: boolean;
  /** Why nobody knows who is signed in; null where that is known. */
  error: Error | null;
  /** Ask again. */
  again: () => void;
}

export function useSession(): Signed {
  const { data, isPending, error, refetch } = useQuery(accountQuery);
  const account = data ?? null;
  const { used = 0, limit = null } = account?.quota ?? {};
  return {
    account,
    pending: isPending,
    spent: limit !== null && used >= limit,
    error: data === undefined ? error : null,
    again: () => void refetch(),
  };
}

function useOpening<Given>(open: (given: Given) => Promise<Schemas["Session"]>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: open,
    onSuccess: (session) => {
      // Whoever was signed in before, and whose session only ended, leaves nothing to be seen.
      queries.removeQueries({ predicate: ({ queryKey }) => queryKey.length > 1 });
      queries.setQueryData(accountQuery.queryKey, session.account);
    },
  });
}

export const useSignIn = () =>
  useOpening((body: Schemas["SignIn"]) => answered(client.POST("/api/v1/session", { body })));

export const useRegister = () =>
  useOpening((body: Schemas["Registration"]) => answered(client.POST("/api/v1/accounts", { body })));

export function useSignOut() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => answered(client.DELETE("/api/v1/session")),
    onSuccess: () => {
      sessionStorage.clear();
      queries.clear();
      queries.setQueryData(accountQuery.queryKey, null);
    },
  });
}
