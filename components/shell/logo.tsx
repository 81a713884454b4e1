/** Three levels, the top one free: room above what is used. */
export const Logo = ({ className }: { readonly className?: string }) => (
  <svg aria-hidden viewBox="0 0 20 20" className={className}>
    <rect x="2" y="13" width="16" height="4.5" rx="1.25" fill="currentColor" />
    <rect x="2" y="7.5" width="16" height="4.5" rx="1.25" fill="currentColor" opacity="0.55" />
    <rect x="2.6" y="2.6" width="14.8" height="3.3" rx="1" fill="none" stroke="var(--c-accent)" strokeWidth="1.2" />
  </svg>
);
