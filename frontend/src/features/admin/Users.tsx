import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useSession } from "@/client/session";
import { ago, day } from "@/components/amounts";
import { tierName } from "@/components/names";
import { Fault } from "@/components/states";
import { Button } from "@/components/ui/button";
import { classes } from "@/components/ui/classes";
import { Confirm } from "@/components/ui/confirm";
import { More } from "@/components/ui/more";
import { SearchInput } from "@/components/ui/search";
import { Select } from "@/components/ui/select";
import { Badge, Card, Skeleton } from "@/components/ui/surface";
import { useToasts } from "@/components/ui/toast";
import { useDisabling, usersQuery, useTier, type User } from "@/features/admin/queries";

/** Accounts: searched, given another tier, locked and unlocked. */
export function Users() {
  const { t } = useTranslation("admin");
  const [search, setSearch] = useState("");
  const { data, error, isPending, isPlaceholderData, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery(usersQuery(search));
  if (error && !data) return <Fault error={error} onRetry={() => void refetch()} />;
  const shown = data?.pages.flatMap(({ items }) => items) ?? [];
  const tiers = data?.pages[0]?.tiers ?? [];
  return (
    <div className="grid gap-5">
      <div className="flex max-w-md">
        <SearchInput label={t("users.search")} value={search} onChange={setSearch} />
      </div>
      <p role="status" className="figures text-sm text-muted">
        {isPending ? "" : t(hasNextPage ? "users.first" : "users.count", { count: shown.length })}
      </p>
      <Card aria-busy={isPlaceholderData} className={classes("px-0 py-0 transition-opacity sm:px-0 sm:py-0", isPlaceholderData && "opacity-60")}>
        {isPending ? (
          <div className="grid gap-4 p-6">
            <Skeleton className="h-10 w-full" />
            <Skeleton className="h-10 w-full" />
          </div>
        ) : shown.length === 0 ? (
          <p className="px-6 py-12 text-center text-muted">{t("users.none", { search })}</p>
        ) : (
          <ul className="grid divide-y divide-line">
            {shown.map((user) => (
              <Row key={user.id} user={user} tiers={tiers} />
            ))}
          </ul>
        )}
      </Card>
      {hasNextPage && <More onMore={() => void fetchNextPage()} busy={isFetchingNextPage} />}
    </div>
  );
}

function Row({ user, tiers }: { user: User; tiers: readonly string[] }) {
  const { t } = useTranslation("admin");
  const { t: app } = useTranslation();
  const { say, complain } = useToasts();
  const { account } = useSession();
  const tier = useTier();
  const disabling = useDisabling();
  const [asking, setAsking] = useState(false);
  const { used, limit, at_work } = user.quota;
  const disable = (disabled: boolean) =>
    disabling.mutate(
      { user: user.id, disabled },
      { onSuccess: () => say(t(disabled ? "users.locked" : "users.unlocked")), onError: complain, onSettled: () => setAsking(false) },
    );
  return (
    <li className="grid gap-x-6 gap-y-4 px-5 py-4 sm:px-7 md:grid-cols-[minmax(0,1fr)_8rem_11rem_7.5rem] md:items-center">
      <div className="grid min-w-0 gap-1">
        <p className="flex min-w-0 flex-wrap items-center gap-2">
          <span className="truncate font-semibold">{user.email}</span>
          {user.admin && <Badge tone="accent">{t("users.admin")}</Badge>}
          {user.disabled && <Badge tone="danger">{t("users.disabled")}</Badge>}
        </p>
        <p className="text-sm text-muted">
          {t("users.since", { day: day(user.created_at) })}
          {" · "}
          {user.signed_in_at === null ? t("users.never") : t("users.seen", { ago: ago(user.signed_in_at) })}
        </p>
      </div>
      <p className="figures text-sm">
        <span className="font-semibold">{t("users.films", { used, limit: limit ?? "∞" })}</span>
        <span className="block text-muted max-md:ml-2 max-md:inline">{at_work > 0 ? t("users.atWork", { count: at_work }) : ""}</span>
      </p>
      <div className="flex gap-3 md:contents">
        <Select
          aria-label={t("users.tierOf", { email: user.email })}
          value={user.tier}
          disabled={tier.isPending}
          onChange={(next) => tier.mutate({ user: user.id, tier: next }, { onSuccess: () => say(t("users.tierSaid")), onError: complain })}
          options={[...new Set([...tiers, user.tier])].map((value) => ({ value, label: tierName(value, app) }))}
          className="h-11"
        />
        {user.id === account?.id ? (
          <span className="self-center text-sm text-muted md:text-right">{t("users.you")}</span>
        ) : (
          <Button
            look={user.disabled ? "secondary" : "danger"}
            size="small"
            className="h-11"
            aria-label={`${t(user.disabled ? "users.unlock" : "users.lock")}: ${user.email}`}
            busy={disabling.isPending}
            onClick={() => (user.disabled ? disable(false) : setAsking(true))}
          >
            {t(user.disabled ? "users.unlock" : "users.lock")}
          </Button>
        )}
      </div>
      <Confirm
        title={t("users.ask", { email: user.email })}
        description={t("users.warning")}
        action={t("users.lock")}
        open={asking}
        onOpenChange={setAsking}
        busy={disabling.isPending}
        onConfirm={() => disable(true)}
      />
    </li>
  );
}
