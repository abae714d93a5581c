import { useState, type SyntheticEvent } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, useSearchParams } from "react-router";

import { Problem } from "@/client/problem";
import { useRegister, useSession } from "@/client/session";
import { FormFault } from "@/components/states";
import { Button } from "@/components/ui/button";
import { Field, Input } from "@/components/ui/field";
import { isEmail, nextPlace } from "@/features/session/after";
import { PasswordInput } from "@/components/PasswordInput";
import { Threshold } from "@/features/session/Threshold";

const LEAST_CHARACTERS = 10;
const CODE_CHARACTERS = 8;

/** A code as it is pasted or typed: with blanks around it, in small letters, with a hyphen. */
function tidy(text: string): string {
  return text
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, "")
    .slice(0, CODE_CHARACTERS);
}

export default function RegisterPage() {
  const { t } = useTranslation("session");
  const [search] = useSearchParams();
  const { account } = useSession();
  const register = useRegister();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState(tidy(search.get("code") ?? ""));
  const [tried, setTried] = useState(false);
  if (account !== null) return <Navigate to={nextPlace(search)} replace />;

  const kind = register.error instanceof Problem ? register.error.kind : undefined;
  const faults = {
    email: !isEmail(email) ? t("fault.email") : undefined,
    password: password.length < LEAST_CHARACTERS ? t("fault.short") : undefined,
    code: code.length !== CODE_CHARACTERS ? t("fault.code") : undefined,
  };
  const send = (event: SyntheticEvent) => {
    event.preventDefault();
    setTried(true);
    if (!faults.email && !faults.password && !faults.code) register.mutate({ email: email.trim(), password, code });
  };
  return (
    <Threshold
      title={t("register.title")}
      lead={t("register.lead")}
      other={{ question: t("register.other"), answer: t("register.otherAction"), to: `/login?${search}` }}
    >
      <form noValidate onSubmit={send} className="grid gap-5">
        <Field
          label={t("register.code")}
          hint={t("register.codeHint")}
          fault={tried && faults.code ? faults.code : kind === "not-allowed" ? t("register.wrongCode") : undefined}
        >
          {(ties) => (
            <Input
              {...ties}
              value={code}
              autoComplete="one-time-code"
              autoCapitalize="characters"
              spellCheck={false}
              className="font-semibold tracking-[0.3em] uppercase figures"
              onChange={({ target }) => setCode(tidy(target.value))}
            />
          )}
        </Field>
        <Field
          label={t("register.email")}
          fault={tried && faults.email ? faults.email : kind === "already-exists" ? t("register.taken") : undefined}
        >
          {(ties) => (
            <Input {...ties} type="email" autoComplete="username" inputMode="email" value={email} onChange={({ target }) => setEmail(target.value)} />
          )}
        </Field>
        <Field label={t("register.password")} hint={t("register.passwordHint")} fault={tried ? faults.password : undefined}>
          {(ties) => (
            <PasswordInput {...ties} autoComplete="new-password" value={password} onChange={({ target }) => setPassword(target.value)} />
          )}
        </Field>
        {kind !== "not-allowed" && kind !== "already-exists" && <FormFault error={register.error} />}
        <Button type="submit" size="large" busy={register.isPending}>
          {t("register.send")}
        </Button>
      </form>
    </Threshold>
  );
}
