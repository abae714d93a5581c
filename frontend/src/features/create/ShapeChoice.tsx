import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { moodsQuery, profilesQuery } from "@/client/queries";
import { profileName } from "@/components/names";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { OWN } from "@/features/create/draft";
import { OwnSound } from "@/features/create/OwnSound";
import { Preview } from "@/features/create/Preview";
import { Section, type PartProps } from "@/features/create/Section";
import en from "@/texts/en/create.json";

const ASPECTS = [
  { id: "9:16", name: "tall" },
  { id: "16:9", name: "wide" },
  { id: "1:1", name: "square" },
  { id: "4:5", name: "portrait" },
] as const;
const SUBTITLES = ["karaoke", "plain", "boxed", "none"] as const;

function isMood(id: string): id is keyof typeof en.mood {
  return id in en.mood;
}

function isProfile(id: string): id is keyof typeof en.profileHint {
  return id in en.profileHint;
}

/** Where the film goes, its shape, its subtitles, its music. */
export function ShapeChoice({ draft, change }: PartProps) {
  const { t } = useTranslation("create");
  const { t: app } = useTranslation();
  const { data: profiles = [] } = useQuery(profilesQuery);
  const { data: moods = [] } = useQuery(moodsQuery);
  const usual = profiles.find(({ id }) => id === draft.profile)?.default_aspect ?? "9:16";
  return (
    <Section title={t("shape.title")}>
      <Preview draft={draft} className="h-72 lg:hidden" />
      <div className="grid gap-5 sm:grid-cols-2">
        <Field label={t("shape.profile")}>
          {(ties) => (
            <Select
              {...ties}
              value={draft.profile}
              onChange={(profile) => change({ profile })}
              options={(profiles.length ? profiles.map(({ id }) => id) : [draft.profile]).map((id) => ({
                value: id,
                label: profileName(id, app),
                hint: isProfile(id) ? t(`profileHint.${id}`) : "",
              }))}
            />
          )}
        </Field>
        <Field label={t("shape.aspect")}>
          {(ties) => (
            <Select
              {...ties}
              value={draft.aspect}
              onChange={(aspect) => change({ aspect })}
              options={[
                { value: "", label: t("shape.aspectAuto", { aspect: usual }) },
                ...ASPECTS.map(({ id, name }) => ({ value: id, label: t(`aspect.${name}`) })),
              ]}
            />
          )}
        </Field>
        <Field label={t("shape.subtitles")}>
          {(ties) => (
            <Select
              {...ties}
              value={draft.subtitles}
              onChange={(subtitles) => change({ subtitles })}
              options={SUBTITLES.map((id) => ({ value: id, label: t(`subtitles.${id}`) }))}
            />
          )}
        </Field>
        <Field label={t("shape.music")}>
          {(ties) => (
            <Select
              {...ties}
              value={draft.music}
              onChange={(music) => change({ music })}
              options={[
                { value: "", label: t("shape.musicAuto") },
                ...moods.map(({ id }) => ({ value: id, label: isMood(id) ? t(`mood.${id}`) : id })),
                { value: OWN, label: t("shape.musicOwn") },
              ]}
            />
          )}
        </Field>
      </div>
      {draft.music === OWN && (
        <OwnSound
          label={t("shape.musicOwn")}
          hint={t("shape.musicOwnHint")}
          sound={draft.ownMusic}
          onChange={(ownMusic) => change({ ownMusic })}
        />
      )}
    </Section>
  );
}
