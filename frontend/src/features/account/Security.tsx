import { useState, type SyntheticEvent } from "react";
import { useTranslation } from "react-i18next";

import { Problem } from "@/client/problem";
import { useSession } from "@/client/session";
import { PasswordInput } from "@/components/PasswordInput";
import { FormFault } from "@/components/states";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
import { Card } from "@/components/ui/surface";
import { useToasts } from "@/components/ui/toast";
import { useAccountDeletion, usePasswordChange, useSignOutEverywhere } from "@/features/account/queries";

const LEAST_CHARACTERS = 10;

function refused(error: unknown): boolean {
  return error instanceof Problem && error.kind === "not-allowed";
}

/** The password, all sessions, the end of the account. */
export function Security() {
  return (
    <div className="grid gap-6">
      <PasswordForm />
      <Everywhere />
      <Deletion />
    </div>
  );
}

function PasswordForm() {
  const { t } = useTranslation("account");
  const { say } = useToasts();
  const { account } = useSession();
  const change = usePasswordChange();
  const [old, setOld] = useState("");
  const [fresh, setFresh] = useState("");
  const [tried, setTried] = useState(false);
  const short = fresh.length < LEAST_CHARACTERS;
  const send = (event: SyntheticEvent) => {
    event.preventDefault();
    setTried(true);
    if (old === "" || short) return;
    change.mutate(
      { old, new: fresh },
      {
        onSuccess: () => {
          say(t("password.done"));
          setOld("");
          setFresh("");
          setTried(false);
        },
      },
    );
  };
  const wrong = refused(change.error);
  return (
    <Card aria-labelledby="password">
      <form noValidate onSubmit={send} className="grid gap-5">
        <div className="grid gap-1.5">
          <h2 id="password" className="title-section">
            {t("password.title")}
          </h2>
          <p className="text-muted">{t("password.lead")}</p>
        </div>
        <input type="text" name="username" autoComplete="username" value={account?.email ?? ""} readOnly hidden />
        <div className="grid items-start gap-5 sm:grid-cols-2">
          <Field label={t("password.old")} fault={wrong ? t("password.wrong") : tried && old === "" ? t("password.missing") : undefined}>
            {(ties) => (
              <PasswordInput {...ties} autoComplete="current-password" value={old} onChange={({ target }) => setOld(target.value)} />
            )}
          </Field>
          <Field label={t("password.new")} hint={t("password.hint")} fault={tried && short ? t("password.short") : undefined}>
            {(ties) => (
              <PasswordInput {...ties} autoComplete="new-password" value={fresh} onChange={({ target }) => setFresh(target.value)} />
            )}
          </Field>
        </div>
        {!wrong && <FormFault error={change.error} />}
        <Button type="submit" look="secondary" busy={change.isPending} className="justify-self-start">
          {t("password.send")}
        </Button>
      </form>
    </Card>
  );
}

function Everywhere() {
  const { t } = useTranslation("account");
  const { complain } = useToasts();
  const leaving = useSignOutEverywhere();
  const [asking, setAsking] = useState(false);
  return (
    <Card aria-labelledby="everywhere" className="flex flex-wrap items-center justify-between gap-5">
      <div className="grid flex-1 basis-72 gap-1.5">
        <h2 id="everywhere" className="title-section">
          {t("everywhere.title")}
        </h2>
        <p className="text-muted">{t("everywhere.lead")}</p>
      </div>
      <Button look="secondary" onClick={() => setAsking(true)}>
        {t("everywhere.send")}
      </Button>
      <Confirm
        title={t("everywhere.ask")}
        description={t("everywhere.lead")}
        action={t("everywhere.send")}
        harmless
        open={asking}
        onOpenChange={setAsking}
        busy={leaving.isPending}
        onConfirm={() => leaving.mutate(undefined, { onError: complain })}
      />
    </Card>
  );
}

function Deletion() {
  const { t } = useTranslation("account");
  const { t: app } = useTranslation();
  const { account } = useSession();
  const deletion = useAccountDeletion();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const same = email.trim().toLowerCase() === account?.email;
  const wrong = refused(deletion.error);
  return (
    <Card aria-labelledby="deletion" className="flex flex-wrap items-center justify-between gap-5">
      <div className="grid flex-1 basis-72 gap-1.5">
        <h2 id="deletion" className="title-section">
          {t("deletion.title")}
        </h2>
        <p className="text-muted">{t("deletion.lead")}</p>
      </div>
      <Dialog title={t("deletion.ask")} description={t("deletion.warning")} trigger={<Button look="danger">{t("deletion.send")}</Button>}>
        <form
          noValidate
          className="grid gap-5"
          onSubmit={(event) => {
            event.preventDefault();
            if (same && password) deletion.mutate({ password });
          }}
        >
          <Field label={t("deletion.email", { email: account?.email })}>
            {(ties) => (
              <Input {...ties} type="email" autoComplete="off" value={email} onChange={({ target }) => setEmail(target.value)} />
            )}
          </Field>
          <Field label={t("deletion.password")} fault={wrong ? t("password.wrong") : undefined}>
            {(ties) => (
              <PasswordInput {...ties} autoComplete="current-password" value={password} onChange={({ target }) => setPassword(target.value)} />
            )}
          </Field>
          {!wrong && <FormFault error={deletion.error} />}
          <div className="flex flex-wrap justify-end gap-3">
            <DialogClose asChild>
              <Button look="secondary">{app("action.cancel")}</Button>
            </DialogClose>
            <Button type="submit" look="danger" disabled={!same || !password} busy={deletion.isPending}>
              {t("deletion.send")}
            </Button>
          </div>
        </form>
      </Dialog>
    </Card>
  );
}
