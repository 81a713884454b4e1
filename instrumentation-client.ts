// zod compiles parsers with `new Function` where it may; the content security policy forbids that, and trying is reported.
// Its configuration is set where zod looks for it, so that a page that checks nothing does not load zod for this.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
