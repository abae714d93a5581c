import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useSearchParams } from "react-router";

import { accountQuery } from "@/client/queries";
import { useSession } from "@/client/session";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/surface";
import { requestOf, type Draft } from "@/features/create/draft";
import { beginDraft, forgetDraft, keepDraft } from "@/features/create/kept";
import { LookChoice } from "@/features/create/LookChoice";
import { MoreChoices } from "@/features/create/MoreChoices";
import { Preview } from "@/features/create/Preview";
import { estimateQuery, useCreation, useSettled } from "@/features/create/queries";
import type { Change } from "@/features/create/Section";
import { ShapeChoice } from "@/features/create/ShapeChoice";
import { SourceChoice } from "@/features/create/SourceChoice";
import { Estimate, SendBar } from "@/features/create/Estimate";
import { VoiceChoice } from "@/features/create/VoiceChoice";

const SPENT_MS = 10_000;

export default function CreatePage() {
  const { t } = useTranslation("create");
  const goto = useNavigate();
  const [search] = useSearchParams();
  const { spent, account } = useSession();
  const who = account?.id ?? "";
  const [draft, setDraft] = useState<Draft>(() => beginDraft(who, search));
  useEffect(() => keepDraft(who, search, draft), [who, search, draft]);
  // A film that fails gives its place back, which nothing else tells this page.
  useQuery({ ...accountQuery, refetchInterval: spent && account?.quota.at_work ? SPENT_MS : false });
  const change = (part: Change) => setDraft((before) => ({ ...before, ...(typeof part === "function" ? part(before) : part) }));
  const request = requestOf(draft);
  const asked = useSettled(JSON.stringify(request));
  const estimate = useQuery(estimateQuery(JSON.parse(asked) as typeof request));
  const creation = useCreation();
  const send = () => {
    if (request === null) return;
    creation.mutate(request, {
      onSuccess: ({ id }) => {
        forgetDraft();
        void goto(`/films/${id}`);
      },
    });
  };
  // What was refused is another film by now: the reason counts no more.
  const refused = JSON.stringify(creation.variables) === JSON.stringify(request) ? creation.error : null;
  const state = { request, estimate, sending: creation.isPending, refused, spent, send };
  return (
    <div className="page pt-8 pb-28 sm:pt-12 lg:pb-20">
      <title>{`${t("title")} · AIPROD`}</title>
      <h1 className="title-page">{t("title")}</h1>
      {spent && <Spent count={account?.quota.limit ?? 0} />}
      <div className="mt-8 grid grid-cols-[minmax(0,1fr)] gap-10 lg:grid-cols-[minmax(0,1fr)_22rem] lg:gap-14 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-14">
          <SourceChoice draft={draft} change={change} />
          <LookChoice draft={draft} change={change} />
          <VoiceChoice draft={draft} change={change} />
          <ShapeChoice draft={draft} change={change} />
          <MoreChoices draft={draft} change={change} />
        </div>
        <aside className="hidden lg:block">
          <div className="sticky top-24 grid gap-6">
            <Preview draft={draft} className="h-[clamp(14rem,calc(100dvh-26rem),34rem)]" />
            <Estimate {...state} />
          </div>
        </aside>
      </div>
      <SendBar {...state} />
    </div>
  );
}

function Spent({ count }: { count: number }) {
  const { t } = useTranslation("create");
  return (
    <Card className="mt-8 grid gap-4 border-accent sm:flex sm:items-center sm:justify-between">
      <div className="grid gap-1">
        <h2 className="title-section">{t("spent.title")}</h2>
        <p className="max-w-2xl text-muted text-pretty">{t("spent.hint", { count })}</p>
      </div>
      <Button asChild look="secondary">
        <Link to="/library">{t("spent.action")}</Link>
      </Button>
    </Card>
  );
}
