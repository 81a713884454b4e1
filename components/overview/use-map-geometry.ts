'use client';

import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

interface Point {
  readonly x: number;
  readonly y: number;
}

type Mark = 'vm' | 'vip';

/** Marks on the map that others are drawn to: `data-map-vm` has a VM's name, `data-map-vip` a cluster's. */
const marksOf = (map: HTMLElement, mark: Mark): readonly (readonly [string, HTMLElement])[] =>
  [...map.querySelectorAll<HTMLElement>(`[data-map-${mark}]`)].map((element) => [
    element.getAttribute(`data-map-${mark}`) ?? '',
    element,
  ]);

/** The middle of an element's upper edge within the map, as it is laid out: what moves on the screen counts where it will be. */
const placeOf = (element: HTMLElement, map: HTMLElement): Point => {
  let [x, y] = [element.offsetWidth / 2, 0];
  for (let part: Element | null = element; part instanceof HTMLElement && part !== map; part = part.offsetParent) {
    x += part.offsetLeft;
    y += part.offsetTop;
  }
  return { x, y };
};

const samePoints = (a: ReadonlyMap<string, Point>, b: ReadonlyMap<string, Point>): boolean =>
  a.size === b.size && [...a].every(([name, { x, y }]) => b.get(name)?.x === x && b.get(name)?.y === y);

/** Where the VMs' marks are within the map, kept true as things move and the window changes. Empty unless `isNeeded`. */
export const useMapPoints = (
  map: RefObject<HTMLElement | null>,
  drawn: unknown,
  isNeeded: boolean,
): ReadonlyMap<string, Point> => {
  const [points, setPoints] = useState<ReadonlyMap<string, Point>>(new Map());
  const measure = useCallback((): void => {
    if (map.current === null) return;
    const marks = isNeeded ? marksOf(map.current, 'vm') : [];
    const within = map.current;
    const measured = new Map(marks.map(([name, element]) => [name, placeOf(element, within)]));
    setPoints((before) => (samePoints(before, measured) ? before : measured));
  }, [map, isNeeded]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured again whenever something else is drawn
  useLayoutEffect(measure, [measure, drawn]);
  useEffect(() => {
    if (map.current === null) return;
    const observer = new ResizeObserver(measure);
    observer.observe(map.current);
    return () => observer.disconnect();
  }, [map, measure]);
  return points;
};

const FLIGHT_MS = 900;

interface Perch {
  readonly vm: string | null;
  readonly at: Point;
}

/** A VIP that another VM holds now flies there from where it was; whoever wants less motion sees it at its new place. */
export const useVipFlight = (map: RefObject<HTMLElement | null>, drawn: unknown): void => {
  const before = useRef<ReadonlyMap<string, Perch>>(new Map());
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at whenever something else is drawn
  useLayoutEffect(() => {
    const within = map.current;
    if (within === null) return;
    const isStill = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    const now = new Map<string, Perch>();
    for (const [cluster, element] of marksOf(within, 'vip')) {
      const to: Perch = {
        vm: element.closest('[data-map-vm]')?.getAttribute('data-map-vm') ?? null,
        at: placeOf(element, within),
      };
      now.set(cluster, to);
      const from = before.current.get(cluster);
      if (isStill || from === undefined || from.vm === to.vm) continue;
      const [dx, dy] = [from.at.x - to.at.x, from.at.y - to.at.y];
      element.animate([{ transform: `translate(${dx}px, ${dy}px) scale(1.25)` }, { transform: 'none' }], {
        duration: FLIGHT_MS,
        easing: 'cubic-bezier(0.4, 0, 0.2, 1)',
      });
    }
    before.current = new Map([...before.current, ...now]);
  }, [map, drawn]);
};
