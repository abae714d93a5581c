import { useInfiniteQuery } from "@tanstack/react-query";
import { RotateCcw } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { duration, moment } from "@/components/amounts";
import { statusName } from "@/components/names";
import { FormFault } from "@/components/states";
import { Button } from "@/components/ui/button";
import { More } from "@/components/ui/more";
import { Badge, Skeleton } from "@/components/ui/surface";
import { useToasts } from "@/components/ui/toast";
import { deliveriesQuery, useReplay, type Delivery } from "@/features/account/queries";

const TONES = { pending: "plain", delivered: "good", failed: "danger" } as const;

/** What a webhook was told, the last first, with every try and its answer. */
export function Deliveries({ webhook }: { webhook: string }) {
  const { t } = useTranslation("account");
  const { data, isPending, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(deliveriesQuery(webhook));
  if (isPending) return <Skeleton className="h-24 w-full" />;
  if (!data) return <FormFault error={error} />;
  const deliveries = data.pages.flatMap(({ items }) => items);
  if (deliveries.length === 0) return <p className="text-muted">{t("deliveries.none")}</p>;
  return (
    <div className="grid gap-4">
      <ol className="grid divide-y divide-line border-t border-line" aria-live="polite">
        {deliveries.map((delivery) => (
          <Row key={delivery.id} delivery={delivery} webhook={webhook} />
        ))}
      </ol>
      {hasNextPage && <More onMore={() => void fetchNextPage()} busy={isFetchingNextPage} />}
    </div>
  );
}

function Row({ delivery, webhook }: { delivery: Delivery; webhook: string }) {
  const { t } = useTranslation("account");
  const { t: app } = useTranslation();
  const { complain } = useToasts();
  const replay = useReplay(webhook);
  const last = delivery.tries.at(-1);
  return (
    <li className="grid gap-3 py-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Badge tone={TONES[delivery.state]}>{t(`deliveries.${delivery.state}`)}</Badge>
        <span className="font-semibold">{delivery.event === "test" ? t("deliveries.test") : statusName(delivery.event, app)}</span>
        <time className="figures text-sm text-muted" dateTime={new Date(delivery.created_at * 1000).toISOString()}>
          {moment(delivery.created_at)}
        </time>
        {delivery.video && (
          <Link to={`/films/${delivery.video}`} className="text-sm font-semibold text-accent-ink underline underline-offset-4">
            {t("deliveries.film")}
          </Link>
        )}
        {delivery.state !== "pending" && (
          <Button
            look="quiet"
            size="small"
            className="ml-auto"
            busy={replay.isPending}
            onClick={() => replay.mutate(delivery.id, { onError: complain })}
          >
            <RotateCcw aria-hidden />
            {t("deliveries.replay")}
          </Button>
        )}
      </div>
      {last?.status === null && delivery.state !== "delivered" && <p className="text-sm text-pretty">{last.answer}</p>}
      <details className="text-sm">
        <summary className="cursor-pointer text-muted hover:text-ink">
          {t("deliveries.tries", { count: delivery.tries.length })}
          {delivery.next_at !== null && ` · ${t("deliveries.next", { at: moment(delivery.next_at) })}`}
        </summary>
        <div className="grid gap-3 pt-3">
          {delivery.tries.length > 0 && (
            <ol className="grid gap-2">
              {delivery.tries.map((call) => (
                <li key={call.at} className="grid gap-0.5">
                  <span className="figures font-semibold">
                    {call.status ?? t("deliveries.silent")} · {duration(call.seconds)} · {moment(call.at)}
                  </span>
                  <span className="break-words text-muted">{call.answer}</span>
                </li>
              ))}
            </ol>
          )}
          <p className="font-semibold">{t("deliveries.body")}</p>
          {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard */}
          <pre tabIndex={0} className="max-h-64 overflow-auto rounded-control bg-sunken p-4 font-mono text-xs dark:bg-ground">
            {pretty(delivery.body)}
          </pre>
        </div>
      </details>
    </li>
  );
}

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
