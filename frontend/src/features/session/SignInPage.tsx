import { useState, type SyntheticEvent } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, useSearchParams } from "react-router";

import { Problem } from "@/client/problem";
import { useSession, useSignIn } from "@/client/session";
import { FormFault } from "@/components/states";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { isEmail, nextPlace } from "@/features/session/after";
import { PasswordInput } from "@/components/PasswordInput";
import { Threshold } from "@/features/session/Threshold";

export default function SignInPage() {
  const { t } = useTranslation("session");
  const [search] = useSearchParams();
  const { account } = useSession();
  const signIn = useSignIn();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [tried, setTried] = useState(false);
  if (account !== null) return <Navigate to={nextPlace(search)} replace />;

  const wrong = signIn.error instanceof Problem && signIn.error.kind === "not-signed-in";
  const send = (event: SyntheticEvent) => {
    event.preventDefault();
    setTried(true);
    if (isEmail(email) && password) signIn.mutate({ email: email.trim(), password });
  };
  return (
    <Threshold
      title={t("signIn.title")}
      lead={t("signIn.lead")}
      other={{ question: t("signIn.other"), answer: t("signIn.otherAction"), to: `/register?${search}` }}
    >
      <form noValidate onSubmit={send} className="grid gap-5">
        <Field label={t("signIn.email")} fault={tried && !isEmail(email) ? t("fault.email") : undefined}>
          {(ties) => (
            <Input {...ties} type="email" autoComplete="username" inputMode="email" value={email} onChange={({ target }) => setEmail(target.value)} />
          )}
        </Field>
        <Field label={t("signIn.password")} fault={tried && !password ? t("fault.password") : wrong ? t("signIn.wrong") : undefined}>
          {(ties) => (
            <PasswordInput {...ties} autoComplete="current-password" value={password} onChange={({ target }) => setPassword(target.value)} />
          )}
        </Field>
        {!wrong && <FormFault error={signIn.error} />}
        <Button type="submit" size="large" busy={signIn.isPending}>
          {t("signIn.send")}
        </Button>
      </form>
    </Threshold>
  );
}
