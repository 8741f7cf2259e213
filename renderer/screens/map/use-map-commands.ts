import { useEffect } from 'react';
import { provideCommand } from '../../stores/commands.ts';
import { flipSides, hearSide, playOrPausePair } from '../../stores/mapping/hear-pair.ts';
import { currentRow, openDialog, stepRow } from '../../stores/mapping/map-view.ts';
import { useMappings } from '../../stores/mapping/mappings.ts';
import { cancelLine } from '../../stores/mapping/render-line.ts';
import { beginAdjusting } from '../../stores/mapping/rows.ts';
import { stopPlaying } from '../../stores/transport.ts';
import { judgeCurrent } from './deeds.tsx';

/** Presses the button that renders the line: what it costs stands on it. */
const pressRender = () => document.querySelector<HTMLElement>('[data-render-line]')?.click();

/** Keys that mean something of their own here. */
export function useMapCommands(): void {
  useEffect(() => {
    const hasRows = () => (useMappings.getState().current?.rows.length ?? 0) > 0;
    const adjust = () => {
      const row = currentRow();
      if (row) beginAdjusting(row.choice ?? row.proposal?.candidates[0] ?? null);
    };
    const stops = [
      provideCommand('play', playOrPausePair),
      provideCommand('stop', stopPlaying),
      provideCommand('slot-1', () => hearSide('old')),
      provideCommand('slot-2', () => hearSide('new')),
      provideCommand('flip', flipSides),
      provideCommand('next-take', () => stepRow(1)),
      provideCommand('previous-take', () => stepRow(-1)),
      provideCommand('approve', () => judgeCurrent('approved')),
      provideCommand('reject', () => judgeCurrent('rejected')),
      provideCommand('later', () => judgeCurrent('later')),
      provideCommand('render', pressRender),
      provideCommand('another-take', pressRender),
      provideCommand('cancel', cancelLine),
      provideCommand('voices', adjust),
      provideCommand('find-nearest', () => hasRows() && openDialog('find')),
      provideCommand('export', () => hasRows() && openDialog('export')),
    ];
    return () => {
      for (const end of stops) end();
    };
  }, []);
}
