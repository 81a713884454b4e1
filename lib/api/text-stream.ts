const asFile = (fileName: string, contentType: string) => ({
  'Content-Type': contentType,
  'Content-Disposition': `attachment; filename="${fileName.replaceAll(/[^A-Za-z0-9._-]/g, '_')}"`,
  'Cache-Control': 'no-store',
});

/** An answer that is written as it is made, for saving as a file: what was sent is not held. */
const linesResponse = (fileName: string, contentType: string, lines: AsyncGenerator<string>): Response => {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const { done, value } = await lines.next();
      if (done === true) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: async () => {
      await lines.return(undefined);
    },
  });
  return new Response(body, { headers: asFile(fileName, contentType) });
};

export const csvResponse = (fileName: string, lines: AsyncGenerator<string>): Response =>
  linesResponse(fileName, 'text/csv; charset=utf-8', lines);

export const jsonLinesResponse = (fileName: string, lines: AsyncGenerator<string>): Response =>
  linesResponse(fileName, 'application/jsonl', lines);

/** A whole file, for saving. */
export const fileResponse = (fileName: string, contentType: string, bytes: Uint8Array): Response =>
  new Response(new Uint8Array(bytes), { headers: asFile(fileName, contentType) });
