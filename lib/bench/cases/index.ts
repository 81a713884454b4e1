import type { BenchCase } from '../types';
import { backtest } from './backtest';
import { billing } from './billing';
import { clone } from './clone';
import { consolePages } from './console';
import { crash } from './crash';
import { disturbances, pauses } from './disturbances';
import { losses, nodeLoss } from './losses';
import { move } from './move';
import { planned } from './planned';
import { policies } from './policies';
import { resize } from './resize';
import { soakConsole } from './soak';
import { takeover } from './takeover';

const CASES: readonly BenchCase[] = [
  clone,
  resize,
  planned,
  move,
  crash,
  takeover,
  disturbances,
  pauses,
  nodeLoss,
  losses,
  policies,
  backtest,
  billing,
  consolePages,
  soakConsole,
];

/** All cases, or those named in a list separated by commas. Throws on a name that is none. */
export const findCases = (only: string | undefined): readonly BenchCase[] => {
  if (only === undefined) return CASES;
  return only.split(',').map((name) => {
    const found = CASES.find((bench) => bench.name === name);
    if (found === undefined)
      throw new Error(`There is no case ${name}. There are: ${CASES.map((bench) => bench.name).join(', ')}.`);
    return found;
  });
};
