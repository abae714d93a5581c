import type { ComponentType, ReactNode } from "react";
import { useSearchParams } from "react-router";

import { classes } from "@/components/ui/classes";
import { Tab, TabList, TabPanel, Tabs } from "@/components/ui/tabs";

interface Part<Name extends string> {
  name: Name;
  icon: ReactNode;
  Part: ComponentType;
}

interface PartTabsProps<Name extends string> {
  label: string;
  /** The first is shown where the address names none. */
  parts: readonly Part<Name>[];
  /** What stands on a part's tab. */
  title: (name: Name) => ReactNode;
  /** How wide the parts are. */
  className?: string;
}

/** The parts of a page, one at a time; the address keeps which. */
export function PartTabs<Name extends string>({ label, parts, title, className }: PartTabsProps<Name>) {
  const [search, setSearch] = useSearchParams();
  const first = parts[0]?.name;
  const open = parts.find(({ name }) => name === search.get("part"))?.name ?? first ?? "";
  return (
    <Tabs
      value={open}
      onValueChange={(next) => setSearch(next === first ? {} : { part: next }, { replace: true, preventScrollReset: true })}
      className="grid min-w-0 gap-8"
    >
      <TabList aria-label={label} className="justify-self-start">
        {parts.map(({ name, icon }) => (
          <Tab key={name} value={name}>
            {icon}
            {title(name)}
          </Tab>
        ))}
      </TabList>
      {parts.map(({ name, Part }) => (
        <TabPanel key={name} value={name} className={classes("min-w-0 rounded-card", className)}>
          <Part />
        </TabPanel>
      ))}
    </Tabs>
  );
}
