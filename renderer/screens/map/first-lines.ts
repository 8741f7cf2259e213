import { exampleFor } from '../tune/example-text.ts';

/** Lines that candidates speak unless a person writes others. */
export function firstLines(): string[] {
  return [exampleFor('en')];
}
