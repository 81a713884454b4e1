/** As many characters as one request takes. */
const BATCH_MAX = 4096;

export interface Typist {
  readonly type: (text: string) => void;
}

/**
 * Sends what is typed in its order: one request at a time, each with what came meanwhile. What could not be sent is told
 * and dropped: sent again later it would be another command.
 */
export const createTypist = (send: (data: string) => Promise<void>, onError: (error: unknown) => void): Typist => {
  let waiting = '';
  let isSending = false;
  const go = async (): Promise<void> => {
    if (isSending) return;
    isSending = true;
    try {
      while (waiting !== '') {
        const batch = waiting.slice(0, BATCH_MAX);
        waiting = waiting.slice(BATCH_MAX);
        await send(batch);
      }
    } catch (error) {
      waiting = '';
      onError(error);
    } finally {
      isSending = false;
    }
  };
  return {
    type: (text) => {
      waiting += text;
      void go();
    },
  };
};
