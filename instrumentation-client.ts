import { config } from 'zod';

// zod compiles parsers with `new Function` where it may; the content security policy forbids that, and trying is reported.
config({ jitless: true });
