import { expectHeading, visit } from '../pages/door';
import { expectGoodPage } from '../fixtures/axe';
import { policies } from '../fixtures/policies';
import type { Labels } from '../fixtures/labels';
import { expect, test, type Page } from '../fixtures/test';

const map = (page: Page, t: Labels) => page.getByRole('navigation', { name: t.worldMap, exact: true });
const list = (page: Page, t: Labels) => page.getByRole('navigation', { name: t.worldList, exact: true });
const onMap = (page: Page, t: Labels, name: string) => map(page, t).getByRole('link', { name, exact: true });

/** The colour that a region is drawn in. */
const colour = (page: Page, t: Labels, name: string): Promise<string> =>
  onMap(page, t, name)
    .locator('path:not(.reach)')
    .evaluate((land) => getComputedStyle(land).fill);

/** The way to the sign-in of a realm in the list, by the realm's name. */
const way = (page: Page, t: Labels, name: string) => list(page, t).getByRole('link', { name: new RegExp(`^${name}`) });

/** Moves the keyboard on until a link has it. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let n = 0; n < 20; n += 1) {
    await page.keyboard.press('Tab');
    const label = await page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '');
    if (label.startsWith(name)) return;
  }
  throw new Error(`the keyboard never came to ${name}`);
}

/** Europe with its five realms, and the others below. */
async function expectEurope(page: Page, t: Labels): Promise<void> {
  await expectHeading(page, t.europe);
  await expect(page).toHaveURL(/\/\?region=europe(#sign-ins)?$/);
  await expect(onMap(page, t, t.europe)).toHaveAttribute('aria-current', 'true');
  const realms = list(page, t).locator('a[data-realm]');
  await expect(realms).toHaveCount(5);
  await expect(way(page, t, t.workforce)).toHaveAttribute('href', '/workforce/sign-in');
  await expect(page.getByRole('heading', { level: 2, name: t.otherRegions, exact: true })).toBeVisible();
  await expect(list(page, t).getByRole('link', { name: t.straightToWorkforce })).toHaveCount(2);
  await expect(list(page, t).getByRole('link', { name: t.twoSignIns })).toHaveAttribute('href', '/?region=north_america');
}


test.describe('start', () => {
  test('A08: one public address leads a stranger to every sign-in', async ({ portal, lang }) => {
    const headers = { accept: 'text/html', 'accept-language': lang };
    const home = await portal.send({ path: '/', headers });
    expect(home.status).toBe(200);
    expect(home.headers['set-cookie'], 'nothing to agree to').toBeUndefined();
    expect(home.body).toContain(`lang="${lang}"`);
    const ways = new Set([...home.body.matchAll(/href="(\/[a-z]+\/sign-in)"/g)].map(([, found]) => found!));
    expect([...ways].sort()).toEqual(['agents', 'cloud', 'customers', 'dealers', 'workforce'].map((realm) => `/${realm}/sign-in`));
    for (const found of ways) expect((await portal.send({ path: found, headers })).status, found).toBe(200);
  });

  test('A09: by pointer, a region with several realms shows them, one with a single realm leads straight there', async ({ page, t, lang }) => {
    await visit(page, '/');
    await expectHeading(page, t.startTitle);
    const resting = await colour(page, t, t.europe);
    await onMap(page, t, t.europe).hover();
    await expect.poll(() => colour(page, t, t.europe)).not.toBe(resting);
    expect(await colour(page, t, t.asia), 'only the one under the pointer').toBe(resting);
    await onMap(page, t, t.europe).click();
    await expectEurope(page, t);
    expect(await colour(page, t, t.europe), 'the chosen one stands out').not.toBe(resting);
    await expectGoodPage(page, lang);

    await onMap(page, t, t.southAmerica).click();
    await expect(page).toHaveURL(/\/workforce\/sign-in$/);
    await expectHeading(page, t.signIn);
    // The map that the script draws is the same one.
    await page.getByRole('banner').getByRole('link', { name: /Rekey/ }).click();
    await expectHeading(page, t.startTitle);
    await onMap(page, t, t.africa).click();
    await expect(page).toHaveURL(/\/workforce\/sign-in$/);
  });

  test('A09: by keyboard, with the focus in sight, and on at the list', async ({ page, t }) => {
    await visit(page, '/');
    await tabTo(page, t.northAmerica);
    const resting = await colour(page, t, t.europe);
    await tabTo(page, t.europe);
    await expect(onMap(page, t, t.europe)).toBeFocused();
    await expect(onMap(page, t, t.europe)).toBeInViewport();
    await expect.poll(() => colour(page, t, t.europe)).not.toBe(resting);
    await expect(onMap(page, t, t.europe).locator('path:not(.reach)')).toHaveCSS('stroke-width', '4px');
    await page.keyboard.press('Enter');
    await expectEurope(page, t);
    await page.keyboard.press('Tab');
    await expect(way(page, t, t.workforce), 'the first of the list, not of the page').toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/workforce\/sign-in$/);
  });

  test('A09: as a list, each region with its realms, and the way from one region to another', { tag: '@german' }, async ({ page, t, lang }) => {
    await visit(page, '/');
    await expectGoodPage(page, lang);
    const regions = list(page, t).getByRole('heading', { level: 2 });
    await expect(regions).toHaveText([t.northAmerica, t.southAmerica, t.europe, t.africa, t.asia]);
    const counts = await list(page, t)
      .locator('section')
      .evaluateAll((sections) => sections.map((section) => section.querySelectorAll('li').length));
    expect(counts).toEqual([2, 1, 5, 1, 3]);

    await visit(page, '/?region=europe');
    await list(page, t).getByRole('link', { name: t.northAmerica }).click();
    await expectHeading(page, t.northAmerica);
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
    await expect(list(page, t).locator('a[data-realm]')).toHaveCount(2);
    await page.goBack();
    await expectHeading(page, t.europe);
    // A region with one realm is no page, and one that is none is no choice.
    await page.goto('/?region=south_america');
    await expect(page).toHaveURL(/\/workforce\/sign-in$/);
    await page.goto('/?region=atlantis');
    await expectHeading(page, t.startTitle);
    await expect(map(page, t).locator('[aria-current]')).toHaveCount(0);
  });

  test('A09: on a small screen every region is large enough for a finger', async ({ visitor, t, lang }) => {
    const page = await visitor({ viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true });
    await page.goto('/');
    for (const name of [t.northAmerica, t.southAmerica, t.europe, t.africa, t.asia]) {
      const box = await onMap(page, t, name).locator('.reach').boundingBox();
      expect.soft(Math.min(box!.width, box!.height), name).toBeGreaterThanOrEqual(44);
    }
    await expect(map(page, t).locator('text').first()).toBeHidden();
    for (const link of await list(page, t).getByRole('link').all()) {
      expect.soft((await link.boundingBox())!.height).toBeGreaterThanOrEqual(44);
    }
    await onMap(page, t, t.europe).tap();
    await expectEurope(page, t);
    await expect(list(page, t).getByRole('link').first()).toBeInViewport();
    await expectGoodPage(page, lang);
  });

  test.describe('without script', () => {
    test.use({ javaScriptEnabled: false });

    test('A09: map and list work without script', async ({ page, t }) => {
      await page.goto('/');
      await onMap(page, t, t.europe).click();
      await expectEurope(page, t);
      await list(page, t).getByRole('link', { name: t.northAmerica }).click();
      await expectHeading(page, t.northAmerica);
      await onMap(page, t, t.southAmerica).click();
      await expect(page).toHaveURL(/\/workforce\/sign-in$/);
      await expectHeading(page, t.signIn);
    });
  });

  test.describe('another policy', () => {
    test.use({ serverArgs: ['--policy', policies('workforce', /^regions = .*$/m, 'regions = ["europe"]')] });

    test('A09: policy maps regions to realms, and a region without one is no link', async ({ page, t, lang }) => {
      await visit(page, '/');
      await expect(map(page, t).getByRole('link')).toHaveCount(3);
      await expect(map(page, t).locator('.bare path')).toHaveCount(2);
      await expect(list(page, t).getByRole('heading', { level: 2 })).toHaveText([t.northAmerica, t.europe, t.asia]);
      await expectGoodPage(page, lang);
      await onMap(page, t, t.northAmerica).click();
      await expect(page).toHaveURL(/\/cloud\/sign-in$/);
      await visit(page, '/?region=south_america');
      await expectHeading(page, t.startTitle);
    });
  });
});
