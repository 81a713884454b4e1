'use client';

import { type ReactNode, useEffect, useRef, useState } from 'react';

/**
 * Scrolls sideways what is wider than the page. While there is something to scroll it takes the focus, so that the arrow
 * keys reach what is hidden; otherwise it is no stop on the way of the Tab key.
 */
export const ScrollX = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => {
  const box = useRef<HTMLElement>(null);
  const [isWide, setIsWide] = useState(false);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const measure = (): void => setIsWide(element.scrollWidth > element.clientWidth);
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    for (const child of element.children) observer.observe(child);
    return () => observer.disconnect();
  }, []);
  return (
    <section
      ref={box}
      aria-label={isWide ? `${label}, scrolls sideways` : undefined}
      tabIndex={isWide ? 0 : undefined}
      className="relative overflow-x-auto rounded-[inherit] focus-visible:outline-offset-[-2px]"
    >
      {children}
    </section>
  );
};
