/** The API's schemas: requests are parsed with them, OpenAPI is generated from them, the console and CLI are typed by them. */
export * from './account';
export * from './admin';
export * from './billing';
export * from './cluster';
export * from './common';
export * from './console';
export * from './event';
export * from './healing';
export * from './host';
export * from './lab';
export * from './metrics';
export * from './notification';
export * from './operation';
export * from './overview';
export * from './plan';
export * from './policy';
export * from './settings';
