import { useQuery } from "@tanstack/react-query";
import { RefreshCw } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { clock } from "@/components/amounts";
import { useNow } from "@/components/now";
import { FormFault } from "@/components/states";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { CopyButton } from "@/components/ui/copy";
import { Card, Skeleton } from "@/components/ui/surface";
import { useToasts } from "@/components/ui/toast";
import { codeQuery, useTurn } from "@/features/admin/queries";

/** The access code of the hour: what a newcomer is told. */
export function CodeCard() {
  const { t } = useTranslation("admin");
  const { say, complain } = useToasts();
  const { data, error } = useQuery(codeQuery);
  const turn = useTurn();
  const now = useNow();
  const [asking, setAsking] = useState(false);
  if (error && !data) return <FormFault error={error} />;
  if (!data) return <Skeleton className="h-44 w-full rounded-card" />;
  return (
    <Card aria-labelledby="code" className="flex flex-wrap items-end justify-between gap-x-10 gap-y-6">
      <div className="grid gap-2">
        <h2 id="code" className="font-semibold text-muted">
          {t("code.title")}
        </h2>
        <p className="figures font-mono text-4xl font-semibold tracking-[0.18em] sm:text-6xl" data-testid="access-code">
          {data.code}
        </p>
        <p className="figures text-muted">
          {t("code.until", { time: clock(data.until - now) })}
          {data.before && data.before_until > now && (
            <span className="block">{t("code.before", { code: data.before, time: clock(data.before_until - now) })}</span>
          )}
        </p>
      </div>
      <div className="flex flex-wrap gap-3">
        <Button look="secondary" busy={turn.isPending} onClick={() => setAsking(true)}>
          <RefreshCw aria-hidden />
          {t("code.turn")}
        </Button>
        <CopyButton look="primary" text={data.code} label={t("code.title")} />
      </div>
      <Confirm
        title={t("code.ask")}
        description={t("code.hint")}
        action={t("code.turn")}
        harmless
        open={asking}
        onOpenChange={setAsking}
        busy={turn.isPending}
        onConfirm={() =>
          turn.mutate(undefined, { onSuccess: () => say(t("code.turned")), onError: complain, onSettled: () => setAsking(false) })
        }
      />
    </Card>
  );
}
