import { Film, LogIn } from "lucide-react";
import { lazy, Suspense, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, NavLink } from "react-router";

import { ACCOUNT, PLACES, placesOf } from "@/app/places";
import { Who } from "@/app/Who";
import { useSession } from "@/client/session";
import { Logo } from "@/components/Logo";
import { Button } from "@/components/ui/button";
import { classes } from "@/components/ui/classes";

// What opens is loaded after what is seen first.
const AccountMenu = lazy(async () => ({ default: (await import("@/app/menus")).AccountMenu }));
const PreferencesMenu = lazy(async () => ({ default: (await import("@/app/menus")).PreferencesMenu }));

/** The bar above every page. */
export function Bar() {
  const { t } = useTranslation();
  const { account, pending } = useSession();
  return (
    <header className="sticky top-0 z-30 border-b border-line bg-ground">
      <div className="page flex h-16 items-center gap-3 md:gap-8">
        <Link to="/" aria-label={t("bar.home")} className="rounded-lg">
          <Logo />
        </Link>
        <nav aria-label={t("bar.label")} className="hidden flex-1 items-center gap-1 md:flex">
          {placesOf(account).map((place) => (
            <NavLink
              key={place.to}
              to={place.to}
              className={({ isActive }) =>
                classes("rounded-lg px-3.5 py-2 text-[0.9375rem] font-semibold transition-colors hover:text-ink", isActive ? "text-ink" : "text-muted")
              }
            >
              {t(`bar.${place.name}`)}
            </NavLink>
          ))}
        </nav>
        <div className="ml-auto flex min-w-0 items-center gap-2">
          {account !== null && (
            <Suspense fallback={<Who account={account} className="px-3.5 text-sm font-semibold" />}>
              <AccountMenu account={account} />
            </Suspense>
          )}
          {account === null && !pending && (
            <>
              <Suspense fallback={<span className="size-11" />}>
                <PreferencesMenu />
              </Suspense>
              <Button asChild look="quiet" size="small" className="hidden sm:inline-flex">
                <Link to="/login">{t("bar.signIn")}</Link>
              </Button>
              <Button asChild size="small">
                <Link to="/register">{t("bar.register")}</Link>
              </Button>
            </>
          )}
        </div>
      </div>
    </header>
  );
}

/** The bar below, on phones. */
export function BottomBar() {
  const { t } = useTranslation();
  const { account, pending } = useSession();
  if (pending) return null;
  const places: readonly { to: string; label: string; icon: ReactNode }[] =
    account === null
      ? [
          { to: "/library", label: t("bar.library"), icon: <Film aria-hidden /> },
          { to: "/login", label: t("bar.signIn"), icon: <LogIn aria-hidden /> },
        ]
      : [...PLACES, ACCOUNT].map(({ to, name, icon }) => ({ to, icon, label: t(`bar.${name}`) }));
  return (
    <nav
      aria-label={t("bar.label")}
      className="fixed inset-x-0 bottom-0 z-30 flex border-t border-line bg-ground pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {places.map((place) => (
        <NavLink
          key={place.to}
          to={place.to}
          className={({ isActive }) =>
            classes(
              "flex h-16 flex-1 flex-col items-center justify-center gap-1 text-xs font-semibold [&_svg]:size-5",
              isActive ? "text-accent-ink" : "text-muted",
            )
          }
        >
          {place.icon}
          {place.label}
        </NavLink>
      ))}
    </nav>
  );
}
