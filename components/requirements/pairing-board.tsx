'use client';

import {
  type Announcements,
  DndContext,
  type DragEndEvent,
  KeyboardCode,
  type KeyboardCoordinateGetter,
  KeyboardSensor,
  PointerSensor,
  useDraggable,
  useDroppable,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import { ArrowRight, GripVertical } from 'lucide-react';
import type { ReactNode } from 'react';
import { Term } from '@/components/terms/term';
import { cn } from '@/components/ui/cn';
import type { Pair } from '@/lib/domain/requirements';
import { pairWith } from './change-request';
import type { PairingSlot, Successor } from './pairing';

const POOL = 'pool';
const NO_MOTION = null;

/** Arrow keys go from place to place, in the order in which they stand; `Escape` takes the drag back. */
const fromPlaceToPlace: KeyboardCoordinateGetter = (event, { context }) => {
  const isForward = event.code === KeyboardCode.Down || event.code === KeyboardCode.Right;
  const isBack = event.code === KeyboardCode.Up || event.code === KeyboardCode.Left;
  if (!isForward && !isBack) return undefined;
  event.preventDefault();
  const places = context.droppableContainers.getEnabled().map(({ id }) => id);
  const here = context.over === null ? -1 : places.indexOf(context.over.id);
  const next = places[(here + (isForward ? 1 : -1) + places.length) % places.length];
  const rect = next === undefined ? undefined : context.droppableRects.get(next);
  return rect === undefined ? undefined : { x: rect.left + 4, y: rect.top + 2 };
};

const placeText = (id: string | number): string =>
  id === POOL ? 'those that the planner pairs' : `the place of ${id}`;

const ANNOUNCEMENTS: Announcements = {
  onDragStart: ({ active }) => `${active.id} is picked up. Arrow keys choose whose place it takes.`,
  onDragOver: ({ active, over }) => (over === null ? undefined : `${active.id} is over ${placeText(over.id)}.`),
  onDragEnd: ({ active, over }) =>
    over === null ? `${active.id} stays where it was.` : `${active.id} was put to ${placeText(over.id)}.`,
  onDragCancel: ({ active }) => `${active.id} stays where it was.`,
};

const INSTRUCTIONS = {
  draggable:
    'Press space to pick this VM up, arrow keys to choose the node that it succeeds, space to put it there, escape to leave it.',
};

const Token = ({ successor }: { readonly successor: Successor }) => {
  const { attributes, listeners, setNodeRef, transform, isDragging } = useDraggable({ id: successor.name });
  return (
    <button
      type="button"
      ref={setNodeRef}
      {...attributes}
      {...listeners}
      title={successor.hint}
      className={cn(
        'inline-flex h-7 touch-none items-center gap-1 rounded-sm border border-accent/50 bg-accent-soft px-1.5 text-accent-text text-xs pointer-coarse:h-9',
        isDragging ? 'relative z-10 cursor-grabbing shadow-pop' : 'cursor-grab',
      )}
      style={transform === NO_MOTION ? undefined : { transform: `translate(${transform.x}px, ${transform.y}px)` }}
    >
      <GripVertical aria-hidden className="size-3" />
      {successor.name}
    </button>
  );
};

const Place = ({
  id,
  label,
  children,
}: {
  readonly id: string;
  readonly label: string;
  readonly children: ReactNode;
}) => {
  const { isOver, setNodeRef } = useDroppable({ id });
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has a look and a meaning of its own
    <div
      ref={setNodeRef}
      role="group"
      aria-label={label}
      className={cn(
        'flex min-h-9 min-w-0 grow flex-wrap items-center gap-1 rounded-md border border-dashed px-1.5 py-1',
        isOver ? 'border-accent bg-accent-soft/50' : 'border-line-strong',
      )}
    >
      {children}
    </div>
  );
};

interface PairingBoardProps {
  readonly slots: readonly PairingSlot[];
  readonly successors: readonly Successor[];
  readonly pairing: readonly Pair[];
  readonly onChange: (pairing: readonly Pair[]) => void;
  readonly error: string | undefined;
}

/** Who hands over to whom: new VMs are dragged to the nodes that they succeed, with the pointer or by keyboard. */
export const PairingBoard = ({ slots, successors, pairing, onChange, error }: PairingBoardProps) => {
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: fromPlaceToPlace }),
  );
  const paired = new Set(pairing.map(({ to }) => to));
  const drop = ({ active, over }: DragEndEvent): void => {
    if (over === null) return;
    const name = String(active.id);
    const without = pairing.filter(({ to }) => to !== name);
    onChange(over.id === POOL ? without : pairWith(without, String(over.id), name));
  };
  return (
    <DndContext
      id="pairing"
      sensors={sensors}
      onDragEnd={drop}
      accessibility={{ announcements: ANNOUNCEMENTS, screenReaderInstructions: INSTRUCTIONS }}
    >
      <div className="flex flex-col gap-2">
        {error !== undefined && (
          <p role="alert" className="text-bad text-xs">
            {error}
          </p>
        )}
        <p className="text-fg-3 text-xs">
          <Term name="pairing" />: drag a new node to the one it takes over from, or leave it to the planner.
        </p>
        <Place id={POOL} label="Paired by the planner">
          <span aria-hidden className="px-1 text-fg-3 text-xs">
            Planner:
          </span>
          {successors
            .filter(({ name }) => !paired.has(name))
            .map((successor) => (
              <Token key={successor.name} successor={successor} />
            ))}
          {successors.every(({ name }) => paired.has(name)) && (
            <span className="px-1 text-fg-3 text-xs">none left, all are paired</span>
          )}
        </Place>
        <ul className="flex flex-col gap-1.5">
          {slots.map(({ from, host, to, planned }) => (
            <li key={from} className="flex min-w-0 items-center gap-2 text-xs">
              <span className="w-28 shrink-0 truncate text-fg">
                {from} <span className="text-fg-3">{host}</span>
              </span>
              <ArrowRight aria-label="hands over to" className="size-3.5 shrink-0 text-fg-3" />
              <Place id={from} label={`${from} hands over to`}>
                {to === null ? (
                  <span className="px-1 text-fg-3">
                    {planned === null ? 'as the planner proposes' : `${planned}, as the planner proposes`}
                  </span>
                ) : (
                  <Token successor={{ name: to, hint: planned ?? to }} />
                )}
              </Place>
            </li>
          ))}
        </ul>
      </div>
    </DndContext>
  );
};
