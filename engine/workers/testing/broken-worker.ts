/** A worker that answers, fails, or dies as it is told, for tests of the link. */
import { z } from 'zod';
import { fault } from '../../../shared/errors.ts';
import { answerCommands } from '../answer-commands.ts';

const Command = z.object({ do: z.enum(['answer', 'fault', 'throw', 'exit', 'never', 'sound']) });

answerCommands(Command, async (command, answering) => {
  switch (command.do) {
    case 'answer':
      return { result: process.pid };
    case 'fault':
      throw fault('disk_full', 'No space.');
    case 'throw':
      setImmediate(() => {
        throw new Error('broken on purpose');
      });
      return new Promise(() => undefined);
    case 'exit':
      return process.exit(3);
    case 'never':
      return new Promise(() => undefined);
    case 'sound':
      answering.progress(0.5);
      answering.sound(Int16Array.of(1, 2, 3));
      return { result: null };
  }
});
