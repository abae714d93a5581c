import { FileText, Mic, PenLine } from "lucide-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/button";
import { Field, TextArea } from "@/components/ui/field";
import { Tab, TabList, TabPanel, Tabs } from "@/components/ui/tabs";
import { useToasts } from "@/components/ui/toast";
import { SOURCES, type Source } from "@/features/create/draft";
import { OwnPictures } from "@/features/create/OwnPictures";
import { OwnSound } from "@/features/create/OwnSound";
import type { PartProps } from "@/features/create/Section";

const ICONS: Record<Source, typeof Mic> = { theme: PenLine, script: FileText, recording: Mic };
const MOST_CHARACTERS = { theme: 300, script: 200_000 };

/** What the film is made from: a line, a script, a recording. */
export function SourceChoice({ draft, change }: PartProps) {
  const { t } = useTranslation("create");
  return (
    <Tabs value={draft.source} onValueChange={(source) => change({ source: SOURCES.find((one) => one === source) ?? "theme" })}>
      <TabList aria-label={t("source.label")}>
        {SOURCES.map((source) => {
          const Icon = ICONS[source];
          return (
            <Tab key={source} value={source}>
              <Icon aria-hidden />
              {t(`source.${source}`)}
            </Tab>
          );
        })}
      </TabList>
      <TabPanel value="theme" className="mt-6">
        <Field label={t("theme.label")} hint={t("theme.hint")}>
          {(ties) => (
            <TextArea
              {...ties}
              rows={2}
              maxLength={MOST_CHARACTERS.theme}
              value={draft.theme}
              placeholder={t("theme.example")}
              onChange={({ target }) => change({ theme: target.value.replace(/\s*\n\s*/g, " ") })}
              className="min-h-24 resize-none text-xl font-semibold [font-stretch:104%] placeholder:font-normal sm:text-2xl sm:leading-snug"
            />
          )}
        </Field>
      </TabPanel>
      <TabPanel value="script" className="mt-6 grid gap-8">
        <Script draft={draft} change={change} />
        <OwnPictures draft={draft} change={change} />
      </TabPanel>
      <TabPanel value="recording" className="mt-6 grid gap-8">
        <OwnSound
          label={t("recording.label")}
          hint={t("recording.hint")}
          sound={draft.recording}
          onChange={(recording) => change({ recording })}
        />
        <OwnPictures draft={draft} change={change} />
      </TabPanel>
    </Tabs>
  );
}

function Script({ draft, change }: PartProps) {
  const { t } = useTranslation("create");
  const { complain } = useToasts();
  const file = useRef<HTMLInputElement>(null);
  return (
    <div className="grid gap-3">
      <Field label={t("script.label")} hint={t("script.hint")}>
        {(ties) => (
          <TextArea
            {...ties}
            rows={12}
            maxLength={MOST_CHARACTERS.script}
            spellCheck
            value={draft.script}
            placeholder={t("script.sample")}
            onChange={({ target }) => change({ script: target.value })}
            className="min-h-72"
          />
        )}
      </Field>
      <div className="flex flex-wrap gap-3">
        <input
          ref={file}
          type="file"
          accept=".md,.markdown,.txt,.json,text/plain,text/markdown,application/json"
          className="sr-only"
          tabIndex={-1}
          aria-hidden
          onChange={({ target }) => {
            target.files?.[0]?.text().then((script) => change({ script }), complain);
            target.value = "";
          }}
        />
        <Button look="secondary" size="small" onClick={() => file.current?.click()}>
          {t("script.open")}
        </Button>
        {!draft.script && (
          <Button look="quiet" size="small" onClick={() => change({ script: t("script.sample") })}>
            {t("script.example")}
          </Button>
        )}
      </div>
    </div>
  );
}
