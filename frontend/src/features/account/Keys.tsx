import { useQuery } from "@tanstack/react-query";
import { KeyRound, Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Schemas } from "@/client/client";
import { day } from "@/components/amounts";
import { Empty, FormFault } from "@/components/states";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { Badge, Card } from "@/components/ui/surface";
import { useToasts } from "@/components/ui/toast";
import { keysQuery, useNewKey, useRevocation } from "@/features/account/queries";
import { Shelf } from "@/features/account/Shelf";
import { Told } from "@/features/account/Told";

type Key = Schemas["Key"];

/** API keys: what programs sign in with. */
export function Keys() {
  const { t } = useTranslation("account");
  const { data, isPending, error, refetch } = useQuery(keysQuery);
  return (
    <Shelf
      title={t("keys.title")}
      lead={t("keys.lead")}
      action={<NewKey />}
      pending={isPending}
      error={data ? null : error}
      onRetry={() => void refetch()}
    >
      <Card className="py-2 sm:py-3">
        {data?.length === 0 ? (
          <Empty className="py-10" icon={<KeyRound aria-hidden />} title={t("keys.none")} hint={t("keys.noneHint")} />
        ) : (
          <ul className="grid divide-y divide-line">{data?.map((key) => <Row key={key.id} own={key} />)}</ul>
        )}
      </Card>
    </Shelf>
  );
}

function Row({ own }: { own: Key }) {
  const { t } = useTranslation("account");
  const { say, complain } = useToasts();
  const revocation = useRevocation();
  const [asking, setAsking] = useState(false);
  return (
    <li className="flex flex-wrap items-center justify-between gap-4 py-4">
      <div className="grid min-w-0 gap-1">
        <p className="font-semibold break-words">{own.name}</p>
        <p className="flex flex-wrap items-center gap-2 text-sm text-muted">
          <Badge>{t(own.scopes.includes("videos:write") ? "keys.write" : "keys.read")}</Badge>
          {t("keys.made", { day: day(own.created_at) })}
        </p>
      </div>
      <Button look="danger" size="small" aria-label={t("keys.revokeOf", { name: own.name })} onClick={() => setAsking(true)}>
        {t("keys.revoke")}
      </Button>
      <Confirm
        title={t("keys.ask", { name: own.name })}
        description={t("keys.warning")}
        action={t("keys.revoke")}
        open={asking}
        onOpenChange={setAsking}
        busy={revocation.isPending}
        onConfirm={() =>
          revocation.mutate(own.id, { onSuccess: () => say(t("keys.revoked")), onError: complain, onSettled: () => setAsking(false) })
        }
      />
    </li>
  );
}

function NewKey() {
  const { t } = useTranslation("account");
  const creation = useNewKey();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState("");
  const [scope, setScope] = useState("videos:read");
  const turn = (next: boolean) => {
    setOpen(next);
    if (next) return;
    creation.reset();
    setName("");
  };
  return (
    <Dialog
      title={t(creation.data ? "keys.yours" : "keys.new")}
      open={open}
      onOpenChange={turn}
      trigger={
        <Button>
          <Plus aria-hidden />
          {t("keys.new")}
        </Button>
      }
    >
      {creation.data ? (
        <Told secret={creation.data.key} label={creation.data.name} />
      ) : (
        <form
          noValidate
          className="grid gap-5"
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim()) creation.mutate({ name: name.trim(), scopes: [scope === "videos:write" ? "videos:write" : "videos:read"] });
          }}
        >
          <Field label={t("keys.name")} hint={t("keys.nameHint")}>
            {(ties) => <Input {...ties} value={name} maxLength={60} autoComplete="off" onChange={({ target }) => setName(target.value)} />}
          </Field>
          <Field label={t("keys.scope")}>
            {(ties) => (
              <Select
                {...ties}
                value={scope}
                onChange={setScope}
                options={[
                  { value: "videos:read", label: t("keys.read"), hint: t("keys.readHint") },
                  { value: "videos:write", label: t("keys.write"), hint: t("keys.writeHint") },
                ]}
              />
            )}
          </Field>
          <FormFault error={creation.error} />
          <Button type="submit" className="justify-self-end" disabled={!name.trim()} busy={creation.isPending}>
            {t("keys.make")}
          </Button>
        </form>
      )}
    </Dialog>
  );
}
