// Makes the console's production build unless it is there.
import { ensureBuild } from './build';

await ensureBuild(() => undefined);
