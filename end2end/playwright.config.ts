import { defineConfig } from '@playwright/test';
import type { Options } from './fixtures/test';

/** A row of the register about the agents' realm and its applications. */
const AGENTS = /\bD\d\d\b/;
/** What is about nodes that die. */
const NODES_ONLY = 'nodes.spec.ts';

// Each test starts a server of its own (fixtures/portal.ts), so all of them may
// run beside each other; two at a time is what two cores carry, because the
// server hashes passwords in earnest.
export default defineConfig<Options>({
  testDir: 'tests',
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    viewport: { width: 1280, height: 900 },
    // Nothing waits for an animation, and axe sees colours at rest.
    contextOptions: { reducedMotion: 'reduce' },
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'en', use: { locale: 'en-GB' }, testIgnore: NODES_ONLY },
    {
      name: 'de',
      use: { locale: 'de-DE' },
      // These look at bytes and headers, which have no language.
      testIgnore: ['security.spec.ts', 'smtp.spec.ts', 'readme-picture.spec.ts', NODES_ONLY],
    },
    // The agents' realm and its applications on two nodes that share a PostgreSQL, behind
    // nginx: whatever a test does, the next request reaches the other node.
    { name: 'nodes', use: { locale: 'en-GB', nodes: 2 }, grep: AGENTS },
  ],
});
