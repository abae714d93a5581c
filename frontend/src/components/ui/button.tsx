import { LoaderCircle } from "lucide-react";
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";

import { classes } from "@/components/ui/classes";

const LOOKS = {
  primary: "bg-accent text-on-accent hover:bg-accent-strong",
  secondary: "bg-raised text-ink border border-line hover:border-line-strong",
  quiet: "text-muted hover:text-ink hover:bg-sunken dark:hover:bg-raised",
  danger: "text-danger border border-line hover:border-danger",
} as const;

const SIZES = {
  small: "h-9 px-3.5 text-sm gap-1.5",
  medium: "h-11 px-5 text-[0.9375rem] gap-2",
  large: "h-13 px-7 text-base gap-2.5",
  icon: "size-11 shrink-0",
} as const;

interface Look {
  look?: keyof typeof LOOKS;
  size?: keyof typeof SIZES;
}

/** Classes of a button, for links that look like one. */
export function buttonClasses({ look = "primary", size = "medium" }: Look = {}): string {
  return classes(
    "inline-flex items-center justify-center rounded-control font-semibold whitespace-nowrap select-none transition-colors duration-150",
    "disabled:opacity-55 disabled:pointer-events-none aria-disabled:opacity-55 [&_svg]:size-[1.125em] [&_svg]:shrink-0",
    LOOKS[look],
    SIZES[size],
  );
}

interface ButtonProps extends ComponentProps<"button">, Look {
  /** Wear the look on the only child, a link for example. */
  asChild?: boolean;
  /** Something was started: nobody can start it again, and a wheel turns. */
  busy?: boolean;
}

export function Button({ look, size, asChild = false, busy = false, className, children, disabled, ...rest }: ButtonProps) {
  const own = classes(buttonClasses({ look, size }), className);
  if (asChild) {
    return (
      <Slot.Root className={own} {...rest}>
        {children}
      </Slot.Root>
    );
  }
  return (
    <button type="button" className={own} disabled={disabled === true || busy} aria-busy={busy || undefined} {...rest}>
      {busy && <LoaderCircle aria-hidden className="animate-spin" />}
      {children}
    </button>
  );
}
