import type { CloneLimits } from '../../../../shared/schemas/connection.ts';
import { bytesWords } from '../../takes/take-words.ts';

function listed(words: readonly string[]): string {
  const last = words.at(-1);
  if (last === undefined) return '';
  return words.length === 1 ? last : `${words.slice(0, -1).join(', ')} or ${last}`;
}

const typeWords = (types: readonly string[]) => listed(types.map((type) => type.toUpperCase()));

/** What a recording must be: “WAV or MP3, 5 to 30 seconds long, at most 10 MB.” */
export function cloneLimitWords({ types, mostBytes, leastSeconds, mostSeconds }: CloneLimits): string {
  const words: string[] = [];
  if (types.length > 0) words.push(typeWords(types));
  if (leastSeconds !== null && mostSeconds !== null) words.push(`${leastSeconds} to ${mostSeconds} seconds long`);
  else if (leastSeconds !== null) words.push(`at least ${leastSeconds} seconds long`);
  else if (mostSeconds !== null) words.push(`at most ${mostSeconds} seconds long`);
  if (mostBytes !== null) words.push(`at most ${bytesWords(mostBytes)}`);
  return words.length === 0 ? 'Any recording of one voice.' : `${words.join(', ')}.`;
}

/** Why a file cannot become a voice, as far as its name and size tell; null where nothing speaks against it. */
export function recordingFault({ name, size }: Pick<File, 'name' | 'size'>, limits: CloneLimits): string | null {
  if (size === 0) return 'This file is empty.';
  const type = name.includes('.') ? name.slice(name.lastIndexOf('.') + 1).toLowerCase() : '';
  if (limits.types.length > 0 && !limits.types.includes(type)) {
    return `This is not a file it takes: choose one that ends with ${listed(limits.types.map((end) => `.${end}`))}.`;
  }
  if (limits.mostBytes !== null && size > limits.mostBytes) {
    return `This file has ${bytesWords(size)}; at most ${bytesWords(limits.mostBytes)} are taken.`;
  }
  return null;
}
