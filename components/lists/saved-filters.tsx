'use client';

import { Bookmark, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { usePreferences } from '@/components/personal/preferences';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Popover, PopoverContent, PopoverTrigger } from '@/components/ui/popover';
import { type ListState, listSearch, parseListState } from './list-state';
import type { ListControl } from './use-list-state';

interface SavedFiltersProps {
  readonly list: ListControl;
}

const stateOf = ({ spec }: ListControl, search: string): ListState =>
  parseListState(spec, Object.fromEntries(new URLSearchParams(search)));

/** Filters, order and columns that the viewer keeps under a name; theirs on every device. */
export const SavedFilters = ({ list }: SavedFiltersProps) => {
  const { preferences, change } = usePreferences();
  const [isOpen, setIsOpen] = useState(false);
  const [name, setName] = useState('');
  const { spec, state } = list;
  const all = preferences.savedFilters;
  const own = all.filter((saved) => saved.list === spec.path);
  const search = listSearch(spec, state);
  const save = async (): Promise<void> => {
    const wanted = name.trim();
    if (wanted === '') return;
    const others = all.filter((saved) => saved.list !== spec.path || saved.name !== wanted);
    if (await change({ savedFilters: [...others, { list: spec.path, name: wanted, search }] })) setName('');
  };
  return (
    <Popover open={isOpen} onOpenChange={setIsOpen}>
      <PopoverTrigger asChild>
        <Button variant="ghost" size="sm">
          <Bookmark aria-hidden /> Saved{own.length > 0 && ` (${own.length})`}
        </Button>
      </PopoverTrigger>
      <PopoverContent align="end" aria-label="Saved filters">
        <div className="flex flex-col gap-3">
          {own.length === 0 ? (
            <p className="text-fg-2 text-xs">Nothing saved for this list yet.</p>
          ) : (
            <ul className="-mx-1.5 flex flex-col">
              {own.map((saved) => (
                <li key={saved.name} className="flex items-center gap-1">
                  <button
                    type="button"
                    aria-pressed={saved.search === search}
                    className="min-w-0 grow truncate rounded-md px-1.5 py-1.5 text-left text-sm hover:bg-hover aria-pressed:font-semibold pointer-coarse:py-2.5"
                    onClick={() => {
                      list.change(stateOf(list, saved.search));
                      setIsOpen(false);
                    }}
                  >
                    {saved.name}
                  </button>
                  <Button
                    variant="ghost"
                    size="iconSm"
                    aria-label={`Forget ${saved.name}`}
                    onClick={() => void change({ savedFilters: all.filter((other) => other !== saved) })}
                  >
                    <Trash2 aria-hidden />
                  </Button>
                </li>
              ))}
            </ul>
          )}
          <form
            className="flex items-end gap-2 border-t pt-3"
            onSubmit={(event) => {
              event.preventDefault();
              void save();
            }}
          >
            <Field label="Save what is shown as" className="grow">
              {(control) => (
                <Input {...control} value={name} maxLength={40} onChange={(event) => setName(event.target.value)} />
              )}
            </Field>
            <Button type="submit" disabled={name.trim() === ''}>
              Save
            </Button>
          </form>
        </div>
      </PopoverContent>
    </Popover>
  );
};
