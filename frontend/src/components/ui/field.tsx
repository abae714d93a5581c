import { useId, type ComponentProps, type ReactNode } from "react";

import { classes } from "@/components/ui/classes";

const BOX =
  "w-full rounded-control border border-line bg-raised px-4 text-ink placeholder:text-muted transition-colors hover:border-line-strong focus-visible:border-accent-ink focus-visible:outline-offset-0 aria-invalid:border-danger disabled:opacity-60";

export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input className={classes(BOX, "h-12", className)} {...rest} />;
}

export function TextArea({ className, ...rest }: ComponentProps<"textarea">) {
  return <textarea className={classes(BOX, "min-h-28 resize-y py-3 leading-relaxed", className)} {...rest} />;
}

interface FieldProps {
  label: string;
  hint?: ReactNode;
  /** What is wrong with it, in a sentence. */
  fault?: string | undefined;
  /** Is given the ids that tie the control to its label, hint and fault. */
  children: (ties: { id: string; "aria-describedby": string | undefined; "aria-invalid": boolean | undefined }) => ReactNode;
  className?: string;
}

/** A control with its label, a hint and what is wrong with it. */
export function Field({ label, hint, fault, children, className }: FieldProps) {
  const id = useId();
  const described = [hint ? `${id}-hint` : "", fault ? `${id}-fault` : ""].filter(Boolean).join(" ");
  return (
    <div className={classes("grid content-start gap-2", className)}>
      <label htmlFor={id} className="text-sm font-semibold">
        {label}
      </label>
      {children({ id, "aria-describedby": described || undefined, "aria-invalid": fault ? true : undefined })}
      {hint && (
        <p id={`${id}-hint`} className="text-sm text-muted">
          {hint}
        </p>
      )}
      {fault && (
        <p id={`${id}-fault`} role="alert" className="text-sm text-danger">
          {fault}
        </p>
      )}
    </div>
  );
}
