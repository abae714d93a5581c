import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Outlet, ScrollRestoration, useLocation, useNavigation } from "react-router";

import { Bar, BottomBar } from "@/app/Bar";
import { OfflineLine } from "@/components/states";
import { classes } from "@/components/ui/classes";

/** What surrounds every page: the bar, what tells of a lost connection, and on phones the bar below. */
export function Frame() {
  const { t } = useTranslation();
  const going = useNavigation().state !== "idle";
  const content = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const before = useRef(pathname);
  useEffect(() => {
    // Who cannot see the page change hears it: reading goes on at the new page's beginning.
    if (before.current !== pathname) content.current?.focus({ preventScroll: true });
    before.current = pathname;
  }, [pathname]);
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#content"
        className="sr-only z-50 rounded-control bg-accent px-4 py-2 font-semibold text-on-accent focus:not-sr-only focus:fixed focus:top-3 focus:left-3"
      >
        {t("skip")}
      </a>
      <div
        aria-hidden
        className={classes(
          "pointer-events-none fixed inset-x-0 top-0 z-50 h-0.5 origin-left bg-accent transition-transform duration-700",
          going ? "scale-x-75" : "scale-x-0 duration-0",
        )}
      />
      <Bar />
      <OfflineLine />
      <main ref={content} id="content" tabIndex={-1} className="flex-1 pb-24 outline-none md:pb-0">
        <Outlet />
      </main>
      <BottomBar />
      <ScrollRestoration />
    </div>
  );
}
