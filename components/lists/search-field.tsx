'use client';

import { Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Input } from '@/components/ui/input';

/** People type faster than lists are read. */
const SETTLE_MS = 200;

interface SearchFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly label: string;
  readonly placeholder: string;
}

export const SearchField = ({ value, onChange, label, placeholder }: SearchFieldProps) => {
  const [typed, setTyped] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  // A saved filter or the back button may set another one.
  useEffect(() => setTyped(value), [value]);
  const type = (text: string): void => {
    setTyped(text);
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = setTimeout(() => onChange(text), SETTLE_MS);
  };
  return (
    <div className="relative w-full sm:w-64">
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 size-3.5 -translate-y-1/2 text-fg-3"
      />
      <Input
        type="search"
        aria-label={label}
        placeholder={placeholder}
        value={typed}
        data-list-search
        onChange={(event) => type(event.target.value)}
        className="pl-8"
      />
    </div>
  );
};
