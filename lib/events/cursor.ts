/** Position in the event outbox: (transaction, row). */
export interface EventCursor {
  readonly xid: bigint;
  readonly id: bigint;
}

export const formatCursor = (cursor: EventCursor): string => `${cursor.xid}-${cursor.id}`;

/** Null when the text is no cursor. */
export const parseCursor = (text: string): EventCursor | null => {
  const match = /^(\d{1,19})-(\d{1,18})$/.exec(text);
  if (match?.[1] === undefined || match[2] === undefined) return null;
  return { xid: BigInt(match[1]), id: BigInt(match[2]) };
};

export const isAfter = (a: EventCursor, b: EventCursor): boolean => (a.xid === b.xid ? a.id > b.id : a.xid > b.xid);
