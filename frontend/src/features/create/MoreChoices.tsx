import { ChevronDown } from "lucide-react";
import { useTranslation } from "react-i18next";

import { Field, Input } from "@/components/ui/field";
import { Switch } from "@/components/ui/switch";
import type { PartProps } from "@/features/create/Section";

const LEAST_SECONDS = 5;
const MOST = { seconds: 3600, scenes: 60, seed: 2 ** 31 - 1 } as const;

/** What few people change. */
export function MoreChoices({ draft, change }: PartProps) {
  const { t } = useTranslation("create");
  const number = (name: keyof typeof MOST, hint?: string, fault?: string) => (
    <Field label={t(`more.${name}`)} hint={hint} fault={fault}>
      {(ties) => (
        <Input
          {...ties}
          inputMode="numeric"
          placeholder={t("more.auto")}
          className="figures"
          value={draft[name] || ""}
          onChange={({ target }) => change({ [name]: Math.min(MOST[name], Number(target.value.replace(/\D/g, ""))) })}
        />
      )}
    </Field>
  );
  const short = draft.seconds > 0 && draft.seconds < LEAST_SECONDS ? t("more.secondsHint") : undefined;
  return (
    <details className="group rounded-card border border-line">
      <summary className="flex cursor-pointer list-none items-center justify-between rounded-card px-5 py-4 [&::-webkit-details-marker]:hidden">
        <span className="title-section">{t("more.title")}</span>
        <ChevronDown aria-hidden className="size-5 text-muted transition-transform group-open:rotate-180" />
      </summary>
      <div className="grid gap-6 border-t border-line p-5">
        <div className="grid gap-5 sm:grid-cols-3">
          {draft.source !== "recording" && number("seconds", undefined, short)}
          {draft.source === "theme" && number("scenes")}
          {number("seed", t("more.seedHint"))}
        </div>
        <Switch label={t("more.public")} hint={t("more.publicHint")} checked={draft.public} onChange={(value) => change({ public: value })} />
      </div>
    </details>
  );
}
