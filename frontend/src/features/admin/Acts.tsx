import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import { actName, ACTS, AuditList } from "@/components/AuditList";
import { Fault } from "@/components/states";
import { Field, Input } from "@/components/ui/field";
import { More } from "@/components/ui/more";
import { SearchInput } from "@/components/ui/search";
import { Select } from "@/components/ui/select";
import { Card, Skeleton } from "@/components/ui/surface";
import { actsQuery, usersQuery, type ActsWanted, type User } from "@/features/admin/queries";

const PAUSE_MS = 350;

/** What everybody did, by whom, what and on what. */
export function Acts() {
  const { t } = useTranslation("admin");
  const { t: app } = useTranslation();
  const [wanted, setWanted] = useState<ActsWanted>({ user: "", act: "", on: "" });
  const [on, setOn] = useState("");
  const [begun, setBegun] = useState("");
  const [chosen, setChosen] = useState<User>();
  const { data, hasNextPage } = useInfiniteQuery(usersQuery(begun));
  const found = data?.pages.flatMap(({ items }) => items) ?? [];
  const users = chosen === undefined || found.some(({ id }) => id === chosen.id) ? found : [chosen, ...found];
  // One page of accounts is offered: where there are more, they are sought by their addresses.
  const many = hasNextPage || begun !== "";
  const emails = new Map(users.map(({ id, email }) => [id, email]));
  useEffect(() => {
    const timer = setTimeout(() => setWanted((before) => ({ ...before, on: on.trim() })), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [on]);
  return (
    <div className="grid gap-6">
      <div className="grid gap-4 sm:grid-cols-3">
        <Field label={t("audit.who")}>
          {(ties) => (
            <>
              {many && <SearchInput label={t("users.search")} value={begun} onChange={setBegun} />}
              <Select
                {...ties}
                value={wanted.user}
                onChange={(user) => {
                  setWanted({ ...wanted, user });
                  setChosen(users.find(({ id }) => id === user));
                }}
                options={[{ value: "", label: t("audit.everybody") }, ...users.map(({ id, email }) => ({ value: id, label: email }))]}
              />
            </>
          )}
        </Field>
        <Field label={t("audit.act")}>
          {(ties) => (
            <Select
              {...ties}
              value={wanted.act}
              onChange={(act) => setWanted({ ...wanted, act })}
              options={[{ value: "", label: t("audit.anything") }, ...ACTS.map((value) => ({ value, label: actName(value, app) }))]}
            />
          )}
        </Field>
        <Field label={t("audit.on")}>
          {(ties) => (
            <Input {...ties} value={on} maxLength={200} placeholder={t("audit.onHint")} onChange={({ target }) => setOn(target.value)} />
          )}
        </Field>
      </div>
      <Found wanted={wanted} who={(user) => emails.get(user) ?? (user || t("audit.nobody"))} />
    </div>
  );
}

function Found({ wanted, who }: { wanted: ActsWanted; who: (user: string) => string }) {
  const { t } = useTranslation("admin");
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery(actsQuery(wanted));
  if (error && !data) return <Fault error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton className="h-72 w-full rounded-card" />;
  const entries = data.pages.flatMap(({ items }) => items);
  return (
    <>
      <Card className="py-2 sm:py-3">
        {entries.length === 0 ? (
          <p className="py-10 text-center text-muted">{t("audit.none")}</p>
        ) : (
          <AuditList entries={entries} who={who} />
        )}
      </Card>
      {hasNextPage && <More onMore={() => void fetchNextPage()} busy={isFetchingNextPage} byItself />}
    </>
  );
}
