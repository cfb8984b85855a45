import { readFileSync } from 'node:fs';
import { visit, expectHeading } from '../pages/door';
import { expect, test } from '../fixtures/test';

test.use({ viewport: { width: 1280, height: 800 }, deviceScaleFactor: 2, colorScheme: 'light' });

// Takes the picture of the README: REKEY_PICTURE says where to; without it the
// picture is only looked at.
test('readme-picture: the sign-in page of the customers', async ({ page, t }, testInfo) => {
  await visit(page, '/customers/sign-in');
  await expectHeading(page, t.signIn);
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  const path = process.env.REKEY_PICTURE ?? testInfo.outputPath('readme.png');
  await page.screenshot({ path, animations: 'disabled' });
  const picture = readFileSync(path);
  expect(picture.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a');
  expect(picture.readUInt32BE(16)).toBe(2560);
  expect(picture.length).toBeGreaterThan(20_000);
});
