import { Search } from "lucide-react";
import { useEffect, useState } from "react";

import { Input } from "@/components/ui/field";

const PAUSE_MS = 300;

interface SearchInputProps {
  label: string;
  value: string;
  /** Told when the typing pauses. */
  onChange: (value: string) => void;
}

/** Where somebody writes what is sought. */
export function SearchInput({ label, value, onChange }: SearchInputProps) {
  const [typed, setTyped] = useState(value);
  const [before, setBefore] = useState(value);
  if (value !== before) {
    // Somebody else changed the wish: a link, the way back, the button that clears all.
    setBefore(value);
    setTyped(value);
  }
  useEffect(() => {
    if (typed === value) return undefined;
    const timer = setTimeout(() => onChange(typed.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, value, onChange]);
  return (
    <div className="relative min-w-0 flex-1">
      <Search aria-hidden className="pointer-events-none absolute top-4 left-4 size-4 text-muted" />
      <Input
        type="search"
        aria-label={label}
        placeholder={label}
        maxLength={100}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
        className="pl-11"
      />
    </div>
  );
}
