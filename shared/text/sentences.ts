/** A sentence of a text: index of its first character and of the one after its last (UTF-16). */
export interface Sentence {
  at: number;
  end: number;
}

/** The sentences of a text, one after the other. */
export function sentencesOf(text: string, language: string | null = null): Sentence[] {
  const segmenter = new Intl.Segmenter(language ?? undefined, { granularity: 'sentence' });
  return [...segmenter.segment(text)].map(({ index, segment }) => ({ at: index, end: index + segment.length }));
}
