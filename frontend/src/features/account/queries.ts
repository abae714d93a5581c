import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";

import { answered, client, type Schemas } from "@/client/client";
import { accountQuery } from "@/client/queries";

export type Webhook = Schemas["Webhook"];
export type Delivery = Schemas["Delivery"];

const KEYS = ["account", "keys"] as const;
const WEBHOOKS = ["account", "webhooks"] as const;
const PAUSED_MS = 5000;
const LOOK_MS = 2000;
const A_PAGE = 25;

export const keysQuery = queryOptions({ queryKey: KEYS, queryFn: () => answered(client.GET("/api/v1/account/keys")) });
export const webhooksQuery = queryOptions({
  queryKey: WEBHOOKS,
  queryFn: () => answered(client.GET("/api/v1/account/webhooks")),
  // A pause ends when a test arrives, which nothing else tells this page.
  refetchInterval: ({ state }) => (state.data?.some(({ paused_at }) => paused_at !== null) ? PAUSED_MS : false),
});

export const actsQuery = infiniteQueryOptions({
  queryKey: ["account", "acts"],
  initialPageParam: "",
  queryFn: ({ pageParam: cursor }) => answered(client.GET("/api/v1/account/audit", { params: { query: { limit: A_PAGE, cursor } } })),
  getNextPageParam: ({ next }) => next,
});

/** What a webhook was told; looked at again while something is still to be told. */
export const deliveriesQuery = (webhook: string) =>
  infiniteQueryOptions({
    queryKey: [...WEBHOOKS, webhook],
    initialPageParam: "",
    queryFn: ({ pageParam: cursor }) =>
      answered(
        client.GET("/api/v1/account/webhooks/{webhook}/deliveries", { params: { path: { webhook }, query: { limit: A_PAGE, cursor } } }),
      ),
    getNextPageParam: ({ next }) => next,
    refetchInterval: ({ state }) =>
      (state.data?.pages ?? []).some(({ items }) => items.some((one) => one.state === "pending")) ? LOOK_MS : false,
  });

/** A change, after which a list is asked for again. */
function useChange<Given, Answer>(key: readonly string[], change: (given: Given) => Promise<Answer>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn: change, onSuccess: () => queries.invalidateQueries({ queryKey: key }) });
}

export const useNewKey = () =>
  useChange(KEYS, (body: Schemas["KeyRequest"]) => answered(client.POST("/api/v1/account/keys", { body })));

export const useRevocation = () =>
  useChange(KEYS, (key: string) => answered(client.DELETE("/api/v1/account/keys/{key}", { params: { path: { key } } })));

export const useNewWebhook = () =>
  useChange(WEBHOOKS, (body: Schemas["WebhookRequest"]) => answered(client.POST("/api/v1/account/webhooks", { body })));

export const useWebhookSaving = (webhook: string) =>
  useChange(WEBHOOKS, (body: Schemas["WebhookRequest"]) =>
    answered(client.PUT("/api/v1/account/webhooks/{webhook}", { params: { path: { webhook } }, body })),
  );

export const useWebhookDeletion = () =>
  useChange(WEBHOOKS, (webhook: string) =>
    answered(client.DELETE("/api/v1/account/webhooks/{webhook}", { params: { path: { webhook } } })),
  );

export const useWebhookTest = (webhook: string) =>
  useChange([...WEBHOOKS, webhook], () =>
    answered(client.POST("/api/v1/account/webhooks/{webhook}/test", { params: { path: { webhook } } })),
  );

export const useReplay = (webhook: string) =>
  useChange([...WEBHOOKS, webhook], (delivery: string) =>
    answered(
      client.POST("/api/v1/account/webhooks/{webhook}/deliveries/{delivery}/replay", { params: { path: { webhook, delivery } } }),
    ),
  );

export function usePasswordChange() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas["PasswordChange"]) => answered(client.PUT("/api/v1/account/password", { body })),
    onSuccess: ({ account }) => queries.setQueryData(accountQuery.queryKey, account),
  });
}

/** What ends with nobody being signed in any more: nothing of them stays in the page. */
function useLeaving<Given = void>(leave: (given: Given) => Promise<unknown>, to: string) {
  const queries = useQueryClient();
  const goto = useNavigate();
  return useMutation({
    mutationFn: leave,
    onSuccess: async () => {
      await goto(to);
      sessionStorage.clear();
      queries.clear();
      queries.setQueryData(accountQuery.queryKey, null);
    },
  });
}

export const useSignOutEverywhere = () => useLeaving(() => answered(client.DELETE("/api/v1/account/sessions")), "/login");

export const useAccountDeletion = () =>
  useLeaving((body: Schemas["Confirmation"]) => answered(client.POST("/api/v1/account/delete", { body })), "/");
