import { launch } from '../playwright.config';
import { phoneCodes } from '../fixtures/labels/phone-codes';
import { expectHeading, press } from '../pages/door';
import { IN_HAND, keptOffline, loseNetwork } from '../pages/phone';
import { expect, test } from '../fixtures/test';

// The headless shell shows no notifications, so this needs the browser with its windows.
test.use({ launchOptions: launch(process.env.CHROMIUM_WINDOWS ?? '/usr/bin/chromium') });

test.describe('phone, with notifications', () => {
  test('a message wakes the page that is closed, and without network it says so', async ({ visitor, portal, t, lang, guard }) => {
    // No push service can be reached from here: the browser itself delivers.
    guard.expect(/Push API in incognito mode/, /Failed to load resource/);
    const petra = await portal.person('Q471109');
    const phone = await visitor(IN_HAND);
    const context = phone.context();
    await context.grantPermissions(['notifications'], { origin: portal.url });
    await phone.goto(petra.phone!.link);
    await phone.getByRole('button').click();
    await expectHeading(phone, t.phoneNothing);
    await press(phone, t.allowMessages);
    await expect(phone.getByText(t.noMessages)).toBeVisible();

    // A worker that is still being installed takes no message.
    await keptOffline(phone);
    await phone.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    const wire = await context.newCDPSession(phone);
    const registered = new Promise<string>((resolve) => {
      wire.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
        const ours = registrations.find((one) => new URL(one.scopeURL).pathname === '/phone');
        if (ours) resolve(ours.registrationId);
      });
    });
    await wire.send('ServiceWorker.enable');
    const data = JSON.stringify({ title: 'Rekey', body: t.phoneAsks, url: '/phone' });
    const message = { origin: portal.url, registrationId: await registered, data };
    // A browser drops what comes for a worker that is still starting; a push service comes
    // again, so this one does too. Messages of one tag are one notification.
    await expect
      .poll(async () => {
        await wire.send('ServiceWorker.deliverPushMessage', message);
        return phone.evaluate(async () => {
          const worker = await navigator.serviceWorker.getRegistration('/phone');
          const shown = (await worker?.getNotifications()) ?? [];
          return shown.map((one) => one.body);
        });
      })
      .toEqual([t.phoneAsks]);

    await loseNetwork(phone, phoneCodes[lang].title);
    await expect(phone.getByText(t.noNetwork, { exact: true })).toBeVisible();
    // Of the page, and of whose it is, the service worker keeps nothing.
    const kept = await keptOffline(phone);
    expect(kept.filter(({ path }) => !path.includes('.')).map(({ path }) => path)).toEqual(['/phone/codes']);
    expect(kept.filter(({ text }) => text.includes(petra.login))).toEqual([]);
  });
});
