import { useQuery } from "@tanstack/react-query";
import { LoaderCircle, Play, Square } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { languagesQuery, voicesQuery } from "@/client/queries";
import { languageName } from "@/components/names";
import { Fault } from "@/components/states";
import { Button } from "@/components/ui/button";
import { classes } from "@/components/ui/classes";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/surface";
import { useToasts } from "@/components/ui/toast";
import { Section, type PartProps } from "@/features/create/Section";
import { voiceName, voiceTraits } from "@/features/create/voices";
import { spoken } from "@/texts/i18n";

const FEW = 5;

/** Which language is spoken, and by whom; each voice can be heard first. */
export function VoiceChoice({ draft, change }: PartProps) {
  const { t } = useTranslation("create");
  const { t: app } = useTranslation();
  const { data: languages = [] } = useQuery(languagesQuery);
  return (
    <Section title={t("voice.title")}>
      <Field label={t("voice.language")} className="sm:max-w-xs">
        {(ties) => (
          <Select
            {...ties}
            value={draft.language}
            onChange={(language) => change({ language, voice: "" })}
            options={[{ value: "", label: t("voice.auto") }, ...languages.map(({ id }) => ({ value: id, label: languageName(id, app) }))]}
          />
        )}
      </Field>
      {/* A recording is spoken already; its language is still to be known, to hear its words. */}
      {draft.source !== "recording" && <Voices draft={draft} change={change} language={draft.language || spoken()} />}
    </Section>
  );
}

/** `Woman, American`; empty where the name does not say. */
function useAccent(): (id: string) => string {
  const { t } = useTranslation("create");
  return (id) => {
    const { who, place } = voiceTraits(id);
    return [who && t(`voice.${who}`), place && t(`voice.${place}`)].filter(Boolean).join(", ");
  };
}

function Voices({ draft, change, language }: PartProps & { language: string }) {
  const { t } = useTranslation("create");
  const { data: voices, error, refetch } = useQuery(voicesQuery(language));
  const [all, setAll] = useState(false);
  const sample = useSample(language);
  const accent = useAccent();
  if (error) return <Fault error={error} onRetry={() => void refetch()} />;
  if (!voices) return <Skeleton className="h-44 w-full" />;
  const shown = all ? voices : voices.slice(0, FEW);
  const best = voices.find((voice) => voice.best);
  return (
    <fieldset className="grid gap-3">
      <legend className="mb-2 text-sm font-semibold">{t("voice.label")}</legend>
      <div className="grid gap-2 sm:grid-cols-2 xl:grid-cols-3">
        <Voice
          name={t("voice.best")}
          hint={t("voice.bestHint")}
          sample={best?.id}
          player={sample}
          checked={draft.voice === ""}
          onChoose={() => change({ voice: "" })}
        />
        {shown.map(({ id, engine }) => (
          <Voice
            key={id}
            name={voiceName(id)}
            hint={accent(id) || engine}
            sample={id}
            player={sample}
            checked={draft.voice === id}
            onChoose={() => change({ voice: id, language })}
          />
        ))}
      </div>
      {voices.length > FEW && !all && (
        <Button look="quiet" size="small" className="justify-self-start" onClick={() => setAll(true)}>
          {t("voice.all", { count: voices.length })}
        </Button>
      )}
    </fieldset>
  );
}

interface VoiceProps {
  name: string;
  hint: string;
  sample: string | undefined;
  player: Player;
  checked: boolean;
  onChoose: () => void;
}

function Voice({ name, hint, sample, player, checked, onChoose }: VoiceProps) {
  const { t } = useTranslation("create");
  const heard = sample !== undefined && player.heard === `${name}${sample}`;
  return (
    <div
      className={classes(
        "flex items-center rounded-control border bg-raised pl-4 transition-colors has-focus-visible:outline-2 has-focus-visible:outline-accent-ink",
        checked ? "border-accent ring-1 ring-accent" : "border-line hover:border-line-strong",
      )}
    >
      <label className="grid min-w-0 flex-1 py-3">
        <input type="radio" name="voice" checked={checked} onChange={onChoose} className="sr-only" />
        <span className="truncate font-semibold">{name}</span>
        <span className="truncate text-sm text-muted first-letter:uppercase">{hint}</span>
      </label>
      {sample !== undefined && (
        <Button look="quiet" size="icon" className="mr-1" onClick={() => player.toggle(`${name}${sample}`, sample)}>
          {heard ? player.loading ? <LoaderCircle aria-hidden className="animate-spin" /> : <Square aria-hidden className="fill-current" /> : <Play aria-hidden />}
          <span className="sr-only">{t(heard ? "voice.stop" : "voice.hear", { name })}</span>
        </Button>
      )}
    </div>
  );
}

interface Player {
  /** Which one is heard; empty while none is. */
  heard: string;
  loading: boolean;
  toggle: (key: string, voice: string) => void;
}

/** One voice's sample at a time. */
function useSample(language: string): Player {
  const { t } = useTranslation("create");
  const { complain, say } = useToasts();
  const audio = useRef<HTMLAudioElement | null>(null);
  const [heard, setHeard] = useState("");
  const [loading, setLoading] = useState(false);
  useEffect(() => () => audio.current?.pause(), []);
  const stop = () => {
    audio.current?.pause();
    setHeard("");
    setLoading(false);
  };
  const toggle = (key: string, voice: string) => {
    if (heard === key) {
      stop();
      return;
    }
    audio.current?.pause();
    const next = new Audio(`/api/v1/voices/${encodeURIComponent(voice)}/sample?language=${language}`);
    audio.current = next;
    setHeard(key);
    setLoading(true);
    next.onplaying = () => setLoading(false);
    next.onended = stop;
    next.onerror = () => {
      if (audio.current === next) {
        stop();
        say(t("voice.unheard"));
      }
    };
    next.play().catch((error: unknown) => {
      // Stopped before it had begun, or not to be had, which `onerror` tells.
      if (!(error instanceof DOMException)) complain(error);
    });
  };
  return { heard, loading, toggle };
}
