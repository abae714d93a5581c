import { useState, type SyntheticEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { Schemas } from "@/client/client";
import { FormFault } from "@/components/states";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, TextArea } from "@/components/ui/field";
import { useToasts } from "@/components/ui/toast";
import { useEdit, useRedraw, type Film } from "@/features/film/queries";

interface SceneEditorProps {
  film: Film;
  scene: Schemas["SceneText"];
  trigger: ReactNode;
}

/** Other words or another picture for a scene; what depends on them is made anew. */
export function SceneEditor({ film, scene, trigger }: SceneEditorProps) {
  const { t } = useTranslation("film");
  const [open, setOpen] = useState(false);
  return (
    <Dialog title={t("scene.editOf", { number: scene.scene })} description={t("scene.editLead")} trigger={trigger} open={open} onOpenChange={setOpen}>
      <Form film={film} scene={scene} onDone={() => setOpen(false)} />
    </Dialog>
  );
}

function Form({ film, scene, onDone }: { film: Film; scene: Schemas["SceneText"]; onDone: () => void }) {
  const { t } = useTranslation("film");
  const { say } = useToasts();
  const edit = useEdit(film.id);
  const redraw = useRedraw(film.id);
  const [text, setText] = useState(scene.text);
  const [visual, setVisual] = useState(scene.visual);
  const changed = {
    text: text.trim() === scene.text ? "" : text.trim(),
    visual: visual.trim() === scene.visual ? "" : visual.trim(),
  };
  const done = () => {
    say(t("say.remake"));
    onDone();
  };
  const send = (event: SyntheticEvent) => {
    event.preventDefault();
    edit.mutate({ scene: scene.scene, ...changed }, { onSuccess: done });
  };
  return (
    <form onSubmit={send} className="grid gap-5">
      <Field label={t("scene.text")}>
        {(ties) => <TextArea {...ties} rows={4} maxLength={2000} value={text} onChange={({ target }) => setText(target.value)} />}
      </Field>
      <Field label={t("scene.visual")}>
        {(ties) => <TextArea {...ties} rows={4} maxLength={4000} value={visual} onChange={({ target }) => setVisual(target.value)} />}
      </Field>
      <FormFault error={edit.error ?? redraw.error} />
      <div className="flex flex-wrap justify-end gap-3">
        <Button look="secondary" busy={redraw.isPending} onClick={() => redraw.mutate(scene.scene, { onSuccess: done })}>
          {t("scene.redraw")}
        </Button>
        <Button type="submit" busy={edit.isPending} disabled={!changed.text && !changed.visual}>
          {t("scene.save")}
        </Button>
      </div>
    </form>
  );
}
