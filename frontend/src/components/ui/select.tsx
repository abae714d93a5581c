import { Check, ChevronDown } from "lucide-react";
import { Select as Radix } from "radix-ui";

import { classes } from "@/components/ui/classes";
import { nonce } from "@/components/ui/nonce";

export interface Option {
  value: string;
  label: string;
  hint?: string;
}

interface SelectProps {
  value: string;
  onChange: (value: string) => void;
  options: readonly Option[];
  id?: string;
  "aria-label"?: string;
  "aria-describedby"?: string | undefined;
  disabled?: boolean;
  className?: string;
}

const EMPTY = "\u0000";
const kept = (value: string) => (value === "" ? EMPTY : value);

/** One of several. A value may be empty, which stands for "chosen for me". */
export function Select({ value, onChange, options, disabled = false, className, ...rest }: SelectProps) {
  return (
    <Radix.Root value={kept(value)} onValueChange={(next) => onChange(next === EMPTY ? "" : next)} disabled={disabled}>
      <Radix.Trigger
        className={classes(
          "flex h-12 w-full items-center justify-between gap-3 rounded-control border border-line bg-raised px-4 text-left transition-colors hover:border-line-strong disabled:opacity-60",
          className,
        )}
        {...rest}
      >
        <span className="truncate">
          <Radix.Value />
        </span>
        <ChevronDown aria-hidden className="size-4 shrink-0 text-muted" />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={6}
          className="z-50 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) overflow-hidden rounded-control border border-line bg-raised shadow-raised"
        >
          <Radix.Viewport nonce={nonce} className="p-1.5">
            {options.map((option) => (
              <Radix.Item
                key={option.value}
                value={kept(option.value)}
                className="relative cursor-pointer rounded-lg py-2.5 pr-9 pl-3 outline-none select-none data-highlighted:bg-sunken dark:data-highlighted:bg-line"
              >
                <Radix.ItemText>{option.label}</Radix.ItemText>
                {option.hint && <span className="block text-sm text-muted">{option.hint}</span>}
                <Radix.ItemIndicator className="absolute top-3 right-3">
                  <Check aria-hidden className="size-4 text-accent-ink" />
                </Radix.ItemIndicator>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
