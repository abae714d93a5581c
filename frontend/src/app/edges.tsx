/** Pages that are none: still coming, not there, broken. */
import { Clapperboard, CircleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Empty } from "@/components/states";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/surface";

export function Waiting() {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t("state.loading")} className="page grid gap-6 py-12">
      <Skeleton className="h-10 w-2/3 max-w-md" />
      <Skeleton className="h-64 w-full rounded-card" />
    </div>
  );
}

export function Lost() {
  const { t } = useTranslation();
  return (
    <Empty
      whole
      className="py-28"
      icon={<Clapperboard aria-hidden />}
      title={t("state.notFound")}
      hint={t("state.notFoundHint")}
      action={
        <Button asChild look="secondary">
          <Link to="/">{t("state.home")}</Link>
        </Button>
      }
    />
  );
}

export function Broken() {
  const { t } = useTranslation();
  return (
    <Empty
      whole
      className="py-28"
      icon={<CircleAlert aria-hidden />}
      title={t("state.broken")}
      hint={t("state.brokenHint")}
      action={<Button onClick={() => location.reload()}>{t("state.reload")}</Button>}
    />
  );
}
