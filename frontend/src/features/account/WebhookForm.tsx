import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Schemas } from "@/client/client";
import { statusName } from "@/components/names";
import { FormFault } from "@/components/states";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import type { Webhook } from "@/features/account/queries";

const EVENTS = ["queued", "scripting", "narrating", "rendering", "assembling", "reviewing", "completed", "failed", "cancelled"] as const;
const USUAL: readonly string[] = ["completed", "failed"];

interface WebhookFormProps {
  /** What it is now; nothing where it is a new one. */
  webhook?: Webhook;
  action: string;
  error: unknown;
  busy: boolean;
  onSend: (body: Schemas["WebhookRequest"]) => void;
}

/** Where to call, and for which changes. */
export function WebhookForm({ webhook, action, error, busy, onSend }: WebhookFormProps) {
  const { t } = useTranslation("account");
  const { t: app } = useTranslation();
  const [url, setUrl] = useState(webhook?.url ?? "https://");
  const [wanted, setWanted] = useState<readonly string[]>(webhook?.events ?? USUAL);
  const events = EVENTS.filter((event) => wanted.includes(event));
  const ready = URL.canParse(url) && events.length > 0;
  return (
    <form
      noValidate
      className="grid gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) onSend({ url: url.trim(), events });
      }}
    >
      <Field label={t("webhooks.url")} hint={t("webhooks.urlHint")}>
        {(ties) => <Input {...ties} type="url" inputMode="url" maxLength={2000} value={url} onChange={({ target }) => setUrl(target.value)} />}
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
                checked={wanted.includes(event)}
                onChange={({ target }) => setWanted((before) => (target.checked ? [...before, event] : before.filter((one) => one !== event)))}
              />
              {statusName(event, app)}
            </label>
          ))}
        </div>
      </fieldset>
      <FormFault error={error} />
      <Button type="submit" className="justify-self-end" disabled={!ready} busy={busy}>
        {action}
      </Button>
    </form>
  );
}
