const MEGABYTE = 1_000_000;
/** Where there is no terminal to draw on, a line is printed at each of these steps. */
const STEP_PERCENT = 10;

/** Shows how far a download is: one line that is rewritten in a terminal, a line at every tenth elsewhere. */
export function downloadProgress(stream: NodeJS.WriteStream = process.stdout): {
  report(received: number, total: number | null): void;
  end(): void;
} {
  let drawn = '';
  let stepsTold = 0;
  return {
    report(received, total) {
      const percent = total ? Math.floor((100 * received) / total) : 0;
      const line = total
        ? `  ${(received / MEGABYTE).toFixed(0)} of ${(total / MEGABYTE).toFixed(0)} MB, ${percent} %`
        : `  ${(received / MEGABYTE).toFixed(0)} MB`;
      if (line === drawn) return;
      drawn = line;
      if (stream.isTTY) {
        stream.write(`\r${line}\x1b[K`);
      } else if (Math.floor(percent / STEP_PERCENT) > stepsTold) {
        stepsTold = Math.floor(percent / STEP_PERCENT);
        stream.write(`${line}\n`);
      }
    },
    end() {
      if (stream.isTTY && drawn) stream.write('\n');
      drawn = '';
    },
  };
}
