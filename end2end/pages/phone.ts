import { expect, type Locator, type Page } from '@playwright/test';
import type { Visitor } from '../fixtures/test';
import { signInStaff } from './admin';
import { expectHeading, expectNews, press, type World } from './door';
import { loginLabel } from './sign-in';
import type { Portal } from '../fixtures/portal';

/** Somebody of the demo whose phone is there. */
export const PETRA = 'Q471109';

/** A phone in somebody's hand. */
export const IN_HAND = { viewport: { width: 390, height: 844 }, hasTouch: true };

/** Shows the link that adds a phone, at a page where somebody is signed in. */
export async function showLink(page: Page, { t }: World): Promise<string> {
  await page.goto('/workforce/add/smartphone');
  await expectHeading(page, t.addTitle);
  await press(page, t.continue);
  await expectHeading(page, t.addPhoneTitle);
  return (await page.getByRole('main').getByRole('link').first().getAttribute('href')) ?? '';
}

/** A phone of Jonas, who is signed in at `page`. */
export async function addPhone(page: Page, visitor: Visitor, world: World): Promise<Page> {
  const phone = await visitor(IN_HAND);
  await phone.goto(await showLink(page, world));
  await expectHeading(phone, world.t.addThisPhone);
  await press(phone, world.t.addPhone);
  await expectNews(phone, world.t.phoneAdded);
  await expectHeading(phone, world.t.phoneNothing);
  return phone;
}

/** Jonas with a phone: his page, and the phone. */
export async function jonasWithPhone(page: Page, visitor: Visitor, world: World): Promise<Page> {
  await signInStaff(page, world, 'Q471108');
  const phone = await addPhone(page, visitor, world);
  await expectNews(page, world.t.phoneAdded);
  return phone;
}

/** The number on the screen that waits. */
export function number(page: Page): Locator {
  return page.locator('.number b');
}

/** Asks the phone of a name, at the sign-in page. */
export async function askPhone(page: Page, { t }: World, login: string): Promise<void> {
  await page.goto('/workforce/sign-in');
  await page.getByLabel(loginLabel(t, 'workforce'), { exact: true }).fill(login);
  await press(page, t.byPhone);
  await expectHeading(page, t.awaitTitle);
}

/** Asks for the code that the phone of a name shows without network. */
export async function askWithoutNetwork(page: Page, world: World, login: string, way: string): Promise<void> {
  const { t } = world;
  await askPhone(page, world, login);
  await press(page, t.anotherWay);
  await expectHeading(page, t.anotherTitle);
  await press(page, way);
  await expectHeading(page, t.codeTitle);
}

/** The code on the page of codes. */
export function code(phone: Page): Locator {
  return phone.locator('#codes .number b');
}

/** What the service worker keeps, once it keeps the page of codes. */
export async function keptOffline(phone: Page): Promise<{ path: string; text: string }[]> {
  const kept = (): Promise<{ path: string; text: string }[]> =>
    phone.evaluate(async () => {
      const all = (await caches.keys()).map(async (name) => {
        const cache = await caches.open(name);
        const each = (await cache.keys()).map(async (request) => ({
          path: new URL(request.url).pathname,
          text: (await (await cache.match(request, { ignoreVary: true }))?.text()) ?? '',
        }));
        return Promise.all(each);
      });
      return (await Promise.all(all)).flat();
    });
  await expect.poll(async () => (await kept()).map(({ path }) => path)).toContain('/phone/codes');
  return kept();
}

/**
 * The network goes, and the page is loaded again: what shows then has the heading `title`.
 * Chromium takes the network from the service worker a moment after it has taken it from the
 * page; who is faster than that still reaches the server.
 */
export async function loseNetwork(phone: Page, title: string): Promise<void> {
  await phone.context().setOffline(true);
  await expect(async () => {
    await phone.reload();
    await expect(phone.getByRole('heading', { level: 1, name: title, exact: true })).toBeVisible({ timeout: 2000 });
  }).toPass({ timeout: 15_000 });
}

/** Types the number of one screen on the phone and accepts. */
export async function accept(phone: Page, { t }: World, digits: string): Promise<void> {
  await phone.getByLabel(t.numberThere, { exact: true }).fill(digits);
  await press(phone, t.accept);
}

/** The phone says what came of an answer. */
export async function expectAnswered(phone: Page, says: string): Promise<void> {
  await expectNews(phone, says);
  await expect(phone.getByRole('button')).not.toHaveCount(0);
}

/** The phone of Petra, in a browser. */
export async function petraPhone(visitor: Visitor, portal: Portal): Promise<Page> {
  const petra = await portal.person(PETRA);
  const phone = await visitor(IN_HAND);
  await phone.goto(petra.phone!.link);
  await phone.getByRole('button').click();
  return phone;
}
