import { TakesPanel } from '../takes/takes-panel.tsx';

/** Text, voice, controls; below them the takes. */
export function TuneScreen() {
  return <TakesPanel />;
}
