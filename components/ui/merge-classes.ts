import { createTailwindMerge, validators } from 'tailwind-merge';

const { isAny, isArbitraryLength, isArbitraryVariableLength, isArbitraryVariableSize, isNumber } = validators;

/** `name`, or `name-` and anything. */
const group = (name: string) => [name, [{ [name]: ['', isAny] }]] as const;
const groups = (...names: readonly string[]) => Object.fromEntries(names.map(group));
const sided = (name: string, sides: readonly string[]): readonly string[] => sides.map((side) => `${name}${side}`);
/** What a shorthand of a box takes back: its axes and sides. */
const sides = (name: string) => ({
  [name]: sided(name, ['x', 'y', 't', 'r', 'b', 'l']),
  [`${name}x`]: sided(name, ['r', 'l']),
  [`${name}y`]: sided(name, ['t', 'b']),
});

const LENGTHS = [isNumber, isArbitraryLength, isArbitraryVariableLength, isArbitraryVariableSize];
const WIDTHS = ['', ...LENGTHS];
const BOX = ['', 'x', 'y', 't', 'r', 'b', 'l'];

/**
 * Of the classes that set the same thing the last one stays. Knows the properties that the console's classes set, and not
 * all of Tailwind's, which would be six kilobytes more on every page; a test compares it with those.
 */
export const mergeClasses = createTailwindMerge(() => ({
  cacheSize: 500,
  theme: {},
  classGroups: {
    display: [
      'block',
      'inline-block',
      'inline',
      'flex',
      'inline-flex',
      'table',
      'grid',
      'inline-grid',
      'contents',
      'hidden',
    ],
    position: ['static', 'fixed', 'absolute', 'relative', 'sticky'],
    sr: ['sr-only', 'not-sr-only'],
    'flex-direction': [{ flex: ['row', 'row-reverse', 'col', 'col-reverse'] }],
    'flex-wrap': [{ flex: ['nowrap', 'wrap', 'wrap-reverse'] }],
    ...groups(...sided('p', BOX), ...sided('m', BOX)),
    ...groups('gap', 'gap-x', 'gap-y', 'size', 'w', 'h', 'min-w', 'min-h', 'max-w', 'max-h', 'z', 'grow', 'shrink'),
    ...groups('inset', 'inset-x', 'inset-y', 'top', 'right', 'bottom', 'left', 'overflow', 'overflow-x', 'overflow-y'),
    ...groups(
      'grid-cols',
      'justify',
      'items',
      'self',
      'leading',
      'tracking',
      'whitespace',
      'break',
      'wrap',
      'line-clamp',
    ),
    ...groups(
      'bg',
      'rounded',
      'rounded-t',
      'rounded-b',
      'opacity',
      'cursor',
      'select',
      'animate',
      'duration',
      'transition',
    ),
    ...groups('translate-x', 'translate-y', 'accent', 'underline-offset', 'touch', 'resize', 'scroll-mt', 'col-span'),
    ...groups('order', 'divide-x', 'divide-y', 'list', 'appearance', 'align', 'row-span', 'pointer-events'),
    'fvn-spacing': ['tabular-nums', 'proportional-nums'],
    'table-layout': [{ table: ['auto', 'fixed'] }],
    'decoration-style': [{ decoration: ['solid', 'double', 'dotted', 'dashed', 'wavy'] }],
    'decoration-color': [{ decoration: [isAny] }],
    'font-size': [{ text: ['2xs', 'xs', 'sm', 'base', 'lg', 'xl', '2xl', '3xl', ...LENGTHS] }],
    'text-align': [{ text: ['left', 'center', 'right'] }],
    'text-wrap': [{ text: ['balance', 'nowrap', 'pretty', 'wrap'] }],
    'text-color': [{ text: [isAny] }],
    'text-overflow': ['truncate'],
    'text-decoration': ['underline', 'no-underline', 'line-through'],
    'text-transform': ['uppercase', 'lowercase', 'capitalize', 'normal-case'],
    'font-weight': [{ font: ['normal', 'medium', 'semibold', 'bold'] }],
    'font-family': [{ font: ['sans', 'mono'] }],
    'border-style': [{ border: ['solid', 'dashed', 'dotted', 'none'] }],
    'border-spacing': [{ 'border-spacing': [isAny] }],
    'border-collapse': [{ border: ['collapse', 'separate'] }],
    ...Object.fromEntries(
      BOX.map((side) => [`border-w${side}`, [side === '' ? { border: WIDTHS } : { [`border-${side}`]: WIDTHS }]]),
    ),
    'border-color': [{ border: [isAny] }],
    'outline-w': [{ outline: LENGTHS }],
    'outline-offset': [{ 'outline-offset': [isAny] }],
    'outline-style': [{ outline: ['none', 'hidden', 'solid', 'dashed'] }],
    'outline-color': [{ outline: [isAny] }],
    'ring-w': [{ ring: WIDTHS }],
    'ring-color': [{ ring: [isAny] }],
    shadow: [{ shadow: ['', 'none', 'sm', 'md', 'lg'] }],
    'shadow-color': [{ shadow: [isAny] }],
  },
  conflictingClassGroups: {
    ...sides('p'),
    ...sides('m'),
    ...sides('border-w'),
    gap: ['gap-x', 'gap-y'],
    size: ['w', 'h'],
    inset: ['inset-x', 'inset-y', 'top', 'right', 'bottom', 'left'],
    'inset-x': ['right', 'left'],
    'inset-y': ['top', 'bottom'],
    overflow: ['overflow-x', 'overflow-y'],
    rounded: ['rounded-t', 'rounded-b'],
    'font-size': ['leading'],
    'line-clamp': ['display', 'overflow'],
  },
  conflictingClassGroupModifiers: { 'font-size': ['leading'] },
  orderSensitiveModifiers: [
    '*',
    '**',
    'after',
    'before',
    'file',
    'first-letter',
    'first-line',
    'marker',
    'placeholder',
  ],
}));
