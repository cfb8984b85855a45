import { defineConfig, type LaunchOptions } from '@playwright/test';
import type { Options } from './fixtures/test';

/** Whether what takes longer runs as well (`cargo x test --all`). */
const all = process.env.REKEY_TEST_ALL === '1';
/**
 * German repeats the tests that look at screens and at language: together they see every screen
 * (fixtures/screens.ts). What a test does besides is the same in both languages.
 */
const german = all ? {} : { grep: /@german/ };
/**
 * Two nodes repeat the journeys of the agents' realm and its applications that a second node can
 * break; all tests with a row of theirs in the register where everything runs.
 */
const nodes = { grep: all ? /\bD\d\d\b/ : /@nodes/ };
/** What is about nodes that die. */
const NODES_ONLY = 'nodes.spec.ts';

/** How a browser is started; a spec may need another one. */
export function launch(executablePath: string): LaunchOptions {
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  return { executablePath, args };
}

// Each test starts a server of its own over a copy of a filled database (fixtures/template.ts),
// so all of them may run beside each other; two at a time is what two cores carry.
export default defineConfig<Options>({
  testDir: 'tests',
  outputDir: 'test-results',
  globalSetup: './fixtures/template.ts',
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
    launchOptions: launch(process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell'),
  },
  projects: [
    { name: 'en', use: { locale: 'en-GB' }, testIgnore: NODES_ONLY },
    {
      name: 'de',
      use: { locale: 'de-DE' },
      // These look at bytes and headers, which have no language.
      testIgnore: ['security.spec.ts', 'smtp.spec.ts', 'readme-picture.spec.ts', NODES_ONLY],
      ...german,
    },
    // The agents' realm and its applications on two nodes that share a PostgreSQL, behind
    // nginx: whatever a test does, the next request reaches the other node.
    { name: 'nodes', use: { locale: 'en-GB', nodes: 2 }, ...nodes },
  ],
});
