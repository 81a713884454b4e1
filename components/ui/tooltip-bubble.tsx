'use client';

import { Popover } from 'radix-ui';
import { useEffect, useId, useMemo } from 'react';

interface TooltipBubbleProps {
  readonly owner: HTMLElement;
  readonly lines: readonly string[];
  readonly onClose: () => void;
}

const keepFocus = (event: Event): void => event.preventDefault();

/** A popover that never takes the focus, and describes its owner while it is there. */
export const TooltipBubble = ({ owner, lines, onClose }: TooltipBubbleProps) => {
  const id = useId();
  const anchor = useMemo(() => ({ current: owner }), [owner]);
  useEffect(() => {
    const before = owner.getAttribute('aria-describedby');
    owner.setAttribute('aria-describedby', before === null ? id : `${before} ${id}`);
    return () => {
      if (before === null) owner.removeAttribute('aria-describedby');
      else owner.setAttribute('aria-describedby', before);
    };
  }, [owner, id]);
  return (
    <Popover.Root open onOpenChange={onClose}>
      <Popover.Anchor virtualRef={anchor} />
      <Popover.Portal>
        <Popover.Content
          role="tooltip"
          id={id}
          side="top"
          sideOffset={6}
          collisionPadding={8}
          onOpenAutoFocus={keepFocus}
          onCloseAutoFocus={keepFocus}
          className="z-60 max-w-72 animate-in rounded-md bg-fg px-2 py-1 text-canvas text-xs"
        >
          {lines.map((line) => (
            <span key={line} className="block">
              {line}
            </span>
          ))}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
};
