'use client';

import { useEffect, useState } from 'react';
import { onDemand, useOnDemand } from './on-demand';

const ATTRIBUTE = 'data-tooltip';
const DELAY_MS = 250;
/** So long the pointer may be on its way from the element to the tooltip. */
const LEAVE_MS = 120;

const BUBBLE = onDemand(async () => (await import('./tooltip-bubble')).TooltipBubble);

/** To be spread on an element; what it says, in lines, must not be said by the tooltip alone. */
export const withTooltip = (...lines: readonly string[]) => ({ [ATTRIBUTE]: lines.join('\n') });

const ownerOf = (target: EventTarget | null): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>(`[${ATTRIBUTE}]`) : null;

/**
 * Once, in the root layout: shows the tooltip of whatever element of the page has one, when it is pointed at or gets the
 * focus by a key. One for all of them, since a list has hundreds.
 */
export const Tooltips = () => {
  const { code: Bubble, ask } = useOnDemand(BUBBLE);
  const [owner, setOwner] = useState<HTMLElement | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const later = (next: HTMLElement | null, delayMs: number): void => {
      clearTimeout(timer);
      timer = setTimeout(() => setOwner(next), delayMs);
    };
    const enter = (event: Event, delayMs: number): void => {
      // What is pointed at in the tooltip itself keeps it.
      if (event.target instanceof Element && event.target.closest('[role="tooltip"]') !== null) {
        clearTimeout(timer);
        return;
      }
      const next = ownerOf(event.target);
      if (next !== null) ask();
      later(next, next === null ? LEAVE_MS : delayMs);
    };
    const onOver = (event: PointerEvent): void => {
      if (event.pointerType !== 'touch') enter(event, DELAY_MS);
    };
    const onFocus = (event: FocusEvent): void => {
      if (event.target instanceof Element && event.target.matches(':focus-visible')) enter(event, 0);
    };
    const onLeave = (): void => later(null, LEAVE_MS);
    const onDown = (): void => later(null, 0);
    document.addEventListener('pointerover', onOver);
    document.addEventListener('focusin', onFocus);
    document.addEventListener('focusout', onLeave);
    document.addEventListener('pointerdown', onDown);
    document.documentElement.addEventListener('pointerleave', onLeave);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('pointerover', onOver);
      document.removeEventListener('focusin', onFocus);
      document.removeEventListener('focusout', onLeave);
      document.removeEventListener('pointerdown', onDown);
      document.documentElement.removeEventListener('pointerleave', onLeave);
    };
  }, [ask]);
  const text = owner?.getAttribute(ATTRIBUTE) ?? null;
  if (Bubble === null || owner === null || text === null) return null;
  return <Bubble owner={owner} lines={text.split('\n')} onClose={() => setOwner(null)} />;
};
