import { Check, Copy } from "lucide-react";
import { useEffect, useState, type ComponentProps } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/button";
import { useToasts } from "@/components/ui/toast";

const COPIED_MS = 2500;

interface CopyButtonProps extends Pick<ComponentProps<typeof Button>, "look" | "size" | "className"> {
  text: string;
  /** What is copied, for who cannot see what stands beside the button. */
  label?: string;
}

/** Browsers give their clipboard to pages by https and of this machine alone; elsewhere a text is put there the old way. */
async function putOnClipboard(text: string): Promise<void> {
  if (window.isSecureContext) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const put = (event: ClipboardEvent) => {
    event.clipboardData?.setData("text/plain", text);
    event.preventDefault();
  };
  document.addEventListener("copy", put, { once: true });
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- there is no other way where the clipboard is not to be had
  const done = document.execCommand("copy");
  document.removeEventListener("copy", put);
  if (!done) throw new Error("Expected the browser to copy a text, found that it did not.");
}

/** Puts a text onto the clipboard, and says so for a moment. */
export function CopyButton({ text, label, look = "secondary", ...rest }: CopyButtonProps) {
  const { t } = useTranslation();
  const { complain } = useToasts();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), COPIED_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const word = t(copied ? "action.copied" : "action.copy");
  return (
    <Button
      look={look}
      aria-label={label && !copied ? `${word}: ${label}` : undefined}
      onClick={() => putOnClipboard(text).then(() => setCopied(true), complain)}
      {...rest}
    >
      {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
      <span aria-live="polite">{word}</span>
    </Button>
  );
}
