import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { MOST_LINES, type WholeMapping } from '../../../shared/schemas/mapping.ts';
import { MAX_TEXT_CHARACTERS } from '../../../shared/schemas/take.ts';
import { changeMapping } from '../../stores/mapping/mappings.ts';
import { tellFault } from '../takes/notices.tsx';

/** Lines of a text, without those that are empty. */
export function linesOfText(text: string): string[] {
  return text
    .split(/\r?\n/u)
    .map((line) => line.trim().slice(0, MAX_TEXT_CHARACTERS))
    .filter((line) => line !== '')
    .slice(0, MOST_LINES);
}

/** The lines that candidates speak, which a person may write. */
export function LinesField({ mapping }: { mapping: WholeMapping }) {
  const [typed, setTyped] = useState<string | null>(null);
  const keep = () => {
    const lines = linesOfText(typed ?? '');
    setTyped(null);
    if (lines.length === 0 || lines.join('\n') === mapping.lines.join('\n')) return;
    changeMapping({ lines }).catch((thrown) => tellFault(thrown, 'The lines were not kept'));
  };
  if (typed === null) {
    return (
      <Button variant="subtle" color="gray" onClick={() => setTyped(mapping.lines.join('\n'))}>
        of {mapping.lines.length}: read or change them…
      </Button>
    );
  }
  return (
    <Textarea
      w="100%"
      autosize
      minRows={3}
      maxRows={8}
      autoFocus
      aria-label="Lines that candidates speak, one in each row"
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={keep}
    />
  );
}
