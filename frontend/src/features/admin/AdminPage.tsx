import { useQuery } from "@tanstack/react-query";
import { History, Inbox, ListOrdered, Users as UsersIcon } from "lucide-react";
import { useTranslation } from "react-i18next";

import { PartTabs } from "@/components/PartTabs";
import { Acts } from "@/features/admin/Acts";
import { CodeCard } from "@/features/admin/CodeCard";
import { Letters } from "@/features/admin/Letters";
import { lettersQuery } from "@/features/admin/queries";
import { Queue } from "@/features/admin/Queue";
import { Users } from "@/features/admin/Users";

const PARTS = [
  { name: "users", icon: <UsersIcon aria-hidden />, Part: Users },
  { name: "queue", icon: <ListOrdered aria-hidden />, Part: Queue },
  { name: "letters", icon: <Inbox aria-hidden />, Part: Letters },
  { name: "audit", icon: <History aria-hidden />, Part: Acts },
] as const;

export default function AdminPage() {
  const { t } = useTranslation("admin");
  const letters = useQuery(lettersQuery).data?.length ?? 0;
  return (
    <div className="page grid gap-8 pt-8 pb-20 sm:pt-12">
      <title>{`${t("title")} · AIPROD`}</title>
      <h1 className="title-page">{t("title")}</h1>
      <CodeCard />
      <PartTabs
        label={t("parts")}
        parts={PARTS}
        title={(name) => (
          <>
            {t(`part.${name}`)}
            {name === "letters" && letters > 0 && (
              <span className="figures rounded-full bg-accent px-1.5 text-xs leading-5 text-on-accent">{letters}</span>
            )}
          </>
        )}
      />
    </div>
  );
}
