'use client';

import { FitAddon } from '@xterm/addon-fit';
import { Terminal as XTerm } from '@xterm/xterm';
import { useEffect, useRef } from 'react';
import '@xterm/xterm/css/xterm.css';
import { apiPost } from '@/components/live/api';
import { createTypist } from './typist';

interface TerminalProps {
  readonly consoleId: string;
  readonly canType: boolean;
  readonly onClosed: (consoleId: string, reason: string) => void;
  readonly onError: (message: string) => void;
}

const FONT_SIZE = 12;
const SCROLLBACK_LINES = 5_000;

/** A terminal is dark in both themes: that is what guests paint for. Text 15:1 on its ground. */
const THEME = { background: '#101014', foreground: '#e7e7ea', cursor: '#e7e7ea', selectionBackground: '#3b4a6b' };

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** What a guest prints on its serial line, followed live; what is typed goes there. */
export const Terminal = ({ consoleId, canType, onClosed, onError }: TerminalProps) => {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const terminal = new XTerm({
      disableStdin: !canType,
      screenReaderMode: true,
      fontFamily: getComputedStyle(element).fontFamily,
      fontSize: FONT_SIZE,
      scrollback: SCROLLBACK_LINES,
      theme: THEME,
    });
    const fit = new FitAddon();
    terminal.loadAddon(fit);
    terminal.open(element);
    const observer = new ResizeObserver(() => fit.fit());
    observer.observe(element);
    if (canType) terminal.focus();

    const base = `/consoles/${encodeURIComponent(consoleId)}`;
    const typist = createTypist(
      (data) => apiPost(`${base}/input`, { data }),
      (error) => onError(messageOf(error)),
    );
    const typing = terminal.onData((data) => canType && typist.type(data));
    // Comes back by itself, and goes on where it was.
    const stream = new EventSource(`/api/v1${base}/output`);
    stream.addEventListener('output', (event) => terminal.write(JSON.parse(event.data).text));
    stream.addEventListener('closed', (event) => {
      stream.close();
      onClosed(consoleId, JSON.parse(event.data).reason);
    });
    return () => {
      stream.close();
      typing.dispose();
      observer.disconnect();
      terminal.dispose();
    };
  }, [consoleId, canType, onClosed, onError]);
  return <div ref={place} data-testid="terminal" className="h-full w-full font-mono" />;
};
