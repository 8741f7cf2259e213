import { useMemo } from 'react';
import { type PlannedCounts, planOf } from '../../../../shared/listening/plan.ts';
import { powerOfOne, powerOverListeners, RATES } from '../../../stores/listening/power.ts';
import room from './blind-room.module.css';

const percent = (rate: number) => `${Math.round(rate * 100)} %`;

/** What a test with so many trials and listeners can show: the hits it needs, and whom it would find. */
export function PlanWords({ counts, listeners }: { counts: PlannedCounts; listeners: number }) {
  const { method, texts, trials, rounds, slots } = counts;
  const plan = useMemo(
    () => planOf({ method, texts, trials, rounds, slots }, listeners),
    [method, texts, trials, rounds, slots, listeners],
  );
  if (texts === 0) return null;
  if (method === 'rating' || method === 'mushra') {
    const [wide, narrow] = plan.widths;
    return (
      <>
        {plan.warning && <Warning words={plan.warning} />}
        {plan.halfWidth !== null && (
          <p className={room.line}>
            {`A mean is to be expected within ±${plan.halfWidth.toFixed(0)} points, if ratings of one slot scatter by about 20 points between ${listeners > 1 ? 'listeners' : 'texts'}.`}
          </p>
        )}
        {wide && narrow && (
          <p className={room.line}>
            {`For ±${wide.points} points about ${wide.needed} listeners are needed, for ±${narrow.points} points about ${narrow.needed}.`}
          </p>
        )}
      </>
    );
  }
  const sides = method === 'abx' ? 1 : 2;
  return (
    <>
      {plan.warning && <Warning words={plan.warning} />}
      {plan.needed !== null && (
        <p className={room.line}>
          {method === 'abx'
            ? `From ${plan.needed} right answers of ${plan.trials} on, a listener is found to hear a difference (5 % level, one-sided).`
            : `From ${plan.needed} of ${plan.trials} for one of the two on, a preference is found (5 % level, two-sided). “No difference” is counted and shown, and left out of the test: each one makes it weaker.`}
        </p>
      )}
      <PowerTable trials={plan.trials} listeners={listeners} sides={sides} />
    </>
  );
}

function Warning({ words }: { words: string }) {
  return (
    <p className={room.warn} role="alert">
      {words}
    </p>
  );
}

function PowerTable({ trials, listeners, sides }: { trials: number; listeners: number; sides: 1 | 2 }) {
  const one = powerOfOne(trials, sides);
  const over = useMemo(() => powerOverListeners(listeners, trials, sides), [listeners, trials, sides]);
  return (
    <table className={room.table} style={{ maxWidth: 560 }}>
      <thead>
        <tr>
          <th scope="col">{sides === 1 ? 'Who is right' : 'Who prefers one of the two'}</th>
          {RATES.map((rate) => (
            <th key={rate} scope="col" data-right>
              {`${percent(rate)} of the time`}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <tr>
          <td>one listener is found</td>
          {one.map((power, index) => (
            <td key={RATES[index]} data-right>
              {percent(power)}
            </td>
          ))}
        </tr>
        {over !== null && (
          <tr>
            <td>{`${listeners} listeners together are found`}</td>
            {over.found.map((power, index) => (
              <td key={RATES[index]} data-right>
                {`${over.exactly ? '' : '≥ '}${percent(power)}`}
              </td>
            ))}
          </tr>
        )}
      </tbody>
    </table>
  );
}
