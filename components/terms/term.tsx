'use client';

import type { ReactNode } from 'react';
import { cn } from '@/components/ui/cn';
import { Popover, PopoverContent, PopoverTrigger } from '@/components/ui/popover';
import { TERMS, type TermName } from './terms';

interface TermProps {
  readonly name: TermName;
  /** How the word stands in the text; the word itself when left out. */
  readonly children?: ReactNode;
  readonly className?: string;
}

/** A word that explains itself when it is pressed, by pointer, finger or keyboard. */
export const Term = ({ name, children, className }: TermProps) => {
  const { word, text } = TERMS[name];
  return (
    <Popover>
      <PopoverTrigger
        className={cn(
          'cursor-help! rounded-sm underline decoration-dotted decoration-line-strong underline-offset-3 hover:decoration-current',
          className,
        )}
      >
        {children ?? word}
        <span className="sr-only">, what is this?</span>
      </PopoverTrigger>
      <PopoverContent aria-label={word} className="text-left font-normal">
        <p className="font-semibold text-fg text-sm">{word}</p>
        <p className="mt-1 text-fg-2 text-sm">{text}</p>
      </PopoverContent>
    </Popover>
  );
};
