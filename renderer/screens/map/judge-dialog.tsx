import { nameJudge, useJudge } from '../../stores/mapping/judge.ts';
import { rowOf } from '../../stores/mapping/mappings.ts';
import { NameDialog } from '../projects/name-dialog.tsx';
import { judgeRow } from './deeds.tsx';

/** Asks once who listens, before the first verdict is filed. */
export function JudgeDialog() {
  const waiting = useJudge((state) => state.waiting);
  return (
    <NameDialog
      opened={waiting !== null}
      title="Who is listening?"
      label="Your name stands beside your verdicts"
      value=""
      action="Go on"
      longest={120}
      mayBeEmpty
      onClose={() => useJudge.setState({ waiting: null })}
      onName={async (name) => {
        nameJudge(name);
        const row = rowOf(waiting?.rowId ?? null);
        if (row && waiting) await judgeRow(row, waiting.verdict, waiting.note);
      }}
    />
  );
}
