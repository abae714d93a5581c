import { useQuery } from "@tanstack/react-query";
import { ChevronDown, Pencil, Plus, Webhook as Icon } from "lucide-react";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";

import { moment } from "@/components/amounts";
import { statusName } from "@/components/names";
import { Empty } from "@/components/states";
import { Button } from "@/components/ui/button";
import { classes } from "@/components/ui/classes";
import { Confirm } from "@/components/ui/confirm";
import { Dialog } from "@/components/ui/dialog";
import { Badge, Card } from "@/components/ui/surface";
import { useToasts } from "@/components/ui/toast";
import { Deliveries } from "@/features/account/Deliveries";
import { useNewWebhook, useWebhookDeletion, useWebhookSaving, useWebhookTest, webhooksQuery, type Webhook } from "@/features/account/queries";
import { Shelf } from "@/features/account/Shelf";
import { Told } from "@/features/account/Told";
import { WebhookForm } from "@/features/account/WebhookForm";

/** Addresses that are called when films change. */
export function Webhooks() {
  const { t } = useTranslation("account");
  const { data, isPending, error, refetch } = useQuery(webhooksQuery);
  return (
    <Shelf
      title={t("webhooks.title")}
      lead={t("webhooks.lead")}
      action={<NewWebhook />}
      pending={isPending}
      error={data ? null : error}
      onRetry={() => void refetch()}
    >
      {data?.length === 0 && (
        <Card>
          <Empty className="py-6" icon={<Icon aria-hidden />} title={t("webhooks.none")} hint={t("webhooks.noneHint")} />
        </Card>
      )}
      {data && data.length > 0 && (
        <ul className="grid gap-4">
          {data.map((webhook) => (
            <li key={webhook.id}>
              <Row webhook={webhook} />
            </li>
          ))}
        </ul>
      )}
    </Shelf>
  );
}

function Row({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation("account");
  const { t: app } = useTranslation();
  const { say, complain } = useToasts();
  const test = useWebhookTest(webhook.id);
  const deletion = useWebhookDeletion();
  const [open, setOpen] = useState(false);
  const [asking, setAsking] = useState(false);
  const room = useId();
  return (
    <Card className="grid gap-5 sm:p-6">
      <div className="grid gap-2">
        <p className="font-semibold break-all">{webhook.url}</p>
        <p className="flex flex-wrap gap-1.5">
          {webhook.paused_at !== null && <Badge tone="danger">{t("webhooks.paused")}</Badge>}
          {webhook.events.map((event) => (
            <Badge key={event}>{statusName(event, app)}</Badge>
          ))}
        </p>
        {webhook.paused_at !== null && <p className="text-sm text-muted">{t("webhooks.pausedHint", { at: moment(webhook.paused_at) })}</p>}
      </div>
      <div className="flex flex-wrap gap-2">
        <Button
          look="secondary"
          size="small"
          busy={test.isPending}
          onClick={() =>
            test.mutate(undefined, {
              onError: complain,
              onSuccess: () => {
                setOpen(true);
                say(t("webhooks.tested"));
              },
            })
          }
        >
          {t("webhooks.test")}
        </Button>
        <EditWebhook webhook={webhook} />
        <Button look="secondary" size="small" aria-expanded={open} aria-controls={room} onClick={() => setOpen(!open)}>
          {t("webhooks.log")}
          <ChevronDown aria-hidden className={classes("transition-transform", open && "rotate-180")} />
        </Button>
        <Button
          look="danger"
          size="small"
          className="ml-auto"
          aria-label={t("webhooks.deleteOf", { url: webhook.url })}
          onClick={() => setAsking(true)}
        >
          {t("webhooks.delete")}
        </Button>
      </div>
      <div id={room} hidden={!open}>
        {open && <Deliveries webhook={webhook.id} />}
      </div>
      <Confirm
        title={t("webhooks.ask")}
        description={t("webhooks.warning", { url: webhook.url })}
        action={t("webhooks.delete")}
        open={asking}
        onOpenChange={setAsking}
        busy={deletion.isPending}
        onConfirm={() =>
          deletion.mutate(webhook.id, {
            onSuccess: () => say(t("webhooks.deleted")),
            onError: complain,
            onSettled: () => setAsking(false),
          })
        }
      />
    </Card>
  );
}

function NewWebhook() {
  const { t } = useTranslation("account");
  const creation = useNewWebhook();
  const [open, setOpen] = useState(false);
  const turn = (next: boolean) => {
    setOpen(next);
    if (!next) creation.reset();
  };
  return (
    <Dialog
      title={t(creation.data ? "webhooks.secret" : "webhooks.new")}
      {...(creation.data && { description: t("webhooks.secretHint") })}
      open={open}
      onOpenChange={turn}
      trigger={
        <Button>
          <Plus aria-hidden />
          {t("webhooks.new")}
        </Button>
      }
    >
      {creation.data ? (
        <Told secret={creation.data.secret} label={creation.data.url} />
      ) : (
        <WebhookForm action={t("webhooks.make")} error={creation.error} busy={creation.isPending} onSend={(body) => creation.mutate(body)} />
      )}
    </Dialog>
  );
}

/** Another address or other changes for a webhook; its secret stays, and a pause ends. */
function EditWebhook({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation("account");
  const { say } = useToasts();
  const saving = useWebhookSaving(webhook.id);
  const [open, setOpen] = useState(false);
  const turn = (next: boolean) => {
    setOpen(next);
    if (!next) saving.reset();
  };
  const saved = () => {
    say(t(webhook.paused_at === null ? "webhooks.saved" : "webhooks.resumed"));
    turn(false);
  };
  return (
    <Dialog
      title={t("webhooks.edit")}
      description={t(webhook.paused_at === null ? "webhooks.editHint" : "webhooks.editPausedHint")}
      open={open}
      onOpenChange={turn}
      trigger={
        <Button look="secondary" size="small" aria-label={t("webhooks.editOf", { url: webhook.url })}>
          <Pencil aria-hidden />
          {t("webhooks.change")}
        </Button>
      }
    >
      <WebhookForm
        webhook={webhook}
        action={t(webhook.paused_at === null ? "webhooks.save" : "webhooks.resume")}
        error={saving.error}
        busy={saving.isPending}
        onSend={(body) => saving.mutate(body, { onSuccess: saved })}
      />
    </Dialog>
  );
}
