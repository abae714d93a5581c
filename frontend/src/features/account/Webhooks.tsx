import { useQuery } from "@tanstack/react-query";
import { ChevronDown, Plus, Webhook as Icon } from "lucide-react";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";

import { moment } from "@/components/amounts";
import { statusName } from "@/components/names";
import { Empty, FormFault } from "@/components/states";
import { Button } from "@/components/ui/button";
import { classes } from "@/components/ui/classes";
import { Confirm } from "@/components/ui/confirm";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
import { Badge, Card } from "@/components/ui/surface";
import { useToasts } from "@/components/ui/toast";
import { Deliveries } from "@/features/account/Deliveries";
import { useNewWebhook, useWebhookDeletion, useWebhookTest, webhooksQuery, type Webhook } from "@/features/account/queries";
import { Shelf } from "@/features/account/Shelf";
import { Told } from "@/features/account/Told";

const EVENTS = ["queued", "scripting", "narrating", "rendering", "assembling", "reviewing", "completed", "failed", "cancelled"] as const;
type Event = (typeof EVENTS)[number];
const USUAL: readonly Event[] = ["completed", "failed"];

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
  const { t: app } = useTranslation();
  const creation = useNewWebhook();
  const [open, setOpen] = useState(false);
  const [url, setUrl] = useState("https://");
  const [events, setEvents] = useState(USUAL);
  const turn = (next: boolean) => {
    setOpen(next);
    if (next) return;
    creation.reset();
    setUrl("https://");
    setEvents(USUAL);
  };
  const ready = URL.canParse(url) && events.length > 0;
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
        <form
          noValidate
          className="grid gap-5"
          onSubmit={(event) => {
            event.preventDefault();
            if (ready) creation.mutate({ url: url.trim(), events: [...events] });
          }}
        >
          <Field label={t("webhooks.url")} hint={t("webhooks.urlHint")}>
            {(ties) => (
              <Input {...ties} type="url" inputMode="url" maxLength={2000} value={url} onChange={({ target }) => setUrl(target.value)} />
            )}
          </Field>
          <fieldset className="grid gap-3">
            <legend className="mb-2 text-sm font-semibold">{t("webhooks.events")}</legend>
            <div className="flex flex-wrap gap-2">
              {EVENTS.map((event) => (
                <label
                  key={event}
                  className="flex h-10 items-center gap-2 rounded-control border border-line px-3 text-sm font-semibold transition-colors hover:border-line-strong has-checked:border-accent-ink has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent-ink"
                >
                  <input
                    type="checkbox"
                    className="size-4 accent-accent outline-none"
                    checked={events.includes(event)}
                    onChange={({ target }) =>
                      setEvents((before) => EVENTS.filter((one) => (one === event ? target.checked : before.includes(one))))
                    }
                  />
                  {statusName(event, app)}
                </label>
              ))}
            </div>
          </fieldset>
          <FormFault error={creation.error} />
          <Button type="submit" className="justify-self-end" disabled={!ready} busy={creation.isPending}>
            {t("webhooks.make")}
          </Button>
        </form>
      )}
    </Dialog>
  );
}
