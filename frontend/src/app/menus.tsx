/** What opens in the bar: the account's menu, and the preferences of who has none. */
import { ChevronDown, Languages, LogOut, Monitor, Moon, Sun } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { ACCOUNT, ADMIN_PLACES } from "@/app/places";
import { Who } from "@/app/Who";
import { useSignOut, type Account } from "@/client/session";
import { setTheme, THEMES, useTheme } from "@/components/theme";
import { buttonClasses } from "@/components/ui/button";
import { classes } from "@/components/ui/classes";
import { Menu, MenuChoice, MenuItem, MenuLine } from "@/components/ui/menu";
import { useToasts } from "@/components/ui/toast";
import { LANGUAGES, speak } from "@/texts/i18n";

function Preferences() {
  const { t, i18n } = useTranslation();
  const { complain } = useToasts();
  const icons = { system: <Monitor aria-hidden />, dark: <Moon aria-hidden />, light: <Sun aria-hidden /> };
  return (
    <>
      <MenuChoice
        label={t("theme.label")}
        value={useTheme()}
        onChange={(value) => setTheme(THEMES.find((one) => one === value) ?? "system")}
        options={THEMES.map((value) => ({ value, label: t(`theme.${value}`), icon: icons[value] }))}
      />
      <MenuLine />
      <MenuChoice
        label={t("language.label")}
        value={i18n.language}
        onChange={(value) => speak(LANGUAGES.find((one) => one === value) ?? "en").catch(complain)}
        options={LANGUAGES.map((value) => ({ value, label: t(`language.${value}`) }))}
      />
    </>
  );
}

export function PreferencesMenu() {
  const { t } = useTranslation();
  return (
    <Menu
      trigger={
        <button type="button" className={buttonClasses({ look: "quiet", size: "icon" })} aria-label={`${t("theme.label")}, ${t("language.label")}`}>
          <Languages aria-hidden />
        </button>
      }
    >
      <Preferences />
    </Menu>
  );
}

export function AccountMenu({ account }: { account: Account }) {
  const { t } = useTranslation();
  const { used, limit } = account.quota;
  const goto = useNavigate();
  const signOut = useSignOut();
  const { complain } = useToasts();
  const quota = limit === null ? t("bar.quotaAny", { count: used }) : t("bar.quota", { used, limit, count: limit });
  return (
    <Menu
      trigger={
        <button
          type="button"
          title={quota}
          aria-label={`${t("bar.menu", { email: account.email })}. ${quota}`}
          className={classes(buttonClasses({ look: "quiet", size: "small" }), "min-w-0 h-11 text-ink")}
        >
          <Who account={account} />
          <ChevronDown aria-hidden className="text-muted" />
        </button>
      }
    >
      <MenuItem onSelect={() => void goto(ACCOUNT.to)}>
        {ACCOUNT.icon}
        {t("bar.account")}
      </MenuItem>
      {account.admin &&
        ADMIN_PLACES.map((place) => (
          <MenuItem key={place.to} className="md:hidden" onSelect={() => void goto(place.to)}>
            {place.icon}
            {t(`bar.${place.name}`)}
          </MenuItem>
        ))}
      <MenuLine />
      <Preferences />
      <MenuLine />
      <MenuItem
        onSelect={() => {
          signOut.mutate(undefined, { onSuccess: () => void goto("/"), onError: complain });
        }}
      >
        <LogOut aria-hidden />
        {t("bar.signOut")}
      </MenuItem>
    </Menu>
  );
}
