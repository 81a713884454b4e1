'use client';

import { ChevronLeft, ChevronRight, Pause, Radio } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Segmented } from '@/components/ui/segmented';
import { type ChartWindow, RANGES, shiftWindow } from './ranges';

interface WindowBarProps {
  readonly window: ChartWindow;
  readonly onChange: (window: ChartWindow) => void;
}

/** Which stretch of time the charts show, and whether it goes with the time. */
export const WindowBar = ({ window, onChange }: WindowBarProps) => {
  const isLive = window.endMs === null;
  return (
    <>
      <Segmented
        label="Time"
        value={window.range}
        onValueChange={(range) => onChange({ ...window, range })}
        options={RANGES.map(({ value, label }) => ({ value, label }))}
      />
      <span className="flex items-center gap-1">
        <Button
          size="iconSm"
          variant="ghost"
          aria-label="Earlier"
          onClick={() => onChange(shiftWindow(window, -1, Date.now()))}
        >
          <ChevronLeft aria-hidden />
        </Button>
        <Button
          size="sm"
          aria-pressed={isLive}
          onClick={() => onChange({ ...window, endMs: isLive ? Date.now() : null })}
        >
          {isLive ? <Radio aria-hidden className="text-ok" /> : <Pause aria-hidden />} Live
        </Button>
        <Button
          size="iconSm"
          variant="ghost"
          aria-label="Later"
          disabled={isLive}
          onClick={() => onChange(shiftWindow(window, 1, Date.now()))}
        >
          <ChevronRight aria-hidden />
        </Button>
      </span>
    </>
  );
};
