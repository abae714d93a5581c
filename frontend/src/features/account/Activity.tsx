import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { AuditList } from "@/components/AuditList";
import { More } from "@/components/ui/more";
import { Card } from "@/components/ui/surface";
import { actsQuery } from "@/features/account/queries";
import { Shelf } from "@/features/account/Shelf";

/** What was done with the account, and what was refused. */
export function Activity() {
  const { t } = useTranslation("account");
  const { data, isPending, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(actsQuery);
  const entries = data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Shelf
      title={t("activity.title")}
      lead={t("activity.lead")}
      pending={isPending}
      error={data ? null : error}
      onRetry={() => void refetch()}
    >
      <Card className="py-2 sm:py-3">
        {entries.length === 0 ? <p className="py-8 text-center text-muted">{t("activity.none")}</p> : <AuditList entries={entries} />}
      </Card>
      {hasNextPage && <More onMore={() => void fetchNextPage()} busy={isFetchingNextPage} />}
    </Shelf>
  );
}
