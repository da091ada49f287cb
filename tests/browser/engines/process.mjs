// Programs that run beside the tests.

import { createInterface } from 'node:readline';

/** Waits for a line that matches, and goes on reading, so that the program never waits for us. */
export function line(child, stream, pattern) {
  return new Promise((resolve, reject) => {
    const seen = [];
    createInterface({ input: stream }).on('line', (text) => {
      const found = pattern.exec(text);
      if (found) resolve(found);
      else if (seen.length < 40) seen.push(text);
    });
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`${child.spawnfile} ended (${code}): ${seen.join('\n')}`)));
  });
}

/** Ends a program that has nothing to save, if it has not ended, and waits for that. */
export function ended(child) {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    child.on('exit', resolve);
    child.kill('SIGKILL');
  });
}
