import type { SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { FocusRow } from '@/lib/domain/pricing/focus';
import { Decimal } from '@/lib/domain/pricing/price';

const ROW_GROUP = 10_000;
/** As many digits after the point as the text of an export has at most; 14 remain before it. */
const SCALE = 24;
const PRECISION = 38;
const DECIMAL_BYTES = 16;

type Kind = 'decimal' | 'time' | 'json' | 'text';

const DECIMALS = /(Cost|Quantity|UnitPrice)$/;
const TIMES = /(PeriodStart|PeriodEnd|Created|LastUpdated|Date)$/;
const JSONS: ReadonlySet<string> = new Set(['Tags', 'SkuPriceDetails', 'InvoiceDetailGrain']);

const kindOf = (column: string): Kind => {
  if (column.startsWith('x_')) return 'text';
  if (DECIMALS.test(column)) return 'decimal';
  if (TIMES.test(column)) return 'time';
  return JSONS.has(column) ? 'json' : 'text';
};

const elementOf = (name: string): SchemaElement => {
  const shared = { name, repetition_type: 'OPTIONAL' } as const;
  const kind = kindOf(name);
  switch (kind) {
    case 'decimal':
      return {
        ...shared,
        type: 'FIXED_LEN_BYTE_ARRAY',
        type_length: DECIMAL_BYTES,
        converted_type: 'DECIMAL',
        precision: PRECISION,
        scale: SCALE,
      };
    case 'time':
      return { ...shared, type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' };
    case 'json':
      return { ...shared, type: 'BYTE_ARRAY', converted_type: 'JSON' };
    case 'text':
      return { ...shared, type: 'BYTE_ARRAY', converted_type: 'UTF8' };
    default:
      return kind satisfies never;
  }
};

/** Decimals as whole numbers of their last digit, exactly. */
const cellOf = (column: string, text: string | null | undefined): unknown => {
  if (text === null || text === undefined) return null;
  const kind = kindOf(column);
  switch (kind) {
    case 'decimal':
      return BigInt(new Decimal(text).mul(new Decimal(10).pow(SCALE)).toFixed(0));
    case 'time':
      return new Date(text);
    case 'json':
      return JSON.parse(text);
    case 'text':
      return text;
    default:
      return kind satisfies never;
  }
};

/**
 * Rows as Apache Parquet, with the types that the specification gives the columns: decimals are exact, times are of UTC to
 * the millisecond. What was written of it is held; of rows no more than a group.
 */
export const toParquet = async (columns: readonly string[], rows: AsyncIterable<FocusRow>): Promise<Uint8Array> => {
  const bytes = new ByteWriter();
  const writer = new ParquetWriter({
    writer: bytes,
    schema: [{ name: 'root', num_children: columns.length }, ...columns.map(elementOf)],
  });
  let group: FocusRow[] = [];
  const writeGroup = async (): Promise<void> => {
    await writer.write({
      columnData: columns.map((name) => ({ name, data: group.map((row) => cellOf(name, row[name])) })),
      rowGroupSize: ROW_GROUP,
    });
    group = [];
  };
  for await (const row of rows) {
    group.push(row);
    if (group.length === ROW_GROUP) await writeGroup();
  }
  if (group.length > 0) await writeGroup();
  await writer.finish();
  return bytes.getBytes();
};
