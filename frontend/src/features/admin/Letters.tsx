import { useQuery } from "@tanstack/react-query";
import { MailCheck, RotateCcw } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { Schemas } from "@/client/client";
import { moment } from "@/components/amounts";
import { Empty, Fault } from "@/components/states";
import { Button } from "@/components/ui/button";
import { Badge, Card, Skeleton } from "@/components/ui/surface";
import { useToasts } from "@/components/ui/toast";
import { lettersQuery, useLetterReplay } from "@/features/admin/queries";

/** Events that could not be handled after every attempt: looked at, and sent again. */
export function Letters() {
  const { t } = useTranslation("admin");
  const { data, error, refetch } = useQuery(lettersQuery);
  if (error && !data) return <Fault error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton className="h-56 w-full rounded-card" />;
  if (data.length === 0) {
    return <Empty icon={<MailCheck aria-hidden />} title={t("letters.none")} hint={t("letters.noneHint")} />;
  }
  return (
    <ul className="grid gap-4">
      {data.map((letter) => (
        <Row key={letter.id} letter={letter} />
      ))}
    </ul>
  );
}

function Row({ letter }: { letter: Schemas["Letter"] }) {
  const { t } = useTranslation("admin");
  const { say, complain } = useToasts();
  const replay = useLetterReplay();
  return (
    <li>
      <Card className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_auto] sm:items-start">
        <div className="grid min-w-0 gap-2.5">
          <p className="flex flex-wrap items-center gap-2">
            <span className="font-semibold">{letter.event || t("letters.unreadable")}</span>
            <Badge>{letter.subscription}</Badge>
          </p>
          <p className="max-w-2xl break-words">{letter.reason || t("letters.noReason")}</p>
          <p className="figures flex flex-wrap gap-x-4 gap-y-1 text-sm text-muted">
            <span>{t("letters.attempts", { count: letter.attempts })}</span>
            {letter.at > 0 && <time dateTime={new Date(letter.at * 1000).toISOString()}>{moment(letter.at)}</time>}
            {letter.video && (
              <Link to={`/films/${letter.video}`} className="font-semibold text-accent-ink underline underline-offset-4">
                {t("letters.film")}
              </Link>
            )}
          </p>
        </div>
        <Button
          look="secondary"
          busy={replay.isPending}
          aria-label={`${t("letters.replay")}: ${letter.event || letter.id}`}
          onClick={() => replay.mutate(letter.id, { onSuccess: () => say(t("letters.replayed")), onError: complain })}
        >
          <RotateCcw aria-hidden />
          {t("letters.replay")}
        </Button>
      </Card>
    </li>
  );
}
