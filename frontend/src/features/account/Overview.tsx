import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { filesQuery } from "@/client/media";
import { useSession } from "@/client/session";
import { day, size } from "@/components/amounts";
import { tierName } from "@/components/names";
import { FormFault } from "@/components/states";
import { setTheme, THEMES, useTheme } from "@/components/theme";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { Badge, Card, Progress, Skeleton } from "@/components/ui/surface";
import { useToasts } from "@/components/ui/toast";
import { LANGUAGES, speak } from "@/texts/i18n";

/** Who one is here, what is used, how the page looks and speaks. */
export function Overview() {
  const { t } = useTranslation("account");
  const { t: app } = useTranslation();
  const { account, spent } = useSession();
  if (account === null) return null;
  const { used, limit, at_work } = account.quota;
  return (
    <div className="grid gap-6">
      <Card aria-label={t("overview.you")} className="flex flex-wrap items-center justify-between gap-4">
        <div className="grid min-w-0 gap-1">
          <p className="title-section truncate">{account.email}</p>
          <p className="text-muted">{t("overview.since", { day: day(account.created_at) })}</p>
        </div>
        <div className="flex gap-2">
          {account.admin && <Badge tone="accent">{t("overview.admin")}</Badge>}
          {!account.admin && <Badge>{tierName(account.tier, app)}</Badge>}
        </div>
      </Card>
      <div className="grid gap-6 sm:grid-cols-2">
        <Card aria-labelledby="films" className="grid content-start gap-4">
          <h2 id="films" className="title-section">
            {t("overview.films")}
          </h2>
          <p className="figures text-3xl font-semibold [font-stretch:112%]">
            {used}
            <span className="text-lg text-muted">{` / ${limit ?? "∞"}`}</span>
          </p>
          {limit !== null && <Progress label={t("overview.films")} value={limit === 0 ? 1 : used / limit} />}
          <p className="text-sm text-muted">
            {at_work > 0 ? t("overview.held", { count: at_work }) : t("overview.nothingHeld")} {spent && t("overview.spent")}
          </p>
        </Card>
        <Storage />
      </div>
      <Preferences />
    </div>
  );
}

function Storage() {
  const { t } = useTranslation("account");
  const { data, error } = useQuery(filesQuery);
  const { used_bytes = 0, limit_bytes = null, items = [] } = data ?? {};
  return (
    <Card aria-labelledby="storage" className="grid content-start gap-4">
      <h2 id="storage" className="title-section">
        {t("overview.storage")}
      </h2>
      {error && !data ? (
        <FormFault error={error} />
      ) : data ? (
        <>
          <p className="figures text-3xl font-semibold [font-stretch:112%]">
            {size(used_bytes)}
            <span className="text-lg text-muted">{` / ${limit_bytes === null ? "∞" : size(limit_bytes)}`}</span>
          </p>
          {limit_bytes !== null && <Progress label={t("overview.storage")} value={used_bytes / limit_bytes} />}
          <p className="text-sm text-muted">{t("overview.files", { count: items.length })}</p>
        </>
      ) : (
        <Skeleton className="h-20 w-full" />
      )}
    </Card>
  );
}

function Preferences() {
  const { t } = useTranslation("account");
  const { t: app, i18n } = useTranslation();
  const { complain } = useToasts();
  const theme = useTheme();
  return (
    <Card aria-labelledby="preferences" className="grid gap-5">
      <h2 id="preferences" className="title-section">
        {t("overview.preferences")}
      </h2>
      <div className="grid gap-5 sm:grid-cols-2">
        <Field label={app("language.label")}>
          {(ties) => (
            <Select
              {...ties}
              value={i18n.language}
              onChange={(value) => speak(LANGUAGES.find((one) => one === value) ?? "en").catch(complain)}
              options={LANGUAGES.map((value) => ({ value, label: app(`language.${value}`) }))}
            />
          )}
        </Field>
        <Field label={app("theme.label")}>
          {(ties) => (
            <Select
              {...ties}
              value={theme}
              onChange={(value) => setTheme(THEMES.find((one) => one === value) ?? "system")}
              options={THEMES.map((value) => ({ value, label: app(`theme.${value}`) }))}
            />
          )}
        </Field>
      </div>
    </Card>
  );
}
