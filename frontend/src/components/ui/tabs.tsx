import { Tabs as Radix } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";

import { classes } from "@/components/ui/classes";

export const Tabs = Radix.Root;

/** Where the row is wider than the screen, the tab that is open is seen, also once tabs have got wider: a number comes late. */
function reveal(row: HTMLDivElement): () => void {
  const show = () => {
    const tab = row.querySelector<HTMLElement>("[data-state=active]");
    if (tab) row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
  };
  const resized = new ResizeObserver(show);
  for (const tab of row.children) resized.observe(tab);
  return () => resized.disconnect();
}

/** The row of tabs. */
export function TabList({ className, ...rest }: ComponentProps<typeof Radix.List>) {
  return (
    <Radix.List
      ref={reveal}
      className={classes("inline-flex max-w-full gap-1 overflow-x-auto rounded-control bg-sunken p-1 dark:bg-raised", className)}
      {...rest}
    />
  );
}

export function Tab({ value, children }: { value: string; children: ReactNode }) {
  return (
    <Radix.Trigger
      value={value}
      className="flex h-10 items-center gap-2 rounded-lg px-3.5 sm:px-4 text-[0.9375rem] font-semibold whitespace-nowrap text-muted transition-colors hover:text-ink data-[state=active]:bg-raised data-[state=active]:text-ink data-[state=active]:shadow-sm dark:data-[state=active]:bg-line max-sm:[&_svg]:hidden [&_svg]:size-4"
    >
      {children}
    </Radix.Trigger>
  );
}

export const TabPanel = Radix.Content;
