'use client';

import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from './button';
import { cn } from './cn';
import { toast } from './toast';

const SHOWN_MS = 1_500;

interface CopyButtonProps {
  readonly text: string;
  /** What is copied: "Copy address". */
  readonly label: string;
  readonly className?: string;
}

export const CopyButton = ({ text, label, className }: CopyButtonProps) => {
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setIsCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setIsCopied(true);
    } catch {
      toast.error('The browser does not let this page write to the clipboard.');
    }
  };
  return (
    <Button
      variant="ghost"
      size="iconSm"
      aria-label={isCopied ? 'Copied' : label}
      className={cn('size-6 text-fg-3 [&_svg]:size-3.5', className)}
      onClick={() => void copy()}
    >
      {isCopied ? <Check aria-hidden className="text-ok" /> : <Copy aria-hidden />}
    </Button>
  );
};

/** A text in the fixed font that can be copied: addresses, commands, tokens. */
export const CopyText = ({ text, label, className }: CopyButtonProps) => (
  <span className={cn('inline-flex min-w-0 items-center gap-1', className)}>
    <code className="truncate font-mono text-xs">{text}</code>
    <CopyButton text={text} label={label} />
  </span>
);
