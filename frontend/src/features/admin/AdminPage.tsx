import { useQuery } from "@tanstack/react-query";
import { History, Inbox, ListOrdered, Users as UsersIcon } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import { Tab, TabList, TabPanel, Tabs } from "@/components/ui/tabs";
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
  const [search, setSearch] = useSearchParams();
  const part = PARTS.find(({ name }) => name === search.get("part"))?.name ?? "users";
  const letters = useQuery(lettersQuery).data?.length ?? 0;
  return (
    <div className="page grid gap-8 pt-8 pb-20 sm:pt-12">
      <title>{`${t("title")} · AIPROD`}</title>
      <h1 className="title-page">{t("title")}</h1>
      <CodeCard />
      <Tabs
        value={part}
        onValueChange={(next) => setSearch(next === "users" ? {} : { part: next }, { replace: true, preventScrollReset: true })}
        className="grid min-w-0 gap-8"
      >
        <TabList aria-label={t("parts")} className="justify-self-start">
          {PARTS.map(({ name, icon }) => (
            <Tab key={name} value={name}>
              {icon}
              {t(`part.${name}`)}
              {name === "letters" && letters > 0 && (
                <span className="figures rounded-full bg-accent px-1.5 text-xs leading-5 text-on-accent">{letters}</span>
              )}
            </Tab>
          ))}
        </TabList>
        {PARTS.map(({ name, Part }) => (
          <TabPanel key={name} value={name} className="min-w-0 rounded-card">
            <Part />
          </TabPanel>
        ))}
      </Tabs>
    </div>
  );
}
