/** The studio's sign: five bars of a sound. */
export function Mark({ className }: { className?: string | undefined }) {
  return (
    <svg className={className} viewBox="0 0 32 32" width="28" height="28" role="img" aria-label="Timbre">
      <path
        d="M7 14v4M12 10v12M17 6.5v19M22 11.5v9M26 14.5v3"
        fill="none"
        stroke="var(--tb-accent)"
        strokeWidth="2.6"
        strokeLinecap="round"
      />
    </svg>
  );
}
