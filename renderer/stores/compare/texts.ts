import { MOST_TEXTS } from '../../../shared/schemas/comparison.ts';
import { changeComparison, useComparisons } from './comparisons.ts';
import { currentText, useCompareView } from './slots.ts';

/** Shows another text of the list. What plays of the one before is followed in `listen.ts`. */
export function showText(textId: string): void {
  useCompareView.setState({ textId });
}

/** Shows the next or the one before. @returns false where there is none */
export function stepText(by: -1 | 1): boolean {
  const { current } = useComparisons.getState();
  const shown = currentText(current, useCompareView.getState().textId);
  const place = current?.texts.findIndex(({ id }) => id === shown?.id) ?? -1;
  const next = current?.texts[place + by];
  if (place < 0 || next === undefined) return false;
  showText(next.id);
  return true;
}

/** Changes a text. Its takes stay where they are, marked as of another text, until they are rendered again. */
export function changeText(textId: string, text: string): void {
  const { current } = useComparisons.getState();
  if (current === null) return;
  changeComparison({ texts: current.texts.map((one) => (one.id === textId ? { ...one, text } : one)) });
}

/** Adds texts after the others and shows the first of them. @returns how many found room */
export function addTexts(texts: readonly string[]): number {
  const { current } = useComparisons.getState();
  if (current === null) return 0;
  const added = texts.slice(0, MOST_TEXTS - current.texts.length).map((text) => ({ id: crypto.randomUUID(), text }));
  if (added.length === 0) return 0;
  changeComparison({ texts: [...current.texts, ...added] });
  showText(added[0]?.id ?? '');
  return added.length;
}

/** Removes a text, unless it is the only one. @returns what brings it back; its takes are where they were */
export function removeText(textId: string): () => void {
  const { current } = useComparisons.getState();
  const place = current?.texts.findIndex(({ id }) => id === textId) ?? -1;
  const text = current?.texts[place];
  if (!current || text === undefined || current.texts.length === 1) return () => undefined;
  const texts = current.texts.toSpliced(place, 1);
  changeComparison({ texts });
  if (useCompareView.getState().textId === textId) showText(texts[Math.min(place, texts.length - 1)]?.id ?? '');
  return () => {
    const now = useComparisons.getState().current;
    if (now?.id !== current.id || now.texts.length >= MOST_TEXTS) return;
    changeComparison({ texts: now.texts.toSpliced(place, 0, text) });
    showText(textId);
  };
}
