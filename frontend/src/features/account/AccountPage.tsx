import { History, KeyRound, Lock, Paperclip, UserRound, Webhook } from "lucide-react";
import { useTranslation } from "react-i18next";

import { useSession } from "@/client/session";
import { PartTabs } from "@/components/PartTabs";
import { Activity } from "@/features/account/Activity";
import { Files } from "@/features/account/Files";
import { Keys } from "@/features/account/Keys";
import { Overview } from "@/features/account/Overview";
import { Security } from "@/features/account/Security";
import { Webhooks } from "@/features/account/Webhooks";

const PARTS = [
  { name: "overview", icon: <UserRound aria-hidden />, Part: Overview },
  { name: "security", icon: <Lock aria-hidden />, Part: Security },
  { name: "keys", icon: <KeyRound aria-hidden />, Part: Keys },
  { name: "webhooks", icon: <Webhook aria-hidden />, Part: Webhooks },
  { name: "files", icon: <Paperclip aria-hidden />, Part: Files },
  { name: "activity", icon: <History aria-hidden />, Part: Activity },
] as const;

export default function AccountPage() {
  const { t } = useTranslation("account");
  const { account } = useSession();
  return (
    <div className="page grid gap-8 pt-8 pb-20 sm:pt-12">
      <title>{`${t("title")} · AIPROD`}</title>
      <header className="grid gap-2">
        <h1 className="title-page">{t("title")}</h1>
        <p className="truncate text-muted">{account?.email}</p>
      </header>
      <PartTabs label={t("parts")} parts={PARTS} title={(name) => t(`part.${name}`)} className="max-w-4xl" />
    </div>
  );
}
