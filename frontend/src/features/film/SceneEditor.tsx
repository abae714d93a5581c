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
  // Kept beyond the dialog: it closes at a touch beside it.
  const [typed, setTyped] = useState<Typed>({});
  const done = () => {
    setOpen(false);
    setTyped({});
  };
  return (
    <Dialog title={t("scene.editOf", { number: scene.scene })} description={t("scene.editLead")} trigger={trigger} open={open} onOpenChange={setOpen}>
      <Form film={film} scene={scene} typed={typed} onType={(part) => setTyped((before) => ({ ...before, ...part }))} onDone={done} />
    </Dialog>
  );
}

/** What was written anew; nothing where the scene's own words stand. */
interface Typed {
  text?: string;
  visual?: string;
}

interface FormProps {
  film: Film;
  scene: Schemas["SceneText"];
  typed: Typed;
  onType: (part: Typed) => void;
  onDone: () => void;
}

function Form({ film, scene, typed, onType, onDone }: FormProps) {
  const { t } = useTranslation("film");
  const { say } = useToasts();
  const edit = useEdit(film.id);
  const redraw = useRedraw(film.id);
  const { text = scene.text, visual = scene.visual } = typed;
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
        {(ties) => <TextArea {...ties} rows={4} maxLength={2000} value={text} onChange={({ target }) => onType({ text: target.value })} />}
      </Field>
      <Field label={t("scene.visual")}>
        {(ties) => <TextArea {...ties} rows={4} maxLength={4000} value={visual} onChange={({ target }) => onType({ visual: target.value })} />}
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
