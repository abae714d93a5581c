import type { UseQueryResult } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import type { Schemas } from "@/client/client";
import { clock, duration, money } from "@/components/amounts";
import { FormFault } from "@/components/states";
import { Button } from "@/components/ui/button";
import { classes } from "@/components/ui/classes";
import { Card } from "@/components/ui/surface";
import type { Request } from "@/features/create/draft";

export interface SendState {
  request: Request | null;
  estimate: UseQueryResult<Schemas["Estimate"]>;
  sending: boolean;
  /** Why the film that stands there was refused. */
  refused: Error | null;
  spent: boolean;
  send: () => void;
}

/** What the film takes, and the button that starts it. */
export function Estimate(state: SendState) {
  const { request, estimate, refused, spent } = state;
  const { t } = useTranslation("create");
  const told = request === null ? undefined : estimate.data;
  return (
    <Card className="grid gap-5 p-5 sm:p-6">
      <h2 className="sr-only">{t("estimate.title")}</h2>
      {told ? (
        <dl aria-live="polite" className={classes("grid grid-cols-3 gap-3 transition-opacity", estimate.isPlaceholderData && "opacity-50")}>
          <Amount name={t("estimate.film")} value={clock(told.film_seconds)} />
          <Amount name={t("estimate.making")} value={told.making_seconds === null ? t("estimate.unknown") : duration(told.making_seconds)} />
          <Amount name={t("estimate.cost")} value={told.cost_usd > 0 ? money(told.cost_usd) : t("estimate.free")} />
        </dl>
      ) : (
        (request === null || !estimate.error) && <p className="text-muted text-pretty">{t("estimate.wait")}</p>
      )}
      {request !== null && <FormFault error={estimate.error ?? refused} />}
      {told && !told.allowed && !spent && <p className="text-sm text-muted">{t("busy")}</p>}
      <Send {...state} />
    </Card>
  );
}

function Amount({ name, value }: { name: string; value: string }) {
  return (
    <div className="grid content-start gap-1">
      <dt className="label-small">{name}</dt>
      <dd className="figures font-semibold">{value}</dd>
    </div>
  );
}

function Send({ request, estimate, sending, spent, send }: SendState) {
  const { t } = useTranslation("create");
  const allowed = estimate.data?.allowed ?? true;
  return (
    <Button size="large" onClick={send} busy={sending} disabled={request === null || spent || !allowed}>
      {t(sending ? "sending" : "send")}
    </Button>
  );
}

/** The same on phones, within reach of the thumb. */
export function SendBar(state: SendState) {
  const { request, estimate, refused, spent } = state;
  const { t } = useTranslation("create");
  const told = request === null ? undefined : estimate.data;
  return (
    <div className="fixed inset-x-0 bottom-[calc(4rem+env(safe-area-inset-bottom))] z-20 grid gap-3 border-t border-line bg-ground px-5 py-3 md:bottom-0 lg:hidden">
      {request !== null && <FormFault error={estimate.error ?? refused} />}
      {told && !told.allowed && !spent && <p className="text-sm text-muted">{t("busy")}</p>}
      <div className="flex items-center justify-between gap-4">
        <p className="figures text-sm leading-snug">
          {told ? (
            <>
              <span className="block font-semibold">{clock(told.film_seconds)}</span>
              <span className="text-muted">{told.making_seconds === null ? t("estimate.title") : `≈ ${duration(told.making_seconds)}`}</span>
            </>
          ) : (
            <span className="text-muted">{t("estimate.title")}</span>
          )}
        </p>
        <Send {...state} />
      </div>
    </div>
  );
}
