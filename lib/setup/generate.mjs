// `npm run generate`: writes the database client from prisma/schema.prisma.
import { ensureDatabaseClient } from './packages.mjs';

await ensureDatabaseClient();
