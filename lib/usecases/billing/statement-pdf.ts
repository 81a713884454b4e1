import PdfDocument from 'pdfkit';
import type { StatementLineView, StatementView } from '@/lib/domain/contract';
import { authorise, type UseCaseContext } from '../context';
import { getStatement } from './statements';

const MARGIN = 48;
const BODY_SIZE = 8.5;
const ROW_HEIGHT = 16;
const GREY = '#555555';
const LINE = '#bbbbbb';

interface Column {
  readonly title: string;
  readonly width: number;
  readonly isNumber: boolean;
  readonly of: (line: StatementLineView) => string;
}

const CORRECTION = '*';

const whatOf = ({ meter, tier, correction }: StatementLineView): string =>
  `${meter}, ${tier}${correction ? ` ${CORRECTION}` : ''}`;

/** Widths in points; together as wide as A4 without its margins. */
const COLUMNS: readonly Column[] = [
  { title: 'No.', width: 24, isNumber: true, of: (line) => String(line.n) },
  { title: 'Month', width: 40, isNumber: false, of: (line) => line.usageMonth },
  { title: 'Cluster', width: 80, isNumber: false, of: (line) => line.cluster.name },
  { title: 'What', width: 84, isNumber: false, of: (line) => whatOf(line) },
  { title: 'Quantity', width: 76, isNumber: true, of: (line) => line.quantity },
  { title: 'Unit', width: 52, isNumber: false, of: (line) => line.unit },
  { title: 'Price', width: 46, isNumber: true, of: (line) => line.unitPrice },
  { title: 'Rate', width: 26, isNumber: true, of: (line) => String(line.rateVersion) },
  { title: 'Amount', width: 42, isNumber: true, of: (line) => line.amount },
  { title: 'Tax', width: 29, isNumber: true, of: (line) => line.tax },
];

type Document = InstanceType<typeof PdfDocument>;

/** One row at a height; what is longer than its column is cut. */
const writeRow = (document: Document, y: number, cells: readonly string[]): void => {
  let x = MARGIN;
  for (const [i, { width, isNumber }] of COLUMNS.entries()) {
    document.text(cells[i] ?? '', x, y, {
      width: width - 4,
      height: ROW_HEIGHT,
      lineBreak: false,
      ellipsis: true,
      align: isNumber ? 'right' : 'left',
    });
    x += width;
  }
};

const writeTableHead = (document: Document, y: number): number => {
  document.font('Helvetica-Bold').fontSize(BODY_SIZE).fillColor('black');
  writeRow(
    document,
    y,
    COLUMNS.map(({ title }) => title),
  );
  const below = y + ROW_HEIGHT - 3;
  document
    .moveTo(MARGIN, below)
    .lineTo(document.page.width - MARGIN, below)
    .lineWidth(0.5)
    .stroke(LINE);
  document.font('Helvetica');
  return y + ROW_HEIGHT;
};

const writeHead = (document: Document, statement: StatementView): number => {
  const { month, costCentre, currency, net, tax, total, closedAt, closedBy } = statement;
  document.font('Helvetica-Bold').fontSize(18).text(`Statement ${month}`, MARGIN, MARGIN);
  document.font('Helvetica').fontSize(10).fillColor(GREY);
  document.text(closedAt === null ? 'Draft: what is used goes on being added' : `Closed ${closedAt} by ${closedBy}`);
  document.moveDown(1).fillColor('black');
  for (const [term, value] of [
    ['Cost centre', costCentre],
    ['Net', `${net} ${currency}`],
    ['Tax', `${tax} ${currency}`],
    ['Total', `${total} ${currency}`],
  ] as const) {
    const { y } = document;
    document.font(term === 'Total' ? 'Helvetica-Bold' : 'Helvetica');
    document.text(term, MARGIN, y, { width: 90 }).text(value, MARGIN + 90, y);
  }
  return document.y + 16;
};

const writeFooters = (document: Document, statement: StatementView): void => {
  const { start, count } = document.bufferedPageRange();
  for (let page = start; page < start + count; page += 1) {
    document.switchToPage(page);
    // Below the margin, where pdfkit would begin another page by itself.
    document.page.margins.bottom = 0;
    document.font('Helvetica').fontSize(7).fillColor(GREY);
    const y = document.page.height - 32;
    const hash = statement.hash === null ? '' : `, hash ${statement.hash}`;
    document.text(`${statement.id}${hash}`, MARGIN, y, { lineBreak: false });
    document.text(`Page ${page + 1} of ${count}`, MARGIN, y, {
      width: document.page.width - 2 * MARGIN,
      align: 'right',
      lineBreak: false,
    });
  }
};

/** A statement as A4 pages. The same closed statement gives the same bytes. */
export const renderStatementPdf = async (statement: StatementView): Promise<Buffer> => {
  const title = `Statement ${statement.month}, ${statement.costCentre}`;
  const madeAt = new Date(statement.closedAt ?? `${statement.month}-01T00:00:00Z`);
  const document = new PdfDocument({
    size: 'A4',
    margin: MARGIN,
    bufferPages: true,
    info: { Title: title, Creator: 'Headroom', Producer: 'Headroom', CreationDate: madeAt, ModDate: madeAt },
  });
  const chunks: Buffer[] = [];
  const ended = new Promise<void>((resolve, reject) => {
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', resolve);
    document.on('error', reject);
  });
  let y = writeTableHead(document, writeHead(document, statement));
  for (const line of statement.lines) {
    if (y > document.page.height - MARGIN - ROW_HEIGHT) {
      document.addPage();
      y = writeTableHead(document, MARGIN);
    }
    writeRow(
      document,
      y,
      COLUMNS.map((column) => column.of(line)),
    );
    y += ROW_HEIGHT;
  }
  if (statement.lines.some(({ correction }) => correction))
    document.fillColor(GREY).text(`${CORRECTION} correction of an earlier month`, MARGIN, y + 4, { lineBreak: false });
  writeFooters(document, statement);
  document.end();
  await ended;
  return Buffer.concat(chunks);
};

/** A statement for filing and sending. Throws `not_found`. */
export const exportStatementPdf = async (
  context: UseCaseContext,
  id: string,
): Promise<{ readonly fileName: string; readonly bytes: Buffer }> => {
  authorise(context, 'usage.read');
  const statement = await getStatement(context, id);
  return { fileName: `headroom-statement-${statement.id}.pdf`, bytes: await renderStatementPdf(statement) };
};
