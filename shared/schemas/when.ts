import { z } from 'zod';

/** Milliseconds since the epoch that are a date, https://tc39.es/ecma262/#sec-time-values-and-time-range */
export const When = z.number().min(-8.64e15).max(8.64e15);
