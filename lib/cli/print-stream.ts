import type { ApiClient } from './client';

/** Passes an answer on to standard output as it comes. */
export const printStream = async (client: ApiClient, path: string): Promise<void> => {
  const response = await client.stream(path, { signal: new AbortController().signal });
  const standardOutput = new WritableStream<Uint8Array>({
    write: (chunk) =>
      new Promise((resolve) => {
        if (process.stdout.write(Buffer.from(chunk))) resolve();
        else process.stdout.once('drain', resolve);
      }),
  });
  await response.body?.pipeTo(standardOutput);
};
