import { createHash } from 'node:crypto';
import { canonical } from '../../shared/canonical.ts';

/**
 * SHA-256 (hex) of a request as a provider gets it. Two requests with the same key make the same sound, however their
 * fields were ordered.
 */
export function requestKey(request: object): string {
  return createHash('sha256')
    .update(JSON.stringify(canonical(request)))
    .digest('hex');
}
