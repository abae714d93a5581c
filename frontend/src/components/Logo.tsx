/** The mark and the name. */
export function Logo() {
  return (
    <span className="flex items-center gap-2.5">
      <svg viewBox="0 0 24 24" aria-hidden className="size-6 fill-accent">
        <rect x="2" y="3" width="3" height="18" rx="1.5" />
        <path d="M8.5 4.2v15.6a1.2 1.2 0 0 0 1.84 1l12-7.8a1.2 1.2 0 0 0 0-2l-12-7.8a1.2 1.2 0 0 0-1.84 1Z" />
      </svg>
      <span className="text-[1.0625rem] font-bold tracking-tight [font-stretch:118%]">AIPROD</span>
    </span>
  );
}
