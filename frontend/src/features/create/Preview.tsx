import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { profilesQuery } from "@/client/queries";
import { StyleFrame } from "@/components/StyleFrame";
import { styleName } from "@/components/names";
import { classes } from "@/components/ui/classes";
import type { Draft } from "@/features/create/draft";
import { useSettled } from "@/features/create/queries";

const WORDS = 4;
const MOST_THEME = 120;
const REST_MS = 1200;

/** The style, the shape and the subtitles together, as the film will have them. */
export function Preview({ draft, className }: { draft: Draft; className?: string }) {
  const { t } = useTranslation("create");
  const { t: app } = useTranslation();
  const { data: profiles } = useQuery(profilesQuery);
  const usual = profiles?.find(({ id }) => id === draft.profile)?.default_aspect ?? "9:16";
  const aspect = draft.aspect || usual;
  const tall = aspect === "9:16" || aspect === "4:5";
  // A picture of what is being typed costs the service work: it is drawn when the typing has stopped.
  const theme = useSettled(draft.source === "theme" ? draft.theme.trim().slice(0, MOST_THEME) : "", REST_MS);
  const said = (draft.source === "theme" && draft.theme.trim()) || t("preview.words");
  const words = said.split(/\s+/).slice(0, WORDS);
  return (
    <figure className={classes("flex justify-center", className, !tall && "h-auto")}>
      <div
        className={classes(
          "relative max-h-full max-w-full overflow-hidden rounded-card bg-sunken shadow-raised",
          tall ? "h-full" : "w-full",
        )}
        style={{ aspectRatio: aspect.replace(":", "/") }}
      >
        <StyleFrame
          key={`${draft.style} ${aspect}`}
          style={draft.style}
          aspect={aspect}
          first
          alt={t("preview.alt", { style: styleName(draft.style, app) })}
          className="absolute inset-0 size-full"
        />
        {theme && (
          <StyleFrame key={`${draft.style} ${aspect} ${theme}`} style={draft.style} aspect={aspect} theme={theme} first alt={theme} className="absolute inset-0 size-full" />
        )}
        <Subtitle look={draft.subtitles} words={words} />
      </div>
    </figure>
  );
}

const OUTLINE = "[text-shadow:0_0.1em_0_#140e04,0_-0.1em_0_#140e04,0.1em_0_0_#140e04,-0.1em_0_0_#140e04,0.08em_0.08em_0_#140e04,-0.08em_0.08em_0_#140e04,0.08em_-0.08em_0_#140e04,-0.08em_-0.08em_0_#140e04]";

function Subtitle({ look, words }: { look: string; words: readonly string[] }) {
  if (look === "none") return null;
  return (
    <p
      aria-hidden
      className="absolute inset-x-4 bottom-[22%] text-center text-lg leading-snug font-extrabold text-balance text-white [font-stretch:80%]"
    >
      {look === "boxed" ? (
        <span className="rounded-md bg-black/80 box-decoration-clone px-2 py-1 font-semibold">{words.join(" ")}</span>
      ) : (
        words.map((word, index) => (
          <span key={index} className={classes(OUTLINE, look === "karaoke" && index === 1 && "text-[#ffd23f]")}>
            {word}{" "}
          </span>
        ))
      )}
    </p>
  );
}
