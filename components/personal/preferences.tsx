'use client';

import { useTheme } from 'next-themes';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { toast } from '@/components/ui/toast';
import { ZoneProvider } from '@/components/ui/zone';
import type { ActionResult } from '@/lib/domain/action-result';
import type { Preferences, UpdatePreferencesInput } from '@/lib/domain/contract';

export type SavePreferences = (change: UpdatePreferencesInput) => Promise<ActionResult<Preferences>>;

interface Personal {
  readonly preferences: Preferences;
  /** Shown at once, and taken back with a word when the server refuses. Resolves with whether it was saved. */
  readonly change: (part: UpdatePreferencesInput) => Promise<boolean>;
}

const PersonalContext = createContext<Personal | null>(null);

interface ProviderProps {
  readonly initial: Preferences;
  readonly save: SavePreferences;
  readonly children: ReactNode;
}

/** What the viewer chose for themselves, around every page: zone and density are applied here, the theme is handed on. */
export const PreferencesProvider = ({ initial, save, children }: ProviderProps) => {
  const [preferences, setPreferences] = useState(initial);
  const { setTheme } = useTheme();
  const applied = useRef<Preferences['theme'] | null>(null);
  // What was chosen on another device holds here as well. Once: `setTheme` is another function after each change.
  useEffect(() => {
    if (applied.current === null) setTheme(initial.theme);
    applied.current ??= initial.theme;
  }, [setTheme, initial.theme]);
  const change = useCallback(
    async (part: UpdatePreferencesInput): Promise<boolean> => {
      const before = preferences;
      setPreferences({ ...before, ...part });
      if (part.theme !== undefined) setTheme(part.theme);
      const result = await save(part);
      if (result.ok) {
        setPreferences(result.value);
        return true;
      }
      setPreferences(before);
      if (part.theme !== undefined) setTheme(before.theme);
      toast.error(result.error.message);
      return false;
    },
    [preferences, save, setTheme],
  );
  const value = useMemo(() => ({ preferences, change }), [preferences, change]);
  return (
    <PersonalContext value={value}>
      <ZoneProvider zone={preferences.zone}>
        <div data-density={preferences.density} className="contents">
          {children}
        </div>
      </ZoneProvider>
    </PersonalContext>
  );
};

export const usePreferences = (): Personal => {
  const personal = useContext(PersonalContext);
  if (personal === null) throw new Error('usePreferences is used outside PreferencesProvider');
  return personal;
};
